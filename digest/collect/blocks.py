"""The blocks of a page's text where they stand: what is linked, what is a card, what is prose.

An extractor gives lines; whether a line is a teaser or a sub-heading shows in the tree alone.
`column_of` finds where the text of the headline ends and other columns begin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.collect.body import ends_sentence, flat
from digest.collect.joined import SOMEBODY
from digest.collect.lines import inline_title, kind_of
from digest.collect.markup import Element, elements, short_text, text_of, tokens
from digest.collect.shape import PROSE, TITLE, has_blocks

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAVES = (*sorted(HEADINGS), "p", "li", "div", "blockquote", "td", "dd", "section")
_BESIDE = frozenset({
    "caption", "credit", "credits", "author", "byline", "bio", "meta", "date", "footer", "widget",
    "lead", "source",
}) | SOMEBODY  # fmt: skip
"""Names of what stands beside a text: never put back where an extractor left it out."""
_LABEL = re.compile(r"[^:|→»>]{0,30}[:|→»>]\s*")


@dataclass(frozen=True)
class Block:
    """An element without blocks inside. `linked` is the share of its text inside links."""

    element: Element
    text: str
    linked: float

    @cached_property
    def key(self) -> str:
        """The letters of its text."""
        return flat(self.text)

    @cached_property
    def card(self) -> bool:
        """True in one of several boxes of a name that begin with a link to another article."""
        return _in_card(self.element)

    @property
    def is_heading(self) -> bool:
        return self.element.tag in HEADINGS

    @property
    def is_prose(self) -> bool:
        """True for a sentence of its own: long enough, not linked, of nobody else."""
        return (
            len(self.text) >= PROSE and self.linked < 0.3 and not self.is_heading and not self.card
        )

    @property
    def is_text(self) -> bool:
        """True for what speaks for itself below a heading: a sentence or a point of a list."""
        if self.linked > 0.5 or self.card or self.is_heading:
            return False
        return ends_sentence(self.text) or len(self.text) >= 40

    @property
    def teaser(self) -> str:
        """The title of another article when the block is nothing but a link to it; else empty."""
        if not self.linked:
            return ""
        links = [one for one in elements(self.element, "a") if text_of(one)]
        if len(links) != 1 or not _leads_on(links[0]):
            return ""
        title = text_of(links[0])
        before, _, after = self.text.partition(title)
        if not TITLE <= len(title) <= 200 or len(after) > 0.1 * len(title):
            return ""
        labelled = bool(before) and _LABEL.fullmatch(before) is not None
        inside = inline_title(title)
        bare = len(before) <= 0.1 * len(title) and title[-1:] not in ".!?…:;"
        return (inside or title) if labelled or bare or inside else ""


_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".zip")


def _leads_on(link: Element) -> bool:
    """True for a link that can lead to another article: no place on the page, tag or file."""
    to = (link.get("href") or "#").lower()
    return (
        not to.startswith(("#", "mailto:", "tel:", "javascript:"))
        and not to.endswith(_FILES)
        and link.get("rel") not in {"tag", "author", "category tag"}
        and not text_of(link).startswith(("http", "www."))
    )


def blocks_of(column: Element) -> list[Block]:
    """The blocks of an element in reading order; empty ones are left out."""
    return [block for one in elements(column, *_LEAVES) if (block := _block(one)) is not None]


def _block(element: Element) -> Block | None:
    if has_blocks(element):
        return None
    text = text_of(element)
    if not text:
        return None
    return Block(element, text, _linked(element, len(text)))


def _linked(element: Element, size: int) -> float:
    """The share of a text that leads elsewhere; all of it when the whole stands in a link."""
    if next(iter(element.iterancestors("a")), None) is not None:
        return 1.0
    if len(element) == 0:
        return 0.0
    return sum(len(text_of(a)) for a in elements(element, "a")) / size


def _in_card(element: Element) -> bool:
    for depth, around in enumerate((element, *element.iterancestors())):
        if depth > 4 or around.tag in {"body", "main"}:
            return False
        if around.tag in {"div", "li", "article", "section"} and _is_card(around):
            return True
    return False


def _is_card(box: Element) -> bool:
    alike = (
        one for one in (box.getprevious(), box.getnext())
        if one is not None and one.tag == box.tag and _is_namesake(one, box)
    )  # fmt: skip
    return any(_begins_linked(one) for one in alike) and _begins_linked(box)


def _is_namesake(one: Element, other: Element) -> bool:
    mine, theirs = tokens(one), tokens(other)
    return mine == theirs or not mine.isdisjoint(theirs)


CARD = 600
"""Characters of a box that shows one other article: its title, a date, an excerpt."""
KICKER = 25
"""Characters of a section's name above a card's title."""


def _begins_linked(box: Element) -> bool:
    """True when a link with a title is the first text of a box, and little prose follows."""
    whole = short_text(box, CARD) if has_blocks(box) else None
    if whole is None:
        return False
    title = next((text for one in elements(box, "a") if (text := text_of(one))), "")
    return len(title) >= TITLE and whole.find(title) <= KICKER


# ---- where the text is


@dataclass(frozen=True, slots=True)
class Column:
    """The smallest element around the headline that holds the text after it, and its blocks."""

    element: Element
    head: Element
    blocks: tuple[Block, ...]


def column_of(tree: Element, title: str) -> Column | None:
    """Where the text of the headline is; None when the headline is not on the page.

    A wider column is taken only when it adds much: a column of other articles adds cards, a text
    below a lead adds itself.
    """
    head = _head(tree, title)
    if head is None:
        return None
    chain = list(head.iterancestors())
    blocks = blocks_of(chain[-1])
    levels = {around: level for level, around in enumerate(chain)}
    begun = False
    places, prose = [], [0] * len(chain)
    for block in blocks:
        begun = begun or block.element is head
        place = next(levels[one] for one in block.element.iterancestors() if one in levels)
        places.append(place)
        if begun and block.is_prose and not _is_of_another(block.element, levels):
            prose[place] += len(block.text)
    widest = _widest(prose)
    if widest is None:
        return None
    inside = tuple(b for b, place in zip(blocks, places, strict=True) if place <= widest)
    return Column(chain[widest], head, inside)


def _is_of_another(element: Element, chain: Mapping[Element, int]) -> bool:
    """True in an `article` without the headline, where the headline has one of its own."""
    theirs = next(iter(element.iterancestors("article")), None)
    if theirs is None or theirs in chain:
        return False
    return any(one.tag == "article" for one in chain)


def _widest(prose: Sequence[int]) -> int | None:
    """The last level outwards that adds prose worth its width; None without any prose."""
    found, held = None, 0
    for level, added in enumerate(prose):
        if added and (found is None or added > WIDER * held):
            found, held = level, held + added
    return found


WIDER = 0.4
"""Prose that a wider column must add, as a share of what the narrower holds."""


def _head(tree: Element, title: str) -> Element | None:
    wanted = flat(title)
    for one in elements(tree, "h1", "h2"):
        said = flat(text_of(one))
        if said and (said in wanted or wanted in said) and 2 * len(said) > len(wanted):
            return one
    mains = list(elements(tree, "h1"))
    return mains[0] if len(mains) == 1 else None


# ---- what an extractor left out


def missing(said: Sequence[str], blocks: Sequence[Block], head: Element) -> list[tuple[int, str]]:
    """(place among the lines, text) of prose that they lack, headline to last line.

    `said` are the letters of the lines. None for a page of more blocks than an article has, where
    looking for each in the whole would take seconds.
    """
    if len(blocks) > MOST:
        return []
    whole, known = "".join(said), set(said)
    found: list[tuple[int, str]] = []
    waiting: list[str] = []
    begun = False
    for block in blocks:
        begun = begun or block.element is head
        if not begun or block.element is head:
            continue
        if block.key not in known and not _is_in(block.key, whole):
            if _belongs(block):
                waiting.append(block.text)
            continue
        if not waiting:
            continue
        place = next((n for n, key in enumerate(said) if key and block.key.startswith(key)), None)
        if place is not None and block.is_prose:
            found += [(place, text) for text in waiting]
            waiting = []
    return found


MOST = 2000
"""Blocks of the longest page that is held against its text."""


def _is_in(key: str, whole: str) -> bool:
    """True when a text was read: all of it, or both its edges, for what changes inside."""
    return key in whole or (key[:EDGE] in whole and key[-EDGE:] in whole)


EDGE = 30
"""Letters that no two paragraphs of a page share at their beginning and end."""


def _belongs(block: Block) -> bool:
    """True for prose that only an accident of names can have kept from the text."""
    if not block.is_prose or not ends_sentence(block.text) or kind_of(block.text) is not None:
        return False
    near = (block.element, *list(block.element.iterancestors())[:3])
    return all(_BESIDE.isdisjoint(tokens(one)) and one.tag != "figure" for one in near)
