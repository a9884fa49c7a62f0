"""Jobs for the workers of all machines, written in the transaction that queues an edition."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from digest.actions import dispatching, missing, pacing, reviewing, stops
from digest.actions.app import App
from digest.clock import real_now
from digest.jobs import queue
from digest.jobs.dispatcher import EVERY
from digest.jobs.herald import QUEUE, QueueHerald, heralded
from digest.model import EditionId, LaneState
from digest.settings import Database, Dispatch, Settings
from tests.fakes.transport import BLOCKED, FakeSpec, FakeTransport
from tests.integration import web_kit as kit
from tests.integration.store import databases

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_database = databases.postgres_database

CONNECTIONS = 3
READERS = [f"chitatel{n}@chitateli.example" for n in range(5)]
EDITION = kit.edition().id
PATIENCE = 60


@pytest.fixture
def app(tmp_path: Path, postgres_database: str) -> Iterator[App]:
    """A home on PostgreSQL with an approved edition for five readers."""
    settings = Settings(
        database=Database(url=postgres_database), dispatch=Dispatch(connections=CONNECTIONS)
    )
    made = heralded(kit.make_app(tmp_path / "home", settings=settings))
    for address in READERS:
        kit.add_reader(made, address)
    reviewing.approve(made, EDITION, by=kit.APPROVER)
    yield made
    made.close()


@pytest.fixture
def worked(app: App, monkeypatch: pytest.MonkeyPatch) -> App:
    """The same after a worker's first start, and without any sweep that could make jobs."""
    monkeypatch.setattr(queue, "defer_drains", lambda _app, _queue: 0)
    queue.run_worker(app, until_empty=True)
    return app


def jobs(app: App) -> list[tuple[str, datetime | None]]:
    """The drain jobs that wait: lock and time."""
    asked = text(
        "SELECT queueing_lock, scheduled_at FROM procrastinate_jobs"
        " WHERE task_name = 'drain' AND status = 'todo' ORDER BY id"
    )
    with app.store.reading() as work:
        return [(row[0], row[1]) for row in work.connection.execute(asked)]


class Failing(QueueHerald):
    """Makes the jobs, and then the transaction does not come to its end."""

    def queued(
        self, connection: Connection, edition: EditionId, moments: Collection[datetime]
    ) -> int:
        assert super().queued(connection, edition, moments) == CONNECTIONS
        raise RuntimeError("the lights went out")


@pytest.mark.postgres
def test_queueing_leaves_a_job_for_each_connection(worked: App) -> None:
    """With the commit, and a second queueing doubles none."""
    dispatching.queue(worked, EDITION)
    first = jobs(worked)
    dispatching.queue(worked, EDITION)

    assert first == [(f"drain:{EDITION}:{lane}", None) for lane in range(CONNECTIONS)]
    assert jobs(worked) == first


@pytest.mark.postgres
def test_a_queueing_that_is_rolled_back_leaves_no_job(worked: App) -> None:
    """Neither jobs nor deliveries: nobody is woken for nothing."""
    failing = replace(worked, herald=Failing(CONNECTIONS))

    with pytest.raises(RuntimeError, match="lights"):
        dispatching.queue(failing, EDITION)

    assert jobs(worked) == []
    assert dispatching.ledger(worked, EDITION).planned == 0


@pytest.mark.postgres
def test_a_worker_that_runs_already_sends_without_a_sweep(
    worked: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit itself wakes it."""
    relay = FakeTransport()
    monkeypatch.setattr(
        dispatching, "open_transport", lambda _app, _text, *, first=0: FakeSpec(relay)
    )

    asyncio.run(asyncio.wait_for(_worker_then_queue(worked), PATIENCE))

    assert dispatching.ledger(worked, EDITION).accepted == len(READERS)


async def _worker_then_queue(app: App) -> None:
    made = queue.queue_app(app)
    async with made.open_async():
        worker = asyncio.create_task(
            made.run_worker_async(queues=[QUEUE], concurrency=2, install_signal_handlers=False)
        )
        await asyncio.to_thread(dispatching.queue, app, EDITION)
        while (await asyncio.to_thread(dispatching.ledger, app, EDITION)).accepted < len(READERS):
            pass
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


@pytest.mark.postgres
def test_a_database_that_no_worker_has_seen_is_queued_in_all_the_same(app: App) -> None:
    """The first worker finds the edition by its sweep."""
    assert dispatching.queue(app, EDITION).planned == len(READERS)

    queue.run_worker(app, until_empty=True)

    assert dispatching.ledger(app, EDITION).accepted == len(READERS)


@pytest.mark.postgres
def test_a_later_hour_has_jobs_of_its_own_at_that_hour(worked: App) -> None:
    """And they do not stand in the way of one that is needed now."""
    later = real_now().replace(microsecond=0) + timedelta(hours=2)
    assert worked.herald is not None
    with worked.store.work() as work:
        made = worked.herald.queued(work.connection, EDITION, [later])
    with worked.store.work() as work:
        again = worked.herald.queued(work.connection, EDITION, [later, kit.NOW])

    assert (made, again) == (CONNECTIONS, CONNECTIONS)
    found = jobs(worked)
    assert [at for _, at in found] == [later] * CONNECTIONS + [None] * CONNECTIONS
    assert len({lock for lock, _ in found}) == 2 * CONNECTIONS


@pytest.mark.postgres
def test_those_who_missed_it_are_announced_too(
    worked: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another try by hand does not wait for the full minute either."""
    relay = FakeTransport({READERS[0]: BLOCKED})
    monkeypatch.setattr(
        dispatching, "open_transport", lambda _app, _text, *, first=0: FakeSpec(relay)
    )
    dispatching.queue(worked, EDITION)
    queue.run_worker(worked, until_empty=True)

    missing.send_to_missed(worked, EDITION, by=kit.APPROVER)
    waiting = [at for _, at in jobs(worked)].count(None)
    queue.run_worker(worked, until_empty=True)

    assert waiting == CONNECTIONS
    assert dispatching.ledger(worked, EDITION).accepted == len(READERS)


@pytest.fixture
def stopped(worked: App) -> App:
    """The edition is queued, and its only lane waits for a person; the workers have looked."""
    with worked.store.work() as work:
        work.lanes.save([replace(LaneState("rest", worked.now()), stopped="554 5.7.1")])
    dispatching.queue(worked, EDITION)
    queue.run_worker(worked, until_empty=True)
    assert jobs(worked) == []
    return worked


@pytest.mark.postgres
def test_a_lane_that_may_go_on_wakes_the_workers(stopped: App) -> None:
    """At once, and not with the next full minute; a lane in which nobody waits wakes none."""
    pacing.resume(stopped, "gmail", by=kit.APPROVER)
    before = jobs(stopped)

    pacing.resume(stopped, "rest", by=kit.APPROVER)

    assert before == []
    assert jobs(stopped) == [(f"drain:{EDITION}:{lane}", None) for lane in range(CONNECTIONS)]


@pytest.mark.postgres
def test_an_edition_that_is_held_back_is_not_announced_with_its_lane(stopped: App) -> None:
    """Its own resuming does that."""
    dispatching.pause(stopped, EDITION, by=kit.APPROVER)

    pacing.resume(stopped, "rest", by=kit.APPROVER)

    assert jobs(stopped) == []


@pytest.mark.postgres
def test_a_resuming_that_is_rolled_back_wakes_nobody(stopped: App) -> None:
    """Neither a job nor a lane that goes on."""
    failing = replace(stopped, herald=Failing(CONNECTIONS))

    with pytest.raises(RuntimeError, match="lights"):
        pacing.resume(failing, "rest", by=kit.APPROVER)

    assert jobs(stopped) == []
    assert [one.name for one in stops.stopped(stopped)] == ["rest"]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("state", "least"),
    [
        pytest.param({"rate": 60.0, "slowed_at": kit.NOW}, EVERY, id="slow"),
        pytest.param({"held_until": kit.NOW + timedelta(minutes=2)}, 40 * EVERY, id="rests"),
    ],
)
def test_a_lane_that_is_slow_is_looked_at_again_in_its_time(
    worked: App, state: dict[str, Any], least: timedelta
) -> None:
    """A bucket holds ten seconds of a rate: with a look a minute most of it would run over."""
    with worked.store.work() as work:
        work.lanes.save([replace(LaneState("rest", worked.now()), **state)])
    dispatching.queue(worked, EDITION)
    before = real_now()

    queue.run_worker(worked, until_empty=True)

    ((lock, at),) = jobs(worked)
    assert lock == f"drain:{EDITION}:0:pace"
    assert at is not None
    assert before + least <= at <= real_now() + least


@pytest.mark.postgres
def test_a_drain_looks_again_when_the_leases_of_others_end(worked: App) -> None:
    """A worker that died holding rows costs a lease, not a lease and a minute."""
    dispatching.queue(worked, EDITION)
    held = real_now()
    with worked.store.work() as work:
        work.deliveries.claim(
            None, worker="dead", limit=2, now=worked.now(), lease_seconds=3600, real_now=held
        )

    queue.run_worker(worked, until_empty=True)

    ((lock, at),) = [(lock, at) for lock, at in jobs(worked) if at is not None]
    assert lock == f"drain:{EDITION}:0:lease"
    # Earlier where another connection was still busy: that job looks again in its turn.
    assert held < at <= held + timedelta(seconds=3600)
    assert dispatching.ledger(worked, EDITION).accepted == len(READERS) - 2


@pytest.mark.postgres
def test_a_queue_that_cannot_be_written_does_not_stop_the_edition(
    worked: App, caplog: pytest.LogCaptureFixture
) -> None:
    """Its tables may be of another version; the log says so and the sweep goes on."""
    with worked.store.work() as work:
        work.connection.execute(text("DROP FUNCTION procrastinate_defer_jobs_v1"))

    planned = dispatching.queue(worked, EDITION).planned

    assert planned == len(READERS)
    assert jobs(worked) == []
    assert "the sweep will make it" in caplog.text


def test_on_one_machine_nobody_is_told(tmp_path: Path) -> None:
    """Beside SQLite the process drains its own outbox."""
    app = kit.make_app(tmp_path / "home")

    assert heralded(app).herald is None
    app.close()
