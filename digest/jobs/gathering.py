"""Slices of a round of collecting as jobs: procrastinate on PostgreSQL, beside the drains.

A job names a slice; its sources and who asks them stand in the slice's row. A process asks one
slice at a time, which is many hosts at once already, on a queue of its own: collecting takes no
place from sending.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from digest.actions import rounds
from digest.jobs.herald import COLLECT, slice_job

if TYPE_CHECKING:
    from datetime import datetime

    import procrastinate
    from procrastinate.retry import BaseRetryStrategy

    from digest.actions.app import App

log = logging.getLogger(__name__)


def add_collecting(app: App, queue: procrastinate.App, retry: BaseRetryStrategy) -> None:
    """Teaches a queue the task `collect`: it asks one slice, if nobody does or did."""

    @queue.task(name=COLLECT, queue=COLLECT, retry=retry)
    def collect(name: str, n: int) -> int:
        mine = [one for one in rounds.waiting(app) if (one.round, one.n) == (name, n)]
        taken = sum(rounds.take(app, one) for one in mine)
        _look_again(app, queue)
        return taken


def defer_slices(app: App, queue: procrastinate.App) -> int:
    """A job for each slice that nobody is asking; ends a round that nobody has ended.

    So a slice is found whose process died, once its lease has run out. What lies on the disk of
    the machine with the clock is left to that one.
    """
    rounds.close(app)
    free = [one for one in rounds.waiting(app) if not one.here]
    return sum(_defer(queue, one.round, one.n) for one in free)


@asynccontextmanager
async def collecting_too(
    app: App, queue: procrastinate.App, *, until_empty: bool
) -> AsyncIterator[None]:
    """A second worker of this process, for slices, while the block runs that sends.

    Without `collect.slices` there is none. The slice that is being asked at the end is finished.
    """
    if not app.settings.collect.slices:
        yield
        return
    await asyncio.to_thread(defer_slices, app, queue)
    # Signals are the other worker's: its end is this one's.
    collector = asyncio.create_task(
        queue.run_worker_async(
            queues=[COLLECT],
            concurrency=1,
            wait=not until_empty,
            install_signal_handlers=False,
            # Hundreds a day, and what they came to stands elsewhere.
            delete_jobs="successful",
        )
    )
    collector.add_done_callback(_told)
    try:
        yield
        if until_empty:
            await collector
    finally:
        collector.cancel()
        await asyncio.gather(collector, return_exceptions=True)


def _told(collector: asyncio.Task[None]) -> None:
    """A collector that fell is named; the machine with the clock asks in its place."""
    if not collector.cancelled() and collector.exception() is not None:
        log.error("this worker collects no more", exc_info=collector.exception())


def _look_again(app: App, queue: procrastinate.App) -> None:
    """At the end of each lease: who holds it may be dead by then, and everybody else idle."""
    for one in rounds.asked_elsewhere(app):
        if not one.here:
            _defer(queue, one.round, one.n, at=one.lease)


def _defer(queue: procrastinate.App, name: str, n: int, at: datetime | None = None) -> bool:
    """Makes the job of a slice, for later if `at` is given; False when one waits already."""
    from procrastinate.exceptions import AlreadyEnqueued

    job = slice_job(name, n)
    # One for later must not stand in the way of one that is needed now.
    lock = job.lock if at is None else f"{job.lock}:lease"
    try:
        queue.configure_task(job.task, queueing_lock=lock, schedule_at=at).defer(**job.words)
    except AlreadyEnqueued:
        return False
    return True
