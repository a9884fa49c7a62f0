"""One hand writes for all connections: together where it can, each told of its own lines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.actions.clerk import Clerk
from digest.clock import real_now
from digest.errors import StorageFault
from digest.model import Delivery, DeliveryState, Outcome, Result
from digest.store.work import Work
from tests.faults.ground import Ground, queued_home

PEOPLE = 8


@dataclass
class Slow:
    """The store, whose first transaction waits for a sign, and which notes each one."""

    app: App
    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    transactions: int = 0
    fails: Callable[[int], bool] = lambda _: False

    @contextmanager
    def work(self) -> Iterator[Work]:
        self.transactions += 1
        number = self.transactions
        self.begun.set()
        assert self.go.wait(30)
        if self.fails(number):
            raise StorageFault("Пълен диск.", "Няма място.", "Освободете.")
        with self.app.store.work() as work:
            yield work


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


def claimed(ground: Ground) -> list[Delivery]:
    with ground.app.store.work() as work:
        return work.deliveries.claim(
            None, worker="w", limit=PEOPLE, now=ground.app.now(), lease_seconds=60,
            real_now=real_now(),
        )  # fmt: skip


def waiting(clerk: Clerk, count: int) -> None:
    """Until so many have asked: the leader is held, so nobody can be served before."""
    stopped = threading.Event()
    for _ in range(3000):
        with clerk._guard:
            if len(clerk._waiting) >= count:
                return
        stopped.wait(0.01)
    raise AssertionError("nobody came")


def queue_up(
    clerk: Clerk, store: Slow, rows: list[Delivery], pool: ThreadPoolExecutor
) -> list[Future[list[Delivery]]]:
    """The first leads and is held; the others stand behind it."""
    first = pool.submit(clerk.intend, rows[:1])
    assert store.begun.wait(30)
    rest = [pool.submit(clerk.intend, [one]) for one in rows[1:]]
    waiting(clerk, len(rest))
    store.go.set()
    return [first, *rest]


def test_those_who_wait_are_written_together(ground: Ground) -> None:
    """One transaction for who came first, one for all the others; each gets its own rows."""
    rows = claimed(ground)
    store = Slow(ground.app)
    clerk = Clerk(replace(ground.app, store=store))  # type: ignore[arg-type]

    with ThreadPoolExecutor(PEOPLE) as pool:
        done = [one.result(30) for one in queue_up(clerk, store, rows, pool)]

    assert [[one.id for one in mine] for mine in done] == [[one.id] for one in rows]
    assert store.transactions == 2
    assert set(ground.states().values()) == {DeliveryState.SENDING}


def test_a_fault_reaches_everybody_whose_lines_were_in_it(ground: Ground) -> None:
    """Nobody sends on an intent that is not on disk, and the next one is served."""
    rows = claimed(ground)
    store = Slow(ground.app, fails=lambda number: number == 2)
    clerk = Clerk(replace(ground.app, store=store))  # type: ignore[arg-type]

    with ThreadPoolExecutor(PEOPLE) as pool:
        first, *rest = queue_up(clerk, store, rows, pool)
        assert [one.id for one in first.result(30)] == [rows[0].id]
        faults = [one.exception(30) for one in rest]

    assert all(isinstance(one, StorageFault) for one in faults)
    assert [one.id for one in clerk.intend(rows[1:2])] == [rows[1].id]


def test_something_else_runs_alone_and_its_fault_is_its_own(ground: Ground) -> None:
    """What is no line of the ledger has a transaction of its own."""
    rows = claimed(ground)
    clerk = Clerk(ground.app)

    def bad(_: Work) -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        clerk.do(bad)
    [mine] = clerk.intend(rows[:1])
    accepted = Result(mine.id, Outcome.ACCEPTED, "accepted", 250)
    assert clerk.answer(mine, accepted, ground.app.now())
    assert not clerk.answer(replace(mine, epoch=0), accepted, ground.app.now())
