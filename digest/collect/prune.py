"""Cutting the furniture out of an HTML tree before its text is extracted.

Elements go by the words of their class and id, never when they hold the article's paragraphs:
sites put `related` or `share` on wrappers of everything. Teasers and captions are recorded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from digest.collect.draft import Draft
from digest.collect.joined import SOMEBODY
from digest.collect.lines import inline_title
from digest.collect.markup import Element, drop, elements, text_of, tokens
from digest.collect.shape import BLOCKS

_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("comments", frozenset({
        "comment", "comments", "komentari", "komentar", "disqus", "fbcomments", "respond",
    })),
    ("share", frozenset({
        "share", "sharing", "sharebar", "social", "socials", "addthis", "sharethis", "spodeli",
    })),
    ("teaser", frozenset({
        "related", "teaser", "teasers", "recommended", "recommendations", "recommend", "seealso",
        "svarzani", "oshte",
    })),
    ("newsletter", frozenset({
        "newsletter", "subscribe", "subscription", "bulletin", "byuletin", "abonament",
    })),
    ("sidebar", frozenset({"sidebar", "aside", "popular", "mostread", "trending"})),
    ("ad", frozenset({
        "ad", "ads", "advert", "advertisement", "banner", "adv", "reklama", "adsbygoogle", "promo",
    })),
    ("nav", frozenset({
        "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
        "pagination", "tags", "tag",
    })),
    ("consent", frozenset({"cookie", "cookies", "consent", "gdpr"})),
)  # fmt: skip
_TAGS = {
    "nav": "nav",
    "footer": "footer",
    "aside": "teaser",
    "form": "form",
    "figcaption": "caption",
}
_KEEP = {"html", "body", "main", "article", "h1", "head"}


def prune(tree: Element, draft: Draft) -> None:
    """Removes furniture from the tree, in place, and files it in the draft."""
    held = _held(tree)
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        kind = _kind(element)
        if kind is not None and not held.keeps(element, kind):
            _file(element, kind, draft)
            _cut(element)
            continue
        if kind is not None:
            _rename(element)
        waiting.extend(child for child in reversed(element) if isinstance(child.tag, str))


def _cut(element: Element) -> None:
    """Takes an element out; an empty one stays where a block stood between two texts."""
    if element.tag in BLOCKS and element.tail and not element.tail.isspace():
        element.clear(keep_tail=True)
        element.tag = "div"
    else:
        drop(element)


def _kind(element: Element) -> str | None:
    tag = element.tag
    if tag in _KEEP:
        return None
    if tag in _TAGS:
        return _TAGS[tag]
    if element.get("itemprop") == "articleBody":
        return None
    named, known = element.get("class"), element.get("id")
    return _named(f"{named or ''} {known or ''}") if named or known else None


_EMBED = re.compile(
    r"(?<!\S)(?:fb-post|fb-video|fb-xfbml-parse-ignore|instagram-media|twitter-tweet"
    r"|twitter-video|tiktok-embed)(?!\S)"
)
"""The classes that networks give their own posts in another's page."""
_STATES = re.compile(r"(?<![a-z])(?:has|with|no|not|pos|is)[_-]+[a-z]+")
"""Names that say how an element looks or what is in it: `has-ad`, `no-sidebar`, `pos-rel`."""


@lru_cache(maxsize=4096)
def _named(names: str) -> str | None:
    """The furniture that a class and id together name, by the first kind that has a word there."""
    names = names[:2000].lower()
    if _EMBED.search(names):
        return "embed"
    words = set(re.findall(r"[a-zа-я]+", _STATES.sub(" ", names)))
    return next((kind for kind, known in _WORDS if words & known), None)


PROSE = 80
"""Characters of a paragraph that is text and no caption or button."""


@dataclass(slots=True)
class _Held:
    """How much prose each element holds that could be cut, and the paragraphs of its namesakes."""

    total: int = 0
    alone: dict[Element, int] = field(default_factory=lambda: defaultdict(int))
    together: dict[tuple[str, frozenset[str]], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    bare: bool = False
    """True when names would cut all text there is: then they say nothing about this page."""

    def keeps(self, element: Element, kind: str) -> bool:
        """True when an element holds the heading or a good part of the page's paragraphs."""
        if kind == "caption":
            return False
        if next(iter(elements(element, "h1")), None) is not None:
            return True
        prose = self.alone.get(element, 0)
        if not prose or kind == "embed":
            return False
        if element.tag == "p" and kind in {"ad", "nav", "sidebar"} and _links(element) < 0.3:
            return True
        limit = 0.6 if kind in {"comments", "footer", "nav"} else PART
        if prose > max(limit * self.total, 300):
            return True
        return self._is_piece(element, kind)

    def _is_piece(self, element: Element, kind: str) -> bool:
        """True for one of several wrappers that hold the text between them."""
        pieces = self.together.get((kind, tokens(element)), [])
        if element.tag in _TAGS or len(pieces) < 2 or (kind == "comments" and not self.bare):
            return False
        enough = self.bare or sum(pieces) >= max(PART * self.total, 300)
        return enough and not _titled(element)


PART = 0.25
"""Of a page's prose: a box with so much of it is no furniture whatever its name."""


def _held(tree: Element) -> _Held:
    held = _Held()
    lost = 0
    around: dict[Element | None, list[tuple[Element, str]]] = {None: []}
    for p in elements(tree, "p"):
        size = len(text_of(p))
        if size <= PROSE:
            continue
        held.total += size
        kinds = _kinds(p, around)
        for one, _ in kinds:
            held.alone[one] += size
        if kinds:
            one, kind = kinds[0]
            held.together[kind, tokens(one)].append(size)
            lost += size
    held.bare = held.total - lost < 0.1 * held.total and not _has_loose_text(tree)
    return held


def _kinds(
    element: Element, known: dict[Element | None, list[tuple[Element, str]]]
) -> list[tuple[Element, str]]:
    """The element and those around it that are furniture by name, innermost first, with kinds."""
    path = []
    one: Element | None = element
    while one not in known:
        path.append(one)
        one = one.getparent() if one is not None else None
    found = known[one]
    for one in reversed(path):
        kind = _kind(one) if one is not None else None
        found = known[one] = [(one, kind), *found] if one is not None and kind else found
    return found


def _has_loose_text(tree: Element) -> bool:
    """True when text stands outside paragraphs and outside all that could be cut."""
    for element in elements(tree):
        loose = (element.text or "", *(child.tail or "" for child in element))
        if element.tag in {"p", "script", "style", "title"} or len(max(loose, key=len)) <= PROSE:
            continue
        if not any(_kind(one) for one in (element, *element.iterancestors())):
            return True
    return False


def _titled(element: Element) -> bool:
    """True for a card, which begins with a heading or a link, and for what somebody said."""
    if next(iter(elements(element, "h2", "h3", "h4", "h5", "time")), None) is not None:
        return True
    if any(len(text_of(a)) >= 15 and begins(element, a) for a in elements(element, "a")):
        return True
    return any(not SOMEBODY.isdisjoint(tokens(one)) for one in elements(element))


def begins(element: Element, part: Element) -> bool:
    """True when nothing but white space stands in the element before the part of it."""
    around: Element | None = part
    while around is not None and around is not element:
        before = around.getprevious()
        while before is not None:
            if text_of(before) or (before.tail or "").strip():
                return False
            before = before.getprevious()
        around = around.getparent()
        if around is None or (around.text or "").strip():
            return False
    return True


def _links(element: Element) -> float:
    return sum(len(text_of(a)) for a in elements(element, "a")) / max(len(text_of(element)), 1)


def _rename(element: Element) -> None:
    """Takes the misleading tag and names off an element that is kept: other readers go by them."""
    if element.tag in _TAGS and element.tag != "figcaption":
        element.tag = "div"
    for attribute in ("class", "id"):
        if names := element.get(attribute):
            kept = [name for name in names.split() if _named(name) is None]
            element.set(attribute, " ".join(kept))


_SEE_ALSO = re.compile(r"(?i)^\W*(?:вижте|виж) също:?\s*")


_MARK = re.compile(r"[:–>-]")
"""What stands behind the label of a teaser; most titles need no closer look."""


def _file(element: Element, kind: str, draft: Draft) -> None:
    text = text_of(element)
    if kind in {"nav", "ad", "form", "sidebar", "footer", "consent"} and len(text) > 200:
        text = text[:200] + "…"
    draft.remove(kind, text)
    if kind == "teaser":
        for link in elements(element, "a"):
            title = _SEE_ALSO.sub("", text_of(link))
            if len(title) >= 15:
                draft.tease((inline_title(title) if _MARK.search(title) else "") or title)
