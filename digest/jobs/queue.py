"""Draining on many machines: procrastinate on PostgreSQL, with the extra `postgres`.

A job says "drain a slice of edition X", never who gets it: the ledger's rows are the truth, and
a job that is lost or run twice loses and repeats nothing. Whoever queues writes them in the same
transaction (`herald.py`), and the sweep makes them anew each minute.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from digest.actions import dispatching, pacing
from digest.actions.clerk import Clerk
from digest.clock import real_now
from digest.errors import DigestError, Unavailable
from digest.jobs.backoff import backoff
from digest.jobs.dispatcher import EVERY
from digest.jobs.gathering import add_collecting, collecting_too, defer_slices
from digest.jobs.headway import logged
from digest.jobs.herald import DRAIN, QUEUE, lock_of
from digest.model import EditionId, EditionState

if TYPE_CHECKING:
    from datetime import datetime

    import procrastinate
    from procrastinate.jobs import Job
    from procrastinate.retry import BaseRetryStrategy

    from digest.actions.app import App

log = logging.getLogger(__name__)

PREPARING = int.from_bytes(b"digest-q", "big")
"""The advisory lock under which the queue's own tables are made."""
BESIDE = 4
"""Threads of a worker beside those that send: the sweep, collecting, what the queue itself asks."""
LAST_EDITIONS = 14
"""Newest editions, and letters, that a sweep looks at: all that can still have rows waiting."""


def queue_app(app: App, clerk: Clerk | None = None) -> procrastinate.App:
    """Builds procrastinate over the home's PostgreSQL: tasks `drain`, `collect` and `sweep`.

    `clerk` writes for all jobs of the process; without one each job has its own. Raises
    `Unavailable` without the extra or on another database.
    """
    _demand_library()
    import procrastinate

    numbers = itertools.count()
    made = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=_conninfo(app)))

    @made.task(name=DRAIN, queue=QUEUE, retry=_retry())
    def drain(edition: str) -> int:
        name, number = EditionId(edition), next(numbers)

        def more() -> None:
            defer(made, name, lock_of(name, number % app.settings.dispatch.connections))

        taken = drain_edition(app, name, number=number, more=more, clerk=clerk)
        _look_again(app, made, name)
        return taken

    add_collecting(app, made, _retry())

    @made.periodic(cron="* * * * *")
    @made.task(name="sweep", queue=QUEUE, queueing_lock="sweep")
    async def sweep(timestamp: int) -> int:
        log.debug("sweep of %s", timestamp)
        await forget_lost(made)
        return await asyncio.to_thread(made_anew)

    def made_anew() -> int:
        return defer_drains(app, made) + defer_slices(app, made)

    return made


async def forget_lost(queue: procrastinate.App) -> int:
    """Takes away jobs whose worker died with them, which would be `doing` for ever.

    What they had not done is found in the rows, and gets jobs of its own.
    """
    from procrastinate.jobs import Status

    lost = list(await queue.job_manager.get_stalled_jobs())
    for job in lost:
        log.warning("the worker of job %s %s is gone", job.task_name, job.task_kwargs)
        await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    return len(lost)


def drain_edition(
    app: App,
    edition: EditionId,
    *,
    number: int = 0,
    more: Callable[[], None] = lambda: None,
    clerk: Clerk | None = None,
) -> int:
    """Slices of one edition until none can be claimed; gives how many rows were taken.

    `number` is the job's own among those of its process, so that jobs spread over the relays.
    `more` is called when there were rows: whoever is idle, on whatever machine, may help.
    """
    spec = dispatching.open_transport(app, None, first=number)
    taken = 0
    with (
        logged() as progress,
        dispatching.draining(app, spec, progress=progress, clerk=clerk) as one_slice,
    ):
        while rows := one_slice(edition):
            if not taken:
                more()
            taken += rows
    dispatching.close_finished(app)
    return taken


def defer_drains(app: App, queue: procrastinate.App) -> int:
    """A drain job for each connection of each edition that may have rows due.

    A job that already waits in the queue is not doubled.
    """
    return sum(
        defer(queue, edition, lock_of(edition, lane))
        for edition in _open_editions(app)
        for lane in range(app.settings.dispatch.connections)
    )


def defer(
    queue: procrastinate.App, edition: EditionId, lock: str, at: datetime | None = None
) -> bool:
    """Makes a drain job, for later if `at` is given; False when one with this lock waits."""
    from procrastinate.exceptions import AlreadyEnqueued

    try:
        queue.configure_task(DRAIN, queueing_lock=lock, schedule_at=at).defer(edition=str(edition))
    except AlreadyEnqueued:
        return False
    return True


def _look_again(app: App, queue: procrastinate.App, edition: EditionId) -> None:
    """When what this job had to leave may go, if by then nobody is left to see it.

    That is the end of the last lease, whose holder may be dead, and the time that a slow lane
    asks for: a sweep a minute would give it ten seconds of its rate in each.
    """
    with app.store.reading() as work:
        until = work.deliveries.held_until(edition)
    if until is not None:
        defer(queue, edition, f"{lock_of(edition, 0)}:lease", until)
    rest = pacing.held_back(app, edition)
    if rest is not None:
        defer(queue, edition, f"{lock_of(edition, 0)}:pace", real_now() + max(rest, EVERY))


def run_worker(app: App, *, until_empty: bool = False) -> None:
    """Works until SIGTERM or SIGINT, or until no job waits (`until_empty`).

    Makes procrastinate's own tables at the first run and sweeps at the start.
    """
    with Clerk(app) as clerk:
        asyncio.run(_work(app, queue_app(app, clerk), until_empty=until_empty))


async def _work(app: App, queue: procrastinate.App, *, until_empty: bool) -> None:
    connections = app.settings.dispatch.connections
    # The loop's own pool knows the processors: a few threads, where each job needs one.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(connections + BESIDE))
    async with queue.open_async():
        await _prepare(app, queue)
        await asyncio.to_thread(defer_drains, app, queue)
        async with collecting_too(app, queue, until_empty=until_empty):
            await queue.run_worker_async(
                queues=[QUEUE],
                concurrency=connections,
                wait=not until_empty,
                # What they came to stands in the ledger; the sweep alone makes 1,440 a day.
                delete_jobs="successful",
            )


async def _prepare(app: App, queue: procrastinate.App) -> None:
    """Makes procrastinate's tables, once: workers that start together wait for the first."""
    import psycopg

    async with await psycopg.AsyncConnection.connect(_conninfo(app)) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (PREPARING,))
        if not await queue.check_connection_async():
            await queue.schema_manager.apply_schema_async()


def _open_editions(app: App) -> list[EditionId]:
    waiting = {EditionState.QUEUED, EditionState.SENT}
    with app.store.reading() as work:
        found = [*work.editions.list(LAST_EDITIONS), *work.editions.notices(LAST_EDITIONS)]
    return [one.id for one in found if one.state in waiting]


def _demand_library() -> None:
    try:
        import procrastinate  # noqa: F401
    except ModuleNotFoundError as cause:
        raise Unavailable(
            "Опашката за много машини не е налична.",
            "Не е инсталирана библиотеката procrastinate.",
            "Инсталирайте пакета с допълнението „digest[postgres]“.",
        ) from cause


def _conninfo(app: App) -> str:
    url = app.store.url
    if url.get_backend_name() != "postgresql":
        raise Unavailable(
            "Опашката за много машини иска PostgreSQL.",
            "Базата на този дом е SQLite; от нея изпраща само един процес.",
            "Използвайте „digest serve“ или посочете PostgreSQL в DIGEST_DATABASE__URL.",
        )
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _retry() -> BaseRetryStrategy:
    """The table of `backoff.py` as procrastinate asks for it."""
    from procrastinate.retry import BaseRetryStrategy, RetryDecision

    class ByTable(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
            if not isinstance(exception, DigestError):
                return None
            pause = backoff(exception, job.attempts + 1)
            return (
                None
                if pause is None
                else RetryDecision(retry_in={"seconds": int(pause.total_seconds())})
            )

    return ByTable()
