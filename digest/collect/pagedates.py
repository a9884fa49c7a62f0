"""The date claims of a page: JSON-LD, metas, microdata, and what is shown near its headline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo

from digest.collect.dates import claim_of
from digest.collect.ground import Ground
from digest.collect.markup import Element, Said, around_headline, of_article, text_of
from digest.collect.neardates import near_claims
from digest.collect.schema import texts
from digest.model import DateBasis, DateClaim

_LD = ("datePublished", "dateCreated", "uploadDate")
OF_PAGE = 0.8
"""How sure the day of a page is that holds an article: mostly the same, sometimes a template's."""
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "publishdate", "publish-date", "pubdate", "pub_date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "article.published", "article_date_original",
    "published_at", "last-published", "publication_date", "citation_publication_date",
    "citation_date", "citation_online_date", "rnews:datepublished", "displaydate", "uploaddate",
    "dcterms.date", "publishtime", "vr:published_time", "article:published",
)  # fmt: skip


def claims(
    tree: Element,
    facts: Said,
    ground: Ground,
    zone: tzinfo,
    now: datetime | None = None,
) -> list[DateClaim]:
    """Every claim of the page, unranked. `dateModified` makes none.

    `now` is when the page was fetched, if it was: only then „преди 2 часа“ says something.
    """
    found: list[DateClaim | None] = [
        _first(_LD, facts.ld, DateBasis.JSON_LD, zone),
        _page(facts, zone),
        _first(_PUBLISHED, facts.meta, DateBasis.META, zone),
        _microdata(tree, zone),
    ]
    found += near_claims(ground, zone, now, month_first=_is_american(tree))
    return [one for one in found if one is not None]


def _is_american(tree: Element) -> bool:
    return (tree.get("lang") or "").lower().replace("_", "-") == "en-us"


def _first(
    names: Iterable[str], value: Callable[[str], str], basis: DateBasis, zone: tzinfo
) -> DateClaim | None:
    """The claim of the first of these fields that holds a date: many are there and empty."""
    claimed = (claim_of(text, basis, zone) for name in names if (text := value(name)))
    return next((one for one in claimed if one is not None), None)


def _page(facts: Said, zone: tzinfo) -> DateClaim | None:
    """The day that the data give to the page itself, where they do not give the article's."""
    if any(texts(facts.article, name) for name in _LD):
        return None
    said = next(iter(texts(facts.page, "datePublished")), "")
    found = claim_of(said, DateBasis.JSON_LD, zone)
    return None if found is None else found.weakened(OF_PAGE)


def _microdata(tree: Element, zone: tzinfo) -> DateClaim | None:
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        if not of_article(element) or not around_headline(element):
            continue
        text = element.get("content") or element.get("datetime") or text_of(element)
        found = claim_of(text, DateBasis.META, zone)
        if found:
            return found
    return None
