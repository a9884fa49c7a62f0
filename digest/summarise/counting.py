"""Figures that the sentence itself says are counted: a difference, a part, so many times."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, permutations

from digest.bulgarian.bounds import bound
from digest.bulgarian.numbers import Number
from digest.summarise.evidence import Reading
from digest.summarise.frames import compares

ORDINAL = "-ти"
ROUNDED = Decimal("0.2")
"""Part by which a figure that is said to be round may differ."""


def by_counting(number: Number, said: Reading, there: Sequence[Number]) -> bool:
    """Whether a figure follows from two of the source: «с 11 пункта» of 92 and 81, «половината»."""
    if number.unit in _RATIOS:
        return _by_ratio(number, said, there)
    if number.unit != "п.п." and not compares(said.text, number):
        return False
    exact = bound(said.text, number.start, number.end) == "exactly"
    near = Decimal(0) if exact else ROUNDED * number.value
    return any(
        abs(abs(a.value - b.value) - number.value) <= near
        for a, b in combinations(there, 2)
        if _subtracts(number.unit, {a.unit, b.unit})
    )


def _subtracts(unit: str, units: set[str]) -> bool:
    """Whether a difference in that unit may be one of figures in those.

    The unit may be left out on either side, but not on all: „с 23 места – до 38-о“ of 61-о.
    """
    if unit == "п.п.":
        return units <= {"%", ""}
    if ORDINAL in units and units != {ORDINAL}:
        return False  # „58 точки“ does not follow from 59 and a first place
    named = units - {""}
    return len(named) == 1 and "г." not in named and unit in named | {""}


def _by_ratio(number: Number, said: Reading, there: Sequence[Number]) -> bool:
    """«Половината» of 20 and 40, «два пъти» of 1,1 and 2,2, «всеки четвърти» for a quarter."""
    if any(n.unit == number.unit for n in there):
        return False
    round_figure = bound(said.text, number.start, number.end) != "exactly" or number.unit == "пъти"
    near = _A_RATIO if round_figure else Decimal(0)
    alike = [
        (a.value, b.value)
        for a, b in permutations(there, 2)
        if b.value and (a.unit == b.unit or "" in {a.unit, b.unit}) and "г." not in {a.unit, b.unit}
    ]
    each = [1 / n.value for n in there if n.unit == ORDINAL and n.value]
    found = [*(a / b for a, b in alike), *(each if number.unit == "част" else [])]
    return any(abs(ratio - number.value) <= near * number.value for ratio in found)


_RATIOS = frozenset({"част", "пъти"})
_A_RATIO = Decimal("0.15")
"""Part by which a ratio in words may differ."""
