"""When „no such user“ is believed, by numbers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.deliver.denials import FEW, LEAST, WINDOW, incredible, noted, too_many
from digest.deliver.pace import counted, resumed
from digest.model import LaneState

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NEW = LaneState("gmail", NOW)


@pytest.mark.parametrize(
    ("hard", "seen", "while_sending", "at_the_end"),
    [
        (LEAST - 1, LEAST - 1, False, True),
        (LEAST, LEAST, True, True),
        (LEAST, 5 * LEAST, False, False),
        (LEAST + 1, 5 * LEAST, True, True),
        (FEW, FEW, False, True),
        (FEW - 1, FEW - 1, False, False),
        (FEW, 2 * FEW, False, False),
        (0, 0, False, False),
    ],
)
def test_how_many_are_too_many(
    hard: int, seen: int, *, while_sending: bool, at_the_end: bool
) -> None:
    """A fifth of many; of few nearly all, and only when no more answers come."""
    assert too_many(hard, seen) is while_sending
    assert incredible(hard, seen) is at_the_end


def test_a_provider_that_breaks_after_a_good_hour_is_noticed() -> None:
    """Ten thousand were taken; of the next ones all are denied, and it stops within a hundred."""
    state = NEW
    for _ in range(100):
        state = noted(state, {"accepted": 100})
    asked = 0
    while not state.stopped and asked < 10_000:
        state, asked = noted(state, {"hard": 10}, "550 5.1.1"), asked + 10

    assert asked <= 100
    assert (state.stopped, state.doubted) == ("550 5.1.1", True)


def test_one_dead_in_fifty_never_stops_a_lane() -> None:
    """However long the list: that is what lists are like."""
    state = NEW
    for _ in range(200):
        state = noted(state, {"accepted": 49, "hard": 1}, "550 5.1.1")

    assert state.stopped == ""
    assert state.seen <= WINDOW


def test_a_lane_stopped_for_us_keeps_its_reason() -> None:
    """What a person must look at is the first thing that went wrong."""
    stopped = replace(NEW, stopped="554 5.7.1 блокиран")

    after = noted(stopped, {"hard": 3 * LEAST}, "550 5.1.1")

    assert (after.stopped, after.doubted) == ("554 5.7.1 блокиран", False)


def test_the_count_begins_anew_with_the_day_and_with_a_persons_word() -> None:
    """Yesterday's thousand say nothing of a small list today."""
    yesterday = noted(counted(NEW, {"hard": 15}, NOW, TODAY), {"hard": 15}, "550")

    today = counted(yesterday, {"accepted": 1}, NOW, TODAY + timedelta(days=1))
    again = resumed(noted(yesterday, {"hard": 15}, "550"), NOW)

    assert (yesterday.hard, today.hard, today.seen) == (15, 0, 0)
    assert (again.stopped, again.doubted, again.hard, again.seen) == ("", False, 0, 0)
