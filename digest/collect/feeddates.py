"""Which date of a feed's entry says when it was published, and which only says it was touched.

Atom requires `updated` and leaves `published` free (RFC 4287 §4.1.2 and §4.2.9), so there it may
stand in. RSS and JSON Feed have a field for publication; an extension that names a change is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.model import Entry

TOGETHER = timedelta(minutes=2)
"""How near to one another the stamps of a feed that was written in one go lie."""
NEAR_NOW = timedelta(minutes=15)
LEAST = 4
"""Entries from which one stamp for all is the feed's own and not a busy minute's."""


def may_stand_in(kind: str, text: str) -> bool:
    """True when an entry's `updated` may date it where the feed gives no day of publication.

    feedparser files the `dc:date` of RSS and RDF under `updated`, and `dcterms:modified` too.
    """
    if kind in {"atom", "xml"}:
        return True
    dated = re.search(r"<dc:date[\s>]", text) is not None
    return dated and re.search(r"<(?:dcterms:modified|atom:updated|a10:updated)[\s>]", text) is None


def without_stamp(
    entries: Sequence[Entry], *, now: datetime, written: datetime | None
) -> tuple[tuple[Entry, ...], bool]:
    """The entries without their days when all bear the moment at which the feed was written.

    `written` is the feed's own date. Also tells whether days were taken away.
    """
    days = [entry.published_at for entry in entries if entry.published_at is not None]
    if len(days) < max(LEAST, len(entries)) or max(days) - min(days) > TOGETHER:
        return tuple(entries), False
    generated = abs(max(days) - now) <= NEAR_NOW or (
        written is not None and abs(max(days) - written) <= TOGETHER
    )
    if not generated:
        return tuple(entries), False
    return tuple(replace(entry, published_at=None) for entry in entries), True
