"""Written dates: what is one, in which zone, and what is only a word."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.datelines import is_date_line
from digest.collect.when import find_dates, parse_when

SOFIA = ZoneInfo("Europe/Sofia")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30 декември 2022, 16:05", "2022-12-30T16:05:00+02:00"),
        ("Петък, 30 декември 2022 г.", "2022-12-30T00:00:00+02:00"),
        ("Пет, 30 Дек 2022 16:05:00 +0200", "2022-12-30T16:05:00+02:00"),
        ("05 яну 2021 / 14:00", "2021-01-05T14:00:00+02:00"),
        ("30.12.2022 16:05", "2022-12-30T16:05:00+02:00"),
        ("03.04.2022", "2022-04-03T00:00:00+03:00"),
        ("25.12.2020 г., 10:32", "2020-12-25T10:32:00+02:00"),
        ("12.11.2026 г. в 9.05 ч.", "2026-11-12T09:05:00+02:00"),
        ("Fri, 30 Dec 2022 16:05:00 EET", "2022-12-30T16:05:00+02:00"),
        ("Thu, 30 Jun 2022 16:05:00 EEST", "2022-06-30T16:05:00+03:00"),
        ("Fri, 30 Dec 2022 14:05:00 GMT", "2022-12-30T14:05:00+00:00"),
        ("Fri, 30 Dec 2022 16:05:00", "2022-12-30T16:05:00+02:00"),
        ("2022-12-30 16:05:00", "2022-12-30T16:05:00+02:00"),
        ("2022-12-30T16:05:00.123Z", "2022-12-30T16:05:00+00:00"),
        ("December 30, 2022 16:05", "2022-12-30T16:05:00+02:00"),
    ],
)
def test_dates_of_feeds_and_pages_are_read(text: str, iso: str) -> None:
    """ISO, RFC 5322, Bulgarian words and day-first numbers; naive times are local."""
    when = parse_when(text, SOFIA)

    assert when is not None
    assert when.at == datetime.fromisoformat(iso)


@pytest.mark.parametrize(
    "text", ["днес, 16:05", "2026", "вчера", "31.02.2022", "© 2025", "99.99.2022", ""]
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    """A relative day, a bare year and an impossible day are no dates."""
    assert parse_when(text, SOFIA) is None


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    """Nothing makes the search fail, and spans lie in the text."""
    for when in find_dates(text, SOFIA):
        assert 0 <= when.start < when.end <= len(text)


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2039, 12, 31)))
def test_day_first_numbers_are_read_back(at: datetime) -> None:
    """DD.MM.YYYY HH:MM is never read month first."""
    when = parse_when(at.strftime("%d.%m.%Y %H:%M"), SOFIA)

    assert when is not None
    assert (when.at.year, when.at.month, when.at.day) == (at.year, at.month, at.day)


def test_a_line_of_a_date_is_told_from_a_sentence() -> None:
    """A date line holds next to nothing else."""
    assert is_date_line("26 Декември, 2026 | София 12°C", SOFIA)
    assert is_date_line("Публикувана: 28.06.2018 г. 12:18", SOFIA)
    assert not is_date_line("На 24 февруари 2018 г. ще се срещнат двамата министри.", SOFIA)
