"""The clock and the queue: one leader, catching up, draining, backing off, ending."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import dispatching, editions, reviewing
from digest.actions.app import App
from digest.errors import Conflict, DigestError, StorageFault, Unavailable
from digest.jobs import queue
from digest.jobs.backoff import BACKOFF, LONGEST, backoff
from digest.jobs.dispatcher import EVERY, Dispatcher
from digest.jobs.leader import FileLeader, PostgresLeader, leader_of
from digest.jobs.schedule import Schedule
from digest.jobs.serving import background
from digest.model import EditionState
from digest.settings import Database, Settings
from tests.integration import web_kit as kit
from tests.integration.store.databases import postgres_database, postgres_url  # noqa: F401

DOWN = Unavailable("Сървърът мълчи.", "Няма връзка.", "Опитайте по-късно.")


def test_only_one_of_two_schedulers_leads(tmp_path: Path) -> None:
    """The second one waits, and leads once the first lets go."""
    first, second = FileLeader(tmp_path / "lock"), FileLeader(tmp_path / "lock")

    assert (first.lead(), second.lead(), first.lead()) == (True, False, True)
    first.resign()
    assert second.lead()
    second.resign()


def test_a_lock_that_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    """A missing folder is a storage fault with a remedy."""
    with pytest.raises(StorageFault, match="права"):
        FileLeader(tmp_path / "nyama" / "lock").lead()


def test_the_lock_lies_beside_the_database(app: App) -> None:
    """Two homes never share a lead, and a copied home brings none."""
    leader = leader_of(app)

    assert leader.lead()
    assert (app.home / "scheduler.lock").exists()
    leader.resign()


def test_an_approved_edition_is_queued_and_sent_by_the_running_process(tmp_path: Path) -> None:
    """Clock and dispatcher together: at the sending hour the mail is in the outbox."""
    app = kit.make_app(tmp_path / "home", now=datetime(2026, 11, 23, 5, 0, 1, tzinfo=UTC))
    kit.add_reader(app)
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    done = threading.Event()

    def drain(inner: App, stop: Callable[[], bool]) -> DigestError | None:
        report = dispatching.dispatch(inner, stop=stop)
        if report.accepted:
            done.set()
        return report.trouble

    dispatcher = Dispatcher(app, work=drain)
    clock = Schedule(app, fired=dispatcher.wake)
    dispatcher.start()
    clock.start()
    try:
        assert done.wait(60)
    finally:
        dispatcher.ask_to_stop()
        clock.stop()
        dispatcher.stop()

    assert dispatching.ledger(app, kit.edition().id).accepted == 1
    assert editions.get(app, kit.edition().id).state in {EditionState.QUEUED, EditionState.SENT}
    app.close()


def test_all_threads_end_with_the_block(app: App) -> None:
    """Nothing of the background outlives it."""
    before = set(threading.enumerate())

    with background(app):
        assert set(threading.enumerate()) > before

    assert set(threading.enumerate()) <= before


def test_a_relay_that_is_down_makes_the_rests_longer(app: App) -> None:
    """Each failure doubles the rest; a success ends it."""
    answers: list[DigestError | None] = [DOWN, DOWN, None, DOWN]
    dispatcher = Dispatcher(app, work=lambda _app, _stop: answers.pop(0))

    rests = [dispatcher.look() for _ in range(4)]

    assert rests == [timedelta(seconds=30), timedelta(seconds=60), EVERY, timedelta(seconds=30)]


def test_a_fault_of_our_own_does_not_kill_the_dispatcher(app: App) -> None:
    """It is said in the log and the thread comes back."""

    def broken(_app: App, _stop: Callable[[], bool]) -> DigestError | None:
        raise RuntimeError

    assert Dispatcher(app, work=broken).look() == timedelta(seconds=30)


def test_what_a_person_must_mend_rests_longest(app: App) -> None:
    """Without a back-off in the table the thread only looks again now and then."""
    error = Conflict("Няма одобрение.", "Подписът е друг.", "Одобрете наново.")

    assert Dispatcher(app, work=lambda _app, _stop: error).look() == LONGEST


def test_a_woken_dispatcher_looks_at_once_and_stops(app: App) -> None:
    """Waking and stopping end the rest."""
    looked = threading.Semaphore(0)

    def work(_app: App, _stop: Callable[[], bool]) -> DigestError | None:
        looked.release()
        return DOWN

    dispatcher = Dispatcher(app, work=work)
    dispatcher.start()
    try:
        assert looked.acquire(timeout=20)
        dispatcher.wake()
        assert looked.acquire(timeout=20)
    finally:
        dispatcher.stop()


def test_every_error_has_a_back_off() -> None:
    """A new class of errors must be given its back-off on purpose."""
    known = {kind for kind in DigestError.__subclasses__() if kind.__module__ == "digest.errors"}

    assert known == set(BACKOFF)


@pytest.mark.parametrize("failures", [1, 2, 5, 50, 10_000])
def test_a_rest_never_passes_the_longest(failures: int) -> None:
    """However long a relay is down, its return is noticed."""
    rest = backoff(DOWN, failures)

    assert rest is not None
    assert timedelta(0) < rest <= LONGEST


def test_the_queue_of_many_machines_asks_for_postgresql(app: App) -> None:
    """On SQLite it says which command to use instead."""
    with pytest.raises(Unavailable, match="digest serve"):
        queue.queue_app(app)


def test_a_drain_job_sends_what_the_edition_has_due(app: App) -> None:
    """The job's function takes all rows of that edition, calling for help once, and then none."""
    kit.add_reader(app)
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(app, kit.edition().id)

    helpers: list[str] = []
    first = queue.drain_edition(app, kit.edition().id, more=lambda: helpers.append("one"))
    second = queue.drain_edition(app, kit.edition().id, more=lambda: helpers.append("two"))

    assert (first, second, helpers) == (1, 0, ["one"])
    assert dispatching.ledger(app, kit.edition().id).accepted == 1


@pytest.mark.postgres
def test_only_one_leads_on_postgresql(postgres_url: str) -> None:  # noqa: F811
    """The server's advisory lock: the second waits, another publication does not."""
    first = PostgresLeader(postgres_url, "digest:a")
    second = PostgresLeader(postgres_url, "digest:a")
    other = PostgresLeader(postgres_url, "digest:b")

    assert (first.lead(), second.lead(), other.lead(), first.lead()) == (True, False, True, True)
    first.resign()
    assert second.lead()
    second.resign()
    other.resign()


@pytest.mark.postgres
def test_workers_on_postgresql_send_each_row_once(tmp_path: Path, postgres_database: str) -> None:  # noqa: F811
    """Jobs name the edition alone; a second run of the worker finds nothing left."""
    settings = Settings(database=Database(url=postgres_database))
    app = kit.make_app(tmp_path / "home", settings=settings)
    for n in range(5):
        kit.add_reader(app, f"chitatel{n}@chitateli.example")
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(app, kit.edition().id)

    queue.run_worker(app, until_empty=True)
    queue.run_worker(app, until_empty=True)

    ledger = dispatching.ledger(app, kit.edition().id)
    outbox = list((app.home / "outbox").glob("*.eml"))
    assert (ledger.planned, ledger.accepted, ledger.balanced) == (5, 5, True)
    assert len(outbox) == 5
    app.close()


@pytest.mark.postgres
def test_the_job_of_a_dead_worker_does_not_stay_for_ever(
    tmp_path: Path,
    postgres_database: str,  # noqa: F811
) -> None:
    """Its heart stopped with the job in hand: the sweep takes it away, and a living one's stays."""
    settings = Settings(database=Database(url=postgres_database))
    app = kit.make_app(tmp_path / "home", settings=settings)
    queue.run_worker(app, until_empty=True)

    assert asyncio.run(_dead_and_living(app)) == (1, ["doing"])
    app.close()


async def _dead_and_living(app: App) -> tuple[int, list[str]]:
    """What the sweep takes away of two jobs in hand, and what is left."""
    made = queue.queue_app(app)
    async with made.open_async():
        # A sweep that the worker left behind would be fetched in the place of a drain.
        await made.connector.execute_query_async(
            "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'"
        )
        manager = made.job_manager
        workers = [await manager.register_worker() for _ in range(2)]
        for lane, worker in enumerate(workers):
            task = made.configure_task(queue.DRAIN, queueing_lock=f"lock{lane}")
            await task.defer_async(edition=kit.edition().id)
            assert await manager.fetch_job(queues=[queue.QUEUE], worker_id=worker)
        await made.connector.execute_query_async(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            " WHERE id = %(dead)s",
            dead=workers[0],
        )
        gone = await queue.forget_lost(made)
        left = await made.connector.execute_query_all_async(
            "SELECT status FROM procrastinate_jobs WHERE task_name = 'drain'"
        )
    return gone, [row["status"] for row in left]


@pytest.mark.postgres
def test_a_lead_on_a_lost_connection_is_given_up() -> None:
    """A server that does not answer is said, and no lead is claimed."""
    leader = PostgresLeader("postgresql://digest@127.0.0.1:1/nyama?connect_timeout=2", "digest:a")

    with pytest.raises(Unavailable):
        leader.lead()
