"""The date claims of a page: JSON-LD, metas, time tags, and lines near its headline.

Where a date stands decides what it is. Above the headline and outside the article it is the
page's clock; between headline and text it is the article's; in comments and teasers (pruned
before) it is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from digest.collect.body import flat
from digest.collect.dates import claim, claim_of
from digest.collect.markup import Element, Said, elements, of_article, short_text, text_of, tokens
from digest.collect.when import find_dates, find_relative, is_date_line
from digest.model import DateBasis, DateClaim

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "publishdate", "publish-date", "pubdate", "pub_date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "article.published", "article_date_original",
    "published_at", "last-published", "publication_date", "citation_publication_date",
    "citation_date", "rnews:datepublished", "displaydate", "uploaddate",
)  # fmt: skip
RELATIVE = 0.5
"""How sure a relative date is: it is as right as the moment of fetching, and pages are cached."""
_LABEL = re.compile(r"(?i)\b(?:публикува\w*|дата|published|posted|veröffentlicht|опубликовано)\b")
_UPDATED = re.compile(
    r"(?i)\b(?:обновен\w*|последна (?:промяна|редакция)|актуализиран\w*|updated|modified)\b"
)
_DATEY = frozenset(
    [
        "date",
        "time",
        "datum",
        "published",
        "publish",
        "pubdate",
        "data",
        "timestamp",
        "meta",
        "info",
    ]
)


def claims(
    tree: Element, facts: Said, title: str, zone: tzinfo, now: datetime | None = None
) -> list[DateClaim]:
    """Every claim of the page, unranked. `dateModified` makes none.

    `now` is when the page was fetched, if it was: only then „преди 2 часа“ says something.
    """
    found: list[DateClaim | None] = [
        claim_of(facts.ld("datePublished") or facts.ld("uploadDate"), DateBasis.JSON_LD, zone),
        claim_of(facts.meta(*_PUBLISHED), DateBasis.META, zone),
        _microdata(tree, zone),
    ]
    found += _near(tree, title, zone, now)
    return [one for one in found if one is not None]


def _microdata(tree: Element, zone: tzinfo) -> DateClaim | None:
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        if not of_article(element):
            continue
        text = element.get("content") or element.get("datetime") or text_of(element)
        found = claim_of(text, DateBasis.META, zone)
        if found:
            return found
    return None


def _near(
    tree: Element, title: str, zone: tzinfo, now: datetime | None
) -> Iterator[DateClaim | None]:
    """Dates around the headline, in document order."""
    body = next(iter(elements(tree, "body")), tree)
    order = [e for e in elements(body) if e.tag not in {"script", "style", "option"}]
    head = _place_of(order, title)
    first = next(
        (
            i
            for i, e in enumerate(order)
            if i > head and e.tag in {"p", "div", "td"} and _own(e) > 120
        ),
        len(order),
    )
    timed = False
    for place, element in enumerate(order):
        if element.tag == "time":
            one = _time_tag(element, zone, before=place < head, seen=timed, after=place > first)
            timed = timed or (one is not None and one.at is not None)
            yield one
        elif len(element) <= 3:
            yield _line(element, zone, place, head, first)
            if now is not None and head >= 0 and head < place <= first:
                yield _relative(element, now, zone)


def _relative(element: Element, now: datetime, zone: tzinfo) -> DateClaim | None:
    """A claim of „преди 2 часа“ between headline and text: weaker than a date that is written."""
    text = short_text(element, 60) or ""
    when = find_relative(text, now, zone) if len(text) >= 4 else None
    return DateClaim(when.at, DateBasis.TEXT, RELATIVE, text) if when is not None else None


def _own(element: Element) -> int:
    return len((element.text or "").strip()) + sum(len((c.tail or "").strip()) for c in element)


def _place_of(order: list[Element], title: str) -> int:
    """The place of the headline: its last heading, else the last small element that equals it."""
    wanted = flat(title)
    if not wanted:
        return -1
    for tags in ({"h1", "h2"}, None):
        for place in range(len(order) - 1, -1, -1):
            element = order[place]
            if (tags is None or element.tag in tags) and len(element) <= 4:
                text = short_text(element, 600)
                if text is not None and flat(text) == wanted:
                    return place
    return -1


def _time_tag(
    element: Element, zone: tzinfo, *, before: bool, seen: bool, after: bool
) -> DateClaim | None:
    text = element.get("datetime") or text_of(element)
    words = tokens(element) | (
        tokens(element.getparent()) if element.getparent() is not None else frozenset()
    )
    if words & {"updated", "modified"} or element.get("itemprop") == "dateModified":
        return None
    inside = any(a.tag in {"article", "main"} for a in element.iterancestors())
    published = words & {"published", "pubdate"} or element.get("pubdate") is not None
    if before and not inside and not published:
        return claim_of(text, DateBasis.PAGE_HEADER, zone)
    if seen or (after and not published and not inside):
        return None
    return claim_of(text, DateBasis.TIME, zone)


def _line(element: Element, zone: tzinfo, place: int, head: int, first: int) -> DateClaim | None:
    """A claim of a short element that is little more than a date."""
    text = short_text(element, 90)
    if text is None or len(text) < 8 or not re.search(r"\d", text):
        return None
    labelled = bool(_LABEL.search(text))
    close = head >= 0 and head < place <= first
    if not is_date_line(text, zone) and not (close and _short_byline(text, zone)):
        return None
    when = next(iter(find_dates(text, zone, short=True)), None)
    updated = bool(_UPDATED.search(text)) and not labelled
    if close or labelled:
        return claim(when, DateBasis.TEXT, text, updated=updated)
    if place < head:
        inside = any(a.tag == "article" for a in element.iterancestors())
        basis = DateBasis.TEXT if inside and tokens(element) & _DATEY else DateBasis.PAGE_HEADER
        return claim(when, basis, text, updated=updated)
    return None


def _short_byline(text: str, zone: tzinfo) -> bool:
    """True for a line of by-line and date: „От Име Фамилия · 13 окт 2016 08:43“."""
    dates = find_dates(text, zone)
    if not dates:
        return False
    rest = text[: dates[0].start] + " " + text[dates[-1].end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 6
