"""HTML pages: body by trafilatura over a pruned tree, everything else by rules of our own.

trafilatura reads bodies best of what was measured, but invents authors and takes a page's clock
for its date, so title, lead, date, author, image and address are read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from digest.bulgarian.typography import count
from digest.collect import pagedates
from digest.collect.agencies import credited_in
from digest.collect.badges import page_labels
from digest.collect.body import strip_credits
from digest.collect.cards import cards_of
from digest.collect.draft import Draft
from digest.collect.ground import ground_of
from digest.collect.headline import headline, site_names
from digest.collect.leading import (
    author_of,
    dated_byline,
    described_lead,
    marked_lead,
    split_lead,
    stated_sources,
)
from digest.collect.markup import (
    Element,
    Said,
    elements,
    parse,
    said,
    text_of,
)
from digest.collect.pagebody import extracted, file_body
from digest.collect.pictures import page_picture
from digest.collect.prune import prune
from digest.collect.schema import texts
from digest.model import Agency, DateBasis


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
    for name in [*texts(facts.article, "author"), facts.meta("author"), *stated_sources(tree)]:
        if len(name) < 60:
            draft.credit(credited_in(name, agencies))
    names = site_names(tree, facts, url)
    described = described_lead(tree, facts)  # sites name it as they name their teasers
    prune(tree, draft)
    draft.image = page_picture(tree, facts, url)
    draft.title = headline(tree, facts, names, url)[:500]
    ground = ground_of(tree, draft.title, described)
    lead = marked_lead(ground) or described or facts.ld("alternativeHeadline")
    draft.claims += pagedates.claims(tree, facts, ground, zone, now)
    beside = [one.evidence for one in draft.claims if one.basis is DateBasis.TEXT]
    draft.author = author_of(ground, facts, draft) or dated_byline(beside, zone)
    _weigh_links(tree, draft)
    held.clear()
    body = extracted(tree, text, facts, draft)
    file_body(body, draft, zone, agencies)
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


def _weigh_links(tree: Element, draft: Draft) -> None:
    body = next(iter(elements(tree, "body")), tree)
    links = [text for a in elements(body, "a") if len(text := text_of(a)) >= 20]
    everything = max(len(text_of(body)), 1)
    draft.links = len(links)
    draft.link_share = min(1.0, sum(len(link) for link in links) / everything)
