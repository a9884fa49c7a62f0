"""Dates that a page shows: time tags and short lines, by where they stand.

Between headline and text a date is the article's; above the headline and outside the article it
is the page's clock; in another article's card, a list of links, a comment or a sentence it is
nobody's. Takes the pruned tree, gives claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from digest.collect.datelabels import Label, label_of
from digest.collect.datelines import BYLINE_WORDS, WORDS, read_line
from digest.collect.dates import claim_of, line_claim, relative_claim
from digest.collect.ground import REACH, Ground
from digest.collect.markup import Element, short_text, text_of, tokens
from digest.collect.when import parse_when
from digest.model import DateBasis, DateClaim

LONGEST = 90
"""Characters of an element that is little more than a date."""
_DATEY = frozenset([
    "date", "time", "datum", "published", "publish", "pubdate", "data", "timestamp", "meta", "info",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """How dates are read: the zone of naive ones, the moment of fetching, the order of numbers."""

    zone: tzinfo
    now: datetime | None
    month_first: bool = False


def near_claims(
    ground: Ground, zone: tzinfo, now: datetime | None, *, month_first: bool = False
) -> Iterator[DateClaim]:
    """Claims of the dates around the headline, in document order."""
    reading = _Reading(zone, now, month_first=month_first)
    timed = False
    for place, element in enumerate(ground.order):
        if element.tag == "time":
            found = _time_tag(element, place, ground, reading, seen=timed)
            timed = timed or any(one.basis is DateBasis.TIME for one in found)
            yield from found
        elif len(element) <= 3:
            yield from _line(element, place, ground, reading)


# ---- time tags


def _time_tag(
    element: Element, place: int, ground: Ground, reading: _Reading, *, seen: bool
) -> list[DateClaim]:
    if _in_sentence(element) or ground.is_foreign(element):
        return []
    text, label = _stamp(element, reading.zone), _label(element)
    if label in {Label.FOREIGN, Label.UPDATED} or element.get("itemprop") == "dateModified":
        return []
    around = list(element.iterancestors())
    near = any(one in ground.near for one in around)
    inside = ground.own is not None and ground.own in around
    if place < ground.head and not near and not (inside and place + REACH > ground.head):
        return _some(claim_of(text, DateBasis.PAGE_HEADER, reading.zone))
    if place > ground.first and not (
        label is Label.PUBLISHED and (inside or any(one in ground.outer for one in around))
    ):
        return []
    if seen and label is not Label.PUBLISHED:
        return []
    found = claim_of(text, DateBasis.TIME, reading.zone, month_first=reading.month_first)
    if found is None and reading.now is not None:
        found = relative_claim(text_of(element), reading.now, reading.zone)
    return _some(found)


def _some(one: DateClaim | None) -> list[DateClaim]:
    return [] if one is None else [one]


def _stamp(element: Element, zone: tzinfo) -> str:
    """What a time tag says: its attribute, with the shown hour when that has none, or its text."""
    stated, shown = element.get("datetime") or "", text_of(element)
    when = parse_when(stated, zone)
    if when is None:
        return shown if parse_when(shown, zone) else element.get("title") or shown
    visible = next((one.when for one in read_line(shown, zone)), None)
    if not when.has_time and visible is not None and visible.at.date() == when.at.date():
        return shown
    return stated


def _in_sentence(element: Element) -> bool:
    """True when a time tag is a few words of a paragraph: the day of an event."""
    parent = element.getparent()
    if parent is None or parent.tag not in {"p", "li", "td", "blockquote", "span", "em", "strong"}:
        return False
    return len(text_of(parent)) - len(text_of(element)) > 60


def _label(element: Element) -> Label | None:
    """The label of a date by its own names, its parent's, or the words before it."""
    parent = element.getparent()
    for names in (tokens(element), tokens(parent) if parent is not None else frozenset()):
        if names & {"published", "pubdate", "publish"}:
            return Label.PUBLISHED
        if names & {"updated", "modified", "update"}:
            return Label.UPDATED
    if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
        return Label.PUBLISHED
    return label_of(_before(element))


def _before(element: Element) -> str:
    """The words right before an element: of its neighbour, or of what it stands in."""
    for _ in range(2):
        earlier, parent = element.getprevious(), element.getparent()
        if earlier is not None:
            tail = (earlier.tail or "").strip()
            text = (short_text(earlier, 40) or "") if isinstance(earlier.tag, str) else ""
            return tail if re.search(r"\d", text) else f"{text} {tail}"
        if parent is None or (parent.text or "").strip():
            return (parent.text or "")[-60:] if parent is not None else ""
        element = parent
    return ""


# ---- lines


def _line(element: Element, place: int, ground: Ground, reading: _Reading) -> Iterator[DateClaim]:
    """Claims of a short element that is little more than a date."""
    text = short_text(element, LONGEST)
    if text is None or len(text) < 4:
        return
    close = 0 <= ground.head < place <= ground.first
    if reading.now is not None and close and _label(element) is not Label.UPDATED:
        ago = relative_claim(text, reading.now, reading.zone)
        yield from _some(ago if ago and not ground.is_foreign(element) else None)
    if len(text) < 6 or not re.search(r"\d", text):
        return
    dated = read_line(
        text,
        reading.zone,
        before=_before(element),
        words=BYLINE_WORDS if close else WORDS,
        month_first=reading.month_first,
    )
    if not dated or element.get("itemprop") == "dateModified" or ground.is_foreign(element):
        return
    inside = any(one in ground.outer for one in element.iterancestors())
    for one in dated:
        if close or (inside and one.label is Label.PUBLISHED):
            yield from _some(line_claim(one, text))
        elif place < ground.head:
            datey = inside and bool(tokens(element) & _DATEY)
            yield from _some(line_claim(one, text, clock=not datey))
