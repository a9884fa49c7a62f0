"""What stands around a page's headline: the sub-headline and the name of who wrote it.

Both are taken only where the page marks them. An author is a person or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from itertools import islice

from digest.collect.body import flat, looks_like_lead
from digest.collect.byline import people
from digest.collect.draft import Draft
from digest.collect.ground import LEADS, MAYBE_LEADS, Ground
from digest.collect.markup import Element, Said, elements, short_text, text_of, tokens
from digest.collect.schema import texts, types_of
from digest.collect.when import find_dates

_AUTHOR = frozenset(["author", "byline", "avtor", "writer"])
_NOT_AUTHORS = frozenset({
    "photo", "foto", "image", "img", "snimka", "caption", "credit", "comment", "comments", "user",
    "mnenie", "mnenia", "komentar", "komentari", "card", "related", "reply",
})  # fmt: skip
SHORTEST, LONGEST = 30, 600
"""Characters of a sub-headline; a description of fewer than `STATED` may be a slogan."""
STATED = 40


def marked_lead(ground: Ground) -> str:
    """The sub-headline that the page marks as one by the name of its element; empty without."""
    for place, element in enumerate(ground.order):
        if element.tag not in {"p", "div", "h2", "h3", "h4", "span", "strong"}:
            continue
        words = tokens(element)
        close = 0 <= ground.head < place <= ground.first and not words.isdisjoint(MAYBE_LEADS)
        if not (close or words & LEADS or ("sub" in words and words & {"article", "title"})):
            continue
        text = text_of(element)
        headline = next(iter(elements(element, "h1")), None)
        if SHORTEST <= len(text) <= LONGEST and headline is None and not ground.is_foreign(element):
            return text
    return ""


def described_lead(tree: Element, facts: Said) -> str:
    """The text of a block that says what the page's description says and is no paragraph."""
    wanted = {
        flat(text)
        for text in (
            facts.meta("og:description"),
            facts.meta("description"),
            facts.ld("description"),
        )
        if STATED <= len(text) <= LONGEST
    }
    if not wanted:
        return ""
    for element in elements(tree, "p", "div", "h2", "h3", "h4", "section", "header"):
        text = short_text(element, LONGEST)
        if text and len(text) >= STATED and flat(text) in wanted and not _in_flow(element):
            return text
    return ""


def _in_flow(element: Element) -> bool:
    """True for one paragraph of several: beside others of its kind, wrappers of one aside."""
    block = element
    around = block.getparent()
    while around is not None and len(around) == 1 and around.tag != "body":
        block, around = around, around.getparent()
    if around is None:
        return False
    alike = [one for one in around if one is not block and one.tag == block.tag]
    return sum(1 for one in alike if len(text_of(one)) > FLOWING) >= 2


FLOWING = 80
"""Characters of a neighbour that make a block one paragraph among others."""


def split_lead(draft: Draft, marked: str, facts: Said) -> None:
    """Tells the lead from the body: what is marked so, or what og:description repeats."""
    described = facts.meta("og:description", "description")
    first = draft.paragraphs[0] if draft.paragraphs else ""
    if len(marked) >= SHORTEST and flat(marked) != flat(draft.title):
        body = [
            p for place, p in enumerate(draft.paragraphs) if place > 2 or flat(p) != flat(marked)
        ]
        if body:  # a text that is all in its lead is a text
            draft.lead, draft.paragraphs = marked, body
    elif (
        first
        and looks_like_lead(first)
        and len(draft.paragraphs) > 2
        and flat(first) == flat(described)
    ):
        draft.lead = first
        draft.paragraphs = draft.paragraphs[1:]


def author_of(ground: Ground, facts: Said, draft: Draft) -> str | None:
    """The by-line that JSON-LD, a meta tag or an element marked as one gives, if it is a person."""
    never = [draft.site_name or "", facts.ld("publisher")]
    stated = _persons(facts.article.get("author"))
    named = people(stated, never=never)
    if named or stated:
        return named
    named = people([facts.meta("author", "article:author", "dc.creator", "byl")], never=never)
    return named or _shown_author(ground, never)


def _persons(node: object) -> list[str]:
    """Names of the authors of JSON-LD that are not said to be organisations."""
    if isinstance(node, list):
        return [name for one in node[:20] for name in _persons(one)]
    if isinstance(node, dict) and any("Organization" in kind for kind in types_of(node)):
        return [""]
    return texts(node)


def _shown_author(ground: Ground, never: Sequence[str]) -> str | None:
    """The name in an element that is called the author's, on the article's own ground.

    Not of a picture, a reader or another article; two names in two places are nobody's.
    """
    found: list[str] = []
    for element in ground.order:
        if element.tag not in {"a", "span", "div", "p", "address", "li", "strong", "b", "h4", "h5"}:
            continue
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if not marked and tokens(element).isdisjoint(_AUTHOR):
            continue
        name = _named(element, never)
        if name and name not in found and ground.holds(element) and not _is_others(element, ground):
            found.append(name)
    if len(found) > 1 and not all(found[0] in name for name in found):
        return None
    return found[0] if found else None


def _named(element: Element, never: Sequence[str]) -> str | None:
    text = short_text(element, 80)
    if text is None:
        return None
    label = re.match(r"(?i)(?:от|автор:?|by|von|par|por)\s+(?P<name>[^·|,\d]{5,50})", text)
    return people([label["name"].strip() if label else text], never=never)


def _is_others(element: Element, ground: Ground) -> bool:
    """True for the name of a photographer, of a reader, or beside a link to another article."""
    if ground.is_foreign(element):
        return True
    around = [element, *islice(element.iterancestors(), 4)]
    if any(one.tag in {"figure", "figcaption", "aside"} for one in around):
        return True
    return any(not _NOT_AUTHORS.isdisjoint(tokens(one)) for one in around[:3])


_SURNAME = re.compile(r"(?:[оеё]ва?|[сц]ки|[сц]ка|чк[иа])$")


def dated_byline(lines: Iterable[str], zone: tzinfo) -> str | None:
    """The name that a line under the headline gives beside the date, when it ends like a surname.

    „16 яну 2018, 09:56 – Георги Костов“. „Стара Загора, 16 яну 2018“ has a place there, so two
    capitalised words are not enough.
    """
    for line in lines:
        rest = line
        for when in reversed(find_dates(line, zone, short=True)):
            rest = rest[: when.start] + " · " + rest[when.end :]
        for part in re.split(r"\s*(?:[·|•/]|\s[–—-]\s)\s*", rest):
            name = people([part])
            if name and all(_SURNAME.search(one) for one in name.split(", ")):
                return name
    return None


_SOURCE = frozenset({"author", "byline", "avtor", "source", "sources", "agency", "iztochnik"})
_STATES = re.compile(
    r"(?i)(?:.{0,24}\|\s*)?(?:източник|автор|по материали? на|source|quelle|fuente|источник)\b"
    r".{2,40}"
)
_OPENING = re.compile("зточни|ЗТОЧНИ|сточник|Автор|о материал|Source|Quelle")
"""Parts of words of which every `_STATES` has one: a quick look before a slow one."""
_HOLDERS = ("div", "span", "p", "footer", "a", "em", "strong", "small")
_ELSEWHERE = frozenset({"aside", "figure", "figcaption", "li", "nav"})


def stated_sources(tree: Element) -> list[str]:
    """Short texts in which the page names who wrote or supplied it („Източник: …“), in order.

    `tree` is the page before it is pruned: many such texts stand in the article's footer.
    Those of pictures, of cards and of lists are left out.
    """
    found = []
    for element in elements(tree, *_HOLDERS):
        named = not _SOURCE.isdisjoint(tokens(element))
        if not named and not ((opening := element.text) and _OPENING.search(opening)):
            continue
        text = short_text(element, 60)
        if not text or not (named or _STATES.fullmatch(text)):
            continue
        around = list(islice(element.iterancestors(), 4))
        if any(one.tag in _ELSEWHERE for one in around):
            continue
        if all(_NOT_AUTHORS.isdisjoint(tokens(one)) for one in (element, *around[:2])):
            found.append(text)
    return found[:20]
