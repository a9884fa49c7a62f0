"""Ends editions of which nothing waits any more: one statement over those that are queued."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, update

from digest.model import EditionId, EditionState
from digest.store.tables import deliveries, editions


@dataclass(frozen=True, slots=True)
class Closed:
    """An edition that has just become sent, and for how many it was planned (0: nobody)."""

    edition_id: EditionId
    planned: int


def close_finished(connection: Connection) -> list[Closed]:
    """Queued editions and letters without an open or held delivery become sent; gives which.

    An old edition costs a look at its state and nothing else. What is unknown stays visible and
    keeps nothing open. Also closed is what nobody was planned for: nobody will ever be sent it.
    """
    # Two looks, one for each partial index of `deliveries`.
    mine = deliveries.c.edition_n == editions.c.n
    waits = exists().where(mine, deliveries.c.next_at.is_not(None))
    held = exists().where(mine, deliveries.c.lease.is_not(None))
    rows = connection.execute(
        update(editions)
        .where(editions.c.state == EditionState.QUEUED.value, ~or_(waits, held))
        .values(state=EditionState.SENT.value)
        .returning(editions.c.id, editions.c.planned)
    )
    return [Closed(EditionId(row.id), row.planned) for row in rows]
