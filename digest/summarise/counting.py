"""Figures that follow from two of the source: a difference, a rest, a sum, so many times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from digest.bulgarian.bounds import bound
from digest.bulgarian.numbers import Number
from digest.summarise.evidence import Reading
from digest.summarise.frames import compares

ORDINAL = "-ти"
ROUNDED = Decimal("0.15")
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


def follows_beside(number: Number, said: Reading, places: Sequence[Reading]) -> bool:
    """Whether it follows from figures that stand together in the source, sentence by sentence.

    The rest, where the source speaks of „останалите“; a sum, where the sentence says „общо“; the
    time between «пет часа и десет минути» and «четири часа и половина»; «девет от десет» for 90%.
    """
    part = _part_of(number, said)
    altogether = bool(_TOGETHER.search(said.text))
    between = number.unit == "мин" and (compares(said.text, number) or _more(said.text, number))
    return any(
        (part is not None and any(_is_part(n, part) for n in place.numbers))
        or (altogether and number.value in {a + b for a, b in _pairs(number, place.numbers)})
        or (between and _between(number, place))
        or _rest(number, place, before)
        for before, place in zip((None, *places), places, strict=False)
    )


def _rest(number: Number, place: Reading, before: Reading | None) -> bool:
    """Whether it is what „останалите“ are, of two figures of the sentence and the one before."""
    if not _REST.search(place.text):
        return False
    figures = [*(before.numbers if before else ()), *place.numbers]
    return number.value in {abs(a - b) for a, b in _pairs(number, figures)}


def _pairs(number: Number, figures: Sequence[Number]) -> Iterator[tuple[Decimal, Decimal]]:
    """Values of any two figures that count the like."""
    alike = (n.value for n in figures if _counts_alike(number.unit, n.unit))
    return combinations(alike, 2)


def _more(text: str, number: Number) -> bool:
    return bool(re.match(r"\s+по-[а-я]", text[number.end :]))


_REST = re.compile(r"(?<!\w)останал(?:ата|ото|ите|ия|ият)(?!\w)", re.IGNORECASE)
_TOGETHER = re.compile(r"(?<!\w)(?:общо|заедно|сумарно|взети заедно)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"\s+от\s+(?:(?:всеки|всички|общо)\s+)?")
_ONE_OF = re.compile(
    r"(?<!\w)(?:един|една|едно|всеки|всяка|всяко)\s+(?:от|на)\s+(?:всеки\s+)?$", re.IGNORECASE
)
_NEAR_PART = Decimal("0.011")


def _counts_alike(unit: str, other: str) -> bool:
    return unit not in {"г.", ORDINAL} and (unit == other or "" in {unit, other})


def _part_of(number: Number, said: Reading) -> Decimal | None:
    """What part of one «девет от десет» or «един на всеки пет» is, for either of its figures."""
    if number.value and _ONE_OF.search(said.text[: number.start]):
        return 1 / number.value
    for few, many in zip(said.numbers, said.numbers[1:], strict=False):
        if number in {few, many} and few.value < many.value:
            return few.value / many.value if _OF.fullmatch(said.text, few.end, many.start) else None
    return None


def _is_part(number: Number, part: Decimal) -> bool:
    whole = {"%": Decimal(100), "част": Decimal(1)}.get(number.unit)
    return whole is not None and abs(number.value / whole - part) <= _NEAR_PART


def _between(number: Number, place: Reading) -> bool:
    """Whether so many minutes lie between two lengths of time of one sentence."""
    lengths = [m for n in place.numbers if (m := _minutes(n, place.text)) is not None]
    return any(abs(a - b) == number.value for a, b in combinations(lengths, 2))


def _minutes(number: Number, text: str) -> Decimal | None:
    """The minutes of «пет часа и десет минути», which is read as 5,10, or of 4,5 hours."""
    if number.unit != "ч.":
        return number.value if number.unit == "мин" else None
    if "мин" not in text[number.start : number.end]:
        return number.value * 60
    return int(number.value) * 60 + number.value % 1 * 100


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
    alike = [(a.value, b.value) for a, b in permutations(there, 2) if a.unit == b.unit and b.value]
    each = [1 / n.value for n in there if n.unit == ORDINAL and n.value]
    found = [*(a / b for a, b in alike), *(each if number.unit == "част" else [])]
    return any(abs(ratio - number.value) <= near * number.value for ratio in found)


_RATIOS = frozenset({"част", "пъти"})
_A_RATIO = Decimal("0.15")
"""Part by which a ratio in words may differ."""
