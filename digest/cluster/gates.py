"""What two articles must share to be one story, and what forbids it whatever they share.

A false merge is a false claim of corroboration, so both rules are strict: the gate asks for a
common name or figure, the veto keeps apart monthly reports of different months, different rates
of one day and accidents in different towns.
"""

from __future__ import annotations

from typing import TypeVar

from digest.cluster.material import Material
from digest.cluster.places import speaks_of

T = TypeVar("T")

FORBIDDEN = -0.3
"""Similarity of a forbidden pair: low enough that one never merges, however like the texts."""

UNGATED = 2.0
"""How much more alike two texts must be that share neither a name nor a figure."""

OTHER_YEARS = 1.4
"""The same for undated texts that speak of different years; one event may be told with either."""

LEAST_TERMS = 3
"""Fewer words than this say nothing of an event."""


def gate(one: Material, other: Material) -> float:
    """Factor of the similarity, 0…1: 1 with a shared name or figure, less without, 0 if mute."""
    if min(len(one.terms), len(other.terms)) < LEAST_TERMS:
        return 0.0
    shared = one.names & other.names or one.figures & other.figures
    factor = 1.0 if shared else 1 / UNGATED
    if _apart(one.all.years, other.all.years) and not (one.at and other.at):
        factor /= OTHER_YEARS
    return factor


def veto(one: Material, other: Material) -> str | None:
    """Why the two cannot be one event, in Bulgarian; None when nothing speaks against it."""
    if _apart(one.head.months, other.head.months):
        return "различни месеци"
    if _apart(one.head.years, other.head.years):
        return "различни години"
    if _other_towns(one, other):
        return "различни места"
    if _other_rates(one, other):
        return "различни показатели"
    return None


def _apart(one: frozenset[T], other: frozenset[T]) -> bool:
    return bool(one and other) and not one & other


def _other_towns(one: Material, other: Material) -> bool:
    """Each names a town first that the other does not know at all."""
    if not _apart(one.head.towns, other.head.towns):
        return False
    known = any(speaks_of(other.low, town) for town in one.head.towns)
    return not known and not any(speaks_of(one.low, town) for town in other.head.towns)


def _other_rates(one: Material, other: Material) -> bool:
    """Each opens with a percentage that the other does not have anywhere."""
    mine, theirs = one.head.rates, other.head.rates
    return bool(mine and theirs) and not mine & other.all.rates and not theirs & one.all.rates
