"""The gate on days: dates, weekdays, «вчера» and years, each against the article's own date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from digest.bulgarian.days import Day, resolved
from digest.bulgarian.numbers import Number
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, Witness
from digest.summarise.frames import side
from digest.summarise.slots import SAYING, around, usurped

_END_OF = re.compile(r"кра[яй](?:т)?\s+на\s+(?:месец\s+)?$", re.IGNORECASE)
_LAST_YEAR = re.compile(r"миналата година|миналогодиш|лани|преди година|предходната година")
_NEXT_YEAR = re.compile(r"догодина|следващата година|идната година")
SAME_EVENT = 0.5
"""Share of what is said around a day that makes a sentence the one meant."""
_YEAR = "г."
LEAST_RIVAL = 0.4
"""How well another day's place must fit; lower than for names, since few days are rivals."""


def days_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """Days, weekdays, years and «вчера» that the articles lack, or give to something else."""
    problems = []
    for day in said.days:
        expected = _day_fault(day, said, found, witnesses)
        if expected is not None:
            problems.append(Problem("date", said.text[day.start : day.end], expected))
    return problems + _years(said, found, witnesses)


def _day_fault(day: Day, said: Reading, found: Support, witnesses: Sequence[Witness]) -> str | None:
    """What the source says instead, or None when the day is right."""
    tellers = [w for w in witnesses if _tells(day, w)]
    if not tellers:
        spans = any(in_a_span(day, w.whole.text) for w in witnesses)
        return None if spans else _instead(day, said, found)
    base = base_of(tellers[0])
    if instead := _other_side(day, said, tellers):
        return instead
    return (
        usurped(
            around(said, day.start, day.end),
            witnesses,
            lambda place: any(means(day, other, place.text, base) for other in place.days),
            lambda place: any(
                not any(means(own, other, place.text, base) for own in said.days)
                for other in place.days
            ),
            LEAST_RIVAL,
        )
        or None
    )


def _other_side(day: Day, said: Reading, tellers: Sequence[Witness]) -> str:
    """«От 2 октомври» for «до 2 октомври», where the source has the day on the other side only."""
    mine = side(said.text, day.start)
    sides = {
        side(one.text, other.start): one.text
        for witness in tellers
        for one in witness.sentences
        for other in one.days
        if means(day, other, one.text, base_of(witness))
    }
    plain = mine and len(sides) == 1 and mine not in sides and "" not in sides
    return next(iter(sides.values())) if plain else ""


def base_of(witness: Witness) -> date | None:
    published = witness.article.published_at
    return published.date() if published else None


def _tells(day: Day, witness: Witness) -> bool:
    """Whether the article names the day, in whatever words."""
    base, whole = base_of(witness), witness.whole
    return any(means(day, other, whole.text, base) for other in whole.days)


def means(day: Day, other: Day, text: str, base: date | None) -> bool:
    """Whether a day of the summary is the one that `text` names, seen from the article's day."""
    return _matches(day, other, base) or _closes(day, other, text, base)


_SPANS = {
    r"първ(?:ото|о)\s+тримесечие|първите\s+три\s+месеца": {1, 3},
    r"втор(?:ото|о)\s+тримесечие": {4, 6},
    r"трет(?:ото|о)\s+тримесечие": {7, 9},
    r"(?:четвърто(?:то)?|последно(?:то)?)\s+тримесечие": {10, 12},
    r"първ(?:ото|о)\s+полугодие|първите\s+шест\s+месеца": {1, 6},
    r"втор(?:ото|о)\s+полугодие|втората\s+половина\s+на\s+годината": {7, 12},
    r"първите\s+девет\s+месеца": {1, 9},
    r"начало(?:то)?\s+на\s+(?:\w+\s+)?година|Нова година": {1},
    r"кра[яй](?:т)?\s+на\s+(?:\w+\s+)?година": {12},
}
"""Spans of the year, and the months that a text may name in their place: first and last."""
_SPAN = {
    re.compile(rf"(?<!\w)(?:{said})", re.IGNORECASE): months for said, months in _SPANS.items()
}


def in_a_span(day: Day, text: str) -> bool:
    """«Между април и юни» for the second quarter, «1 януари» for Нова година."""
    if day.month is None or day.day not in {None, 1, 30, 31}:
        return False
    return any(day.month in months and span.search(text) for span, months in _SPAN.items())


def _closes(day: Day, other: Day, text: str, base: date | None) -> bool:
    """«31 март» for «края на март»."""
    if day.day is None or other.day is not None or day.month is None or other.month != day.month:
        return False
    year = day.year or other.year or (base.year if base else 2000)
    last = calendar.monthrange(year, day.month)[1]
    return day.day == last and bool(_END_OF.search(text[: other.start]))


def _matches(day: Day, other: Day, base: date | None) -> bool:
    if day.year and other.year and day.year != other.year:
        return False
    if day.shift is not None and day.shift == other.shift:
        return True
    if day.weekday is not None and day.weekday == other.weekday:
        return True
    if day.month and day.day is None:
        return day.month == other.month
    return bool(resolved(day, base) & resolved(other, base))


def _yesterday(day: Day, said: Reading, found: Support) -> str:
    """The day that the source gives to what is said of the article's own: «вчера» is not today."""
    context = around(said, day.start, day.end) - SAYING
    base = base_of(found.witness)
    fits = [
        (len(context & one.ideas) / len(context), one) for one in found.witness.sentences if context
    ]
    share, place = max(fits, key=lambda fit: fit[0], default=(0.0, said))
    others = [d for d in place.days if not any(_matches(d, o, base) for o in said.days)]
    if share < SAME_EVENT or not others or any(_matches(day, d, base) for d in place.days):
        return ""
    return ", ".join(place.text[d.start : d.end] for d in others)


def _instead(day: Day, said: Reading, found: Support) -> str | None:
    """The days of the best place; None for the article's own day where that names no other.

    News of a day that names no day is of that day.
    """
    base = base_of(found.witness)
    rivals = [d for d in found.sentence.days if not any(_matches(d, o, base) for o in said.days)]
    own = bool(base) and (base.day, base.month) in resolved(day, base) if base else day.shift == 0
    if own and not rivals:
        return _yesterday(day, said, found) or None
    place = found.around
    others = [d for d in place.days if not any(_matches(d, o, base) for o in said.days)]
    return ", ".join(place.text[d.start : d.end] for d in others or place.days)


def _years(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    problems = []
    for number in said.numbers:
        if number.unit != _YEAR:
            continue
        expected = _year_fault(number, said, found, witnesses)
        if expected is not None:
            problems.append(Problem("date", said.text[number.start : number.end], expected))
    return problems


def _year_fault(
    number: Number, said: Reading, found: Support, witnesses: Sequence[Witness]
) -> str | None:
    year = int(number.value)
    if not any(year in _years_of(w) for w in witnesses):
        near = [n for n in found.window.numbers if n.unit == _YEAR]
        return ", ".join(found.window.text[n.start : n.end] for n in near)
    if not any(year in _named(w.whole) for w in witnesses):
        return None
    mine = _named(said)
    return (
        usurped(
            around(said, number.start, number.end),
            witnesses,
            lambda place: year in _named(place),
            lambda place: bool(_named(place) - mine),
        )
        or None
    )


def _named(where: Reading) -> set[int]:
    """Years in digits."""
    return {int(n.value) for n in where.numbers if n.unit == _YEAR} | {
        d.year for d in where.days if d.year
    }


def _years_of(witness: Witness) -> set[int]:
    """Years that the article names, or means by its own date."""
    whole, base = witness.whole, base_of(witness)
    found = {int(n.value) for n in whole.numbers if n.unit == _YEAR or not n.unit}
    found |= {d.year for d in whole.days if d.year}
    if base is None:
        return found
    found.add(base.year)
    low = whole.text.lower()
    if _LAST_YEAR.search(low):
        found.add(base.year - 1)
    if _NEXT_YEAR.search(low):
        found.add(base.year + 1)
    spans = {int(n.value) for n in whole.numbers if n.unit == "години" and n.value < 100}
    return found | {base.year - years for years in spans}
