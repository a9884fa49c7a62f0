"""The headline of a page: what its places agree on, less the outlet's name and the kicker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from digest.collect.address import hostname
from digest.collect.body import flat
from digest.collect.markup import Element, Said, elements, text_of, tokens
from digest.collect.plain import one_line

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


def headline(tree: Element, facts: Said, site_name: str, url: str) -> str:
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
