"""One hand writes for all connections: together where it can, each told of its own lines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.actions.clerk import Clerk, Slip
from digest.clock import real_now
from digest.errors import DigestError, StorageFault, Unavailable
from digest.model import Delivery, DeliveryState, Outcome, Result
from digest.store.answers import Answer
from digest.store.work import Work
from tests.faults.ground import Ground, queued_home
from tests.integration import web_kit as kit

PEOPLE = 8


def _full() -> DigestError:
    return StorageFault("Пълен диск.", "Няма място.", "Освободете.")


def _away() -> DigestError:
    return Unavailable("Сървърът на базата не отговаря.", "Прекъсната връзка.", "Повторете.")


@dataclass
class Slow:
    """The store, whose first transaction waits for a sign, and which notes each one."""

    app: App
    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    transactions: int = 0
    fails: Callable[[int], bool] = lambda _: False
    fault: Callable[[], DigestError] = _full

    @contextmanager
    def hand(self) -> Iterator[Slow]:
        yield self

    @contextmanager
    def statement(self) -> Iterator[Work]:
        with self.work() as work:
            yield work

    @contextmanager
    def work(self) -> Iterator[Work]:
        self.transactions += 1
        number = self.transactions
        self.begun.set()
        assert self.go.wait(30)
        if self.fails(number):
            raise self.fault()
        with self.app.store.work() as work:
            yield work


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


def claimed(ground: Ground, *, lease: float = 60) -> list[Delivery]:
    with ground.app.store.work() as work:
        return work.deliveries.claim(
            None, worker="w", limit=PEOPLE, now=ground.app.now(), lease_seconds=lease,
            real_now=real_now(),
        )  # fmt: skip


def queue_up(clerk: Clerk, store: Slow, rows: list[Delivery]) -> list[Slip]:
    """The first is being written, and held; the others are posted meanwhile."""
    first = clerk.post(window=rows[:1])
    assert store.begun.wait(30)
    rest = [clerk.post(window=[one]) for one in rows[1:]]
    store.go.set()
    return [first, *rest]


def test_those_who_wait_are_written_together(ground: Ground) -> None:
    """One transaction for who came first, one for all the others; each gets its own rows."""
    rows = claimed(ground)
    store = Slow(ground.app)

    with Clerk(replace(ground.app, store=store)) as clerk:  # type: ignore[arg-type]
        done = [clerk.wait(slip).owned for slip in queue_up(clerk, store, rows)]

    assert [[one.id for one in mine] for mine in done] == [[one.id] for one in rows]
    assert store.transactions == 2
    assert set(ground.states().values()) == {DeliveryState.SENDING}


def test_a_row_known_by_two_epochs_goes_to_the_one_who_holds_it(ground: Ground) -> None:
    """Both lines in one statement: who lost the row hears so, whatever is written for the other."""
    first = claimed(ground, lease=-1)
    mine = claimed(ground)
    store = Slow(ground.app)

    with Clerk(replace(ground.app, store=store)) as clerk:  # type: ignore[arg-type]
        begun = clerk.post(window=mine[:1])
        assert store.begun.wait(30)
        late = [clerk.post(window=[one]) for one in first[1:3]]
        good = [clerk.post(window=[one]) for one in mine[1:3]]
        stale = clerk.post(answer=Answer(first[0], accepted(first[0])), window=first[3:4])
        true = clerk.post(answer=Answer(mine[0], accepted(mine[0])), window=mine[3:4])
        store.go.set()
        for slip in (begun, *late, *good, stale, true):
            clerk.wait(slip)

    assert [list(slip.owned) for slip in (*late, stale)] == [[], [], []]
    assert [[one.epoch for one in slip.owned] for slip in (*good, true)] == [[2], [2], [2]]
    assert (stale.taken, true.taken) == (False, True)


def test_a_refusal_of_who_lost_the_row_changes_nothing(ground: Ground) -> None:
    """Not beside the acceptance of who holds it, and not before it."""
    [old, *_] = claimed(ground, lease=-1)
    [row, *_] = claimed(ground)
    refused = Result(row.id, Outcome.REFUSED, "hard", 550, "5.1.1")

    with Clerk(ground.app) as clerk:
        clerk.wait(clerk.post(window=[row]))
        posted = [
            clerk.post(answer=Answer(old, refused)),
            clerk.post(answer=Answer(row, Result(row.id, Outcome.DEFERRED, "soft", 451), kit.NOW)),
        ]
        assert [clerk.wait(slip).taken for slip in posted] == [False, True]

    assert ground.states()[row.address] is DeliveryState.DEFERRED


def test_what_is_committed_stays_so_when_the_rest_fails(ground: Ground) -> None:
    """A fault of a refusal's own transaction is no fault of the intents beside it."""
    rows = claimed(ground)
    store = Slow(ground.app, fails=lambda number: number == 3)

    with Clerk(replace(ground.app, store=store)) as clerk:  # type: ignore[arg-type]
        first, second = clerk.post(window=rows[:1]), clerk.post(window=rows[1:2])
        assert store.begun.wait(30)
        refusal = Result(rows[0].id, Outcome.REFUSED, "soft", 552)
        other = clerk.post(window=rows[2:3])
        refused = clerk.post(answer=Answer(rows[0], refusal))
        store.go.set()
        owned = [clerk.wait(slip).owned for slip in (first, second, other)]
        with pytest.raises(StorageFault):
            clerk.wait(refused)

    assert [len(one) for one in owned] == [1, 1, 1]


def accepted(one: Delivery) -> Result:
    return Result(one.id, Outcome.ACCEPTED, "accepted", 250)


def test_a_fault_reaches_everybody_whose_lines_were_in_it(ground: Ground) -> None:
    """Nobody sends on an intent that is not on disk, and the next one is served."""
    rows = claimed(ground)
    store = Slow(ground.app, fails=lambda number: number == 2)

    with Clerk(replace(ground.app, store=store)) as clerk:  # type: ignore[arg-type]
        first, *rest = queue_up(clerk, store, rows)
        assert [one.id for one in clerk.wait(first).owned] == [rows[0].id]
        for slip in rest:
            with pytest.raises(StorageFault):
                clerk.wait(slip)
        assert [one.id for one in clerk.wait(clerk.post(window=rows[1:2])).owned] == [rows[1].id]


def test_what_is_posted_is_written_although_nobody_waits(ground: Ground) -> None:
    """An answer is on disk a moment after it came, and all of them when the clerk goes home."""
    rows = claimed(ground)

    with Clerk(ground.app) as clerk:
        posted = [clerk.post(window=[one]) for one in rows]

    assert all(slip.done for slip in posted)
    assert set(ground.states().values()) == {DeliveryState.SENDING}
    with pytest.raises(RuntimeError, match="gone home"):
        clerk.post(window=rows[:1])


def test_nobody_waits_for_a_clerk_who_is_gone(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ended his thread, those who posted are told so."""
    rows = claimed(ground)
    excepted: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", excepted.append)
    clerk = Clerk(ground.app)

    def broken() -> list[Slip]:
        with clerk._guard:
            assert clerk._guard.wait_for(lambda: clerk._waiting, 30)
        raise MemoryError

    monkeypatch.setattr(clerk, "_next", broken)
    with clerk:
        slip = clerk.post(window=rows[:1])
        with pytest.raises(RuntimeError, match="gone home"):
            clerk.wait(slip)

    assert [one.exc_type for one in excepted] == [MemoryError]


def test_a_server_that_came_back_is_asked_once_more(ground: Ground) -> None:
    """The kept connection is dead with it; the lines are written on a new one."""
    rows = claimed(ground)
    store = Slow(ground.app, fails=lambda number: number == 1, fault=_away)
    store.go.set()

    with Clerk(replace(ground.app, store=store)) as clerk:  # type: ignore[arg-type]
        assert len(clerk.wait(clerk.post(window=rows)).owned) == PEOPLE

    assert store.transactions == 2


def test_an_intent_outlives_a_power_failure(ground: Ground) -> None:
    """SQLite waits for the disk at each commit of the clerk's, and at nobody else's."""
    with Clerk(ground.app) as clerk:
        assert clerk.do(_synchronous) == FULL
    with ground.app.store.work() as work:
        assert _synchronous(work) == NORMAL


FULL, NORMAL = 2, 1


def _synchronous(work: Work) -> int:
    return work.connection.exec_driver_sql("PRAGMA synchronous").scalar_one()


def test_something_else_runs_alone_and_its_fault_is_its_own(ground: Ground) -> None:
    """What is no line of the ledger has a transaction of its own."""
    rows = claimed(ground)

    def bad(_: Work) -> None:
        raise ValueError("its own")

    with Clerk(ground.app) as clerk:
        with pytest.raises(ValueError, match="its own"):
            clerk.do(bad)
        [mine] = clerk.wait(clerk.post(window=rows[:1])).owned
        stale = replace(mine, epoch=0)
        taken = [
            clerk.wait(clerk.post(answer=Answer(one, accepted(one)))).taken for one in (mine, stale)
        ]
        assert taken == [True, False]
