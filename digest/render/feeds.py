"""Feeds of the editions that were sent: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

Takes editions, the newest first, gives bytes; the same editions give the same bytes. An entry is
an edition, with the text of its archive page and nothing of a reader; what was corrected in it
stands first, and makes the entry new. Collected text is cleaned
before it is escaped: XML 1.0 §2.2 has no place for control characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from digest.clock import zone
from digest.model import Correction, Edition, EditionId, Masthead, Newsroom
from digest.render.address import ARCHIVE, ATOM, JSON_FEED, absolute
from digest.render.correction import corrected_at, printed
from digest.render.environment import html_environment
from digest.render.view import page
from digest.render.words import clean

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
JSON_VERSION = "https://jsonfeed.org/version/1.1"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

KEPT = 64
"""Entries in memory, some 6 KB each: programs of readers ask for the same ones all day."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: RFC 4287 §4.1.1 demands one, and nothing ever changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition in a feed. `id` never changes; `html` is the body, escaped."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    published: datetime
    changed: datetime


def changed(edition: Edition, masthead: Masthead) -> datetime:
    """When the edition took the form that was sent: its approval, in the publication's zone."""
    at = edition.approved_at or edition.created_at
    local = zone(masthead.timezone)
    if at is None:
        return datetime.combine(edition.date, time(), local)
    return at.astimezone(local).replace(microsecond=0)


def corrected(published: datetime, those: Sequence[Correction], masthead: Masthead) -> datetime:
    """When the edition, published then, last came to read differently."""
    return max((published, *(corrected_at(one, masthead) for one in those)))


def entries(
    editions: Sequence[Edition],
    masthead: Masthead,
    newsroom: Newsroom,
    corrections: Mapping[EditionId, tuple[Correction, ...]] = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """The editions as a feed tells them, with what was corrected in each."""
    return tuple(_entry(one, masthead, newsroom, corrections.get(one.id, ())) for one in editions)


@lru_cache(maxsize=KEPT)
def _entry(
    edition: Edition, masthead: Masthead, newsroom: Newsroom, those: tuple[Correction, ...]
) -> Entry:
    shown = page(edition, masthead, newsroom)
    published = changed(edition, masthead)
    template = html_environment(root="web").get_template("archive/entry.html.j2")
    return Entry(
        id=entry_id(edition, masthead),
        address=shown.address,
        title=shown.subject,
        summary=shown.preheader,
        html=template.render(page=shown, corrected=printed(those, masthead, edition.publication)),
        published=published,
        changed=corrected(published, those, masthead),
    )


def entry_id(edition: Edition, masthead: Masthead) -> str:
    """A `tag:` address (RFC 4151): it outlives another public address or a move to https."""
    return f"tag:{masthead.domain},{edition.date.isoformat()}:{edition.publication}"


def atom(rows: Sequence[Entry], masthead: Masthead) -> bytes:
    """The Atom document, UTF-8."""
    feed = etree.Element(f"{{{ATOM_NAMESPACE}}}feed", nsmap={None: ATOM_NAMESPACE})
    feed.set(XML_LANG, masthead.language)
    _text(feed, "id", absolute(ARCHIVE, masthead) or f"tag:{masthead.domain},2026-01-01:archive")
    _text(feed, "title", clean(masthead.name))
    if masthead.tagline:
        _text(feed, "subtitle", clean(masthead.tagline))
    _text(feed, "updated", max((one.changed for one in rows), default=NEVER).isoformat())
    _text(etree.SubElement(feed, _name("author")), "name", clean(masthead.name))
    _link(feed, "self", "application/atom+xml", absolute(ATOM, masthead))
    _link(feed, "alternate", "text/html", absolute(ARCHIVE, masthead))
    for one in rows:
        _atom_entry(feed, one)
    document: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _atom_entry(feed: etree._Element, one: Entry) -> None:
    entry = etree.SubElement(feed, _name("entry"))
    _text(entry, "id", one.id)
    _text(entry, "title", one.title)
    _link(entry, "alternate", "text/html", one.address)
    _text(entry, "published", one.published.isoformat())
    _text(entry, "updated", one.changed.isoformat())
    _text(entry, "summary", one.summary)
    _text(entry, "content", one.html).set("type", "html")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, _name(name))
    element.text = text
    return element


def _link(parent: etree._Element, rel: str, kind: str, address: str) -> None:
    if address:
        etree.SubElement(parent, _name("link"), rel=rel, type=kind, href=address)


def _name(name: str) -> str:
    return f"{{{ATOM_NAMESPACE}}}{name}"


def json_feed(rows: Sequence[Entry], masthead: Masthead) -> bytes:
    """The JSON Feed document (jsonfeed.org/version/1.1), UTF-8."""
    feed: dict[str, object] = {
        "version": JSON_VERSION,
        "title": clean(masthead.name),
        "home_page_url": absolute(ARCHIVE, masthead),
        "feed_url": absolute(JSON_FEED, masthead),
        "description": clean(masthead.tagline),
        "language": masthead.language,
        "authors": [{"name": clean(masthead.name)}],
        "items": [_item(one) for one in rows],
    }
    kept = {name: value for name, value in feed.items() if value != ""}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _item(one: Entry) -> dict[str, str]:
    item = {
        "id": one.id,
        "url": one.address,
        "title": one.title,
        "summary": one.summary,
        "content_html": one.html,
        "image": f"{one.address}.png" if one.address else "",
        "date_published": one.published.isoformat(),
        "date_modified": one.changed.isoformat(),
    }
    return {name: value for name, value in item.items() if value}
