"""The many ways a date is written in Bulgaria, and the words that are no date."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.datelines import is_date_line
from digest.collect.relative import find_relative
from digest.collect.when import find_dates, parse_when

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def utc(text: str) -> str:
    when = parse_when(text, SOFIA)
    return when.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if when else ""


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20 ноември 2026 г., 9.05 ч.", "2026-11-20 07:05"),
        ("петък, 20 ноември 2026, в 9:05 ч.", "2026-11-20 07:05"),
        ("20 ное. 2026 | 09:05", "2026-11-20 07:05"),
        ("20.11.2026 г. 09:05 часа", "2026-11-20 07:05"),
        ("20.XI.2026 г.", "2026-11-19 22:00"),
        ("20/11/2026 09:05", "2026-11-20 07:05"),
        ("2026-11-20T09:05:00+02:00", "2026-11-20 07:05"),
        ("2026-11-20T09:05:00.000Z", "2026-11-20 09:05"),
        ("1795158300", "2026-11-20 07:05"),
        ("1795158300000", "2026-11-20 07:05"),
        ("20.11.26 09:05", "2026-11-20 07:05"),
        ("Nov 20, 2026 9:05 PM", "2026-11-20 19:05"),
        ("15 юли 2026, 9:05", "2026-07-15 06:05"),
    ],
)
def test_a_field_with_a_date_gives_its_moment(written: str, moment: str) -> None:
    """Months in words, short and Roman, two digits, epochs, the clock with a full stop."""
    assert utc(written) == moment


@pytest.mark.parametrize(
    "text", ["2026", "© 2025", "днес, 16:05", "31.11.2026", "1.13.2026", "12345"]
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    """A bare year, a word, a day that there is not."""
    assert utc(text) == ""


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("преди 2 часа", "2026-11-22 04:30"),
        ("Преди 15 минути", "2026-11-22 06:15"),
        ("преди час", "2026-11-22 05:30"),
        ("преди половин час", "2026-11-22 06:00"),
        ("днес, 7:10", "2026-11-22 05:10"),
        ("вчера в 21.40 ч.", "2026-11-21 19:40"),
        ("2 hours ago", "2026-11-22 04:30"),
        ("преди 3 дни", "2026-11-18 22:00"),
    ],
)
def test_relative_words_count_from_the_fetch(said: str, moment: str) -> None:
    """Only from the moment when the page was really fetched."""
    when = find_relative(said, NOW, SOFIA)

    assert when is not None
    assert when.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize(
    "said", ["днес, 23:59", "преди обяд", "преди 2 часа той каза, че идва", ""]
)
def test_what_lies_ahead_or_is_a_sentence_is_no_relative_date(said: str) -> None:
    """An hour that has not come was yesterday's page."""
    assert find_relative(said, NOW, SOFIA) is None


def test_the_changes_of_the_clock_are_right() -> None:
    """The last Sunday of October has an hour twice; both sides of it are told by the zone."""
    assert utc("24.10.2026 12:00") == "2026-10-24 09:00"
    assert utc("25.10.2026 12:00") == "2026-10-25 10:00"


@pytest.mark.parametrize("number", ["3.14", "5/4", "10.10", "1.2.3.4", "089 123 45 67", "24/7"])
def test_numbers_are_no_dates(number: str) -> None:
    """Results, versions and telephones."""
    assert find_dates(f"Общо {number} от всички", SOFIA) == []
    assert not is_date_line(number, SOFIA)
