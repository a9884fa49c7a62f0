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
from itertools import islice

from digest.collect.body import flat
from digest.collect.datelabels import Label, label_of
from digest.collect.datelines import BYLINE_WORDS, WORDS, read_line
from digest.collect.dates import claim_of, line_claim, relative_claim
from digest.collect.markup import Element, elements, of_article, short_text, text_of, tokens
from digest.collect.when import parse_when
from digest.model import DateBasis, DateClaim

LONGEST = 90
"""Characters of an element that is little more than a date."""
PROSE = 80
"""Characters outside links from which a block is a paragraph: the text has begun."""
REACH = 25
"""Elements after the headline among which its date stands, where no paragraph is found."""
NEAR = 3
"""Steps up from the headline inside which a date above it is the article's."""
_BLOCKS = frozenset(
    ["p", "div", "td", "li", "section", "blockquote", "article", "ul", "ol", "table", "main"]
)
_DATEY = frozenset([
    "date", "time", "datum", "published", "publish", "pubdate", "data", "timestamp", "meta", "info",
])  # fmt: skip


@dataclass(frozen=True)
class _Ground:
    """Where things stand: elements in order, places of headline and text, the article's element.

    `near` are the headline's closest ancestors, `outer` those in which its article surely is.
    """

    order: list[Element]
    head: int
    first: int
    own: Element | None
    near: frozenset[Element]
    outer: frozenset[Element]
    zone: tzinfo
    month_first: bool


def near_claims(
    tree: Element, title: str, lead: str, zone: tzinfo, now: datetime | None
) -> Iterator[DateClaim]:
    """Claims of the dates around the headline, in document order."""
    ground = _ground(tree, title, lead, zone)
    timed = False
    for place, element in enumerate(ground.order):
        if element.tag == "time":
            found = _time_tag(element, place, ground, now, seen=timed)
            timed = timed or any(one.basis is DateBasis.TIME for one in found)
            yield from found
        elif len(element) <= 3:
            yield from _line(element, place, ground, now)


# ---- the ground


def _ground(tree: Element, title: str, lead: str, zone: tzinfo) -> _Ground:
    body = next(iter(elements(tree, "body")), tree)
    order = [e for e in elements(body) if e.tag not in {"script", "style", "option"}]
    head = _place_of(order, title)
    headline = order[head] if head >= 0 else None
    above = list(headline.iterancestors()) if headline is not None else []
    own = next((one for one in above if one.tag == "article"), None)
    inner: list[Element] = []
    for one in above:
        if one.tag in {"body", "main", "html"}:
            break
        inner.append(one)
        if one is own:
            break
    language = (tree.get("lang") or "").lower().replace("_", "-")
    return _Ground(
        order,
        head,
        _first_paragraph(order, head, flat(lead)),
        own,
        frozenset(inner[:NEAR]),
        frozenset(inner),
        zone,
        month_first=language == "en-us",
    )


def _place_of(order: list[Element], title: str) -> int:
    """The place of the headline: its last heading, else the last small element that equals it.

    A page whose card has another headline than it shows has its first heading there; -1 without.
    """
    wanted = flat(title)
    if wanted:
        for tags in ({"h1", "h2"}, None):
            for place in range(len(order) - 1, -1, -1):
                element = order[place]
                if (tags is None or element.tag in tags) and len(element) <= 4:
                    text = short_text(element, 600)
                    if text is not None and flat(text) == wanted:
                        return place
    heads = [place for place, element in enumerate(order) if element.tag == "h1"]
    return heads[0] if len(heads) == 1 else -1


def _first_paragraph(order: list[Element], head: int, lead: str) -> int:
    """The place of the first paragraph behind the headline that is not the lead."""
    for place in range(head + 1, len(order)):
        element = order[place]
        if element.tag in _BLOCKS and _is_prose(element) and flat(text_of(element)) != lead:
            return place
    return min(len(order), head + REACH)


def _is_prose(element: Element) -> bool:
    """True for a block without blocks in it that holds more text than a line of facts does."""
    if any(child.tag in _BLOCKS for child in element) or short_text(element, PROSE) is not None:
        return False
    linked = sum(len(text_of(a)) for a in elements(element, "a"))
    return len(text_of(element)) - linked >= PROSE


def _is_foreign(element: Element, ground: _Ground) -> bool:
    """True inside another article, a list of links, or data that speak of something else."""
    if not of_article(element):
        return True
    for step, around in enumerate(element.iterancestors()):
        if around.tag == "article":
            return around is not ground.own
        if around in ground.near:
            return False
        linked = around.tag in {"li", "a"} or (step < 3 and around.tag in {"div", "td"})
        if linked and _links_on(around, element):
            return True
    return False


def _links_on(element: Element, date: Element) -> bool:
    """True for an element that is little else than a link to something with a headline.

    A date may itself be a link, to the article's own address or to the day's archive.
    """
    if element.tag == "a":
        return len(text_of(element)) - len(text_of(date)) >= 12
    if short_text(element, 400) is None:
        return False
    return any(len(text_of(a)) >= 20 for a in islice(elements(element, "a"), 6))


# ---- time tags


def _time_tag(
    element: Element, place: int, ground: _Ground, now: datetime | None, *, seen: bool
) -> list[DateClaim]:
    if _in_sentence(element) or _is_foreign(element, ground):
        return []
    text, label = _stamp(element, ground.zone), _label(element)
    if label in {Label.FOREIGN, Label.UPDATED} or element.get("itemprop") == "dateModified":
        return []
    around = list(element.iterancestors())
    near = any(one in ground.near for one in around)
    inside = ground.own is not None and ground.own in around
    if place < ground.head and not near and not (inside and place + REACH > ground.head):
        return _some(claim_of(text, DateBasis.PAGE_HEADER, ground.zone))
    if place > ground.first and not (
        label is Label.PUBLISHED and (inside or any(one in ground.outer for one in around))
    ):
        return []
    if seen and label is not Label.PUBLISHED:
        return []
    found = claim_of(text, DateBasis.TIME, ground.zone, month_first=ground.month_first)
    if found is None and now is not None:
        found = relative_claim(text_of(element), now, ground.zone)
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


def _line(
    element: Element, place: int, ground: _Ground, now: datetime | None
) -> Iterator[DateClaim]:
    """Claims of a short element that is little more than a date."""
    text = short_text(element, LONGEST)
    if text is None or len(text) < 4:
        return
    close = 0 <= ground.head < place <= ground.first
    if now is not None and close and _label(element) is not Label.UPDATED:
        ago = relative_claim(text, now, ground.zone)
        yield from _some(ago if ago and not _is_foreign(element, ground) else None)
    if len(text) < 6 or not re.search(r"\d", text):
        return
    dated = read_line(
        text,
        ground.zone,
        before=_before(element),
        words=BYLINE_WORDS if close else WORDS,
        month_first=ground.month_first,
    )
    if not dated or element.get("itemprop") == "dateModified" or _is_foreign(element, ground):
        return
    inside = any(one in ground.outer for one in element.iterancestors())
    for one in dated:
        if close or (inside and one.label is Label.PUBLISHED):
            yield from _some(line_claim(one, text))
        elif place < ground.head:
            datey = inside and bool(tokens(element) & _DATEY)
            yield from _some(line_claim(one, text, clock=not datey))
