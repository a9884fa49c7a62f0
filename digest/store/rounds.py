"""Open rounds of collecting, slice by slice: who asks which sources, and until when.

A slice is taken under a lease in real time. How often it was taken is its epoch: who took it
earlier and comes late ends nothing. The rows of a round are dropped with its end, which happens
once however many look for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from digest.model import SourceId
from digest.store.codec import decode, encode
from digest.store.round_tables import collect_slices as slices

MOST_TRIES = 3
"""A slice that so many machines have died of is not given to another."""

KEEPING = int.from_bytes(b"digest-k", "big")
"""The advisory lock of who keeps what was collected."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the sources of a slice came to, counted as a round counts it."""

    sources: int = 0
    fetched: int = 0
    not_modified: int = 0
    failed: int = 0
    waiting: int = 0
    articles_new: int = 0


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a round. `here`: its sources lie on the disk of the machine with the clock.

    `tries` counts who took it; `lease` is until when the last one has it, `done` what it brought.
    """

    round: str
    n: int
    began: datetime
    urgent: bool
    here: bool
    sources: tuple[SourceId, ...]
    tries: int = 0
    lease: datetime | None = None
    done: Brought | None = None

    def held(self, now: datetime) -> bool:
        """Somebody asks its sources at this moment, as far as the lease tells."""
        return self.done is None and self.lease is not None and self.lease > now

    def lost(self, now: datetime) -> bool:
        """Everybody who took it died of it: no use in another."""
        return self.done is None and self.tries >= MOST_TRIES and not self.held(now)

    def free(self, now: datetime) -> bool:
        """It may be taken."""
        return self.done is None and not self.held(now) and not self.lost(now)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The sources of a slice as they lie in a row."""

    sources: tuple[SourceId, ...]


class Rounds:
    """The slices of open rounds on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> None:
        """Until the transaction ends, no other process keeps what it has collected.

        Two that bring the same articles in another order would each hold what the other wants
        next, and PostgreSQL would end one of them. SQLite has one writer anyway.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(KEEPING)))

    def begin(self, wanted: Sequence[Slice]) -> None:
        """Opens a round of these slices."""
        values = [
            {
                "round": one.round,
                "n": one.n,
                "began": one.began,
                "urgent": one.urgent,
                "here": one.here,
                "sources": encode(_Listed(one.sources)),
                "tries": 0,
            }
            for one in wanted
        ]
        self._connection.execute(insert(slices), values)

    def open(self) -> Sequence[Slice]:
        """The slices of rounds that have not ended, the oldest round first, done ones too."""
        rows = self._connection.execute(select(slices).order_by(slices.c.began, slices.c.n))
        return [_slice(row) for row in rows]

    def take(self, wanted: Slice, *, until: datetime) -> Slice | None:
        """The slice as the taker has it now; None when it is no more as it was read.

        That is when it was taken, renewed or ended in between.
        """
        same_lease = slices.c.lease.is_not_distinct_from(wanted.lease)
        changed = self._connection.execute(
            update(slices)
            .where(_as_read(wanted), same_lease, slices.c.done.is_(None))
            .values(tries=wanted.tries + 1, lease=until)
            .returning(*slices.c)
        ).one_or_none()
        return None if changed is None else _slice(changed)

    def renew(self, mine: Slice, *, until: datetime) -> bool:
        """Holds a slice for longer; False when it is no longer the caller's."""
        return self._changed(mine, lease=until)

    def end(self, mine: Slice, brought: Brought) -> bool:
        """Notes what a slice brought; False when it is no longer the caller's."""
        return self._changed(mine, done=encode(brought))

    def close(self, ended: Sequence[Slice]) -> bool:
        """Drops a round of which these are all slices; True for exactly one caller."""
        gone = self._connection.execute(
            delete(slices).where(slices.c.round == ended[0].round).returning(slices.c.n)
        )
        return bool(gone.all())

    def _changed(self, mine: Slice, **values: object) -> bool:
        changed = self._connection.execute(
            update(slices)
            .where(_as_read(mine), slices.c.done.is_(None))
            .values(**values)
            .returning(slices.c.n)
        )
        return changed.one_or_none() is not None


def _as_read(one: Slice) -> ColumnElement[bool]:
    return and_(slices.c.round == one.round, slices.c.n == one.n, slices.c.tries == one.tries)


def _slice(row: Row[tuple[object, ...]]) -> Slice:
    return Slice(
        round=row.round,
        n=row.n,
        began=row.began,
        urgent=row.urgent,
        here=row.here,
        sources=decode(_Listed, row.sources).sources,
        tries=row.tries,
        lease=row.lease,
        done=None if row.done is None else decode(Brought, row.done),
    )
