"""Live coverage: many pieces of one outlet on one day under one title, but for the hour in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from digest.bulgarian.words import STOPWORDS, words
from digest.cluster.material import Material
from digest.cluster.voices import outlet_of

LEAST = 3
"""Two pieces under one title are a piece and its next version, which their texts tell."""

LEAST_WORDS = 3
"""Content words of a title that names something: „Прогноза за времето“ of one day may be one
series, „Новини“ is none."""

_LIVE = re.compile(r"(?i)\b(?:на живо|обновява се|обновена?|live|updated?)\b|\d+")


def series(materials: Sequence[Material]) -> list[list[int]]:
    """Places (ascending) of the pieces of each series; undated articles are in none."""
    found: dict[tuple[str, tuple[str, ...], object], list[int]] = defaultdict(list)
    for at, material in enumerate(materials):
        outlet, title = outlet_of(material.article), _said(material.article.title)
        if outlet and material.at and len(title) >= LEAST_WORDS:
            found[outlet, title, material.at.date()].append(at)
    return [places for places in found.values() if len(places) >= LEAST]


def _said(title: str) -> tuple[str, ...]:
    """The content words of a title without hours, numbers and the marks of live coverage."""
    return tuple(w for w in words(_LIVE.sub(" ", title)) if w not in STOPWORDS and len(w) > 1)
