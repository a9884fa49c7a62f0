"""The round before a draft where many machines share it: helped along, and never waited for in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.actions import collecting, drafting, rounds, scheduling
from digest.actions.app import App
from digest.clock import real_now
from digest.store.rounds import Brought
from tests.integration import shared_rounds as kit
from tests.integration.outlets import Site

# A fixture, for pytest to find here.
app = kit.told


def test_a_morning_takes_the_slices_that_nobody_took(app: App, site: Site) -> None:
    """A build waits for no worker."""
    rounds.collect(app)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert collecting.last_round(app) == kit.NOON


def test_a_morning_waits_for_what_others_are_asking(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks all the rest, looks again, and ends with the worker's end."""
    held = kit.hold(app, kit.begun(app, urgent=True)[0])
    close, looks = rounds.close, []

    def ended_elsewhere(inner: App) -> bool:
        looks.append(sum(kit.asked(site).values()))
        if looks[-1] == kit.OUTLETS - 1:
            with inner.store.work() as work:
                work.rounds.end(held, Brought(1))
        return close(inner)

    monkeypatch.setattr(rounds, "close", ended_elsewhere)

    rounds.collect(app)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS - {f"/rss{held.sources[0][1:]}"}, 1)
    assert collecting.last_round(app) == kit.NOON


def test_a_morning_does_not_wait_for_ever(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds a slice and renews without an end is left standing."""
    kit.hold(app, kit.begun(app, urgent=True)[0], timedelta(days=1))
    beats = iter(timedelta(seconds=30) * n for n in range(1000))
    monkeypatch.setattr(rounds, "real_now", lambda: real_now() + next(beats))
    monkeypatch.setattr(rounds, "LOOK", timedelta(0))

    rounds.collect(app)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert collecting.last_round(app) == kit.NOON


def test_a_morning_ends_the_round_that_is_open_and_makes_its_own(app: App, site: Site) -> None:
    """One between mornings leaves out what our own pauses hold back; the morning asks all."""
    kit.begun(app)

    rounds.collect(app)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 2)
    assert kit.slices(app) == []


def test_a_morning_that_is_repeated_goes_on_with_its_round(app: App, site: Site) -> None:
    """The process died in the middle of it: what was asked is not asked again."""
    rounds.take(app, kit.begun(app, urgent=True)[0])

    rounds.collect(app)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)


def test_the_build_of_a_morning_collects_in_slices(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock's own step, at its hour."""
    built = []
    monkeypatch.setattr(drafting, "build", lambda _app, *, day: built.append(day))
    (step,) = (one for one in scheduling.coming(app, 1) if one.what == "build")
    minutes = int((step.at - app.now()).total_seconds() // 60)

    done = scheduling.tick(kit.later(app, minutes))

    assert (done, built) == (["build"], [step.at.date()])
    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert isinstance(app.herald, kit.Told)
    assert len(app.herald.slices) == kit.OUTLETS
