"""The statements of the articles, each with the people whom its sentence speaks of.

„Той отрече да е участвал“ has no name; whose denial it is, the cast of the article knows
(`casting.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.bulgarian.words import lemma, words
from digest.summarise.aligned import BESIDE, NAMED, PRIOR, Statement, key, statements
from digest.summarise.cast import Cast
from digest.summarise.casting import cast_of
from digest.summarise.evidence import Witness


@dataclass(frozen=True)
class Told:
    """A statement of an article; `people` are roots of the names and roles of its sentence's."""

    statement: Statement
    people: frozenset[str]

    def fits(self, context: Mapping[str, float]) -> float:
        """Share of the context, roots with their weights, that stands there or near (0…1)."""
        total = math.fsum(context.values())
        got = math.fsum(weight * self._worth(root) for root, weight in context.items())
        return got / total if total else 0.0

    def _worth(self, root: str) -> float:
        one = self.statement
        if root in one.said or root in one.all or root in self.people:
            return 1.0
        return BESIDE if root in one.around else PRIOR if root in one.prior else 0.0


def context(mine: Statement, without: frozenset[str], named: frozenset[str]) -> dict[str, float]:
    """Roots of a statement's sentence but those, each with its weight: a name weighs less."""
    return {root: NAMED if root in named else 1.0 for root in sorted(mine.around - without)}


def told_with_people(witnesses: Sequence[Witness]) -> tuple[Told, ...]:
    """All statements of the articles, in order; those that only tell who said so too."""
    return tuple(one for witness in witnesses for one in _told(witness))


@lru_cache(maxsize=64)
def _told(witness: Witness) -> tuple[Told, ...]:
    return tuple(_statements(witness))


def _statements(witness: Witness) -> Iterator[Told]:
    cast = cast_of(witness)
    before = ""
    for at, sentence in enumerate(witness.sentences):
        people = _people(cast, at)
        yield from (Told(one, people) for one in statements(sentence.text, before))
        before = sentence.text


def _people(cast: Cast, at: int) -> frozenset[str]:
    scene = cast.scenes[at]
    there = scene.people if scene.holder is None else scene.people | {scene.holder}
    called = [
        *(word for n in there for word in words(cast.people[n].name)),
        *(role for n in there for role in cast.people[n].roles),
    ]
    return frozenset(key(lemma(word)) for word in called)
