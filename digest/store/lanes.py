"""The pace of lanes, one row each, so that all workers on all machines share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, select

from digest.model import LaneState
from digest.store.dialect import insert_new
from digest.store.tables import deliveries, lanes

_ALL = select(lanes).order_by(lanes.c.name)
_LEFT_OUT = frozenset({"name"})


class Lanes:
    """The states of lanes on one connection. A lane of which nothing is known has none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, LaneState]:
        """Every known state by its lane, as it is now; another worker may be changing it."""
        return self._read(())

    def locked(self, names: Iterable[str], now: datetime) -> dict[str, LaneState]:
        """States that nobody else changes before this transaction ends; a new one where none was.

        Taken in the order of their names, so that no two workers wait for one another.
        """
        wanted = sorted(set(names))
        if not wanted:
            return {}
        fresh = [asdict(LaneState(name, now)) for name in wanted]
        self._connection.execute(
            insert_new(self._connection, lanes).on_conflict_do_nothing(), fresh
        )
        return self._read(wanted)

    def save(self, states: Iterable[LaneState]) -> None:
        """Keeps states, whatever was there."""
        rows = [asdict(one) for one in states]
        if not rows:
            return
        statement = insert_new(self._connection, lanes)
        changed = {
            column.name: statement.excluded[column.name]
            for column in lanes.c
            if column.name not in _LEFT_OUT
        }
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_=changed), rows
        )

    def workers(self, real_now: datetime) -> dict[str, frozenset[str]]:
        """Lane → the workers that hold rows of it now."""
        rows = self._connection.execute(
            select(deliveries.c.lane, deliveries.c.worker)
            .where(deliveries.c.lease > real_now)
            .group_by(deliveries.c.lane, deliveries.c.worker)
        )
        held: dict[str, set[str]] = {}
        for row in rows:
            held.setdefault(row.lane, set()).add(row.worker)
        return {lane: frozenset(names) for lane, names in held.items()}

    def waiting(self, now: datetime) -> dict[str, int]:
        """Lane → deliveries that are due and not taken, of all editions."""
        rows = self._connection.execute(
            select(deliveries.c.lane, func.count())
            .where(deliveries.c.next_at <= now)
            .group_by(deliveries.c.lane)
        )
        return {row[0]: int(row[1]) for row in rows}

    def _read(self, names: Iterable[str]) -> dict[str, LaneState]:
        statement = _ALL
        if wanted := list(names):
            statement = statement.where(lanes.c.name.in_(wanted)).with_for_update()
        found = self._connection.execute(statement).mappings()
        return {row["name"]: LaneState(**row) for row in found}
