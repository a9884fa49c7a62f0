"""What speaks for and against a sentence as to its figures, as numbers to be weighed.

Of several figures it is the one of which least is so that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.bulgarian.numbers import Number
from digest.summarise.counting import ORDINAL
from digest.summarise.evidence import Reading, Witness
from digest.summarise.figures import (
    MEASURED,
    counted,
    figures_of,
    follows,
    may_rival,
    rounded,
    same,
)
from digest.summarise.reckoned import countable
from digest.summarise.slots import around, best_fits
from digest.summarise.understood import understood

UNKNOWN = 0.75
"""Worth of a figure of which nothing tells what it counts."""
UNTOLD = 0.5
"""Worth of one where only the source does not say."""
_NO_FIGURES = frozenset({"г.", ORDINAL})
"""Units of years and ordinals, which are asked elsewhere."""


def figure_signals(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """Signals of the kind „number“; those that begin with „its“ speak for the sentence."""
    there = figures_of(witnesses)
    figures = [n for n in understood(said, there) if n.unit not in _NO_FIGURES]
    stand = [n for n in figures if any(map(_alike(n, said), there))]
    follow = [n for n in figures if n not in stand and follows(n, said, there, witnesses)]
    asked = [n for n in figures if n not in follow]
    counted_out = [n for n in asked if n not in stand and countable(n, there)]
    fits = [_fits(n, said, witnesses) for n in asked]
    return {
        "number: nowhere so": float(len(asked) - len(stand) - len(counted_out)),
        "number: only counted out": float(len(counted_out)),
        "number: of another measure": float(sum(_other_measure(n, there) for n in asked)),
        "number: its place": min((own for own, _ in fits), default=1.0),
        "number: another's place": max((max(0.0, other - own) for own, other in fits), default=0.0),
        "number: its thing": min((_thing(n, said, witnesses) for n in asked), default=1.0),
    }


def _other_measure(number: Number, there: Sequence[Number]) -> bool:
    """Whether the source has the figure, and only as a measure of something else: «90 км/ч»."""
    units = {n.unit for n in there if n.value == number.value}
    return bool(units) and units | {number.unit} <= MEASURED and number.unit not in units


def _alike(number: Number, said: Reading) -> Callable[[Number], bool]:
    return lambda other: same(number, other) or rounded(said.text, number, other)


def _fits(number: Number, said: Reading, witnesses: Sequence[Witness]) -> tuple[float, float]:
    """How well the figure's best clause fits what is said around it, and that of a rival."""
    alike = _alike(number, said)
    return best_fits(
        around(said, number.start, number.end),
        witnesses,
        lambda place: any(map(alike, place.numbers)),
        lambda place: any(may_rival(n, number, place, said) for n in place.numbers),
    )


def _thing(number: Number, said: Reading, witnesses: Sequence[Witness]) -> float:
    """Whether some place counts the same thing by that figure (0…1)."""
    mine, alike = counted(said.text, number), _alike(number, said)
    if mine is None:
        return UNKNOWN
    places = (one for witness in witnesses for one in witness.sentences)
    found = {counted(one.text, n) for one in places for n in one.numbers if alike(n)}
    return 1.0 if mine in found else UNTOLD if None in found else 0.0
