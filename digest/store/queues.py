"""What waits in each lane, from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from digest.model import EditionId
from digest.store.claim import lanes_waiting
from digest.store.ledger import edition_row
from digest.store.tables import deliveries, editions

_LIVE = and_(~editions.c.paused, ~editions.c.cancelled)


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
        else deliveries.c.edition_n.in_(select(editions.c.n).where(_LIVE))
    )
    rows = connection.execute(
        select(deliveries.c.lane, func.count(), func.min(deliveries.c.next_at))
        .where(mine, deliveries.c.next_at.is_not(None))
        .group_by(deliveries.c.lane)
        .order_by(deliveries.c.lane)
    )
    return [LaneQueue(row[0], row[1], row[2]) for row in rows]


def editions_waiting(connection: Connection, lane: str) -> Sequence[EditionId]:
    """The editions that may be sent and of which something waits in a lane, due or not."""
    found = connection.execute(
        select(editions.c.id)
        .where(_LIVE, exists().where(*_open(editions.c.n, lane)))
        .order_by(editions.c.n)
    )
    return [EditionId(one) for one in found.scalars()]


def lanes_due(connection: Connection, edition_id: str, now: datetime) -> Sequence[str]:
    """The lanes in which something of an edition is due, and not taken; none of one held back."""
    n = connection.execute(select(editions.c.n).where(editions.c.id == edition_id, _LIVE)).scalar()
    if n is None:
        return []
    return [one for one in lanes_waiting(connection, n) if _any_due(connection, n, one, now)]


def _any_due(connection: Connection, n: int, lane: str, now: datetime) -> bool:
    # The earliest and not „is there any“: a server that has old counts walks the table for that.
    first = select(deliveries.c.next_at).where(*_open(n, lane))
    earliest = connection.execute(first.order_by(deliveries.c.next_at).limit(1)).scalar()
    return earliest is not None and earliest <= now


def _open(n: int | ColumnElement[int], lane: str) -> tuple[ColumnElement[bool], ...]:
    """In the words of the index of open rows."""
    return (
        deliveries.c.edition_n == n,
        deliveries.c.lane == lane,
        deliveries.c.next_at.is_not(None),
    )
