"""Whether a figure, a day or a name stands in its own place, or in that of another.

«За социални дейности са отделени 19,4 млн.» has a figure of the article, but it is that of
education. What is said around it in the summary is laid beside what the article says around the
same thing and around its rivals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from digest.bulgarian.verbs import verbish
from digest.summarise.evidence import Reading, Witness, akin, clauses

CLAUSE, SENTENCE, BESIDE = 0.6, 0.25, 0.15
"""What the clause, its sentence, and that with its neighbours say of a place."""

MARGIN = 0.25
"""By so much a rival's place must fit better: a paraphrase never fits its own quite well."""

LEAST_RIVAL = 0.56
"""A rival's place must fit as well as this: where nothing fits, everything is in other words."""

TOO_GOOD = 0.7
"""A place that fits as well as this is the thing's own, whatever else fits."""


LEAST_CONTEXT = 2
"""Ideas around a thing without which its place cannot be told."""

SAYING = frozenset({"съобщя", "смятам"})
"""Ideas of every sentence that reports: they tell no place from another."""


GENERAL = frozenset({"година", "месец", "ден", "седмица", "час", "брой", "общ", "нов"})
"""Ideas that stand beside any figure."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a clause fits (0…1), with the sentence that it stands in."""

    share: float
    clause: Reading
    sentence: Reading


_PARTICIPLE = re.compile(r"(?:ен|ан|ян|ал|ял|ил)$")
NOWHERE = Fit(0.0, Reading(""), Reading(""))
_SHARE = attrgetter("share")


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
    least: float = LEAST_RIVAL,
) -> str:
    """The clause of a rival that fits what is said better than the thing's own; empty if none.

    `context` are ideas said around the thing; `has` tells whether a clause holds it, `rival`
    whether it holds another of its kind. `least` (0…1) is how well the rival's must fit.
    """
    context = context - SAYING
    if len(context) < LEAST_CONTEXT:
        return ""
    weights = _rarity(context, witnesses)
    fits = [(place[0], _fit(weights, place)) for place in _places(witnesses)]
    own = max((fit for clause, fit in fits if has(clause)), key=_SHARE, default=NOWHERE)
    others = [fit for clause, fit in fits if not has(clause) and rival(clause)]
    twin = next((o.clause.text for o in others if _is_twin(context, own, o)), "")
    other = max(others, key=_SHARE, default=NOWHERE)
    if twin or own.share >= TOO_GOOD or other.share < max(least, own.share + MARGIN):
        return twin
    return other.clause.text


def best_fits(
    context: frozenset[str],
    witnesses: Sequence[Witness],
    has: Callable[[Reading], bool],
    rival: Callable[[Reading], bool],
) -> tuple[float, float]:
    """How well the best clause that holds a thing fits, and the best of a rival (0…1 both)."""
    context = context - SAYING
    if len(context) < LEAST_CONTEXT:
        return 1.0, 0.0
    weights = _rarity(context, witnesses)
    fits = [(place[0], _fit(weights, place)) for place in _places(witnesses)]
    own = max((fit.share for clause, fit in fits if has(clause)), default=0.0)
    others = (fit.share for clause, fit in fits if not has(clause) and rival(clause))
    return own, max(others, default=0.0)


def _is_twin(context: frozenset[str], own: Fit, other: Fit) -> bool:
    """Whether both stand in one sentence, and what is said names the other of the two.

    «За училищата са отделени 12 млн., а за пътищата – 6»: the verb stands beside the first and
    serves both, so the nouns decide.
    """
    if own.sentence is not other.sentence:
        return False
    mine = {i for i in context if _holds(own.clause, i) and not _holds(other.clause, i)}
    theirs = {i for i in context if _holds(other.clause, i) and not _holds(own.clause, i)}
    return bool(theirs) and all(_serves_both(idea) for idea in mine)


def _serves_both(idea: str) -> bool:
    """A verb or its participle, and what stands beside any figure."""
    return verbish(idea) or idea in GENERAL or bool(_PARTICIPLE.search(idea))


def _holds(where: Reading, idea: str) -> bool:
    return idea in where.ideas or akin(idea, where.ideas)


def _places(witnesses: Sequence[Witness]) -> Iterator[tuple[Reading, Reading, Reading]]:
    """Each clause with its sentence, and with the neighbours of that too."""
    for witness in witnesses:
        for at, sentence in enumerate(witness.sentences):
            beside = witness.window(at)
            for clause in clauses(sentence.text):
                yield clause, sentence, beside


def _rarity(context: frozenset[str], witnesses: Sequence[Witness]) -> dict[str, float]:
    """What stands all over an article tells its places less apart."""
    sentences = [one.ideas for w in witnesses for one in w.sentences]
    return {
        idea: math.log(2 + len(sentences) / (1 + sum(idea in one for one in sentences)))
        for idea in context
    }


def _fit(weights: Mapping[str, float], place: tuple[Reading, Reading, Reading]) -> Fit:
    clause, sentence, beside = (_share(weights, one) for one in place)
    return Fit(CLAUSE * clause + SENTENCE * sentence + BESIDE * beside, place[0], place[1])


def _share(weights: Mapping[str, float], where: Reading) -> float:
    there = where.ideas
    # fsum, as the order of `weights` is that of a set.
    found = math.fsum(w for idea, w in weights.items() if idea in there or akin(idea, there))
    return found / math.fsum(weights.values())
