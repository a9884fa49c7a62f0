"""The real program against a real relay, killed, stopped, doubled and cut off."""

from __future__ import annotations

import signal
import threading
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from digest.actions import dispatching, subscribing
from digest.model import DeliveryState
from tests.fakes.sink import CUT, Fault
from tests.faults.ground import (
    CONNECTIONS,
    LONG,
    PATIENCE,
    WINDOW,
    Account,
    Ground,
    ended,
    finished,
    halted,
    queued_home,
    relay,
)
from tests.integration import web_kit as kit

KILLS = 20 if LONG else 5


@pytest.mark.parametrize("seed", [20261123])
def test_kills_lose_nobody_and_repeat_nobody(ground: Ground, seed: int, account: Account) -> None:
    """Killed at random moments, the list is still met once; what is uncertain is said to be."""
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    dice = Random(seed)

    with relay() as post:
        for _ in range(KILLS):
            process = ground.start(post.sink)
            post.when(dice.randint(1, 50), process.kill)
            process.communicate(timeout=PATIENCE)
            ended(process)
            assert process.returncode == -signal.SIGKILL
        ground.settle(post.sink)

    bound = WINDOW * CONNECTIONS * KILLS
    account.close("kill -9, hold", ground, post.met(), unknown=bound, runs=KILLS)


def test_killed_under_resend_everybody_is_met_and_few_twice(
    tmp_path: Path, account: Account
) -> None:
    """At least once: nobody is left in doubt, and repeats are at most a window for each kill."""
    seed, kills = 7, 2
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    dice = Random(seed)

    with queued_home(tmp_path / "home", on_unknown="resend") as ground, relay() as post:
        for _ in range(kills):
            process = ground.start(post.sink)
            post.when(dice.randint(10, 60), process.kill)
            process.communicate(timeout=PATIENCE)
            ended(process)
        ledger = ground.settle(post.sink)

        met = post.met()
        assert ledger.accepted == ledger.planned == len(met)
        bound = WINDOW * CONNECTIONS * kills
        account.close("kill -9, resend", ground, met, duplicates=bound, runs=kills)


def test_two_dispatchers_at_once_meet_nobody_twice(ground: Ground, account: Account) -> None:
    """Two processes drain one queue: everybody once, and each row has one owner."""
    with relay() as post:
        both = [ground.start(post.sink, lease=60) for _ in range(2)]
        reports = [finished(one) for one in both]

    assert [code for code, _, said in reports] == [0, 0], reports
    assert sum(report["accepted"] for _, report, _ in reports) == len(ground.people)
    account.close("two dispatchers at once", ground, post.met())
    assert ground.ledger().accepted == len(ground.people)


def test_a_dispatcher_stopped_past_its_lease_changes_nothing(
    ground: Ground, account: Account
) -> None:
    """Its late 250 is refused, and the row that it had not sent yet stays unsent."""
    with relay() as post:
        sleeper = ground.start(post.sink, connections=1)
        # The third message is the first of its window: one more row has its intent.
        stopped = threading.Event()

        def stop() -> None:
            halted(sleeper)
            stopped.set()

        post.when(3, stop, counted="accepted")
        try:
            assert stopped.wait(PATIENCE)
            ledger = ground.settle(post.sink)
            met = post.met()
            sleeper.send_signal(signal.SIGCONT)
            code, report, said = finished(sleeper)
        finally:
            ended(sleeper)

    assert code == 0, said
    assert "a late answer was refused" in said
    # The answer of the second may have been on its way to the database.
    assert report["accepted"] in {1, 2}
    assert post.met() == met, "a worker without a lease has sent something"
    assert ground.ledger() == ledger
    assert ledger.unknown == WINDOW
    account.close("stopped past its lease", ground, met, unknown=WINDOW)


def test_each_fault_of_the_relay_has_its_place(ground: Ground, account: Account) -> None:
    """Later, never, cut after the dot: one row each, and none of them twice."""
    script = (
        Fault("dot", "451 4.7.1 greylisted"),
        Fault("rcpt", "550 5.1.1 no such user"),
        # A kept connection that dies before a word was heard is dialled again at once.
        Fault("mail", CUT),
        Fault("dot", CUT, keeps=True),
        Fault("dot", CUT),
    )
    with relay(*script) as post:
        first = ground.run(post.sink, connections=1)
        before = ground.ledger()
        second = ground.run(post.sink, now=kit.NOW.replace(hour=5))

    assert not post.sink.script
    assert (first["deferred"], first["refused"], first["unknown"]) == (1, 1, 2)
    assert first["accepted"] == len(ground.people) - 4
    assert first["waiting"] == 1
    assert (before.queued, before.deferred, before.unknown) == (0, 1, 2)
    assert second["accepted"] == 1
    account.close("relay: 451, 550, cuts", ground, post.met(), unknown=2)


def test_a_relay_that_says_slow_down_is_left_alone_for_a_while(
    ground: Ground, account: Account
) -> None:
    """421: nothing more goes to that provider in this run; later everybody is reached, once."""
    with relay(Fault("rcpt", "421 4.7.0 slow down")) as post:
        first = ground.run(post.sink, connections=1)
        asked = len(post.sink.accepted)
        for minutes in (2, 4, 6):
            ground.run(post.sink, now=kit.NOW + timedelta(minutes=minutes))

    assert (first["accepted"], first["waiting"]) == (asked, len(ground.people) - asked)
    assert asked < len(ground.people)
    assert datetime.fromisoformat(first["next_due"]) > kit.NOW
    assert ground.ledger().accepted == len(ground.people)
    account.close("relay: 421", ground, post.met())


def test_a_cut_within_the_body_is_never_an_acceptance(
    sqlite_ground: Ground, account: Account
) -> None:
    """Back in the queue when the cut was seen before the dot; in doubt when it was not."""
    with relay(*[Fault("body", CUT)] * 4) as post:
        report = sqlite_ground.run(post.sink, connections=1)

    assert report["accepted"] == len(sqlite_ground.people) - 4
    assert report["unknown"] + report["waiting"] == 4
    account.close("relay: cut in the body", sqlite_ground, post.met(), unknown=4, rest=False)


def test_whoever_leaves_in_the_middle_gets_nothing_more(ground: Ground, account: Account) -> None:
    """Suppressed or gone after the commit: at most what was on the wire still arrives."""
    chosen: list[str] = []

    def interfere() -> None:
        unmet = [one for one in ground.people if one not in post.met()]
        chosen.extend(unmet[::4][:20])
        subscribing.suppress(ground.app, chosen[:10], reason="hard")
        with ground.app.store.work() as work:
            for address in chosen[10:]:
                work.roll.leave(work.roll.by_address(address).id, kit.NOW, "one-click")

    with relay() as post:
        process = ground.start(post.sink)
        post.when(40, interfere)
        code, _, said = finished(process)

    assert code == 0, said
    late = sum(post.met()[one] for one in chosen)
    assert len(chosen) == 20
    assert late <= WINDOW * CONNECTIONS
    assert ground.ledger().suppressed == len(chosen) - late
    account.close("left or suppressed in the middle", ground, post.met())


def test_a_cancelled_edition_stops_within_one_window(ground: Ground, account: Account) -> None:
    """After the commit only what was on the wire still leaves; the counts say how much had."""
    had: list[int] = []

    def call_off() -> None:
        dispatching.cancel(ground.app, ground.edition, by=kit.APPROVER)
        had.append(len(post.sink.accepted))

    with relay() as post:
        process = ground.start(post.sink)
        post.when(60, call_off)
        code, _, said = finished(process)

    ledger = ground.ledger()
    assert code == 0, said
    assert len(post.sink.accepted) - had[0] <= WINDOW * CONNECTIONS
    assert ledger.accepted == len(post.met())
    assert ledger.cancelled == ledger.planned - ledger.accepted
    assert ledger.balanced
    account.close("cancelled in the middle", ground, post.met(), rest=False)


def test_an_interrupted_dispatch_ends_after_its_window(
    sqlite_ground: Ground, account: Account
) -> None:
    """Ctrl-C leaves no row on the wire and none in doubt: the rest waits in the queue."""
    ground = sqlite_ground
    with relay() as post:
        process = ground.start(post.sink, lease=60)
        post.when(60, lambda: process.send_signal(signal.SIGINT))
        code, _, said = finished(process)

    ledger = ground.ledger()
    assert code == 1, said
    assert (ledger.sending, ledger.unknown) == (0, 0)
    account.close("Ctrl-C", ground, post.met(), rest=False)
    assert ledger.accepted == len(post.met())
    assert ledger.queued == ledger.planned - ledger.accepted > 0
    assert set(ground.states().values()) <= {
        DeliveryState.QUEUED,
        DeliveryState.ACCEPTED,
    }, "rows were kept claimed"


def test_a_dead_relay_leaves_every_row_as_it_was(sqlite_ground: Ground, account: Account) -> None:
    """Nothing listens there: exit 1 with a remedy, nobody in doubt, nobody held back."""
    with relay() as post:
        pass
    code, report, said = finished(sqlite_ground.start(post.sink, lease=60))

    assert code == 1, said
    assert report["error"]["fix"]
    assert set(sqlite_ground.states().values()) == {DeliveryState.QUEUED}
    account.close("relay is down", sqlite_ground, post.met(), rest=False)
    assert report["waiting"] == len(sqlite_ground.people)
