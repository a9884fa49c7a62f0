"""The headline of a page: what its places agree on, less the outlet's name and the kicker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from digest.collect.address import hostname
from digest.collect.body import flat
from digest.collect.markup import Element, Said, elements, short_text, text_of, tokens
from digest.collect.plain import one_line
from digest.collect.repair import unescape_again

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»/-]|::?)\s+|\s*\|\s*|\s+::\s+")
_TRIM = " |–—·•»:/-\u00a0"
_SLOGAN = re.compile(r"(?i)(?:новини|вести|news|новости|информационен|онлайн медия)\b")
_SECTION = re.compile(
    r"(?i)\s+[|–—·•»/:-]{1,2}\s+(?:новини|начало|актуално|българия|свят|политика|икономика|общество"
    r"|бизнес|култура|спорт|крими|региони?|здраве|технологии|мнения|анализи|любопитно|лайфстайл)$"
)
"""A section between headline and outlet's name; without that name behind it, it is not cut."""
_DOMAIN = re.compile(r"\.[a-zбг]{2,6}$", re.IGNORECASE)


def without_site(title: str, site: str | Sequence[str] = "") -> str:
    """A document title less the outlet's name behind (or before) its separator.

    `site` holds the names under which the outlet speaks of itself. A section before the name goes
    with it; a part that is none of these stays, since headlines have dashes too.
    """
    title = one_line(title)
    names = {flat(one) for one in ([site] if isinstance(site, str) else site)} - {""}
    while (shorter := _less_one_part(title, names)) != title:
        title = _SECTION.sub("", shorter)
    return title


def _less_one_part(title: str, names: Collection[str]) -> str:
    """A title less its last or first part when that is the site's; else the title as it is."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    first, last = parts[0], parts[-1]
    head, tail = title[: title.rfind(last)], title[len(first) :]
    if _names_site(last, names) or _looks_like_site(head, last, title):
        return head.strip(_TRIM) or title
    if _names_site(first, names) and len(first) < len(tail):
        return tail.strip(_TRIM) or title
    return title


def _names_site(part: str, names: Collection[str]) -> bool:
    """True for the outlet's name, alone or within a slogan („Новини от Пролом“)."""
    bare = flat(part)
    if bare in names:
        return True
    return bool(_SLOGAN.match(part)) and any(len(one) >= 4 and one in bare for one in names)


def _looks_like_site(head: str, last: str, title: str) -> bool:
    """True for a last part that is an address, or a short one behind a bar."""
    domain = bool(_DOMAIN.search(last))
    bar = head.rstrip()[-1:] in {"|", "»", "•", "·"}
    slogan = bool(_SLOGAN.match(last)) and len(last.split()) >= 2
    short = len(last.split()) <= 3 and (bar or domain)
    return (short or slogan) and len(last) < len(title) / 2


def site_names(tree: Element, facts: Said, url: str) -> tuple[str, ...]:
    """What the outlet calls itself: in its data, on its logo, beside its ©, and in its host."""
    home = islice((a for a in elements(tree, "a") if _leads_home(a.get("href") or "")), 4)
    logos = (
        short_text(a, 60) or next((i.get("alt") or "" for i in elements(a, "img")), "")
        for a in home
    )
    host = [part for part in hostname(url).split(".")[:-1] if part not in {"www", "m", "news"}]
    owned = (
        match["name"]
        for element in islice(elements(tree, "footer", "small"), 6)
        if (text := short_text(element, 400)) and (match := _OWNED.search(text))
    )
    stated = (facts.meta("og:site_name"), facts.meta("application-name"), facts.ld("publisher"))
    found = (*stated, *logos, *owned, *host)
    return tuple(dict.fromkeys(one for one in found if 3 <= len(one) <= 60))


def _leads_home(address: str) -> bool:
    return address in {"/", "./"} or (address[:4] == "http" and address.count("/") <= 3)


_OWNED = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:20\d\d)?(?:\s*[-–]\s*20\d\d)?\s*(?P<name>[^\W\d_][^.,|©\d]{2,40}?)"
    r"\s*(?:[.,|]|$|20\d\d|Всички|All)",
    re.IGNORECASE,
)


_WEIGHTS = {"h1": 2.0, "og": 2.0, "ld": 2.0, "document": 1.0, "h2": 1.0, "twitter": 0.1}
"""How much each place of a page counts when they give different headlines."""


def headline(tree: Element, facts: Said, names: Sequence[str], url: str) -> str:
    """The headline that most places of the page agree on, less the outlet's `names`.

    A heading alone may be a kicker, a metadata field alone may be cut or written for a search
    engine. Places agree when they say the same less the outlet's name around it.
    """
    said = _stated_titles(tree, facts)
    candidates = [
        (place, bare)
        for place, text in said
        if (bare := without_site(text, names)) and not _is_site(bare, names, url)
    ]
    if not candidates:
        return _any_heading(tree)
    readings = [(place, _readings(text)) for place, text in said]
    best = max(candidates, key=lambda one: (_support(one[1], readings), min(len(one[1]), 120)))
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
    return [(place, one_line(unescape_again(text))) for place, text in said if text.strip()]


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


def _support(candidate: str, readings: Sequence[tuple[str, set[str]]]) -> tuple[int, float]:
    """How many places say this headline in one of their readings, then their weight; each once.

    A card for one network mostly repeats og:title and is no place of its own.
    """
    wanted = flat(candidate)
    places = {place for place, texts in readings if wanted and wanted in texts}
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


def _is_site(text: str, names: Sequence[str], url: str) -> bool:
    """True for the outlet's name: as it states it, or as its host spells it."""
    bare = flat(text)
    return bare in {*map(flat, names), *hostname(url).split(".")} if bare else True


def _any_heading(tree: Element) -> str:
    heads = (text_of(e) for e in elements(tree, "h1", "h2"))
    return next((head for head in heads if 8 <= len(head) <= 300), "")
