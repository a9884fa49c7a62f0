"""Live coverage: many pieces of one outlet on one day under one title, but for the hour in it.

Under the same title on another day an outlet prints its next weather or horoscope, not more of
the same event: a follow-up gets a headline of its own.
"""

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


def next_issue(one: Material, other: Material) -> bool:
    """Whether one outlet gave the two the same title on different days."""
    if not (one.at and other.at) or one.at.date() == other.at.date():
        return False
    outlet = outlet_of(one.article)
    if not outlet or outlet != outlet_of(other.article):
        return False
    title = _said(one.article.title)
    return bool(title) and title == _said(other.article.title)


def _said(title: str) -> tuple[str, ...]:
    """The content words of a title without hours, numbers and the marks of live coverage."""
    return tuple(w for w in words(_LIVE.sub(" ", title)) if w not in STOPWORDS and len(w) > 1)
