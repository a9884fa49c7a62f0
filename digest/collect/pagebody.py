"""The body of a page: paragraphs by trafilatura over a prepared tree, held against its blocks.

trafilatura reads bodies best of what was measured. What it takes from a second column, leaves out
for an unlucky name, or cannot tell for want of links is mended here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache
from typing import TYPE_CHECKING

from digest.collect.blocks import Block, Column, column_of, missing
from digest.collect.body import ends_sentence, file_furniture, file_source, flat
from digest.collect.datelines import is_date_line
from digest.collect.draft import Draft
from digest.collect.joined import join_parts
from digest.collect.lines import END_KINDS, inline_title, kind_of
from digest.collect.markup import Element, Said, drop, elements, parse, short_text, tokens
from digest.collect.plain import paragraphs
from digest.collect.prune import prune
from digest.collect.shape import PROSE, reshape
from digest.collect.stored import stored_text
from digest.model import Agency

if TYPE_CHECKING:
    from configparser import ConfigParser


@dataclass(frozen=True, slots=True)
class Body:
    """Lines of a body in reading order, and what its page shows of them."""

    lines: list[str]
    keys: list[str]
    """The letters of each line."""
    blocks: tuple[Block, ...] = ()
    names: frozenset[str] = frozenset()
    """Letters of by-lines and sections around the headline, which are no text."""
    teasers: frozenset[str] = frozenset()
    """Letters of the titles that the page shows of other articles."""

    @classmethod
    def of(cls, lines: list[str]) -> Body:
        """A body of which the page shows no more than its lines."""
        return cls(lines, [flat(line) for line in lines])


def extracted(tree: Element, text: str, facts: Said, draft: Draft) -> Body:
    """The body of a pruned tree, which is used up.

    A polluted result is tried again with precision; where nothing is left to read, the data that
    a script would show is read, then the page as it came.
    """
    body = _read(tree, draft)
    size = _size(body.lines)
    if size < SHORT:
        stored = stored_text(facts, text if size < PROSE else "")
        if _size(stored) > 2 * size:
            return Body.of(stored)
    if not body.lines:
        return Body.of(_trafilatura(parse(text), precise=False))
    body = replace(body, teasers=frozenset(flat(one.title) for one in draft.related))
    if _polluted(body):
        again = parse(text)
        prune(again, Draft())
        precise = _read(again, draft, precise=True)
        if _size(precise.lines) > 0.5 * size:
            return replace(precise, teasers=body.teasers)
    return body


SHORT = 250
"""Characters of a body that may be but a fragment of what the page or its data holds."""
LEAST = 40
"""Characters of the shortest body: a sentence."""


def _size(lines: Sequence[str]) -> int:
    return sum(map(len, lines))


def _read(tree: Element, draft: Draft, *, precise: bool = False) -> Body:
    reshape(tree)
    join_parts(tree)
    column = column_of(tree, draft.title)
    if column is None:
        return Body.of(_trafilatura(tree, precise=precise))
    left = _without_teasers(column, draft)
    names = _names(column.element)
    prose = [one for one in left if one.is_prose]
    much = sum(len(one.text) for one in prose)
    lines = _trafilatura(
        _alone(column.element), precise=precise, least=SHORT if much > SHORT else 40
    )
    if (_size(lines) < min(SHORT, 0.5 * much)) or _is_glued(lines, prose):
        lines = _own_reading(left, column.head)
    shown = {block.text: block for block in left}
    keys = [shown[line].key if line in shown else flat(line) for line in lines]
    for place, line in reversed(missing(keys, left, column.head)):
        lines.insert(place, line)
        keys.insert(place, flat(line))
    return Body(lines, keys, column.blocks, names)


def _is_glued(lines: Sequence[str], prose: Sequence[Block]) -> bool:
    """True when paragraphs of the page came as one line: trafilatura's last resort."""
    if len(lines) > 2 or len(prose) < 2:
        return False
    return any(sum(one.key in key for one in prose) > 1 for key in map(flat, lines))


def _alone(column: Element) -> Element:
    """A page with nothing but the column of the text, so that no other column is read.

    It stands in an `article`, which trafilatura takes where no name says which part is the text.
    """
    root, body, article = (column.makeelement(tag) for tag in ("html", "body", "article"))
    root.append(body)
    body.append(article)
    if column.tag == "body":
        column.tag = "div"
    column.tail = None
    article.append(column)
    return root


def _own_reading(blocks: Sequence[Block], head: Element) -> list[str]:
    """What stands between the first prose after the headline and the last, cards left out."""
    after = list(blocks)
    for place, block in enumerate(blocks):
        if block.element is head:
            after = list(blocks[place + 1 :])
    prose = [place for place, block in enumerate(after) if block.is_prose]
    return [one.text for one in after[prose[0] : prose[-1] + 1] if not one.card] if prose else []


def _without_teasers(column: Column, draft: Draft) -> list[Block]:
    """Files and takes away links to other articles that stand in the text; gives the rest.

    Only among prose: a page of nothing but links is a listing and must look like one.
    """
    blocks = column.blocks
    prose = [place for place, block in enumerate(blocks) if block.is_prose]
    if len(prose) < 2 or not any(block.linked for block in blocks):
        return list(blocks)
    homes = {blocks[place].element.getparent() for place in prose}
    left: list[Block] = []
    for place, block in enumerate(blocks):
        inside = prose[0] < place < prose[-1] or (place > prose[-1] and _home(block) in homes)
        title = block.teaser if inside and block.element is not column.head else ""
        if title:
            if left and left[-1] is blocks[place - 1] and _is_label(left[-1], homes):
                draft.remove("related-heading", left[-1].text)
                drop(left.pop().element)
            draft.tease(inline_title(title) or title)
            draft.remove("teaser", block.text)
            drop(block.element)
        else:
            left.append(block)
    return left


def _is_label(block: Block, homes: Container[Element | None]) -> bool:
    """True for a few words above a link that are its heading and none of the text's."""
    if len(block.text) > 30 or block.is_prose or ends_sentence(block.text.rstrip(".…")):
        return False
    return block.text.endswith((":", "...", "…")) or _home(block) not in homes


def _home(block: Block) -> Element | None:
    around = block.element.getparent()
    return around.getparent() if around is not None and around.tag in {"ul", "ol"} else around


_NAMES = frozenset({
    "author", "byline", "avtor", "writer", "category", "categories", "kicker", "overline",
    "topline", "eyebrow", "nadzaglavie", "rubrika", "section", "cat",
})  # fmt: skip


def _names(column: Element) -> frozenset[str]:
    """Letters of short links, and of elements that are called by-line, section or kicker."""
    found = (
        short_text(one, 60)
        for one in elements(column, "span", "a", "div", "p", "li", "strong", "b", "em", "cite")
        if one.tag == "a" or not _NAMES.isdisjoint(tokens(one))
    )
    return frozenset(flat(one) for one in found if one)


def _trafilatura(tree: Element, *, precise: bool, least: int = LEAST) -> list[str]:
    """Paragraphs by trafilatura, which changes the tree that it is given.

    Below `least` characters (250 of its own) it takes the whole page for the text, which spoils
    news of two sentences; below three times as many it reads text outside paragraphs too.
    """
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
        config=_config(least),
    )
    return [p for line in (found or "").split("\n") if (p := paragraphs(line))]


@cache
def _config(least: int) -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return config


def _polluted(body: Body) -> bool:
    furniture = sum(1 for line in body.lines if kind_of(line) is not None)
    leaked = not body.teasers.isdisjoint(body.keys)
    return leaked or furniture * 5 > len(body.lines) + 5


# ---- what each line is


def file_body(body: Body, draft: Draft, zone: tzinfo, agencies: Sequence[Agency]) -> None:
    """Files the lines of a body in the draft: paragraphs, and what is none of them."""
    place = _Places(body.blocks)
    listing = False
    for line, key in zip(body.lines, body.keys, strict=True):
        text = re.sub(r"^[-•]\s+", "", line)
        block = place.of(key)
        listing = listing and _is_listed(text, block)
        begun = bool(draft.paragraphs)
        if len(draft.paragraphs) < 2 and (what := _around_title(text, key, body, draft, zone)):
            draft.remove(what, text)
        elif begun and place.heads_text(text, block):
            draft.paragraphs.append(text)
        elif file_furniture(text, draft):
            file_source(text, draft, agencies)
            kind = kind_of(text)
            if begun and kind == "comments" and place.ends_text(block):
                break
            listing = begun and kind in END_KINDS - {"share", "tags"} and place.lists(block)
        elif listing or key in body.teasers or (begun and block is not None and block.card):
            if block is None or block.linked > 0.5:
                draft.tease(text)
            draft.remove("teaser", text)
        else:
            draft.paragraphs.append(text)


_LABEL = re.compile(
    r"(?i)(?:публикуван[ао]?|обновен[ао]?|последна (?:промяна|редакция)|дата|updated|published)"
    r"(?: (?:на|в|on))?\s*:"
)
"""What is left of a date's label when the date stood in an element of its own."""


def _around_title(text: str, key: str, body: Body, draft: Draft, zone: tzinfo) -> str:
    """What a line at the top of a text is when it is none: the kind it is filed under."""
    title = flat(draft.title)
    if key == title:
        return "title-repeat"
    if key.endswith(title) and len(key) < len(title) + 40 and key[: -len(title)] in body.names:
        return "title-repeat"
    if is_date_line(text, zone) or _LABEL.fullmatch(text):
        return "date"
    if not draft.paragraphs and key and key in body.names:
        return "byline"
    return ""


def _is_listed(text: str, block: Block | None) -> bool:
    """True when a line below a heading of related articles is one of them, or beside one."""
    if block is None:
        return len(text) < 160 and not ends_sentence(text)
    return not block.is_text


_INVITES = re.compile(r"(?i)\W*(?:виж|прочет|чет|read|related|свързан|подобн|последни новини)")
"""Beginnings of headings that only ever stand above links."""


class _Places:
    """Where the lines of a body stand on their page."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.known = {block.key: place for place, block in reversed(list(enumerate(blocks)))}

    def of(self, key: str) -> Block | None:
        """The block that a line is the whole text of, by its letters."""
        place = self.known.get(key)
        return None if place is None else self.blocks[place]

    def heads_text(self, text: str, block: Block | None) -> bool:
        """True for words that could be furniture and are a sub-heading: text follows, no links."""
        kind = kind_of(text)
        if block is None or kind not in {"related-heading", "comments"} or _INVITES.match(text):
            return False
        following = self._next(block)
        if following is None or not following.is_text or block.linked > 0.5:
            return False
        if kind == "comments":
            return block.is_heading and not self.ends_text(block)
        return block.is_heading or (text.endswith(":") and following.element.tag == "li")

    def lists(self, block: Block | None) -> bool:
        """True when links follow a heading, or nobody knows what follows."""
        following = None if block is None else self._next(block)
        return following is None or not following.is_text

    def ends_text(self, block: Block | None) -> bool:
        """True when the text goes on no more after a line: what follows stands elsewhere."""
        if block is None:
            return True
        if block.linked > 0.5:
            return False
        place = self.known[block.key]
        before = next((one for one in reversed(self.blocks[:place]) if one.is_prose), None)
        after = next((one for one in self.blocks[place + 1 :] if one.is_prose), None)
        if before is None or after is None:
            return True
        return before.element.getparent() is not after.element.getparent()

    def _next(self, block: Block) -> Block | None:
        return next(iter(self.blocks[self.known[block.key] + 1 :]), None)
