"""Paragraphs that an outlet prints under everything: notices, signatures, the same background.

They are no part of what an article says, so they are left out before texts are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from digest.cluster.voices import outlet_of
from digest.model import Article, ArticleId

LEAST = 60
"""Characters of a paragraph; shorter ones are said again by chance."""

OPENINGS = 3
"""Articles of one outlet that begin differently and carry the paragraph: two may be an article
and its second version."""


def standing(articles: Sequence[Article]) -> Mapping[ArticleId, frozenset[str]]:
    """For each article that has some, the paragraphs that only stand there."""
    openings: dict[tuple[str, str], set[str]] = defaultdict(set)
    carried: list[tuple[ArticleId, str, list[str]]] = []
    for article in articles:
        outlet = outlet_of(article)
        first, *rest = paragraphs(article.text) or [""]
        later = [one for one in rest if len(one) >= LEAST]
        if not outlet or not later:
            continue
        carried.append((article.id, outlet, later))
        for one in later:
            openings[outlet, one].add(first)
    found = {
        name: frozenset(one for one in later if len(openings[outlet, one]) >= OPENINGS)
        for name, outlet, later in carried
    }
    return {name: parts for name, parts in found.items() if parts}


def without(text: str, parts: frozenset[str]) -> str:
    """The text less those paragraphs."""
    return "\n\n".join(one for one in paragraphs(text) if one not in parts)


def paragraphs(text: str) -> list[str]:
    return [one for line in text.split("\n") if (one := line.strip())]
