"""From what was read to an `Article` of a source, or the reason why there is none.

Takes an entry, a page, or both; weighs their dates; says what is foreign, paid for, a listing or
too short. An article of unknown or old date stays an article: ranking holds it and says why.
Whether it is old is told last, by `aged`, when the archive has been asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from digest.addresses import masked
from digest.clock import zone as zone_of
from digest.collect import kinds, language, repair
from digest.collect.address import article_id
from digest.collect.body import file_furniture, flat, looks_like_lead, strip_credits
from digest.collect.byline import people
from digest.collect.dates import CONFIDENCE, rank, url_claim
from digest.collect.draft import Draft
from digest.collect.extract import Extracted
from digest.collect.oldnews import old_news
from digest.gathered import Seen
from digest.model import Agency, Article, DateBasis, DateClaim, Entry, Source

FULL_TEXT = 600
"""Characters of an entry's content above which the feed carries the article itself."""
WALLS = frozenset({"consent", "paywall", "too-short", "listing", "unreadable", "language"})
"""Codes of pages that say nothing of the article behind them."""
SOME_TEXT = 40
"""Characters under which an entry without its page says nothing beyond its title."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is no article: a stable code and a Bulgarian sentence.

    `final` when the entry itself says that another reading of its page changes nothing.
    """

    code: str
    reason: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An article with all the claims about its date.

    `wall` is the code of the page that its entry stands in for; empty when the page was read.
    """

    article: Article
    claims: tuple[DateClaim, ...] = ()
    wall: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every decision of a round needs to know."""

    now: datetime
    fresh_hours: int
    agencies: tuple[Agency, ...]


def has_full_text(entry: Entry) -> bool:
    """True when the feed carries the article itself."""
    return len(entry.content) > FULL_TEXT and not entry.content.rstrip().endswith(("…", "..."))


def from_entry(entry: Entry, source: Source, desk: Desk, *, note: str = "") -> Made | Refusal:
    """An article of the entry alone: whole when it carries the text, else partial."""
    full = has_full_text(entry)
    draft = _draft(entry, desk.agencies, full=full)
    if not draft.title and not draft.text:
        return Refusal("unreadable", "Записът няма нито заглавие, нито текст.")
    spoken = language.judge(draft.title, draft.text, entry.language or source.language)
    kind = kinds.judge(
        draft.title, draft.text, url=entry.url, categories=entry.categories, page=False
    )
    refusal = _refuse(spoken, kind, source)
    if refusal is not None:
        return refusal
    if len(draft.text) < SOME_TEXT:
        return Refusal(
            "too-short", note or "Емисията дава само заглавие, а страницата не е прочетена."
        )
    claims = _entry_claims(entry, zone_of(source.timezone))
    article = Article(
        id=article_id(entry.url, draft.title, draft.text),
        title=draft.title,
        text=draft.text,
        url=masked(entry.url),
        lead=draft.lead,
        author=people([entry.author or ""], never=[source.outlet]),
        agencies=tuple(draft.agencies),
        language=spoken.code,
        image=entry.image,
        related=tuple(draft.related),
        removed=tuple(draft.removed),
        warnings=(note,) if note else (),
        fetched_at=desk.now,
        partial=not full,
        place=entry.place,
    )
    return _of_source(article, claims, source, desk, entry.categories)


def from_page(
    found: Extracted, source: Source, desk: Desk, entry: Entry | None = None
) -> Made | Refusal:
    """An article of a page or dump, with what its entry adds.

    The entry alone stands in when the page is a wall; a page in another language than its own
    entry is one.
    """
    refusal = _refuse(found.language, found.kind, source)
    if refusal is None and not found.article.text:
        refusal = Refusal("unreadable", "На страницата няма текст на статия.")
    if refusal is not None:
        return _stand_in(refusal, entry, source, desk)
    article, claims = found.article, list(found.claims)
    categories = article.categories
    if entry is not None:
        claims += _entry_claims(entry, zone_of(source.timezone))
        article = _with_entry(article, entry)
        categories = entry.categories or categories
    return _of_source(article, claims, source, desk, categories)


def _stand_in(refusal: Refusal, entry: Entry | None, source: Source, desk: Desk) -> Made | Refusal:
    """The entry in place of a page that is a wall, or the refusal.

    An entry that is foreign itself tells that its page is no wall, only foreign.
    """
    if entry is None or refusal.code not in WALLS:
        return refusal
    alone = from_entry(entry, source, desk, note=refusal.reason)
    if isinstance(alone, Made):
        return replace(alone, wall=refusal.code)
    return replace(refusal, final=alone.code == "language")


def _draft(entry: Entry, agencies: Sequence[Agency], *, full: bool) -> Draft:
    """The entry's text cleaned as any body is."""
    draft = Draft(title=repair.unescape_again(entry.title)[:500])
    for paragraph in (entry.content or entry.summary).split("\n\n"):
        if flat(paragraph) == flat(draft.title) or file_furniture(paragraph, draft):
            continue
        draft.paragraphs.append(paragraph)
    if not draft.title and draft.paragraphs:
        draft.title = draft.paragraphs[0][:120]
    strip_credits(draft, agencies)
    head = flat(draft.text[: 2 * len(entry.summary) + 200])
    if full and looks_like_lead(entry.summary) and flat(entry.summary) not in head:
        draft.lead = entry.summary
    return draft


def _entry_claims(entry: Entry, zone: tzinfo) -> list[DateClaim]:
    found = [url_claim(entry.url, zone)]
    if entry.published_at is not None:
        evidence = entry.published_at.isoformat()
        found.append(
            DateClaim(entry.published_at, DateBasis.FEED, CONFIDENCE[DateBasis.FEED], evidence)
        )
    return [one for one in found if one is not None]


def _with_entry(article: Article, entry: Entry) -> Article:
    """The page's article under the address of its entry, with what only the feed has."""
    longer = has_full_text(entry) and len(entry.content) > 1.5 * len(article.text)
    title = article.title or repair.unescape_again(entry.title)
    canonical = article.canonical_url or (article.url if article.url != entry.url else "")
    text = entry.content if longer else article.text
    url = entry.url or article.url
    return replace(
        article,
        id=article_id(url, title, text),
        url=url,
        canonical_url=canonical,
        title=title,
        text=text,
        image=article.image or entry.image,
        author=article.author or people([entry.author or ""]),
        place=entry.place,
    )


def _refuse(spoken: language.Language, kind: kinds.Kind, source: Source) -> Refusal | None:
    if spoken.foreign and spoken.code != source.language:
        return Refusal("language", f"Текстът не е на български: {spoken.why}.")
    if kind.name != "article":
        return Refusal(kind.name, kind.reason)
    return None


def _of_source(
    article: Article,
    claims: Sequence[DateClaim],
    source: Source,
    desk: Desk,
    categories: Sequence[str],
) -> Made:
    """The article under its source's name, rights and section, dated by all claims together."""
    unique = list(dict.fromkeys(claims))
    ranking = rank(unique, fetched_at=article.fetched_at or desk.now)
    dated = [w for w in article.warnings if not w.startswith(("Датата ", "Датите "))]
    placed = replace(
        article,
        url=masked(article.url),
        canonical_url=masked(article.canonical_url),
        image=masked(article.image) if article.image else None,
        source=source.id,
        outlet=source.outlet,
        rights=source.rights,
        weight=source.weight,
        section=source.section or next(iter(categories), None),
        categories=tuple(categories),
        date=ranking.claim,
        warnings=tuple(dict.fromkeys([*dated, *ranking.warnings])),
        kind="article",
    )
    return Made(placed, tuple(unique))


def aged(made: Made, source: Source, desk: Desk, seen: Seen | None) -> Article:
    """The article with the evidence that it is old news, if there is any.

    `seen` is the archive's word: an older article with the same text.
    """
    zone = zone_of(source.timezone)
    why = old_news(
        made.article,
        made.claims,
        now=desk.now,
        fresh_hours=desk.fresh_hours,
        zone=zone,
        seen=seen,
    )
    return replace(made.article, old_news=why)
