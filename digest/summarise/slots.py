"""Whether a figure, a day or a name stands in its own place, or in that of another.

«За социални дейности са отделени 19,4 млн.» has a figure of the article, but it is that of
education. What is said around it in the summary is laid beside what the article says around the
same thing and around its rivals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.summarise.evidence import Reading, Witness, akin, clauses

CLAUSE, SENTENCE, BEFORE = 0.6, 0.25, 0.15
"""What the clause, its sentence, and that with the sentence before it say of a place."""

MARGIN = 0.25
"""By so much a rival's place must fit better: a paraphrase never fits its own quite well."""

TOO_GOOD = 0.7
"""A place that fits as well as this is the thing's own, whatever else fits."""


LEAST_CONTEXT = 2
"""Ideas around a thing without which its place cannot be told."""

SAYING = frozenset({"съобщя", "смятам"})
"""Ideas of every sentence that reports: they tell no place from another."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a place fits (0…1), and its text."""

    share: float
    text: str


def around(said: Reading, start: int, end: int) -> frozenset[str]:
    """What is said around the stretch in its clause; in the whole sentence where that is little."""
    without = f"{said.text[:start]} {said.text[end:]}"
    clause = next((c.text for c in clauses(said.text) if said.text[start:end] in c.text), said.text)
    ideas = Reading(clause.replace(said.text[start:end], " ")).ideas
    return ideas if len(ideas - SAYING) > LEAST_CONTEXT else Reading(without).ideas


def usurped(
    context: frozenset[str],
    witnesses: Sequence[Witness],
    has: Callable[[Reading], bool],
    rival: Callable[[Reading], bool],
) -> str:
    """The clause of a rival that fits what is said better than the thing's own; empty if none.

    `context` are ideas said around the thing; `has` tells whether a clause holds it, `rival`
    whether it holds another of its kind.
    """
    context = context - SAYING
    if len(context) < LEAST_CONTEXT:
        return ""
    weights = _rarity(context, witnesses)
    own, other = Fit(0.0, ""), Fit(0.0, "")
    for place in _places(witnesses):
        if has(place[0]):
            own = max(own, _fit(weights, place), key=lambda fit: fit.share)
        elif rival(place[0]):
            other = max(other, _fit(weights, place), key=lambda fit: fit.share)
    if own.share >= TOO_GOOD or other.share < own.share + MARGIN:
        return ""
    return other.text


def _places(witnesses: Sequence[Witness]) -> Iterator[tuple[Reading, Reading, Reading]]:
    """Each clause with its sentence, and with the sentence before that one too."""
    for witness in witnesses:
        for at, sentence in enumerate(witness.sentences):
            before = witness.window(at, 1) if at else sentence
            for clause in clauses(sentence.text):
                yield clause, sentence, before


def _rarity(context: frozenset[str], witnesses: Sequence[Witness]) -> dict[str, float]:
    """What stands all over an article tells its places less apart."""
    sentences = [one.ideas for w in witnesses for one in w.sentences]
    return {
        idea: math.log(2 + len(sentences) / (1 + sum(idea in one for one in sentences)))
        for idea in context
    }


def _fit(weights: Mapping[str, float], place: tuple[Reading, Reading, Reading]) -> Fit:
    clause, sentence, before = (_share(weights, one) for one in place)
    return Fit(CLAUSE * clause + SENTENCE * sentence + BEFORE * before, place[0].text)


def _share(weights: Mapping[str, float], where: Reading) -> float:
    there = where.ideas
    found = sum(w for idea, w in weights.items() if idea in there or akin(idea, there))
    return found / sum(weights.values())
