"""Figures that follow from those of the source without a word that they are counted.

A sum or a difference of two figures of one sentence or of two that stand side by side; a share of
each; «девет от десет» for 90%; of the whole article the years between two years, the days between
two days, the time between two hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from digest.bulgarian.bounds import bound
from digest.bulgarian.days import resolved
from digest.bulgarian.measures import beyond_point
from digest.bulgarian.numbers import Number
from digest.summarise.counting import ORDINAL, ROUNDED
from digest.summarise.evidence import Reading, Witness

_ALTOGETHER = re.compile(r"(?<!\w)(?:общо|заедно|сумарно)(?!\w)", re.IGNORECASE)
_REST = re.compile(r"(?<!\w)(?:останал\w+|друг(?:ият|ата|ото|и|ите)|без)(?!\w)", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?<!\w)(?:още|извън|освен|дел[яи]т?|разлик\w*|по-\w+|повече)(?!\w)", re.IGNORECASE
)
_LARGE = 10
"""From here on few figures are the sum or the difference of two by chance."""
_EACH = re.compile(r"(?<!\w)(?:по|средно|всяк\w+|всеки|поравно)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"\s+от\s+(?:(?:всеки|всички|общо)\s+)?")
_ONE_OF = re.compile(
    r"(?<!\w)(?:един|една|едно|всеки|всяка|всяко)\s+(?:от|на)\s+(?:всеки\s+)?$", re.IGNORECASE
)
_EVERY = re.compile(r"(?<!\w)всек[аи]\w?\s+$|(?<!\w)всяк[ао]\s+$", re.IGNORECASE)
_ONE = re.compile(r"(?<!\w)(?:един|една|едно)(?!\w)", re.IGNORECASE)
_HARDLY = re.compile(r"(?<!\w)(?:малко|минути|броени минути|точно)\s+(?:преди|след)\s+$")
_HALF_AN_HOUR = 30
_NEAR_PART = Decimal("0.011")
_HUNDREDTHS = (("€", "ст."), ("лв.", "ст."), ("м", "см"))
"""A measure and the hundredth of it: «30 цента» lie between 3,20 and 2,90 евро."""
_NOT_COUNTED = frozenset({"г.", ORDINAL})
_DAYS = {"дни": 1, "седмици": 7, "месеца": 30}
_A_MONTH = 0.1
"""Part by which months, which have 28 to 31 days, may miss the days between."""


def reckoned(number: Number, said: Reading, witnesses: Sequence[Witness]) -> bool:
    """Whether a figure that no article has follows from some of an article."""
    places = [place for witness in witnesses for place in witness.sentences]
    return (
        any(_in_one(number, said, place) for place in places)
        or any(_of_two(number, said, one, two) for one, two in pairwise(places))
        or (number.value == 1 and any(_ONE.search(place.text) for place in places))
        or any(_between_hours(number, said, witness.whole) for witness in witnesses)
        or any(_between_years(number, witness) for witness in witnesses)
        or any(_between_days(number, said, witness) for witness in witnesses)
    )


def countable(number: Number, there: Sequence[Number]) -> bool:
    """Whether it is the sum or the difference of any two figures that may count the like."""
    return number.value in _sums(number, there)


def _in_one(number: Number, said: Reading, place: Reading) -> bool:
    return (
        _is_share(number, said, place.numbers)
        or number.value in _sums(number, place.numbers)
        or _shared_out(number, said, place.numbers)
    )


def _of_two(number: Number, said: Reading, one: Reading, two: Reading) -> bool:
    """A sum or a rest over two sentences, where a word tells that it is one, or it is large."""
    told = any(pattern.search(said.text) for pattern in (_ALTOGETHER, _REST, _COMPARED))
    told = told or bool(_REST.search(two.text)) or number.value >= _LARGE
    return told and number.value in _sums(number, [*one.numbers, *two.numbers])


def _sums(number: Number, figures: Sequence[Number]) -> Iterator[Decimal]:
    """Sums and differences of any two figures that count the like, and what is left of 100%."""
    alike = [n.value for n in figures if _counts_alike(number.unit, n.unit)]
    for a, b in combinations(alike, 2):
        yield from (a + b, abs(a - b))
    for great, small in _HUNDREDTHS:
        if number.unit == small:
            whole = [n.value for n in figures if n.unit in {great, ""}]
            yield from (abs(a - b) * 100 for a, b in combinations(whole, 2))
    if number.unit == "%":
        yield from (100 - n.value for n in figures if n.unit == "%")


def _counts_alike(unit: str, other: str) -> bool:
    return _NOT_COUNTED.isdisjoint({unit, other}) and (unit == other or "" in {unit, other})


def _shared_out(number: Number, said: Reading, figures: Sequence[Number]) -> bool:
    """«По 3200 евро за всяко» of 9600 for three, «208 коли» of eight times 26."""
    if not _EACH.search(said.text):
        return False
    return any(
        number.value in {a.value * b.value, a.value / b.value}
        for a, b in permutations(figures, 2)
        if b.value and not b.unit and _counts_alike(number.unit, a.unit)
    )


def _is_share(number: Number, said: Reading, figures: Sequence[Number]) -> bool:
    part = _part_of(number, said)
    if part is None:
        return False
    exact = bound(said.text, number.start, number.end) == "exactly"
    near = _NEAR_PART if exact else ROUNDED * part
    ratios = (
        a.value / b.value for a, b in permutations(figures, 2) if b.value and a.unit == b.unit
    )
    return any(_is_part(n, part, near) for n in figures) or any(
        abs(ratio - part) <= near for ratio in ratios
    )


def _part_of(number: Number, said: Reading) -> Decimal | None:
    """What part of one «девет от десет», «един на всеки пет» or «всеки трети» is."""
    before = said.text[: number.start]
    rough = bound(said.text, number.start, number.end) != "exactly"
    if number.unit == "%" and rough:  # an editor says «близо 80 на сто» of what he reckons
        return number.value / 100
    if number.value and (_ONE_OF.search(before) or _EVERY.search(before)):
        return 1 / number.value
    for few, many in zip(said.numbers, said.numbers[1:], strict=False):
        if number in {few, many} and 0 < few.value < many.value:
            return few.value / many.value if _OF.fullmatch(said.text, few.end, many.start) else None
    return None


def _is_part(number: Number, part: Decimal, near: Decimal) -> bool:
    whole = {"%": Decimal(100), "част": Decimal(1)}.get(number.unit)
    return whole is not None and abs(number.value / whole - part) <= near


def _between_hours(number: Number, said: Reading, place: Reading) -> bool:
    """Whether so much time lies between two hours or lengths of time of an article.

    Or is one of them («140 минути» for two hours and 20 minutes), or hardly before or after it.
    """
    mine = _minutes(number, said.text)
    if mine is None:
        return False
    lengths = [m for n in place.numbers if (m := _minutes(n, place.text)) is not None]
    near = _HALF_AN_HOUR if _HARDLY.search(said.text[: number.start]) else 0
    apart = [abs(a - b) for a, b in combinations(lengths, 2)]
    return mine in apart or any(abs(one - mine) <= near for one in lengths)


def _minutes(number: Number, text: str) -> Decimal | None:
    """The minutes of «пет часа и десет минути», which is read as 5,10, or of 4,5 hours."""
    if number.unit != "ч.":
        return number.value if number.unit == "мин" else None
    if not re.search(r"мин|[:.,]\d\d", text[number.start : number.end]):
        return number.value * 60
    return int(number.value) * 60 + beyond_point(number.value) * 100


def _between_years(number: Number, witness: Witness) -> bool:
    """«След седем години» in an article of 2026 that tells of 2019."""
    if number.unit != "години":
        return False
    years = {int(n.value) for n in witness.whole.numbers if n.unit == "г."}
    years |= {day.year for day in witness.whole.days if day.year}
    written = witness.article.date.at
    years |= {written.year} if written else set()
    return any(abs(a - b) == number.value for a, b in combinations(years, 2))


def _between_days(number: Number, said: Reading, witness: Witness) -> bool:
    """«Две седмици преди инцидента» where 30 June and 14 July are named."""
    if number.unit not in _DAYS:
        return False
    written = witness.article.date.at
    if written is None:
        return False
    base = written.date()
    named = {p for day in witness.whole.days for p in resolved(day, base)}
    dates = {d for pair in named if (d := _dated(pair, base))} | {base}
    mine = float(number.value) * _DAYS[number.unit]
    exact = bound(said.text, number.start, number.end) == "exactly"
    near = mine * (_A_MONTH if number.unit == "месеца" else 0 if exact else float(ROUNDED))
    apart = [abs((a - b).days) for a, b in combinations(dates, 2)]
    inclusive = [days + 1 for days in apart] if number.unit == "дни" else []
    return any(abs(days - mine) <= near for days in (*apart, *inclusive))


def _dated(pair: tuple[int, int], base: date) -> date | None:
    """The day and month in the year of the article; none where that year has no such day."""
    try:
        return date(base.year, pair[1], pair[0])
    except ValueError:
        return None
