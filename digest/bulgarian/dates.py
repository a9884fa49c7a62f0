"""Dates as the digest prints them."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = (
    "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември",
    "октомври", "ноември", "декември",
)  # fmt: skip
"""Names of the months; `MONTHS[0]` is January."""

WEEKDAYS = ("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя")
"""Names of the days; `WEEKDAYS[0]` is Monday, as `date.weekday()` counts."""


def day_month(day: date) -> str:
    """„20 ноември“."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]}"


def month_in_words(day: date) -> str:
    """„ноември 2026 г.“ with a no-break space before „г.“."""
    return f"{MONTHS[day.month - 1]} {day.year}\u00a0г."


def date_in_words(day: date) -> str:
    """„петък, 20 ноември 2026 г.“ with no-break spaces inside the date and before „г.“."""
    return f"{WEEKDAYS[day.weekday()]}, {day_month(day)} {day.year}\u00a0г."


def week_in_words(last: date) -> str:
    """The seven days that end on `last`: „14–20 ноември 2026 г.“, „28 ноември – 4 декември …“."""
    first = last - timedelta(days=6)
    if first.month == last.month:
        return f"{first.day}–{day_month(last)} {last.year}\u00a0г."
    year = "" if first.year == last.year else f" {first.year}\u00a0г."
    return f"{day_month(first)}{year} – {day_month(last)} {last.year}\u00a0г."
