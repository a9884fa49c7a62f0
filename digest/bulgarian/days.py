"""Days that a text names: dates in digits and words, weekdays, «вчера».

A relative day means something only beside the day its article was published; it is never
resolved against today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from digest.bulgarian.dates import MONTHS, WEEKDAYS

_MONTH = "|".join(MONTHS)
_SHORT = ("ян", "фев", "мар", "апр", "май", "юни", "юли", "авг", "сеп", "окт", "ное", "дек")
_SHORT_MONTH = r"ян|февр?|апр|авг|септ?|окт|ноем?|дек"
_WORDED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:-(?:ви|ри|ти|ми))?\s+(?P<month>{_MONTH}|(?:{_SHORT_MONTH})\.)"
    r"(?:\s*,?\s*(?P<year>\d{4}))?(?:\s*(?:г\.|година(?:та)?))?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?<![\d.,])(?:(?:от|между)\s+(?P<from>\d{1,2})(?:-[втм]и)?\s+(?:до|и)"
    r"|(?P<day>\d{1,2})(?:-[втм]и)?(?:\s*[-–]|\s+и))\s*$"
)
"""The first of two days that share a month: «от 3 до 5 юни», «3–5 юни», «на 3 и 5 юни»."""
_LOOK_BACK = 20
"""Characters before a date in which the first day of a period stands."""
_DIGITS = re.compile(
    r"(?<![\d.,])(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})(?:\s*г\.)?(?!\d)"
    r"|(?<![\d.,])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
)
_MONTH_ALONE = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})(?:ск(?:и|а|о|ия|ият|ата|ото|ите))?(?:\s+(?P<year>\d{{4}}))?(?:\s*(?:г\.|година(?:та)?))?(?!\w)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?P<name>понеделник|вторник|сряда|четвъртък|петък|събота|неделя)(?:та|а|ът)?(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = {"онзи ден": -2, "завчера": -2, "вчера": -1, "снощи": -1, "днес": 0, "утре": 1,
             "вдругиден": 2, "тази сутрин": 0, "тази вечер": 0, "тази нощ": 0, "тазвечер": 0,
             "довечера": 0, "миналата нощ": -1}  # fmt: skip
_RELATIVE_WORD = re.compile(rf"(?<!\w)(?P<word>{'|'.join(_RELATIVE)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text; what is not said is None.

    `shift` counts days from the article's own date («вчера» is -1), `weekday` 0 is Monday.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None


def days(text: str) -> list[Day]:
    """Days named in `text`, in reading order, without overlaps.

    A period gives its first and last day: «от 3 до 5 юни» is 3 June and 5 June.
    """
    found: list[Day] = []
    for matches in (_worded(text), _in_digits(text), _months(text), _weekdays(text)):
        taken = [(d.start, d.end) for d in found]
        found += [d for d in matches if not any(a < d.end and d.start < b for a, b in taken)]
    found += [
        Day(m.start(), m.end(), shift=_RELATIVE[m.group("word").lower()])
        for m in _RELATIVE_WORD.finditer(text)
    ]
    return sorted(found, key=lambda d: d.start)


def resolved(day: Day, base: date | None) -> set[tuple[int, int]]:
    """The (day, month) pairs that a day may mean, given the article's date.

    A weekday may be the one before or the one after the article; without a date, nothing.
    """
    if day.day is not None and day.month is not None:
        return {(day.day, day.month)}
    if base is None:
        return set()
    if day.shift is not None:
        return {_pair(base + timedelta(days=day.shift))}
    if day.weekday is not None:
        back = (base.weekday() - day.weekday) % 7
        return {_pair(base - timedelta(days=back)), _pair(base + timedelta(days=7 - back))}
    return set()


def _pair(day: date) -> tuple[int, int]:
    return day.day, day.month


def _month(name: str) -> int:
    low = name.lower()
    if low in MONTHS:
        return MONTHS.index(low) + 1
    return next(n for n, short in enumerate(_SHORT, start=1) if low.startswith(short))


def _worded(text: str) -> list[Day]:
    found: list[Day] = []
    for m in _WORDED.finditer(text):
        month, year = _month(m.group("month")), _year(m)
        last = int(m.group("day"))
        first = _FIRST.search(text, max(0, m.start() - _LOOK_BACK), m.start())
        name = "from" if first and first.group("from") else "day"
        if first and 0 < int(first.group(name)) < last:
            found.append(Day(*first.span(name), int(first.group(name)), month, year))
        found.append(Day(m.start(), m.end(), last, month, year))
    return found


def _year(match: re.Match[str]) -> int | None:
    year = match.group("year")
    return int(year) if year else None


def _in_digits(text: str) -> list[Day]:
    found = []
    for m in _DIGITS.finditer(text):
        day, month = m.group("day") or m.group("d"), m.group("month") or m.group("m")
        if 1 <= int(month) <= 12:
            year = m.group("year") or m.group("y")
            found.append(Day(m.start(), m.end(), int(day), int(month), int(year)))
    return found


def _months(text: str) -> list[Day]:
    return [
        Day(m.start(), m.end(), month=_month(m.group("month")), year=_year(m))
        for m in _MONTH_ALONE.finditer(text)
    ]


def _weekdays(text: str) -> list[Day]:
    return [
        Day(m.start(), m.end(), weekday=WEEKDAYS.index(m.group("name").lower()))
        for m in _WEEKDAY.finditer(text)
    ]
