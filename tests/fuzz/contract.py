"""What must hold of any bytes: a valid result or a refusal in three parts, never anything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

from digest.collect.extract import extract
from digest.collect.feed import TOLERANCE, read_feed
from digest.collect.listing import article_links
from digest.collect.newsletter import entries_of_letter
from digest.collect.opml import read_opml
from digest.errors import BadInput
from digest.model import Agency

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
AGENCIES = (Agency("БТА", ("БТА", "BTA")), Agency("АФП", ("АФП", "AFP")))
URL = "https://vestnik.example.bg/novina/1"


def feed(data: bytes) -> None:
    """Entries whose dates are not ahead and whose addresses are of the web."""
    try:
        found = read_feed(data, source="f", base_url="https://vestnik.example.bg/rss", now=NOW)
    except BadInput as refused:
        _three_parts(refused)
        return
    for entry in found.entries:
        _web(entry.url)
        _web(entry.image or "")
        _not_ahead(entry.published_at)
        _not_ahead(entry.updated_at)
        _storable(entry.id, entry.url, entry.image, entry.author, entry.language, *entry.categories)
        _plain(entry.title)
        _plain(entry.summary)
        _plain(entry.content)


def document(data: bytes) -> None:
    """An article of a page or a dump."""
    try:
        found = extract(
            data, source="d", url=URL, fetched_at=NOW, agencies=AGENCIES, live=bool(data[:1] > b"m")
        )
    except BadInput as refused:
        _three_parts(refused)
        return
    _not_ahead(found.published_at)
    assert 0 <= found.date.confidence <= 1
    _web(found.image or "")
    _web(found.canonical_url)
    _plain(found.title)
    _plain(found.text)
    _plain(found.lead or "")
    _storable(str(found), *found.categories)
    assert len(found.title) <= 500


def listing(data: bytes) -> None:
    """Links of the same site only."""
    try:
        links = article_links(data, source="d", url="https://vestnik.example.bg/", limit=40)
    except BadInput as refused:
        _three_parts(refused)
        return
    assert len(links) <= 40
    for link in links:
        _web(link.url)
        assert link.title
        _storable(link.title, link.url)


def letter(data: bytes) -> None:
    """Entries of a newsletter."""
    try:
        entries = list(entries_of_letter(data, source="f", zone="Europe/Sofia", now=NOW))
    except BadInput as refused:
        _three_parts(refused)
        return
    for entry in entries:
        _web(entry.url)
        _not_ahead(entry.published_at)
        _plain(entry.title)
        _storable(entry.id, entry.url, entry.summary, entry.content)


def opml(data: bytes) -> None:
    """A list of sources, each address once."""
    try:
        rows = read_opml(data)
    except BadInput as refused:
        _three_parts(refused)
        return
    assert len({row.url for row in rows}) == len(rows)
    for row in rows:
        _storable(row.url, row.title, row.category)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "feed": feed,
    "document": document,
    "listing": listing,
    "letter": letter,
    "opml": opml,
}


def _three_parts(refused: BadInput) -> None:
    assert all(refused.as_dict().values())


def _not_ahead(at: datetime | None) -> None:
    assert at is None or at <= NOW + TOLERANCE


def _web(url: str) -> None:
    assert not url or url.lower().startswith(("http://", "https://")), url


def _plain(text: str) -> None:
    odd = [ch for ch in text if unicodedata.category(ch) in {"Cc", "Cs"} and ch not in "\n\t"]
    assert not odd, odd[:3]


def _storable(*texts: str | None) -> None:
    """What is stored and printed can be written as UTF-8."""
    for text in texts:
        (text or "").encode()
