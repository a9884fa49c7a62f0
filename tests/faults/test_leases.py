"""Leases: a slow relay loses nothing, and who slept over his sends nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import dispatching, reporting, sending
from digest.actions.app import App
from digest.actions.clerk import Clerk, Slip
from digest.actions.window import WINDOW
from digest.clock import FixedClock, real_now
from digest.model import Delivery, DeliveryState
from tests.fakes.transport import FakeSpec, FakeTransport, fake
from tests.faults.ground import Ground, queued_home
from tests.faults.senders import Hooked, counted, go_home, sender
from tests.integration import web_kit as kit

PEOPLE = 30


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    yield
    go_home()


def test_a_slow_relay_costs_no_rows(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty seconds a message under a lease of 120: renewed in time, nobody else gets a row."""
    moment = real_now()
    monkeypatch.setattr(sending, "real_now", lambda: moment)

    def slow(_: Delivery) -> None:
        nonlocal moment
        moment += timedelta(seconds=50)
        assert others(ground.app, moment) == []

    sender(ground.app, FakeSpec(Hooked(before=slow))).slice(None)

    assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE}


OTHERS = 5


def others(app: App, moment: datetime) -> list[Delivery]:
    """What another worker could claim at this real time."""
    with app.store.work() as work:
        return work.deliveries.claim(
            None, worker="other", limit=OTHERS, now=app.now(), lease_seconds=120, real_now=moment
        )


def test_a_worker_that_lost_its_lease_sends_nothing_more(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped within a window, it wakes up when another has settled its rows."""
    moment = real_now()
    monkeypatch.setattr(sending, "real_now", lambda: moment)

    def sleep(_: Delivery) -> None:
        nonlocal moment
        moment += timedelta(hours=1)
        others(ground.app, moment)

    relay = Hooked(before=sleep)
    sender(ground.app, FakeSpec(relay), stop=lambda: bool(relay.accepted)).slice(None)

    assert len(relay.accepted) == 1
    assert counted(ground)[DeliveryState.UNKNOWN] == 2


class SleepyClerk(Clerk):
    """Once the first intents are committed, something happens before they are sent."""

    def __init__(self, app: App, then: Callable[[], object]) -> None:
        super().__init__(app)
        self._then: Callable[[], object] | None = then

    def wait(self, slip: Slip) -> Slip:
        done = super().wait(slip)
        if slip.window and self._then is not None:
            then, self._then = self._then, None
            then()
        return done


def test_a_worker_that_slept_over_its_window_sends_none_of_it(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between the commit and the wire: the second row is no more ours than the first."""
    moment = real_now()
    monkeypatch.setattr(sending, "real_now", lambda: moment)

    def sleep() -> None:
        nonlocal moment
        moment += timedelta(hours=1)
        assert others(ground.app, moment)

    relay = FakeTransport()
    sender(ground.app, FakeSpec(relay), clerk=SleepyClerk(ground.app, sleep)).slice(None)

    assert relay.accepted == []
    assert counted(ground)[DeliveryState.UNKNOWN] == WINDOW


def test_a_fixed_clock_does_not_stop_leases(ground: Ground) -> None:
    """The edition's time stands still, the leases run on real time."""
    frozen = replace(ground.app, clock=FixedClock(kit.NOW))
    with frozen.store.work() as work:
        work.deliveries.claim(
            None, worker="w", limit=5, now=kit.NOW, lease_seconds=-1, real_now=real_now()
        )

    assert dispatching.anything_due(frozen)
    dispatching.drain_slice(frozen, fake())
    assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE}


@pytest.mark.parametrize(("lease", "warned"), [(179, True), (180, False)])
def test_a_lease_that_a_slow_relay_may_outlast_is_told(
    tmp_path: Path, lease: int, *, warned: bool
) -> None:
    """Three answers of a relay may come late before a worker looks at its lease again."""
    flags = {"dispatch.lease_seconds": lease, "dispatch.smtp_timeout_seconds": 60}
    with queued_home(tmp_path / "home", people=1, flags=flags) as ground:
        told = [one for one in reporting.doctor(ground.app) if one.code == "lease"]

    assert [one.level for one in told] == ["yellow"] * warned
    assert all("180 секунди" in one.what for one in told)
