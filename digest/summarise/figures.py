"""The gate on numbers and days."""

from __future__ import annotations

import re
from datetime import date

from digest.bulgarian.days import Day, resolved
from digest.bulgarian.numbers import Number
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, clauses

_SCORE = re.compile(r"(?<![\w:])\d{1,3}:\d{1,3}(?![\w:])")


def numbers_of(said: Reading, found: Support) -> list[Problem]:
    """Numbers that the article does not have, or has for something else."""
    problems = []
    for number in said.numbers:
        if number.unit == "г.":
            continue
        if number.unit == "-ти" and any(same(number, n) for n in found.witness.whole.numbers):
            continue
        expected = _number_fault(number, said, found)
        if expected is not None:
            problems.append(Problem("number", said.text[number.start : number.end], expected))
    return problems + _scores(said, found)


def _scores(said: Reading, found: Support) -> list[Problem]:
    """Results of a match, which are two numbers in one."""
    there = {s.lstrip("0"): s for s in _SCORE.findall(found.witness.whole.text)}
    mine = [s for s in _SCORE.findall(said.text) if s.lstrip("0") not in there]
    return [Problem("number", score, ", ".join(there.values())) for score in mine]


def same(one: Number, other: Number) -> bool:
    """Equal values, and units that do not contradict each other."""
    if one.value != other.value:
        return False
    return one.unit == other.unit or "" in {one.unit, other.unit} or _people(one, other)


def _people(one: Number, other: Number) -> bool:
    return {one.unit, other.unit} <= {"души", ""}


def _number_fault(number: Number, said: Reading, found: Support) -> str | None:
    """What the source says instead, or None when the number is right."""
    whole = found.witness.whole
    if not any(same(number, n) for n in whole.numbers):
        return _rivals(number, found)
    counted = _counted(said, number)
    there = {n.value: n for n in whole.numbers if counted and _counted(whole, n) & counted}
    if there and number.value not in there:
        return ", ".join(whole.text[n.start : n.end] for n in there.values())
    if any(same(number, n) for n in found.window.numbers):
        return _other_clause(number, said, found)
    slot = [n for n in found.sentence.numbers if n.unit == number.unit]
    missing = [n for n in slot if not any(same(n, own) for own in said.numbers)]
    if missing and found.near >= 0.5:
        return ", ".join(found.sentence.text[n.start : n.end] for n in missing)
    return None


def _other_clause(number: Number, said: Reading, found: Support) -> str | None:
    """«Износът спадна с 5%, вносът нарасна с 3%»: a figure stays with its own clause."""
    around = next((c for c in clauses(said.text) if any(same(number, n) for n in c.numbers)), said)
    own, rival, instead = 0, 0, ""
    for clause in clauses(found.sentence.text):
        shared = len(clause.terms & around.terms)
        alike = [n for n in clause.numbers if n.unit == number.unit]
        if any(same(number, n) for n in clause.numbers):
            own = max(own, shared)
        elif alike and shared > rival:
            rival, instead = shared, clause.text
    return instead if rival > 0 and own == 0 else None


def _rivals(number: Number, found: Support) -> str:
    """Numbers of the best place with the same unit, else all of them."""
    place = found.window
    alike = [n for n in place.numbers if n.unit == number.unit] or place.numbers
    return ", ".join(place.text[n.start : n.end] for n in alike)


def _counted(where: Reading, number: Number) -> frozenset[str]:
    """What is counted: the two content words after the number, up to a comma or a stop."""
    tail = re.split(r"[.,;:!?–()]|\sи\s", where.text[number.end : number.end + 60])[0]
    after = [lemma(w) for w in words(tail) if w not in STOPWORDS and not w[0].isdigit()]
    return frozenset(after[:1])


def days_of(said: Reading, found: Support) -> list[Problem]:
    """Days, weekdays, years and «вчера» that the article does not give."""
    published = found.witness.article.published_at
    base = published.date() if published else None
    problems = []
    for day in said.days:
        expected = _day_fault(day, said, found, base)
        if expected is not None:
            problems.append(Problem("date", said.text[day.start : day.end], expected))
    return problems + _years(said, found)


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


def _day_fault(day: Day, said: Reading, found: Support, base: date | None) -> str | None:
    whole, place = found.witness.whole, found.window
    if base and resolved(day, base) == {(base.day, base.month)} and day.shift is None:
        return None
    if any(_matches(day, other, base) for other in place.days):
        return None
    rivals = [d for d in place.days if not any(_matches(d, own, base) for own in said.days)]
    if any(_matches(day, other, base) for other in whole.days) and not (
        rivals and found.near >= 0.5
    ):
        return None
    return ", ".join(place.text[d.start : d.end] for d in rivals or place.days)


def _years(said: Reading, found: Support) -> list[Problem]:
    whole = found.witness.whole
    there = {n.value for n in whole.numbers} | {d.year for d in whole.days if d.year}
    here = [n for n in said.numbers if n.unit == "г." and n.value not in there]
    near = [n for n in found.window.numbers if n.unit == "г."]
    expected = ", ".join(found.window.text[n.start : n.end] for n in near)
    return [Problem("date", said.text[n.start : n.end], expected) for n in here]
