"""Texts that a page cuts into several containers: put together before the text is extracted.

An advertisement or a box between two paragraphs often closes the container of the text and opens
another of the same name. An extractor that looks for one container then reads half an article.
"""

from __future__ import annotations

from collections import defaultdict

from digest.collect.markup import Element, elements, text_of, tokens

PROSE = 80
"""Characters of a paragraph that is text and no caption or link."""
LEAST = 2
"""Paragraphs of text in a container that is a part of an article."""
SOMEBODY = frozenset({
    "author", "avatar", "user", "username", "reply", "replies", "vote", "votes", "likes",
})  # fmt: skip
"""Names inside what a reader or another author wrote; such containers are texts of their own."""


def join_parts(tree: Element) -> None:
    """Moves the children of later containers of the text to the end of its first, in place.

    Containers are parts of one text when they have the same tag and names, hold paragraphs
    themselves, and neither a heading nor a name of somebody stands with the later ones.
    """
    groups: dict[tuple[str, frozenset[str]], list[Element]] = defaultdict(list)
    for element in elements(tree, "div", "section"):
        if (names := tokens(element)) and _paragraphs(element) >= LEAST:
            groups[element.tag, names].append(element)
    parts = max(groups.values(), key=_weight, default=[])
    if len(parts) < 2 or any(_is_within(two, one) for one in parts for two in parts):
        return
    first, *later = parts
    for part in later:
        if not _own_text(part, first):
            first.extend(list(part))


def _paragraphs(element: Element) -> int:
    return sum(1 for p in element if p.tag == "p" and len(text_of(p)) > PROSE)


def _weight(parts: list[Element]) -> int:
    return sum(_paragraphs(part) for part in parts)


def _is_within(inner: Element, outer: Element) -> bool:
    return inner is not outer and any(one is outer for one in inner.iterancestors())


def _own_text(part: Element, first: Element) -> bool:
    """True when a later container is somebody's own text: a comment, another article of a list."""
    shared = set(first.iterancestors())
    top = part
    for around in part.iterancestors():
        if around in shared:
            break
        top = around
    if any(one.tag == "article" for one in (top, *elements(top, "article"))):
        return True
    if next(iter(elements(top, "h1", "time")), None) is not None:
        return True
    if any(next(iter(elements(h, "a")), None) is not None for h in elements(top, "h2", "h3")):
        return True
    return any(not SOMEBODY.isdisjoint(tokens(one)) for one in elements(top))
