"""Pause, resume and cancel: on the command line and at the desk, within one window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.actions import dispatching
from digest.cli.main import program
from digest.model import Delivery, DeliveryState, LaneState, Result
from digest.store.queues import LaneQueue
from tests.fakes.transport import FakeSpec, FakeTransport
from tests.faults.ground import Ground, queued_home
from tests.integration import web_kit as kit
from tests.integration.doubts import states

PEOPLE = 12
WINDOW = 2


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


@dataclass
class Watched(FakeTransport):
    """Does something once, when so many were accepted."""

    then: Callable[[], object] = field(default=lambda: None)
    after: int = 3

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        if len(self.accepted) == self.after:
            self.then()
        return super().send(delivery, message, envelope_from)


def send(ground: Ground, monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> int:
    """A run over one connection in which something happens after three messages."""
    relay = Watched(then=then)
    monkeypatch.setattr(dispatching, "open_transport", lambda _app, _text: FakeSpec(relay))
    dispatching.dispatch(ground.app, connections=1)
    return len(relay.accepted)


def call(ground: Ground, *words: str) -> dict[str, object]:
    now = ground.app.now().isoformat()
    end = ["--home", str(ground.app.home), "--now", now, "--json"]
    run = CliRunner().invoke(program, [*words, *end])
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout)


def test_a_pause_bites_within_one_window_and_a_resume_goes_on(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said while it runs, it lets at most the window on the wire out; nobody is lost."""
    sent = send(ground, monkeypatch, lambda: call(ground, "pause", ground.edition))

    assert 3 < sent <= 3 + WINDOW
    assert states(ground) == {DeliveryState.ACCEPTED: sent, DeliveryState.QUEUED: PEOPLE - sent}

    call(ground, "resume", ground.edition)
    send(ground, monkeypatch, lambda: None)

    assert states(ground) == {DeliveryState.ACCEPTED: PEOPLE}


def test_a_cancel_bites_within_one_window_and_says_how_much_had_left(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the wire counts as left; the account after it balances."""
    said: dict[str, object] = {}

    sent = send(ground, monkeypatch, lambda: said.update(call(ground, "cancel", ground.edition)))

    assert 3 < sent <= 3 + WINDOW
    assert said["left"] == sent
    assert said["stopped"] == PEOPLE - sent
    assert said["balanced"] is True
    assert states(ground) == {DeliveryState.ACCEPTED: sent, DeliveryState.CANCELLED: PEOPLE - sent}


def test_a_cancel_tells_a_person_in_words(ground: Ground) -> None:
    """With the forms of the numbers."""
    shown = CliRunner().invoke(program, ["cancel", ground.edition, "--home", str(ground.app.home)])

    assert "Спрени са 12 писма; до 0 души броят вече беше тръгнал." in shown.output
    assert "Сметката излиза" in shown.output


def test_the_lanes_of_a_bar_know_their_pace(ground: Ground) -> None:
    """One that rests goes when it has rested; one that is stopped says so."""
    until = kit.NOW + timedelta(minutes=9)
    with ground.app.store.work() as work:
        work.lanes.save([LaneState("rest", kit.NOW, held_until=until, stopped="550 5.7.1")])

    assert dispatching.lane_queues(ground.app, ground.edition) == (
        LaneQueue("rest", PEOPLE, until, stopped=True),
    )
