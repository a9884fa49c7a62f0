"""Where an edition stands on the public site: one address by date, the same for ever.

`/archive/2026-11-23` is the edition of the publication whose site it is. Another publication of
the same house (a short edition, a weekly) has its name behind the date, so two editions of one
day never share an address.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from digest.model import Edition, Issue, Masthead
from digest.render.words import safe_url

ARCHIVE = "/archive"
ATOM = f"{ARCHIVE}/atom.xml"
JSON_FEED = f"{ARCHIVE}/feed.json"


def edition_path(edition: Edition | Issue, masthead: Masthead) -> str:
    """`/archive/2026-11-23`, or `/archive/2026-11-23/kratko` of another publication."""
    day = f"{ARCHIVE}/{edition.date.isoformat()}"
    own = masthead.publication in {"", edition.publication}
    return day if own else f"{day}/{quote(edition.publication, safe='')}"


def month_path(month: date) -> str:
    """`/archive/2026-11` of any day in November."""
    return f"{ARCHIVE}/{month:%Y-%m}"


def absolute(path: str, masthead: Masthead) -> str:
    """The path under the public address; empty when there is no such address."""
    base = safe_url(masthead.public_url).rstrip("/")
    return base + path if base else ""


def edition_address(edition: Edition | Issue, masthead: Masthead) -> str:
    """The canonical address of an edition; empty without a public address."""
    return absolute(edition_path(edition, masthead), masthead)
