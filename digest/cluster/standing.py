"""Paragraphs that an outlet prints under everything: notices, signatures, the same background.

They are no part of what an article says, so they are left out before texts are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from digest.bulgarian.words import STOPWORDS, words
from digest.cluster.voices import outlet_of
from digest.model import Article, ArticleId

LEAST = 60
"""Characters of a paragraph; shorter ones are said again by chance."""

OPENINGS = 3
"""Articles of one outlet that begin differently and carry the paragraph: two may be an article
and its second version."""


SHORT = 240
"""Characters of a text that may be nothing but a notice: „Целия текст четете на сайта ни“."""


def standing(articles: Sequence[Article]) -> Mapping[ArticleId, frozenset[str]]:
    """For each article that has some, the paragraphs that only stand there."""
    openings: dict[tuple[str, int], set[int]] = defaultdict(set)
    for article in articles:
        outlet, (first, later) = outlet_of(article), _marks(article)
        if outlet:
            for mark in later:
                openings[outlet, mark].add(first)
    often = {key for key, begun in openings.items() if len(begun) >= OPENINGS}
    found = _notices(articles)
    for article in articles if often else ():
        outlet, (_, later) = outlet_of(article), _marks(article)
        if any((outlet, mark) in often for mark in later):
            parts = (p for p in paragraphs(article.text)[1:] if (outlet, hash(p)) in often)
            found[article.id] = found.get(article.id, frozenset()) | frozenset(parts)
    return found


def _marks(article: Article) -> tuple[int, list[int]]:
    """The first paragraph and the longer ones after it as numbers: a day's texts are not kept."""
    first, *rest = paragraphs(article.text) or [""]
    return hash(first), [hash(one) for one in rest if len(one) >= LEAST]


def _notices(articles: Sequence[Article]) -> dict[ArticleId, frozenset[str]]:
    """Whole short texts that an outlet prints under headlines which have nothing in common."""
    under: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in articles:
        text = article.text.strip()
        if 0 < len(text) <= SHORT:
            under[outlet_of(article), text].append(article)
    found: dict[ArticleId, frozenset[str]] = {}
    for (outlet, text), those in under.items():
        if outlet and len(those) >= OPENINGS and _unlike(those):
            found.update(dict.fromkeys((one.id for one in those), frozenset(paragraphs(text))))
    return found


def _unlike(articles: Sequence[Article]) -> bool:
    """Whether there are several headlines of which no two share a word."""
    kept: list[frozenset[str]] = []
    for article in articles:
        own = frozenset(w for w in words(article.title) if w not in STOPWORDS and len(w) > 2)
        if own and all(own.isdisjoint(other) for other in kept):
            kept.append(own)
        if len(kept) == OPENINGS:
            return True
    return False


def without(text: str, parts: frozenset[str]) -> str:
    """The text less those paragraphs."""
    return "\n\n".join(one for one in paragraphs(text) if one not in parts)


def paragraphs(text: str) -> list[str]:
    return [one for line in text.split("\n") if (one := line.strip())]
