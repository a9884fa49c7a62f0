"""Planning one delivery for each of a million readers on SQLite or PostgreSQL: speed, memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.bench.generated import edition
from digest.bench.homes import add_people, home_on
from digest.bench.memory import watched
from digest.bench.rows import Row, note, seconds_of, timed

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import Edition

SIZE = 1_000_000
"""Deliveries."""

PER_SECOND = {"sqlite": 300_000, "postgresql": 100_000}
"""Promised; a machine of two cores reaches both."""
FLAT = 1.1
"""Memory that grows with the rows would grow by far more than a tenth."""

_COPY = (
    "CREATE TEMP TABLE bare AS SELECT 1 AS edition_n, id, sections, lane, 'queued' AS state,"
    " confirmed_at AS due FROM subscribers"
)


def measure(size: int, *, database: str | None = None) -> Iterator[Row]:
    """Fills the ledger of one edition; the commit counts.

    `database` names a PostgreSQL server; without it the home is on SQLite.
    """
    with home_on(database) as app:
        note(f"{size} читатели се записват")
        add_people(app, size, hours=True)
        draft = edition(app.newsroom, publication=app.settings.publication.id)
        with app.store.work() as work:
            work.editions.save(draft)
        note("доставките се нареждат")
        with watched() as memory, timed() as watch:
            planned = _fill(app, draft)
        bare, kind = _bare(app), app.store.url.get_backend_name()
    grown = memory.peak / memory.before
    rate = planned / watch.seconds
    yield Row(
        what="нареждане на доставки",
        seconds=watch.seconds,
        units=planned,
        ratio=watch.seconds / bare,
        ratio_to="голо копие на същите редове без индекси",
        floor=f"per_second ≥ {PER_SECOND[kind]}",
        holds=rate >= PER_SECOND[kind],
        more={"cpu_seconds": watch.cpu_seconds, "database": kind},
    )
    yield Row(
        what="памет при нареждането",
        seconds=watch.seconds,
        units=planned,
        ratio=grown,
        ratio_to="паметта преди него",
        floor=f"ratio ≤ {FLAT}",
        holds=grown <= FLAT,
        more={
            "memory_mb_before": round(memory.before, 1),
            "memory_mb_peak": round(memory.peak, 1),
        },
    )


def _fill(app: App, draft: Edition) -> int:
    with app.store.work() as work:
        pairs = work.deliveries.distinct_slots(app.now())
        return work.deliveries.fill(
            draft,
            slots={pair: app.now() + timedelta(hours=pair[1] or 0) for pair in pairs},
            now=app.now(),
            expires_minutes=app.settings.approval.latest_minutes,
            domain=app.settings.masthead().domain,
        )


def _bare(app: App) -> float:
    """Copies as many rows into a table that has nothing to keep in order."""
    with app.store.work() as work:
        seconds = seconds_of(lambda: work.connection.exec_driver_sql(_COPY))
        work.connection.exec_driver_sql("DROP TABLE bare")
    return seconds
