"""What stands around a page's headline: the sub-headline and the name of who wrote it.

Both are taken only where the page marks them. An author is a person or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import tzinfo

from digest.collect.body import flat, looks_like_lead
from digest.collect.byline import people
from digest.collect.draft import Draft
from digest.collect.markup import Element, Said, elements, short_text, text_of, tokens
from digest.collect.schema import texts
from digest.collect.when import find_dates

_LEAD = frozenset({
    "lead", "lede", "subtitle", "subheadline", "standfirst", "podzaglavie", "perex", "dek", "deck",
    "intro", "anons",
})  # fmt: skip
_AUTHOR = frozenset(["author", "byline", "avtor", "writer"])
SHORTEST, LONGEST = 30, 600
"""Characters of a sub-headline; a description of fewer than `STATED` may be a slogan."""
STATED = 40


def marked_lead(tree: Element) -> str:
    """The sub-headline that the page marks as one by the name of its element; empty without."""
    for element in elements(tree, "p", "div", "h2", "h3", "span", "strong"):
        words = tokens(element)
        if words & _LEAD or (
            words & {"sub", "article"} and words & {"title", "summary", "description"}
        ):
            text = text_of(element)
            headline = next(iter(elements(element, "h1")), None)
            if SHORTEST <= len(text) <= LONGEST and headline is None:
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


def author_of(tree: Element, facts: Said, draft: Draft) -> str | None:
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
