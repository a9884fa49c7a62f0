"""Whether what is told of a person, or as his words, is told so in the articles, or of another.

A rule sees two names in one clause; here what a sentence tells of a person is laid beside all
sentences of his, whatever they call him, and beside those of others (`cast.py`); and what it says
that he is beside what is said of him (`described.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.cast import Scene, Seen
from digest.summarise.casting import cast_of
from digest.summarise.described import Description, described
from digest.summarise.evidence import Reading, Witness, covered, rarity
from digest.summarise.meaning import meant
from digest.summarise.mentioned import plain_titles
from digest.summarise.parts import Part, parts
from digest.summarise.slots import SAYING
from digest.summarise.standing import Standing, standing

HERE, BESIDE = 0.75, 0.25
"""What a sentence, and it with its neighbours, say of a place."""
NEAR = 0.9
"""Worth of a place that names nobody beside one of the person's."""
ASIDE = 0.65
"""Worth of a place where he stands behind a preposition, and somebody else does not."""
LEAST = 2
"""Ideas told of a person without which his places cannot be told from others'."""
GAP = 0.3
"""By so much another's place fits better than any of his, where it is told of the other."""


@dataclass(frozen=True, slots=True)
class Places:
    """How well the places of a person and those of others fit what is told of him (0…1).

    `rival` is the sentence of another that fits best.
    """

    own: float = 1.0
    other: float = 0.0
    rival: str = ""

    @property
    def gap(self) -> float:
        """By how much another's fits better."""
        return max(0.0, self.other - self.own)


@dataclass(frozen=True, slots=True)
class Whose:
    """One person of a sentence: what is told of him, and what he is said to be."""

    part: Part
    places: Places
    standing: Standing


def whose(said: Reading, witnesses: Sequence[Witness]) -> tuple[Whose, ...]:
    """Each person of the sentence whom the articles name, in reading order."""
    return _whose(said.text, tuple(witnesses))


@lru_cache(maxsize=64)
def _whose(text: str, witnesses: tuple[Witness, ...]) -> tuple[Whose, ...]:
    text = plain_titles(text)
    casts = [(witness, cast_of(witness)) for witness in witnesses]
    found = []
    for part in parts(text, [cast for _, cast in casts]):
        there = [(w, cast, cast.find(part.name)) for w, cast in casts]
        seen = [Seen(w, cast, who) for w, cast, who in there if who is not None]
        if seen:
            his = described(text, part.start, part.end)
            places = _told(part, his, seen, witnesses)
            found.append(Whose(part, places, standing(his, seen)))
    return tuple(found)


def whose_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """What is told of somebody else, and offices and houses that are another's."""
    problems = []
    for one in whose(said, witnesses):
        name = said.text[one.part.start : one.part.end]
        if one.places.gap > GAP:
            problems.append(Problem("name", name, one.places.rival))
        problems += [
            Problem("name", f"{name}: {what}", instead) for what, instead in one.standing.faults
        ]
    return problems


def _told(
    part: Part, his: Description, seen: Sequence[Seen], witnesses: Sequence[Witness]
) -> Places:
    """How well the person's places fit what is told of him, and how well another's."""
    names = " ".join((part.name, his.text, *part.others))
    told = Reading(part.text).ideas - {meant(w) for w in words(names)} - SAYING
    if len(told) < LEAST:
        return Places()
    weights = rarity(told, witnesses)
    own, other, rival = 0.0, 0.0, ""
    for one in seen:
        beside = {one.cast.find(name) for name in part.others}
        for n, place in enumerate(one.witness.sentences):
            fit = _fit(told, weights, one.witness, n)
            mine, theirs = _worth(one, n, beside)
            own = max(own, mine * fit)
            if theirs and fit > other:
                other, rival = fit, place.text
    return Places(own, other, rival)


def _fit(told: frozenset[str], weights: Mapping[str, float], witness: Witness, at: int) -> float:
    here, near = witness.sentences[at].ideas, witness.window(at).ideas
    return HERE * covered(told, here, weights) + BESIDE * covered(told, near, weights)


def _worth(one: Seen, at: int, beside: set[int | None]) -> tuple[float, bool]:
    """What the place says of the person (0…1), and whether it may be somebody else's."""
    scenes, who = one.cast.scenes, one.who
    scene = scenes[at]
    there = _people(scene)
    others = bool(there - beside - {who})
    if who in there:
        aside = who in scene.aside and bool(scene.people - scene.aside - beside)
        return (ASIDE if aside else 1.0), aside and others
    near = [scenes[n] for n in (at - 1, at + 1) if 0 <= n < len(scenes)]
    if not there and any(who in each.people for each in near):
        return NEAR, False
    return 0.0, others


def _people(scene: Scene) -> frozenset[int]:
    return scene.people if scene.holder is None else scene.people | {scene.holder}
