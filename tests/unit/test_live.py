"""The live line of a sending: on a terminal only, and what it says worked out by a given clock."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from digest.cli import live
from digest.cli.live import Pulse, held_up, sending
from digest.jobs.headway import Headway
from digest.model import Outcome
from digest.store.queues import LaneQueue

NOW = datetime(2026, 11, 23, 4, 20, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")


class Hands:
    """A clock whose hands the test turns."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def screen() -> Console:
    """A terminal in memory, wide enough for the whole line."""
    return Console(file=io.StringIO(), force_terminal=True, width=160, color_system=None)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def run(outcomes: list[Outcome], *, lanes: Callable[[], str] = lambda: "") -> str:
    """What a terminal shows of a run with a second between its answers."""
    console, hands = screen(), Hands()
    with sending(10, lanes, console=console, clock=hands) as step:
        for one in outcomes:
            hands.at += 1
            step(one)
    return shown(console)


def test_a_terminal_shows_how_far_how_fast_and_how_long_yet() -> None:
    """Ten to send, four answered in as many seconds: six seconds are left."""
    said = run([Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.DEFERRED, Outcome.REFUSED])

    assert "Изпращане" in said
    assert "4/10" in said
    assert "1/с, остават 0:00:06 · приети 2, отложени 1, отказани 1" in said


def test_what_went_back_to_the_queue_moves_no_bar() -> None:
    """It is counted and has no answer yet."""
    said = run([Outcome.RETURNED, Outcome.RETURNED])

    assert "0/10" in said
    assert "1/10" not in said
    assert "върнати в опашката 2" in said


def test_the_lane_that_holds_it_up_is_named() -> None:
    """Asked for now and then, not with each message."""
    asked: list[int] = []

    def lanes() -> str:
        asked.append(1)
        return "най-дълъг коридор: gmail (1204)"

    said = run([Outcome.ACCEPTED] * 6, lanes=lanes)

    assert "най-дълъг коридор: gmail (1204)" in said
    assert len(asked) == 3, "every two seconds of six"


def test_a_look_that_costs_much_is_rare() -> None:
    """A twentieth of the time at most goes into looking."""
    hands, asked = Hands(), []

    def slow() -> str:
        asked.append(hands.at)
        hands.at += 1
        return ""

    with sending(99, slow, console=screen(), clock=hands) as step:
        for _ in range(30):
            hands.at += 1
            step(Outcome.ACCEPTED)

    assert len(asked) == 2


def test_the_slowest_lane_is_the_one_with_most_left() -> None:
    """Of those that may go now; when none may, the first to go says until when."""
    later = NOW + timedelta(minutes=85)
    abv = LaneQueue("abv", 70, later)

    assert held_up([abv, LaneQueue("gmail", 9, NOW), LaneQueue("dir", 4, NOW)], NOW, SOFIA) == (
        "най-дълъг коридор: gmail (9)"
    )
    assert held_up([abv], NOW, SOFIA) == "всички чакат, първи abv: до 07:45"
    assert held_up([], NOW, SOFIA) == ""


def test_a_lane_that_waits_for_a_person_is_named_beside_the_others() -> None:
    """It holds up its own readers and nobody else."""
    stopped = LaneQueue("dir.bg", 70, NOW, stopped=True)

    assert held_up([stopped, LaneQueue("rest", 9, NOW)], NOW, SOFIA) == (
        "най-дълъг коридор: останалите (9); спрени: dir.bg (70)"
    )
    assert held_up([stopped], NOW, SOFIA) == "спрени: dir.bg (70)"


def test_a_run_that_has_just_begun_promises_nothing() -> None:
    """No rate, no time left, and no division by nothing."""
    assert Pulse(10, 5.0).in_words(5.0) == "0/с"
    assert Pulse(10, 5.0).left(9.0) is None


@pytest.mark.parametrize("where", ["json", "pipe"])
def test_a_pipe_and_json_see_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    """Not even a look at the lanes; without a home to look into, a look would raise."""
    monkeypatch.setattr(live, "terminal", lambda: where == "json")

    with live.bar_of(None, None, quiet=where == "json") as step:  # type: ignore[arg-type]
        step(Outcome.ACCEPTED)

    assert capsys.readouterr() == ("", "")


def test_a_service_says_once_a_minute_what_it_did(caplog: pytest.LogCaptureFixture) -> None:
    """And the rest at the end; a run with nothing to say says nothing."""
    caplog.set_level("INFO", "digest.jobs.headway")
    hands = Hands()
    headway = Headway(clock=hands)

    for _ in range(130):
        hands.at += 1
        headway.add(Outcome.ACCEPTED)
    headway.add(Outcome.REFUSED)
    headway.close()
    headway.close()

    assert caplog.messages == [
        "sent in 60 s: accepted 60 (1.0/s)",
        "sent in 60 s: accepted 60 (1.0/s)",
        "sent in 10 s: accepted 10, refused 1 (1.1/s)",
    ]
