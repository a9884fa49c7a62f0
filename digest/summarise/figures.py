"""The gate on numbers: there at all, in their own place, and counting what the source counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from digest.bulgarian import quantities
from digest.bulgarian.bounds import bound
from digest.bulgarian.numbers import Number
from digest.bulgarian.verbs import finite
from digest.bulgarian.words import STOPWORDS
from digest.model import Problem
from digest.summarise.counting import ORDINAL, ROUNDED, by_counting
from digest.summarise.evidence import Reading, Support, Witness, akin
from digest.summarise.frames import Frame, contradicts, frame, turned
from digest.summarise.meaning import meant
from digest.summarise.reckoned import reckoned
from digest.summarise.slots import around, usurped
from digest.summarise.understood import understood

_SCORE = re.compile(r"(?<![\w:])\d{1,3}:\d{1,3}(?![\w:])")


def numbers_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """Numbers that the article does not have, or has for something else."""
    problems = []
    results = [m.span() for m in _SCORE.finditer(said.text)]
    for number in understood(said, figures_of(witnesses)):
        in_result = any(a <= number.start < b for a, b in results)
        if number.unit == "г." or in_result:
            continue
        if number.unit == ORDINAL and any(same(number, n) for n in found.witness.whole.numbers):
            continue
        expected = _number_fault(number, said, found, witnesses)
        if expected is not None:
            problems.append(Problem("number", said.text[number.start : number.end], expected))
    return problems + _scores(said, found)


def figures_of(witnesses: Sequence[Witness]) -> list[Number]:
    """All figures of the articles."""
    return [n for witness in witnesses for n in witness.whole.numbers]


def _scores(said: Reading, found: Support) -> list[Problem]:
    """Results of a match, which are two numbers in one; told from the other side they turn."""
    there = {_result(s): s for s in _SCORE.findall(found.witness.whole.text)}
    mine = [s for s in _SCORE.findall(said.text) if _result(s) not in there]
    return [Problem("number", score, ", ".join(there.values())) for score in mine]


def _result(score: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in score.split(":")))


_TIMES = {
    ("част", "%"): Decimal(100),
    ("века", "години"): Decimal(100),
    ("десетилетия", "години"): Decimal(10),
    ("години", "месеца"): Decimal(12),
    ("месеца", "дни"): Decimal(30),
    ("седмици", "дни"): Decimal(7),
    ("дни", "ч."): Decimal(24),
    ("ч.", "мин"): Decimal(60),
    ("€", "ст."): Decimal(100),
    ("лв.", "ст."): Decimal(100),
    ("MW", "kW"): Decimal(1000),
    ("GW", "MW"): Decimal(1000),
    ("MWh", "kWh"): Decimal(1000),
    ("т", "кг"): Decimal(1000),
    ("км", "м"): Decimal(1000),
    ("м", "см"): Decimal(100),
    ("см", "мм"): Decimal(10),
    ("ха", "дка"): Decimal(10),
}
"""How many of the second unit one of the first is."""
_A_PART = Decimal("0.5")
"""Per cent that a part in words may differ by: «една трета» is 33%."""


def same(one: Number, other: Number) -> bool:
    """Equal values, and units that do not contradict each other; or equal in another unit."""
    if one.value == other.value and _agree(one.unit, other.unit):
        return True
    return _comes_to(one, other) or _comes_to(other, one)


def _comes_to(one: Number, other: Number) -> bool:
    times = _TIMES.get((one.unit, other.unit))
    near = _A_PART if other.unit == "%" else 0
    return times is not None and abs(one.value * times - other.value) <= near


_TIME = frozenset({"години", "месеца", "седмици", "дни", "мин"})


def _agree(one: str, other: str) -> bool:
    """Whether two units do not contradict: one may be left out, but no span of time."""
    return one == other or ("" in {one, other} and _TIME.isdisjoint({one, other}))


def _number_fault(
    number: Number, said: Reading, found: Support, witnesses: Sequence[Witness]
) -> str | None:
    """What the source says instead, or None when the number is right."""
    there = [
        n
        for w in witnesses
        for n in w.whole.numbers
        if not _plain_count(number, said, n) and not _plain_count(n, w.whole, number)
    ]
    if not any(same(number, n) for n in there):
        if number.unit == ORDINAL:
            return _other_place(number, said, witnesses)
        return None if follows(number, said, there, witnesses) else _rivals(number, found)
    if instead := _other_measure(number, there):
        return instead
    if instead := _counts_another(number, said, found) or _of_only_some(number, said, witnesses):
        return instead
    if instead := _meant_otherwise(number, said, witnesses):
        return instead
    return (
        usurped(
            around(said, number.start, number.end),
            witnesses,
            lambda place: any(same(number, n) for n in place.numbers),
            lambda place: any(may_rival(n, number, place, said) for n in place.numbers),
        )
        or None
    )


def follows(
    number: Number, said: Reading, there: Sequence[Number], witnesses: Sequence[Witness]
) -> bool:
    """Whether a figure that is not there follows from those that are, or is one, rounded."""
    return (
        by_counting(number, said, there)
        or any(rounded(said.text, number, n) for n in there)
        or _resumed(said.text, number)
        or reckoned(number, said, witnesses)
    )


def may_rival(other: Number, number: Number, place: Reading, said: Reading) -> bool:
    """Whether a figure of the source could stand here: of the same unit, of the same things."""
    if other.unit != number.unit or any(same(other, m) for m in said.numbers):
        return False
    if number.unit == "години" and aged(place.text, other) != aged(said.text, number):
        return False  # a term is no age
    mine, theirs = frame(said.text, number, said.numbers), frame(place.text, other, place.numbers)
    if contradicts(mine, theirs):  # «със 160 евро» does not stand for «стана 1480 евро»
        return False
    return bool(number.unit) or _things(other, place.text, number, said.text)


_YEARS_OLD = re.compile(r"\d-?годиш|[а-я]годиш", re.IGNORECASE)
_OF_AGE = re.compile(r"(?<!\w)на\s+(?:\w+\s+и\s+)?$", re.IGNORECASE)
_TERM = re.compile(r"\s*(?:изпитател|мандат|срок|период|план|програм|договор|ремонт|традици)")


def aged(text: str, number: Number) -> bool:
    """Whether years are an age: «27-годишният Пътев», «на 34 години»; no «петгодишен срок»."""
    if _YEARS_OLD.search(text[number.start : number.end]):
        return not _TERM.match(text, number.end)
    return bool(_OF_AGE.search(text[: number.start]))


def _things(other: Number, place: str, number: Number, said: str) -> bool:
    mine, theirs = counted(said, number), counted(place, other)
    return mine is None or theirs is None or mine == theirs or akin(mine, {theirs})


def _plain_count(one: Number, where: Reading, other: Number) -> bool:
    """Whether one counts things by name («45 работници») and the other measures («45 км»)."""
    if one.unit or other.unit not in MEASURED:
        return False
    after = re.match(r"\s([а-я]{4,})", where.text[one.end :])
    if after is None or one.value >= _LARGE:
        return False
    return after.group(1) not in STOPWORDS and not finite(after.group(1))


_LARGE = 100_000
"""From here on figures are sums more often than counts."""
MEASURED = frozenset(
    {"км", "м", "кг", "т", "л", "дка", "ха", "кв.м", "%", "°", "kW", "MW", "€", "лв."}
)


def _other_place(number: Number, said: Reading, witnesses: Sequence[Witness]) -> str | None:
    """Another ordinal of the same thing; «третият участник» counts what may be counted so."""
    mine = counted(said.text, number)
    return next(
        (
            one.text[n.start : n.end]
            for witness in witnesses
            for one in witness.sentences
            for n in one.numbers
            if n.unit == ORDINAL and mine is not None and counted(one.text, n) == mine
        ),
        None,
    )


def _meant_otherwise(number: Number, said: Reading, witnesses: Sequence[Witness]) -> str:
    """«С 346 евро» for «става 346», «над» for «до», «на месец» for «на година»."""
    there = [
        (one, n)
        for witness in witnesses
        for one in witness.sentences
        for n in one.numbers
        if same(number, n)
    ]
    mine = frame(said.text, number, said.numbers)
    frames = [frame(one.text, n, one.numbers) for one, n in there]
    return there[0][0].text if turned(mine, frames) or _of_then(mine, there) else ""


def _of_then(mine: Frame, there: Sequence[tuple[Reading, Number]]) -> bool:
    """Whether a figure of then is told as one of now, or the other way round.

    Only where the source sets the two beside each other, in one sentence, and by more than the
    tense of a verb, in which all of a report may be told.
    """
    if not there or len({id(one) for one, _ in there}) > 1:
        return False
    place, number = there[0]
    frames = [frame(place.text, n, place.numbers) for n in place.numbers if n.unit == number.unit]
    theirs = frame(place.text, number, place.numbers)
    eras = {one.era for one in frames}
    apart = eras >= {"past", "now"} or (len(eras) > 1 and any(one.then for one in frames))
    return apart and "past" in eras and (mine.era == "past") != (theirs.era == "past")


_SHARES = frozenset({"%", "п.п."})
_RESUMED = re.compile(r"(?:двамата|двете|двата|тримата|трите)$", re.IGNORECASE)


def rounded(text: str, number: Number, other: Number) -> bool:
    """«Над 3000» for 3100, «близо 600» for 588: round, and on the side that is said."""
    meant_as = bound(text, number.start, number.end)
    value = _in_unit(other, number.unit)
    if meant_as == "exactly" or value is None or not number.value:
        return False
    more = (value - number.value) / number.value
    if meant_as == "above":
        return 0 <= more <= ROUNDED
    return -ROUNDED <= more <= (0 if meant_as == "below" else ROUNDED)


def _in_unit(number: Number, unit: str) -> Decimal | None:
    """Its value in that unit: three weeks and a half of 24 days; None where it has none."""
    if _agree(unit, number.unit):
        return number.value
    if times := _TIMES.get((unit, number.unit)):
        return number.value / times
    times = _TIMES.get((number.unit, unit))
    return number.value * times if times else None


def _resumed(text: str, number: Number) -> bool:
    """«Двете» and «тримата» point to what was named; they count nothing anew."""
    return bool(_RESUMED.search(text[number.start : number.end].split(maxsplit=1)[0]))


def _other_measure(number: Number, there: Sequence[Number]) -> str | None:
    """Per cent for points of it, or the other way round."""
    equal = {n.unit for n in there if n.value == number.value} & _SHARES
    return (
        ", ".join(equal) if number.unit in _SHARES and equal and number.unit not in equal else None
    )


_ALL = re.compile(r"(?<!от )(?<!\w)всички(?:те)?\s+(?:общо\s+)?$", re.IGNORECASE)
_SOME_OF = re.compile(r"\s+от\s+(?:тях|[а-я]+(?:те|ата)(?!\w))", re.IGNORECASE)
_OUT_OF = re.compile(r"(?<!\w)от\s+(?:общо\s+|всички(?:те)?\s+)?$", re.IGNORECASE)

LEAST_OF_SOME = 2
"""Ideas that two sentences have in common which tell the same of all and of some."""


def _of_only_some(number: Number, said: Reading, witnesses: Sequence[Witness]) -> str:
    """Where the source tells the same of some: «всички 21 гласуваха» for «15 от общо 21»."""
    if not _ALL.search(said.text[: number.start]):
        return ""
    there = [(s, n) for w in witnesses for s in w.sentences for n in s.numbers if same(number, n)]
    some = [place.text for place, n in there if _OUT_OF.search(place.text[: n.start])]
    told = all(len(said.ideas & place.ideas) >= LEAST_OF_SOME for place, _ in there)
    return some[0] if told and some and len(some) == len(there) else ""


def _counts_another(number: Number, said: Reading, found: Support) -> str | None:
    """What the source says of the very word that this number counts, when it is another number."""
    mine = counted(said.text, number)
    if mine is None:
        return None
    rivals: list[str] = []
    for place in found.places:
        for other in place.numbers:
            theirs = counted(place.text, other)
            if theirs != mine:
                continue
            if same(number, other):
                return None
            if any(same(other, one) for one in said.numbers):
                continue
            if other.unit == number.unit and not _a_part(place.text, other):
                rivals.append(place.text[other.start : other.end])
    known = any(same(number, n) for place in found.places for n in place.numbers)
    return ", ".join(rivals) or None if known else None


def _a_part(text: str, number: Number) -> bool:
    """«Три от пострадалите», «38 от 90»: some of those that another figure counts."""
    return bool(_SOME_OF.match(text, number.end) or _OUT_OF.search(text[: number.start]))


def counted(text: str, number: Number) -> str | None:
    """The idea of what a number counts, None where nothing beside it says."""
    word = quantities.counted(text, number.start, number.end)
    return meant(word) if word else None


def _rivals(number: Number, found: Support) -> str:
    """Numbers of the best place with the same unit, else all of them."""
    place = found.window
    alike = [n for n in place.numbers if n.unit == number.unit] or place.numbers
    return ", ".join(place.text[n.start : n.end] for n in alike)
