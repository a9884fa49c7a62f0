"""The pace of a lane: a bucket, halving, recovery, a day's cap, and the stop-loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pace import (
    FREE,
    HOLD,
    LEAST_RATE,
    ONE_COMPLAINT,
    STOP_LEAST,
    USUAL_RATE,
    LanePlan,
    allowance,
    counted,
    heard,
    rate_of,
    rest_of,
    resumed,
    taken,
    warmed_up,
)
from digest.model import DeliveryId, LaneState, Outcome, Result

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NEW = LaneState("gmail", NOW)
MINUTE = timedelta(minutes=1)
SLOW = Result(DeliveryId("d"), Outcome.RETURNED, "throttle", 421, "4.7.0")


def test_a_lane_without_a_plan_has_no_limit() -> None:
    """Nothing is held back that nobody asked to hold back."""
    assert allowance(NEW, FREE, NOW, TODAY) is None
    assert taken(NEW, FREE, NOW, 500) == NEW


def test_a_bucket_fills_with_its_rate_and_holds_ten_seconds_of_it() -> None:
    """60 a minute: one a second, and at most ten at once after a rest."""
    plan = LanePlan(per_minute=60)

    assert allowance(NEW, plan, NOW, TODAY) == 0
    assert allowance(NEW, plan, NOW + timedelta(seconds=3), TODAY) == 3
    assert allowance(NEW, plan, NOW + timedelta(hours=1), TODAY) == 10
    after = taken(NEW, plan, NOW + timedelta(hours=1), 10)
    assert allowance(after, plan, NOW + timedelta(hours=1, seconds=2), TODAY) == 2


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 50)), max_size=30),
    st.integers(1, 600),
)
def test_no_more_leaves_than_the_rate_and_one_burst(
    steps: list[tuple[int, int]], rate: int
) -> None:
    """Whoever asks and however often: in t minutes at most rate × t and what one burst holds."""
    plan, state, now, sent = LanePlan(per_minute=rate), NEW, NOW, 0
    for seconds, wanted in steps:
        now += timedelta(seconds=seconds)
        took = min(wanted, allowance(state, plan, now, TODAY) or 0)
        state, sent = taken(state, plan, now, took), sent + took

    assert sent <= rate * ((now - NOW) / MINUTE) + max(1, rate / 6) + 1e-6


@given(rate=st.floats(min_value=0.2, max_value=600), took=st.integers(min_value=1, max_value=150))
def test_after_its_rest_a_lane_has_a_message_again(rate: float, took: int) -> None:
    """Who looks before that takes nothing, and who looks then takes something."""
    plan = LanePlan(per_minute=rate)
    empty = taken(NEW, plan, NOW, max(took, allowance(NEW, plan, NOW, TODAY) or 0))

    rest = rest_of(empty, plan, NOW, TODAY)

    assert rest is not None
    assert rest > timedelta(0)
    then, before = NOW + rest + timedelta(milliseconds=1), NOW + rest / 2
    assert allowance(empty, plan, then, TODAY) == 1
    assert allowance(empty, plan, before, TODAY) == 0


def test_a_complaint_halves_what_went_lately_and_lets_the_lane_rest() -> None:
    """1 000 in this minute become 500 a minute, after a pause."""
    busy = counted(NEW, {"accepted": 1000}, NOW, TODAY)

    slower = heard(busy, FREE, SLOW, NOW)

    assert rate_of(slower, FREE, NOW) == 500
    assert allowance(slower, FREE, NOW + HOLD - timedelta(seconds=1), TODAY) == 0
    assert (allowance(slower, FREE, NOW + HOLD, TODAY) or 0) > 0


def test_several_connections_complain_once() -> None:
    """Ten workers hear the same „slow down“; the rate is halved once, the pause is renewed."""
    first = heard(NEW, FREE, SLOW, NOW)

    again = heard(first, FREE, SLOW, NOW + ONE_COMPLAINT / 2)
    later = heard(first, FREE, SLOW, NOW + ONE_COMPLAINT)

    assert again.rate == first.rate == USUAL_RATE / 2
    assert again.held_until == NOW + ONE_COMPLAINT / 2 + HOLD
    assert later.rate is not None
    assert later.rate < USUAL_RATE / 2


def test_complaints_never_end_in_standstill() -> None:
    """There is a least rate, so that an edition is not lost for a relay's mood."""
    state, now = NEW, NOW
    for _ in range(30):
        now += ONE_COMPLAINT
        state = heard(state, FREE, SLOW, now)

    assert state.rate == LEAST_RATE


def test_pace_comes_back_slowly_and_wholly() -> None:
    """Half as much again every minute, up to the plan; without one up to no limit."""
    state = heard(NEW, FREE, SLOW, NOW)
    plan = LanePlan(per_minute=900)

    assert rate_of(state, FREE, NOW + MINUTE) == pytest.approx(900)
    assert rate_of(state, plan, NOW + 10 * MINUTE) == 900
    assert rate_of(state, FREE, NOW + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("result", "slower"),
    [
        (SLOW, True),
        (Result(DeliveryId("d"), Outcome.RETURNED, "throttle", 454, "4.7.0"), True),
        (Result(DeliveryId("d"), Outcome.DEFERRED, "soft", 451, "4.3.0"), True),
        (Result(DeliveryId("d"), Outcome.DEFERRED, "throttle", 452, "4.3.2"), True),
        (Result(DeliveryId("d"), Outcome.DEFERRED, "greylist", 451, "4.7.1"), False),
        (Result(DeliveryId("d"), Outcome.DEFERRED, "soft", 450, "4.2.1"), False),
        (Result(DeliveryId("d"), Outcome.REFUSED, "hard", 550, "5.1.1"), False),
        (Result(DeliveryId("d"), Outcome.RETURNED, "connect"), False),
        (Result(DeliveryId("d"), Outcome.ACCEPTED, "accepted", 250), False),
    ],
)
def test_what_asks_for_less(result: Result, *, slower: bool) -> None:
    """421, 451 and 454 speak of pace; greylisting and a full mailbox do not."""
    assert (heard(NEW, FREE, result, NOW) != NEW) is slower


def test_the_day_has_its_cap_and_the_next_day_its_own() -> None:
    """Counted from what was accepted on the day."""
    plan = LanePlan(per_day=50)
    state = counted(NEW, {"accepted": 48}, NOW, TODAY)

    assert allowance(state, plan, NOW, TODAY) == 2
    assert allowance(state, plan, NOW, TODAY + timedelta(days=1)) == 50


def test_warm_up_grows_from_day_to_day_and_ends() -> None:
    """Before its first day it is the first day's."""
    assert [warmed_up(200, 1.5, day) for day in (-3, 0, 1, 2)] == [200, 200, 300, 450]
    assert warmed_up(200, 1.5, 60) is None


def test_too_many_refusals_of_ours_stop_the_lane() -> None:
    """Over 2 %, and at least five: two angry servers of three are no reason yet."""
    few = counted(NEW, {"ours": STOP_LEAST - 1}, NOW, TODAY, "554 5.7.1 блокиран")
    rare = counted(NEW, {"accepted": 1000, "ours": STOP_LEAST}, NOW, TODAY, "554")
    many = counted(NEW, {"accepted": 100, "ours": STOP_LEAST}, NOW, TODAY, "554 5.7.1 блокиран")

    assert (few.stopped, rare.stopped) == ("", "")
    assert many.stopped == "554 5.7.1 блокиран"
    assert allowance(many, LanePlan(per_minute=9), NOW + timedelta(days=3), TODAY) == 0


def test_yesterdays_refusals_are_forgotten_but_a_stop_is_not() -> None:
    """The count is of a day; only a person lets a stopped lane go on."""
    stopped = counted(NEW, {"ours": STOP_LEAST}, NOW, TODAY, "554")

    tomorrow = counted(stopped, {"accepted": 1}, NOW, TODAY + timedelta(days=1))

    assert (tomorrow.ours, tomorrow.answered) == (0, 1)
    assert tomorrow.stopped == "554"
    going = resumed(tomorrow, NOW)
    assert going.stopped == ""
    assert rate_of(going, FREE, NOW) == LEAST_RATE


def test_a_clock_that_went_back_gives_nothing_away() -> None:
    """An hour back: no tokens are lost or made, nothing raises."""
    plan = LanePlan(per_minute=60)
    state = replace(NEW, tokens=4.0)

    assert allowance(state, plan, NOW - timedelta(hours=1), TODAY) == 4
