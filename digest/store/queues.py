"""What waits in each lane, from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from digest.store.ledger import edition_row
from digest.store.tables import deliveries, editions


@dataclass(frozen=True, slots=True)
class LaneQueue:
    """Deliveries of a lane that wait, and when the first may go.

    `stopped`: not before a person lets the lane go on.
    """

    lane: str
    waiting: int
    next_at: datetime
    stopped: bool = False


def lane_queues(connection: Connection, edition_id: str | None) -> Sequence[LaneQueue]:
    """The lanes with something left, by name: of one edition, or of all that may be sent."""
    mine = (
        deliveries.c.edition_n == edition_row(connection, edition_id)[0]
        if edition_id is not None
        else deliveries.c.edition_n.in_(
            select(editions.c.n).where(~editions.c.paused, ~editions.c.cancelled)
        )
    )
    rows = connection.execute(
        select(deliveries.c.lane, func.count(), func.min(deliveries.c.next_at))
        .where(mine, deliveries.c.next_at.is_not(None))
        .group_by(deliveries.c.lane)
        .order_by(deliveries.c.lane)
    )
    return [LaneQueue(row[0], row[1], row[2]) for row in rows]
