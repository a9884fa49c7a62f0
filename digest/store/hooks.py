"""Events that providers told, each once: a row UNIQUE (provider, event_id) absorbs a replay.

An event may come before its delivery is in doubt: SES tells of it within a second, the lease of
a worker that died lasts minutes. Such an event waits beside its delivery until that is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, delete, select, update

from digest.model import DeliveryId, DeliveryState
from digest.store.dialect import insert_new
from digest.store.hook_tables import hook_events
from digest.store.signer import Signer
from digest.store.tables import deliveries

OPEN = frozenset(
    {
        DeliveryState.QUEUED,
        DeliveryState.CLAIMED,
        DeliveryState.SENDING,
        DeliveryState.DEFERRED,
    }
)
"""States of a delivery that may still become unknown."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event of a delivery that was open: what it makes of it, should it be in doubt."""

    provider: str
    event_id: str
    delivery: DeliveryId
    ends: DeliveryState
    said: str


class HookEvents:
    """The events on one connection."""

    def __init__(self, connection: Connection, signer: Signer) -> None:
        self._connection = connection
        self._signer = signer

    def add(self, provider: str, event_id: str, kind: str, at: datetime) -> bool:
        """Notes an event, by the moment it came; False when it is there already.

        Of two transactions with the same one the second waits for the first.
        """
        statement = (
            insert_new(self._connection, hook_events)
            .values(provider=provider, event_id=event_id, kind=kind, at=at)
            .on_conflict_do_nothing()
            .execution_options(preserve_rowcount=True)
        )
        return self._connection.execute(statement).rowcount == 1

    def wait(self, one: Waiting) -> None:
        """Keeps what a noted event says until its delivery is settled or in doubt.

        Raises `NotFound` for a name that is no delivery.
        """
        row = self._signer.row_of(one.delivery)
        values = {"waits": row, "ends": one.ends.value, "said": one.said}
        self._connection.execute(_of(one.provider, one.event_id).values(values))

    def ripe(self) -> Sequence[Waiting]:
        """Those whose delivery is open no more, the oldest first, a stretch at a time."""
        rows = self._connection.execute(
            select(hook_events)
            .join(deliveries, deliveries.c.id == hook_events.c.waits)
            .where(
                hook_events.c.waits.is_not(None),
                deliveries.c.state.not_in([one.value for one in OPEN]),
            )
            .order_by(hook_events.c.at, hook_events.c.event_id)
            .limit(AT_ONCE)
        )
        return [
            Waiting(
                row.provider,
                row.event_id,
                self._signer.delivery_id(row.waits),
                DeliveryState(row.ends),
                row.said or "",
            )
            for row in rows
        ]

    def done(self, some: Collection[Waiting]) -> None:
        """They wait no more; that they came stays known."""
        for one in some:
            nothing = {"waits": None, "ends": None, "said": None}
            self._connection.execute(_of(one.provider, one.event_id).values(nothing))

    def drop(self, before: datetime) -> int:
        """Forgets the events that came before a time; gives how many went."""
        old = delete(hook_events).where(hook_events.c.at < before)
        return int(self._connection.execute(old).rowcount)


def _of(provider: str, event_id: str) -> Update:
    return update(hook_events).where(
        hook_events.c.provider == provider, hook_events.c.event_id == event_id
    )
