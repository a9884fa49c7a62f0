"""The web font of the mail, where the product ships it.

Sofia Sans has Bulgarian letterforms by default (SIL Open Font License). The files are the
publication's own, served from its `/static/fonts/`; a mail program that loads no fonts uses the
rest of the stack.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.assets import templates_dir

_CYRILLIC = "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116"
_LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
_FILES = (("sofia-sans-cyrillic.woff2", _CYRILLIC), ("sofia-sans-latin.woff2", _LATIN))


@dataclass(frozen=True, slots=True)
class Font:
    """One face: address, weights and the characters it is for, as CSS writes them."""

    url: str
    weight: str
    range: str


def fonts(public_url: str) -> tuple[Font, ...]:
    """The packaged faces; none when the files are not shipped or there is no public address."""
    folder = templates_dir() / "static" / "fonts"
    if not public_url or not all((folder / name).is_file() for name, _ in _FILES):
        return ()
    return tuple(
        Font(f"{public_url}/static/fonts/{name}", "400 800", span) for name, span in _FILES
    )
