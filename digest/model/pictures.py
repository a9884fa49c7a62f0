"""A picture that travels inside the mail, where readers cannot fetch it from us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of the message. `name` is its file's name on our site and ends in its type.

    `cid` is what the HTML calls it by, without brackets (RFC 2392). `data` are the bytes.
    """

    name: str
    cid: str
    data: bytes

    def __post_init__(self) -> None:
        if not self.name.endswith((".jpg", ".png")) or "@" not in self.cid:
            raise ValueError("a picture is a JPEG or a PNG and has an id of its own")

    @property
    def kind(self) -> str:
        """The subtype of `image/…`."""
        return "png" if self.name.endswith(".png") else "jpeg"
