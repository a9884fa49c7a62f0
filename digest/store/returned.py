"""Deliveries that came back because the mailbox is full or locked, until it is given up or heals.

A row says that of a delivery and no more: whose it was stands in the ledger, where erasing a
person reaches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Select, Table, and_, delete, func, or_, select

from digest.model import DeliveryId, DeliveryState, SubscriberId, Tried
from digest.store.dialect import insert_new
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions, metadata
from subscribers.moment import Moment
from subscribers.tables import RowId

returned = Table(
    "returned",
    metadata,
    Column("delivery_id", RowId, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index("ix_returned_at", "at"),
)

SOFT = "soft:"
"""How the ledger's word on a refusal opens that the mailbox gave at send time."""

_AT_ONCE = and_(
    deliveries.c.state == DeliveryState.REFUSED.value, deliveries.c.last_error.startswith(SOFT)
)


class Returned:
    """The returned deliveries on one connection."""

    def __init__(self, connection: Connection, signer: Signer) -> None:
        self._connection = connection
        self._signer = signer

    def add(self, delivery: DeliveryId, at: datetime) -> bool:
        """Notes one, once; False when it was. Raises `NotFound` for what is no delivery's name."""
        statement = (
            insert_new(self._connection, returned)
            .values(delivery_id=self._signer.row_of(delivery), at=at)
            .on_conflict_do_nothing()
            .execution_options(preserve_rowcount=True)
        )
        return self._connection.execute(statement).rowcount == 1

    def tried(self, reader: SubscriberId, since: datetime) -> Sequence[Tried]:
        """What a relay took for a reader or their mailbox refused, of the editions since a day."""
        back = or_(returned.c.delivery_id.is_not(None), _AT_ONCE)
        taken = deliveries.c.state == DeliveryState.ACCEPTED.value
        rows = self._connection.execute(
            select(func.coalesce(deliveries.c.answered_at, returned.c.at), back)
            .select_from(deliveries)
            .join(editions, editions.c.n == deliveries.c.edition_n)
            .outerjoin(returned, returned.c.delivery_id == deliveries.c.id)
            .where(
                editions.c.date >= since.date(),
                deliveries.c.subscriber_id == int(reader),
                or_(taken, back),
            )
        )
        return [Tried(at, bool(is_back)) for at, is_back in rows]

    def forget(self, reader: SubscriberId) -> None:
        """What came back of a reader has had its consequence."""
        self._connection.execute(delete(returned).where(returned.c.delivery_id.in_(_mine(reader))))

    def drop(self, before: datetime) -> None:
        """Drops what is older than anybody looks back."""
        self._connection.execute(delete(returned).where(returned.c.at < before))


def _mine(reader: SubscriberId) -> Select[tuple[int]]:
    # Through the editions, since the index of deliveries begins with them.
    return select(deliveries.c.id).where(
        deliveries.c.edition_n.in_(select(editions.c.n)),
        deliveries.c.subscriber_id == int(reader),
    )
