"""Moments as a person says them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.bulgarian.moments import moment

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 20, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(0), "днес, 7:05"),
        (timedelta(hours=7), "днес, 0:05"),
        (timedelta(hours=8), "вчера, 23:05"),
        (timedelta(days=-1), "утре, 7:05"),
        (timedelta(days=2), "18\u00a0ноември"),
        (timedelta(days=400), "16\u00a0октомври 2025\u00a0г."),
    ],
)
def test_a_moment_is_said_from_where_the_reader_stands(back: timedelta, said: str) -> None:
    """In the reader's zone; the year only when it is another."""
    assert moment(NOW - back, now=NOW, zone=SOFIA) == said
