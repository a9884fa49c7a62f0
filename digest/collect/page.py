"""HTML pages: body by trafilatura over a pruned tree, everything else by rules of our own.

trafilatura reads bodies best of what was measured, but invents authors and takes a page's clock
for its date, so title, lead, date, author, image and address are read here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from digest.bulgarian.typography import count
from digest.collect import pagedates
from digest.collect.agencies import credited_in
from digest.collect.badges import page_labels
from digest.collect.body import file_furniture, file_source, flat, strip_credits
from digest.collect.cards import cards_of
from digest.collect.datelines import is_date_line
from digest.collect.draft import Draft
from digest.collect.headline import headline
from digest.collect.joined import join_parts
from digest.collect.leading import author_of, dated_byline, described_lead, marked_lead, split_lead
from digest.collect.lines import END_KINDS, kind_of
from digest.collect.markup import (
    Element,
    Said,
    elements,
    parse,
    said,
    text_of,
)
from digest.collect.pictures import page_picture
from digest.collect.plain import paragraphs
from digest.collect.prune import prune
from digest.collect.schema import texts
from digest.model import Agency, DateBasis

log = logging.getLogger(__name__)


def read_page(
    text: str,
    *,
    url: str,
    zone: tzinfo,
    agencies: Sequence[Agency],
    now: datetime | None = None,
) -> Draft:
    """The parts of a page. `url` resolves relative addresses; BadInput for what is too large.

    `now` is when it was fetched, None when nobody knows.
    """
    tree = parse(text)
    # lxml makes an element's Python half anew at every visit unless somebody holds it.
    held = list(tree.iter())
    facts = said(tree, url)
    draft = Draft(language=_language(tree), labels=[*facts.types, *page_labels(tree, text)])
    cards = cards_of(tree)
    draft.site_name = facts.meta("og:site_name") or facts.ld("publisher") or None
    _identify(draft, tree, facts)
    described = described_lead(tree, facts)  # sites name it as they name their teasers
    prune(tree, draft)
    draft.image = page_picture(tree, facts, url)
    draft.title = headline(tree, facts, draft.site_name or "", url)[:500]
    lead = marked_lead(tree) or described or facts.ld("alternativeHeadline")
    draft.claims += pagedates.claims(tree, facts, draft.title, lead, zone, now)
    beside = [one.evidence for one in draft.claims if one.basis is DateBasis.TEXT]
    draft.author = author_of(tree, facts, draft) or dated_byline(beside, zone)
    for name in [*texts(facts.article, "author"), facts.meta("author")]:
        if len(name) < 40:
            draft.credit(credited_in(name, agencies))
    _weigh_links(tree, draft)
    join_parts(tree)
    held.clear()
    body = _extracted(tree, text, draft)
    _file_body(body, draft, zone, agencies)
    draft.labels += cards.label(draft.paragraphs)
    split_lead(draft, lead, facts)
    strip_credits(draft, agencies)
    if facts.broken_blocks:
        draft.warnings.append(
            f"Повредени и пропуснати данни JSON-LD: {count(facts.broken_blocks, 'блок')}."
        )
    return draft


def _language(tree: Element) -> str | None:
    root = tree if tree.tag == "html" else next(iter(elements(tree, "html")), tree)
    return (root.get("lang") or root.get("xml:lang") or "").strip()[:2].lower() or None


def _identify(draft: Draft, tree: Element, facts: Said) -> None:
    links = (e for e in elements(tree, "link") if (e.get("rel") or "").lower() == "canonical")
    draft.canonical_url = next((e.get("href") or "" for e in links), "") or facts.meta("og:url")
    sections = [facts.meta("article:section"), *texts(facts.article, "articleSection")]
    draft.categories = list(dict.fromkeys(one for one in sections if one))
    free = facts.article.get("isAccessibleForFree")
    draft.free = str(free).lower() not in {"false", "0"} if free is not None else True


# ---- the body


def _weigh_links(tree: Element, draft: Draft) -> None:
    body = next(iter(elements(tree, "body")), tree)
    links = [text for a in elements(body, "a") if len(text := text_of(a)) >= 20]
    everything = max(len(text_of(body)), 1)
    draft.links = len(links)
    draft.link_share = min(1.0, sum(len(link) for link in links) / everything)


def _extracted(tree: Element, text: str, draft: Draft) -> list[str]:
    """Paragraphs of the body; a polluted result is tried again with precision.

    Uses up the tree. Where pruning left nothing to read, the page as it came is read.
    """
    body = _trafilatura(tree, precise=False)
    if not body:
        return _trafilatura(parse(text), precise=False)
    if _polluted(body, draft):
        again = parse(text)
        prune(again, Draft())
        join_parts(again)
        precise = _trafilatura(again, precise=True)
        if sum(map(len, precise)) > 0.5 * sum(map(len, body)):
            return precise
    return body


def _trafilatura(tree: Element, *, precise: bool) -> list[str]:
    """Paragraphs by trafilatura, which changes the tree that it is given."""
    import trafilatura

    # It warns of every document without text; the caller says so in words for people.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)
    found = trafilatura.extract(
        tree,
        fast=True,
        favor_precision=precise,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    return [p for line in (found or "").split("\n") if (p := paragraphs(line))]


def _polluted(body: list[str], draft: Draft) -> bool:
    furniture = sum(1 for line in body if kind_of(line) is not None)
    teasers = {flat(one.title) for one in draft.related}
    leaked = sum(1 for line in body if flat(line) in teasers)
    return leaked > 0 or furniture * 5 > len(body) + 5


def _file_body(body: list[str], draft: Draft, zone: tzinfo, agencies: Sequence[Agency]) -> None:
    teasers = {flat(one.title) for one in draft.related}
    listing = False
    for line in body:
        text = re.sub(r"^[-•]\s+", "", line)
        listing = listing and len(text) < 160
        begun = bool(draft.paragraphs)
        if flat(text) == flat(draft.title) and len(draft.paragraphs) < 2:
            draft.remove("title-repeat", text)
        elif is_date_line(text, zone) and len(draft.paragraphs) < 2:
            draft.remove("date", text)
        elif file_furniture(text, draft):
            file_source(text, draft, agencies)
            if begun and kind_of(text) == "comments":
                break
            listing = begun and kind_of(text) in END_KINDS - {"share", "tags"}
        elif listing or flat(text) in teasers:
            draft.tease(text)
            draft.remove("teaser", text)
        else:
            draft.paragraphs.append(text)
