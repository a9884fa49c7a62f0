"""The section of a story: what its sources call it, else its words, else the general one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from digest.bulgarian.words import lemma
from digest.cluster.material import Material
from digest.model import Article, Newsroom, Topic

LEAST_WEIGHT = 3
"""A word in the title weighs 3, in the opening 1: less than one title word is no evidence."""

TITLE = 3


def topic(materials: Sequence[Material], newsroom: Newsroom) -> str:
    """Slug of the section; `newsroom.general` when nothing speaks clearly."""
    said = Counter(slug for m in materials if (slug := by_category(m.article, newsroom.topics)))
    order = [t.slug for t in newsroom.topics]
    if said:
        return min(said, key=lambda slug: (-said[slug], order.index(slug)))
    return by_words(materials, newsroom) or newsroom.general


def by_category(article: Article, topics: Sequence[Topic]) -> str | None:
    """The section that the source itself names, by slug, name or a category of the section."""
    for label in (article.section or "", *article.categories):
        wanted = label.strip().casefold()
        for one in topics:
            names = {one.slug.casefold(), one.name.casefold(), *map(str.casefold, one.categories)}
            if wanted and wanted in names:
                return one.slug
    return None


def by_words(materials: Sequence[Material], newsroom: Newsroom) -> str | None:
    """The section whose vocabulary weighs most; None on a tie or on too little."""
    weights = {
        one.slug: sum(_weight(m, one) for m in materials) / len(materials)
        for one in newsroom.topics
    }
    best = sorted(weights.items(), key=lambda pair: -pair[1])[:2]
    if not best or best[0][1] < LEAST_WEIGHT:
        return None
    return best[0][0] if len(best) == 1 or best[0][1] > best[1][1] else None


def _weight(material: Material, one: Topic) -> float:
    single, phrases = _vocabulary(one.words)
    inside = len(single & material.terms.keys())
    title = len(single & material.title_terms)
    low = material.opening.lower()
    titled = material.article.title.lower()
    for phrase in phrases:
        inside += bool(phrase.search(low))
        title += bool(phrase.search(titled))
    return inside + (TITLE - 1) * title


@lru_cache(maxsize=64)
def _vocabulary(listed: tuple[str, ...]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Single words as lemmas; phrases and words too short for a lemma as patterns."""
    single = frozenset(lemma(w.lower()) for w in listed if " " not in w and len(w) > 2)
    rest = [w.lower() for w in listed if " " in w or len(w) <= 2]
    return single, tuple(re.compile(rf"(?<!\w){re.escape(w)}(?!\w)") for w in rest)
