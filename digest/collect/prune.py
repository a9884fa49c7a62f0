"""Cutting the furniture out of an HTML tree before its text is extracted.

Elements go by the words of their class and id, never when they hold the article's paragraphs:
sites put `related` or `share` on wrappers of everything. Teasers and captions are recorded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.collect.draft import Draft
from digest.collect.lines import inline_title
from digest.collect.markup import Element, drop, elements, text_of, tokens

_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("comments", frozenset({
        "comment", "comments", "komentari", "komentar", "disqus", "fbcomments", "respond",
    })),
    ("share", frozenset({
        "share", "sharing", "sharebar", "social", "socials", "addthis", "sharethis", "spodeli",
    })),
    ("teaser", frozenset({
        "related", "teaser", "teasers", "recommended", "recommendations", "recommend", "seealso",
        "rel", "svarzani", "oshte",
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
    total = max(_prose(tree), 1)
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        kind = _kind(element)
        if kind is not None and not _holds_article(element, kind, total):
            _file(element, kind, draft)
            drop(element)
        else:
            waiting.extend(child for child in reversed(element) if isinstance(child.tag, str))


def _kind(element: Element) -> str | None:
    tag = element.tag
    if tag in _KEEP:
        return None
    if tag in _TAGS:
        return _TAGS[tag]
    if element.get("itemprop") == "articleBody":
        return None
    return _named(tokens(element))


@lru_cache(maxsize=4096)
def _named(words: frozenset[str]) -> str | None:
    return next((kind for kind, names in _WORDS if words & names), None) if words else None


def _prose(element: Element) -> int:
    """Characters in paragraphs of some length outside links: how much text an element holds."""
    blocks = [text_of(p) for p in elements(element, "p")]
    return sum(len(block) for block in blocks if len(block) > 80)


def _holds_article(element: Element, kind: str, total: int) -> bool:
    """True when the element holds the heading or a good part of the page's paragraphs."""
    if kind == "caption":
        return False
    if next(iter(elements(element, "h1")), None) is not None:
        return True
    limit = 0.6 if kind in {"comments", "footer", "nav"} else 0.25
    return _prose(element) > max(limit * total, 300)


_SEE_ALSO = re.compile(r"(?i)^\W*(?:вижте|виж) също:?\s*")


def _file(element: Element, kind: str, draft: Draft) -> None:
    text = text_of(element)
    if kind in {"nav", "ad", "form", "sidebar", "footer", "consent"} and len(text) > 200:
        text = text[:200] + "…"
    draft.remove(kind, text)
    if kind == "teaser":
        for link in elements(element, "a"):
            title = _SEE_ALSO.sub("", text_of(link))
            if len(title) >= 15:
                draft.tease(inline_title(title) or title)
