"""HTML pages: body by trafilatura over a pruned tree, everything else by rules of our own.

trafilatura reads bodies best of what was measured, but invents authors and takes a page's clock
for its date, so title, lead, date, author, image and address are read here.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import islice

from digest.bulgarian.typography import count
from digest.collect import pagedates
from digest.collect.address import hostname
from digest.collect.agencies import credited_in
from digest.collect.body import file_furniture, file_source, flat, looks_like_lead, strip_credits
from digest.collect.byline import people
from digest.collect.draft import Draft
from digest.collect.lines import END_KINDS, kind_of
from digest.collect.markup import (
    Element,
    Said,
    elements,
    parse,
    said,
    short_text,
    text_of,
    texts,
    tokens,
)
from digest.collect.pictures import page_picture
from digest.collect.plain import one_line, paragraphs
from digest.collect.prune import prune
from digest.collect.when import is_date_line
from digest.model import Agency

log = logging.getLogger(__name__)

_LEAD = frozenset(
    [
        "lead",
        "lede",
        "subtitle",
        "subheadline",
        "standfirst",
        "podzaglavie",
        "perex",
        "dek",
        "deck",
        "intro",
        "anons",
    ]
)
_BADGES = frozenset(
    [
        "sponsored",
        "badge",
        "label",
        "advertorial",
        "paid",
        "promo",
        "partner",
        "sponsor",
        "category",
    ]
)
_AUTHOR = frozenset(["author", "byline", "avtor", "writer"])


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
    facts = said(tree)
    draft = Draft(language=_language(tree), labels=[*facts.types, *_badges(tree)])
    draft.site_name = facts.meta("og:site_name") or facts.ld("publisher") or None
    _identify(draft, tree, facts)
    prune(tree, draft)
    draft.image = page_picture(tree, facts, url)
    draft.title = _title(tree, facts, draft.site_name or "", url)[:500]
    draft.claims += pagedates.claims(tree, facts, draft.title, zone, now)
    draft.author = _author(tree, facts, draft)
    for name in [*texts(facts.article, "author"), facts.meta("author")]:
        if len(name) < 40:
            draft.credit(credited_in(name, agencies))
    lead = _lead(tree, facts)
    _weigh_links(tree, draft)
    held.clear()
    body = _extracted(tree, text, draft)
    _file_body(body, draft, zone, agencies)
    _split_lead(draft, lead, facts)
    strip_credits(draft, agencies)
    if facts.broken_blocks:
        draft.warnings.append(
            f"Повредени и пропуснати данни JSON-LD: {count(facts.broken_blocks, 'блок')}."
        )
    return draft


def _language(tree: Element) -> str | None:
    root = tree if tree.tag == "html" else next(iter(elements(tree, "html")), tree)
    return (root.get("lang") or root.get("xml:lang") or "").strip()[:2].lower() or None


def _badges(tree: Element) -> list[str]:
    """Short words in elements that are called badges: „Реклама“, „Платена публикация“."""
    found = (
        short_text(element, 40)
        for element in elements(tree, "span", "div", "a", "p", "strong", "b", "em", "small")
        if not _BADGES.isdisjoint(tokens(element))
    )
    return list(dict.fromkeys(filter(None, found)))[:20]


def _identify(draft: Draft, tree: Element, facts: Said) -> None:
    links = (e for e in elements(tree, "link") if (e.get("rel") or "").lower() == "canonical")
    draft.canonical_url = next((e.get("href") or "" for e in links), "") or facts.meta("og:url")
    sections = [facts.meta("article:section"), *texts(facts.article, "articleSection")]
    draft.categories = list(dict.fromkeys(one for one in sections if one))
    free = facts.article.get("isAccessibleForFree")
    draft.free = str(free).lower() not in {"false", "0"} if free is not None else True


# ---- title and lead


_SEPARATOR = re.compile(r"\s+[|–—·•»:-]{1,2}\s+|\s*\|\s*")


def without_site(title: str, site_name: str = "") -> str:
    """A document title less the outlet's name behind (or before) its separator."""
    title = one_line(title)
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    if site_name:
        for place in (-1, 0):
            if flat(parts[place]) == flat(site_name):
                rest = title[: title.rfind(parts[-1])] if place else title[len(parts[0]) :]
                return rest.strip(" |–—·•»:-\u00a0")
    last = parts[-1]
    domain = r"\.[a-z]{2,6}$"
    mark = title[: title.rfind(last)].rstrip()[-1:]
    name_like = len(last.split()) <= 3 or bool(re.search(domain, last))
    if name_like and len(last) < len(title) / 2 and (mark in "|»•·" or re.search(domain, last)):
        return title[: title.rfind(last)].strip(" |–—·•»:-\u00a0")
    return title


_WEIGHTS = {"h1": 2.0, "og": 2.0, "ld": 2.0, "document": 1.0, "h2": 1.0, "twitter": 0.1}
"""How much each place of a page counts when they give different headlines."""


def _title(tree: Element, facts: Said, site_name: str, url: str) -> str:
    """The headline that most places of the page agree on.

    A heading alone may be a kicker, a metadata field alone may be cut or written for a search
    engine. Places agree when they say the same less the outlet's name around it.
    """
    said = _stated_titles(tree, facts)
    candidates = [
        (place, bare)
        for place, text in said
        if (bare := without_site(text, site_name)) and not _is_site(bare, site_name, url)
    ]
    if not candidates:
        return _any_heading(tree)
    best = max(candidates, key=lambda one: (_support(one[1], said), min(len(one[1]), 120)))
    alike = Counter(text for _, text in candidates if flat(text) == flat(best[1]))
    # Headings lose the marks between their parts; the spelling that is met most often has them.
    return alike.most_common(1)[0][0]


_TRAIL = frozenset(["breadcrumb", "breadcrumbs", "crumb", "crumbs"])
_KICKER = frozenset(
    ["kicker", "overline", "topline", "eyebrow", "nadzaglavie", "rubrika", "category", "section",
     "label", "badge", "flag"]
)  # fmt: skip
"""Names of the word above a headline, inside the same heading."""


def _stated_titles(tree: Element, facts: Said) -> list[tuple[str, str]]:
    """(place, text) of every headline the page states, the most visible first."""
    heads = [t for e in elements(tree, "h1") if 8 <= len(t := _heading(e)) <= 300]
    document = next((text_of(e) for e in elements(tree, "title")), "")
    smaller = [t for e in elements(tree, "h2") if 15 <= len(t := _heading(e)) <= 300]
    if not heads:
        heads, smaller = smaller[:1], smaller[1:]
    said = [("h1", head) for head in heads[:4]]
    said += [("h2", head) for head in smaller[:6]]
    said += [
        ("og", facts.meta("og:title")),
        ("ld", facts.ld("headline")),
        ("document", document),
        ("twitter", facts.meta("twitter:title")),
    ]
    return [(place, one_line(text)) for place, text in said if text and text.strip()]


def _heading(element: Element) -> str:
    """The text of a heading less its kicker; empty for one that is a step of a breadcrumb trail."""
    for around in islice(element.iterancestors(), 3):
        if not _TRAIL.isdisjoint(tokens(around)):
            return ""
    if not _TRAIL.isdisjoint(tokens(element)) or any("breadcrumb" in n for n in element.attrib):
        return ""
    kickers = [text_of(part) for part in element if not _KICKER.isdisjoint(tokens(part))]
    text = text_of(element)
    for kicker in kickers:
        rest = text.removeprefix(kicker).removesuffix(kicker).strip(" |–—·•:-")
        text = rest if len(rest) >= len(kicker) else text
    return text


def _support(candidate: str, said: Sequence[tuple[str, str]]) -> tuple[int, float]:
    """How many places say this headline, then their weight; each place once.

    A card for one network mostly repeats og:title and is no place of its own.
    """
    wanted = flat(candidate)
    places = {place for place, text in said if wanted and wanted in _readings(text)}
    return len(places - {"twitter"}), sum(_WEIGHTS[place] for place in places)


def _readings(text: str) -> set[str]:
    """A stated title with any of its outer parts (site name, section) left off.

    The longest part always stays: it is the headline, or nothing here is.
    """
    parts = _SEPARATOR.split(text)[:8]
    count = len(parts)
    core = max(range(count), key=lambda place: len(parts[place]))
    return {
        flat(" ".join(parts[start:end]))
        for start in range(core + 1)
        for end in range(core + 1, count + 1)
    }


def _is_site(text: str, site_name: str, url: str) -> bool:
    """True for the outlet's name: as it states it, or as its host spells it."""
    bare = flat(text)
    return bare in {flat(site_name), *hostname(url).split(".")} if bare else True


def _any_heading(tree: Element) -> str:
    heads = (text_of(e) for e in elements(tree, "h1", "h2"))
    return next((head for head in heads if 8 <= len(head) <= 300), "")


def _lead(tree: Element, facts: Said) -> str:
    """The sub-headline that the page marks as one."""
    for element in elements(tree, "p", "div", "h2", "h3", "span", "strong"):
        words = tokens(element)
        if words & _LEAD or (
            words & {"sub", "article"} and words & {"title", "summary", "description"}
        ):
            text = text_of(element)
            headline = next(iter(elements(element, "h1")), None)
            if 30 <= len(text) <= 600 and headline is None:
                return text
    return facts.ld("alternativeHeadline") if len(facts.ld("alternativeHeadline")) >= 30 else ""


def _split_lead(draft: Draft, marked: str, facts: Said) -> None:
    """Tells the lead from the body: what is marked so, or what og:description repeats."""
    described = facts.meta("og:description", "description")
    first = draft.paragraphs[0] if draft.paragraphs else ""
    if marked and flat(marked) != flat(draft.title):
        draft.lead = marked
        draft.paragraphs = [
            p for place, p in enumerate(draft.paragraphs) if place > 2 or flat(p) != flat(marked)
        ]
    elif (
        first
        and looks_like_lead(first)
        and len(draft.paragraphs) > 2
        and flat(first) == flat(described)
    ):
        draft.lead = first
        draft.paragraphs = draft.paragraphs[1:]


def _author(tree: Element, facts: Said, draft: Draft) -> str | None:
    """The by-line that JSON-LD, a meta tag or an element marked as one gives, if it is a person."""
    never = [draft.site_name or "", facts.ld("publisher")]
    named = people(texts(facts.article, "author"), never=never)
    if named or texts(facts.article, "author"):
        return named
    named = people([facts.meta("author", "article:author", "dc.creator", "byl")], never=never)
    if named:
        return named
    for element in elements(tree, "a", "span", "div", "p", "address"):
        if (
            element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or tokens(element) & _AUTHOR
        ):
            text = text_of(element)
            label = re.match(r"(?i)(?:от|автор:?|by)\s+(?P<name>[^·|,\d]{5,50})", text)
            found = (
                people([label["name"].strip() if label else text], never=never)
                if len(text) < 80
                else None
            )
            if found:
                return found
    return None


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
