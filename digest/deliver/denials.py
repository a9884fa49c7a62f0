"""When „no such user“ is not to be believed: a provider that denies too many at once.

Pure. One refusal that calls an address dead suppresses its reader for good. A relay with a broken
user table, or one that hides a blocklist behind 550 5.1.1, says it of everybody
(github.com/hyvor/relay issue 258: one entry suppressed a whole list), so nobody is suppressed
before the answers of the others are in, and nobody at all when too many are denied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from digest.model import LaneState

LEAST = 20
SHARE = 0.2
"""Of the answers. Lists that are kept have under 2 % dead, a bought or old one up to a tenth."""
WINDOW = 400
"""Answers before the older ones count half: a relay that breaks after a good hour is noticed."""
FEW = 5
NEARLY_ALL = 0.9
"""A small list proves little by numbers; one of which nobody is taken proves a broken relay."""


def too_many(hard: int, seen: int) -> bool:
    """Whether so many of so many answers say more of the provider than of its readers."""
    return hard >= LEAST and hard > SHARE * seen


def incredible(hard: int, seen: int) -> bool:
    """The same at the end of an edition, when there are no more answers to wait for."""
    return too_many(hard, seen) or (hard >= FEW and hard > NEARLY_ALL * seen)


def noted(state: LaneState, outcomes: Mapping[str, int], said: str = "") -> LaneState:
    """After a slice, as `pace.counted`: stops the lane when too many of its readers are denied.

    `said` is the code and status of the last such refusal, without words that name a reader.
    """
    state = replace(
        state,
        seen=state.seen + sum(outcomes.values()),
        hard=state.hard + outcomes.get("hard", 0),
    )
    if outcomes.get("hard") and not state.stopped and too_many(state.hard, state.seen):
        return doubted(state, said)
    if state.seen > WINDOW:
        return replace(state, seen=state.seen // 2, hard=state.hard // 2)
    return state


def doubted(state: LaneState, said: str) -> LaneState:
    """Stopped, until a person has looked whether the addresses or the relay are wrong."""
    return replace(state, stopped=said or "550", doubted=True)
