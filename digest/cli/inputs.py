"""What the stage commands read: files, addresses, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.call import started
from digest.errors import BadInput

if TYPE_CHECKING:
    from digest.cli.call import Call
    from digest.collect.feed import Feed

MAX_FILE = 60_000_000
"""Bytes of one input file."""


def read_bytes(name: str) -> bytes:
    """A file's bytes, or standard input for `-`. Raises `BadInput` with the remedy."""
    started()
    if name == "-":
        return sys.stdin.buffer.read(MAX_FILE)
    file = Path(name)
    try:
        if file.stat().st_size > MAX_FILE:
            raise BadInput(
                f"Файлът „{name}“ е твърде голям.",
                f"Приемат се до {MAX_FILE // 1_000_000} MB.",
                "Разделете го на части.",
            )
        return file.read_bytes()
    except OSError as cause:
        raise BadInput(
            f"Файлът „{name}“ не може да се прочете.",
            f"Причина: {cause.strerror or cause}.",
            "Проверете пътя и правата.",
        ) from cause


def is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def fetched(call: Call, name: str) -> tuple[bytes, Mapping[str, str], str]:
    """The bytes of an input, its response headers, and the address it finally came from.

    An address that a person types is trusted for its own host and port, loopback included;
    where it redirects to is not.
    """
    if not is_address(name):
        return read_bytes(name), {}, ""
    from digest.collect.fetch import Failed, Request, fetch_now
    from digest.collect.guard import trust_of

    request = Request(name, trusted=trust_of(name))
    got = fetch_now([request], call.loaded().settings.collect)[0]
    if isinstance(got, Failed):
        raise got.error
    return got.body, got.headers, got.url


def entries_of(call: Call, name: str, data: bytes, headers: Mapping[str, str], url: str) -> Feed:
    """A feed's entries after repair."""
    from digest.collect.feed import read_feed

    return read_feed(
        data,
        source=name,
        base_url=url,
        headers=headers,
        zone=call.loaded().settings.publication.timezone,
        now=call.clock().now(),
    )


def letters(name: str) -> Iterator[tuple[str, bytes]]:
    """Raw messages: one file, all of `maildir:FOLDER`, or the unseen ones of an IMAP folder."""
    if name.startswith(("imap://", "imaps://")):
        from digest.letterbox import imap_letters

        yield from imap_letters(name)
        return
    if not name.startswith("maildir:"):
        yield name, read_bytes(name)
        return
    from digest.letterbox import maildir_letters

    yield from maildir_letters(Path(name.removeprefix("maildir:")))
