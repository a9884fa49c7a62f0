"""How fast each provider is written to: a token bucket, halving, slow recovery, and a stop-loss.

Pure: states in, states out; who keeps them is `digest/store/lanes.py`. A lane without a plan and
without a complaint has no limit. A provider that asks for less (421, 451, 454) gets half of what it
got, and then half as much again every minute. Refusals that are ours (policy, blocklists,
authentication) stop a lane before they ruin the sender's name: that is no reader's fault, so nobody
is suppressed for them, and a person says when to go on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from digest.model import LaneState, Outcome, Result

HOLD = timedelta(seconds=10)
"""Nothing goes for so long after „slow down“."""
ONE_COMPLAINT = timedelta(seconds=30)
"""Complaints to several connections within so long are one: the rate is halved once."""
GROWTH = 1.5
"""Of the rate, every minute without a complaint: a halving is made good in two minutes."""
LEAST_RATE = 60.0
"""A minute: what every provider takes of a sender it knows."""
USUAL_RATE = 1_200.0
"""A minute: halved from where nothing was counted yet."""
NO_LIMIT = 60_000.0
"""A minute; a rate that has grown so far is none any more."""
BURST = timedelta(seconds=10)
"""So much of the rate may leave at once."""
STOP_SHARE = 0.02
STOP_LEAST = 5
"""Refusals of ours before their share means anything."""
SLOWING = frozenset({421, 451, 454})

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LanePlan:
    """What a newsroom allows a lane: messages a minute, connections at once, messages a day."""

    per_minute: float | None = None
    connections: int | None = None
    per_day: int | None = None


FREE = LanePlan()


def warmed_up(first: int, growth: float, day: int) -> int | None:
    """Messages a day on the n-th day (from 0) of a new sending address; None from a million on."""
    allowed = first * growth ** max(0, day)
    return None if allowed >= 1_000_000 else int(allowed)


def allowance(state: LaneState, plan: LanePlan, now: datetime, today: date) -> int | None:
    """How many messages may leave now; None without a limit."""
    if state.stopped or (state.held_until is not None and state.held_until > now):
        return 0
    limits = [limit for limit in (_tokens(state, plan, now), _left_today(state, plan, today))
              if limit is not None]  # fmt: skip
    return max(0, math.floor(min(limits))) if limits else None


def rest_of(state: LaneState, plan: LanePlan, now: datetime, today: date) -> timedelta | None:
    """For how long a limited lane is left alone; None without a limit, and where today is over."""
    left = _left_today(state, plan, today)
    unlimited = allowance(state, plan, now, today) is None
    if unlimited or state.stopped or (left is not None and left <= 0):
        return None
    held = max(timedelta(0), (state.held_until or now) - now)
    return max(held, _until_a_token(state, plan, now))


def _until_a_token(state: LaneState, plan: LanePlan, now: datetime) -> timedelta:
    """When the bucket holds a message again; nothing where it does, or where there is none."""
    tokens, rate = _tokens(state, plan, now), rate_of(state, plan, now)
    if tokens is None or not rate or tokens >= 1:
        return timedelta(0)
    return _MINUTE * ((1 - tokens) / rate)


def taken(state: LaneState, plan: LanePlan, now: datetime, count: int) -> LaneState:
    """After so many were taken to be sent. Negative: they were given back unsent."""
    tokens = _tokens(state, plan, now)
    return state if tokens is None else replace(state, tokens=tokens - count, at=now)


def rate_of(state: LaneState, plan: LanePlan, now: datetime) -> float | None:
    """Messages a minute; None without a limit."""
    if state.rate is None or state.slowed_at is None:
        return plan.per_minute
    grown = state.rate * GROWTH ** min(100.0, max(timedelta(0), now - state.slowed_at) / _MINUTE)
    limit = NO_LIMIT if plan.per_minute is None else plan.per_minute
    return plan.per_minute if grown >= limit else grown


def heard(state: LaneState, plan: LanePlan, result: Result, now: datetime) -> LaneState:
    """After one answer that may ask for less."""
    slow = result.reason == "throttle" or (
        result.code in SLOWING and result.reason != "greylist"
    )  # fmt: skip
    return _slowed(state, plan, now, hold=result.outcome is Outcome.RETURNED) if slow else state


def _slowed(state: LaneState, plan: LanePlan, now: datetime, *, hold: bool) -> LaneState:
    held = now + HOLD if hold else state.held_until
    if state.slowed_at is not None and abs(now - state.slowed_at) < ONE_COMPLAINT:
        return replace(state, held_until=held)
    rate = rate_of(state, plan, now) or _observed(state, now)
    slower = max(LEAST_RATE, rate / 2)
    return replace(state, rate=slower, slowed_at=now, tokens=0.0, at=now, held_until=held)


def counted(
    state: LaneState, outcomes: Mapping[str, int], now: datetime, today: date, said: str = ""
) -> LaneState:
    """After a slice: `accepted`, `ours`, `hard` and `other` answers. Stops it for too many ours.

    `said` is the last refusal that was ours, for the person who must look.
    """
    state = _of_today(state, today)
    accepted, ours = outcomes.get("accepted", 0), outcomes.get("ours", 0)
    state = _in_minute(state, accepted, now)
    state = replace(
        state,
        answered=state.answered + sum(outcomes.values()),
        ours=state.ours + ours,
        sent=state.sent + accepted,
    )
    too_many = state.ours >= STOP_LEAST and state.ours > STOP_SHARE * state.answered
    return replace(state, stopped=said or "refused") if ours and too_many else state


def resumed(state: LaneState, now: datetime) -> LaneState:
    """A person has seen to it: the count begins anew, and slowly."""
    return replace(
        state, stopped="", held_until=None, answered=0, ours=0, seen=0, hard=0, doubted=False,
        rate=LEAST_RATE, slowed_at=now, tokens=0.0, at=now,
    )  # fmt: skip


def _tokens(state: LaneState, plan: LanePlan, now: datetime) -> float | None:
    rate = rate_of(state, plan, now)
    if rate is None:
        return None
    most = max(1.0, rate * (BURST / _MINUTE))
    return min(most, state.tokens + rate * (max(timedelta(0), now - state.at) / _MINUTE))


def _left_today(state: LaneState, plan: LanePlan, today: date) -> float | None:
    if plan.per_day is None:
        return None
    return plan.per_day - (state.sent if state.day == today else 0)


def _of_today(state: LaneState, today: date) -> LaneState:
    if state.day == today:
        return state
    return replace(state, day=today, answered=0, ours=0, sent=0, seen=0, hard=0)


def _in_minute(state: LaneState, accepted: int, now: datetime) -> LaneState:
    if state.minute is None or now - state.minute >= 2 * _MINUTE:
        return replace(state, minute=now, recent=accepted, before=0)
    if now - state.minute >= _MINUTE:
        return replace(state, minute=state.minute + _MINUTE, before=state.recent, recent=accepted)
    return replace(state, recent=state.recent + accepted)


def _observed(state: LaneState, now: datetime) -> float:
    """What went in a minute, lately; the usual where nothing was counted."""
    if state.minute is None or now - state.minute > 3 * _MINUTE:
        return USUAL_RATE
    return max(float(state.recent), float(state.before), 2 * LEAST_RATE)
