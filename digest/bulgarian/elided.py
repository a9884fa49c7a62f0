"""Units and scales that a text says once for two figures: «от 3 до 5 млн. евро»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.bulgarian.measures import power_in
from digest.bulgarian.numbers import Number

_ON = re.compile(r"\s*(?P<by>и|или|до|на|спрямо|срещу|[-–,])\s*(?:\w+\s+)?")
_FROM = re.compile(r"(?<!\w)от\s+(?:\w+\s+)?$")
_BETWEEN = re.compile(r"(?<!\w)между\s+$")
_OWN = frozenset({"част", "-ти", "пъти", "г."})
"""Units that a figure has for itself: the first of «12 000, с една трета повече» is no part."""
_AGED = re.compile(r"(?<!\w)на\s+$")
_ENDS = re.compile(r"\s*(?:[.,;:)–]|$)|\s(?:и|г\.)(?!\w)")
_OLDEST = 110


def with_units(text: str, found: Sequence[Number]) -> list[Number]:
    """Numbers in reading order, each with the unit and scale that another says for both.

    «От 14 на 19 процента» are two percentages, «между 1,5 и 2 млн.» begins at a million and a
    half, «едната е на 34 години, другата на 51» tells two ages.
    """
    out = list(found)
    for n in range(len(out) - 2, -1, -1):
        out[n] = _as_the_next(text, out[n], out[n + 1])
    for n in range(1, len(out)):
        out[n] = _as_an_age(text, out[n], out[:n])
    return out


def _as_the_next(text: str, one: Number, other: Number) -> Number:
    join = _ON.fullmatch(text, one.end, other.start)
    if one.unit or join is None:
        return one
    by, before = join.group("by"), text[: one.start]
    if by == "на" and not _FROM.search(before):  # «231 на 10 000 души» counts 231 of them
        return one
    ranged = by in {"до", "-", "–"} or (by == "и" and _BETWEEN.search(before))
    power = power_in(text[other.start : other.end])
    if ranged and power and one.value < 1000 and not power_in(text[one.start : one.end]):
        one = replace(one, value=one.value * 10**power)
    return one if other.unit in _OWN else replace(one, unit=other.unit)


def _as_an_age(text: str, one: Number, before: Sequence[Number]) -> Number:
    """An age where the text has told of another, and says no unit."""
    if one.unit or not 0 < one.value < _OLDEST or not any(n.unit == "години" for n in before):
        return one
    alone = _AGED.search(text[: one.start]) and _ENDS.match(text, one.end)
    return replace(one, unit="години") if alone else one
