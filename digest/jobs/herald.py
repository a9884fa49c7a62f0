"""Tells the workers of all machines what waits, in the transaction that makes it wait.

That is an edition that is queued, or the slices of a round of collecting. Jobs for procrastinate
are written on the caller's own connection: a rollback leaves none, and with the commit they are
there for whoever works. What cannot be told this way (no worker has made the queue's tables yet)
is found by the sweep of `queue.py` within a minute; queueing never fails for want of a job.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from digest.clock import real_now

if TYPE_CHECKING:
    import procrastinate
    from sqlalchemy import Connection

    from digest.actions.app import App
    from digest.model import EditionId

log = logging.getLogger(__name__)

QUEUE = DRAIN = "drain"
"""The queue of what is sent, and the task that drains an edition."""
COLLECT = "collect"
"""The queue of a round's slices, and the task that asks the sources of one. A queue of its own, so
that sources never take the place of mail."""
TABLE = "procrastinate_jobs"


def lock_of(edition: EditionId, lane: int) -> str:
    """What keeps a job of an edition's n-th connection from waiting twice."""
    return f"drain:{edition}:{lane}"


def slice_lock(name: str, n: int) -> str:
    """What keeps a slice of a round from waiting twice."""
    return f"collect:{name}:{n}"


def heralded(app: App) -> App:
    """The app, with a herald where there may be workers: PostgreSQL and the extra `postgres`."""
    if app.store.url.get_backend_name() != "postgresql" or find_spec("procrastinate") is None:
        return app
    return replace(app, herald=QueueHerald(app.settings.dispatch.connections))


@dataclass(frozen=True)
class Job:
    """A job to be written: the task, which is the name of its queue too, its lock and words."""

    task: str
    lock: str
    words: Mapping[str, str | int]
    at: datetime | None = None


def slice_job(name: str, n: int) -> Job:
    """The job of one slice of a round."""
    return Job(COLLECT, slice_lock(name, n), {"name": name, "n": n})


@dataclass(frozen=True)
class QueueHerald:
    """Defers a drain job for each of so many connections of a worker, and one for each slice."""

    connections: int

    def queued(
        self, connection: Connection, edition: EditionId, moments: Collection[datetime]
    ) -> int:
        """Writes the jobs of an edition with rows due now and at later moments; gives how many.

        A job that waits already is not doubled.
        """
        if not _prepared(connection):
            log.info("no worker has made the job queue yet; the first one finds %s", edition)
            return 0
        wanted = _jobs(edition, self.connections, moments)
        return sum(
            self._defer(connection, Job(DRAIN, lock, {"edition": str(edition)}, at))
            for lock, at in wanted
        )

    def opened(self, connection: Connection, numbers: Mapping[str, Collection[int]]) -> bool:
        """Writes a job for each slice of these rounds; False before any worker ever ran."""
        if not _prepared(connection):
            return False
        for name, slices in numbers.items():
            for n in slices:
                self._defer(connection, slice_job(name, n))
        return True

    def _defer(self, connection: Connection, job: Job) -> bool:
        from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

        ready = self._queue.configure_task(
            job.task,
            queue=job.task,
            queueing_lock=job.lock,
            schedule_at=job.at,
            connection=connection.connection.driver_connection,
        )
        try:
            # A refused INSERT would spoil the caller's transaction.
            with connection.begin_nested():
                ready.defer(**job.words)
        except AlreadyEnqueued:
            return False
        except ConnectorException as error:
            log.warning("no job %s, the sweep will make it: %r", job.lock, error.__cause__)
            return False
        return True

    @cached_property
    def _queue(self) -> procrastinate.App:
        """Never opened: it writes on connections that it is given."""
        import procrastinate

        return procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def _prepared(connection: Connection) -> bool:
    """Whether a worker has made the queue's own tables."""
    from sqlalchemy import text

    return connection.execute(text(f"SELECT to_regclass('{TABLE}')")).scalar() is not None


def _jobs(
    edition: EditionId, connections: int, moments: Collection[datetime]
) -> Iterator[tuple[str, datetime | None]]:
    """The locks and times of the jobs; None is now.

    Later ones have locks of their own: one for six o'clock must not stand in the way of one that
    is needed at five.
    """
    now = real_now()
    ahead = sorted(one for one in set(moments) if one > now)
    times: list[datetime | None] = [*ahead]
    if len(ahead) < len(set(moments)):
        times.insert(0, None)
    for at in times:
        for lane in range(connections):
            lock = lock_of(edition, lane)
            yield (lock, None) if at is None else (f"{lock}:{at.astimezone(UTC):%m%dT%H%M}", at)
