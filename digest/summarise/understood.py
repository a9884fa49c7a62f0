"""Bare figures as the source lets them be understood: «на 52», «от които пет», «в два»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from digest.bulgarian.measures import beyond_point, power_in
from digest.bulgarian.numbers import Number
from digest.summarise.evidence import Reading

_OLDEST = 110
_AGED = re.compile(r"(?<!\w)на\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:)–]|$)|\s+[а-я]", re.IGNORECASE)
_O_CLOCK = re.compile(
    r"\s+(?:часа\s+)?(?:през нощта|по обяд|на обяд|сутринта|следобед|вечерта)(?!\w)", re.IGNORECASE
)
_HALF = Decimal("0.5")


def understood(said: Reading, there: Sequence[Number]) -> list[Number]:
    """The sentence's figures, each with the unit or scale that it has in the source.

    Only where the sentence says none and the source has that very figure: an age, an hour, a
    figure after one with a scale («14 милиона, от които пет»).
    """
    known = {(n.value, n.unit) for n in there}
    return [_as_known(number, said, known) for number in said.numbers]


def _as_known(number: Number, said: Reading, known: set[tuple[Decimal, str]]) -> Number:
    if number.unit or (number.value, "") in known:
        return number
    return next((one for one in _readings(number, said) if (one.value, one.unit) in known), number)


def _readings(number: Number, said: Reading) -> list[Number]:
    """What it may stand for, the likeliest first."""
    text, found = said.text, []
    if _AGED.search(text[: number.start]) and _ENDS.match(text, number.end):
        found.append(replace(number, unit="години"))
    if _O_CLOCK.match(text, number.end):
        hour = (
            number.value
            if beyond_point(number.value) != _HALF
            else int(number.value) + Decimal("0.3")
        )
        found += [replace(number, value=hour + more, unit="ч.") for more in (0, 12)]
    return found + _scaled(number, said)


def _scaled(number: Number, said: Reading) -> list[Number]:
    before = [n for n in said.numbers if n.end <= number.start]
    return [
        replace(number, value=number.value * 10**power, unit=unit)
        for n in before
        if (power := power_in(said.text[n.start : n.end])) and number.value < 1000
        for unit in ("", n.unit)
    ]
