"""Dates in words, as the sample outlets print them.

Kept apart from the product's own `digest/bulgarian/`: a sample that used it could not show an
error in it.
"""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = (
    "януари", "февруари", "март", "април", "май", "юни",
    "юли", "август", "септември", "октомври", "ноември", "декември",
)  # fmt: skip
_WEEKDAYS = ("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя")


def day_in_words(day: date) -> str:
    """`20 ноември 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """`19 ноември 2026, 16:35 ч.`."""
    return f"{day_in_words(moment)}, {moment:%H:%M} ч."


def header_day(day: date) -> str:
    """The page header's day as a text dump keeps it: `20 Ноември, 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()}, {day.year}"


def weekday_line(day: date) -> str:
    """The page header's day on an HTML page: `Петък, 20 ноември 2026 г.`."""
    return f"{_WEEKDAYS[day.weekday()].capitalize()}, {day_in_words(day)} г."
