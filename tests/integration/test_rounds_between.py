"""Collecting between mornings: when the scheduler asks, and when it leaves the sources alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.actions import scheduling
from digest.actions.app import App
from digest.actions.collecting import last_round
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.settings import load

NOON = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def at(home: Path, when: datetime, every: int = 30) -> App:
    """The newsroom at a moment."""
    flags = {"collect.every_minutes": every}
    settings = load(home / "digest.toml", flags=flags, environ={}).settings
    return open_app(home, settings=settings, clock=FixedClock(when))


def tick(home: Path, when: datetime, every: int = 30) -> list[str]:
    """What the scheduler does at a moment."""
    app = at(home, when, every)
    try:
        return scheduling.tick(app)
    finally:
        app.close()


def test_a_round_is_made_when_half_an_hour_is_over(home: Path) -> None:
    """Not sooner, and once."""
    done = [tick(home, NOON + timedelta(minutes=m)) for m in (0, 1, 29, 30, 31)]

    assert done == [["collect"], [], [], ["collect"], []]
    app = at(home, NOON)
    assert last_round(app) == NOON + timedelta(minutes=30)
    app.close()


def test_zero_minutes_collect_before_the_draft_only(home: Path) -> None:
    """A newsroom may want to ask once a day."""
    assert tick(home, NOON, every=0) == []


def test_no_round_is_begun_while_a_step_is_near(home: Path) -> None:
    """The morning must not wait for it."""
    app = at(home, NOON)
    near = scheduling.coming(app, 1)[0].at - timedelta(minutes=1)
    app.close()

    assert "collect" not in tick(home, near)
