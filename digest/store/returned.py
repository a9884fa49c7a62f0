"""Deliveries that came back because the mailbox is full or locked, until it is given up or heals.

Written with a report, or in the transaction of the answer that refused the message so. A row says
that of a delivery and no more: whose it was stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Select,
    Table,
    delete,
    func,
    literal,
    or_,
    select,
)

from digest.model import DeliveryId, DeliveryState, Outcome, Result, SubscriberId, Tried
from digest.replies import takes_nothing
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

SOFT = "soft"
"""The reason of a refusal that is neither of a dead address nor ours."""


def shut(result: Result) -> bool:
    """Whether a relay refused a message because the mailbox itself is full or locked."""
    refused = result.outcome is Outcome.REFUSED and result.reason == SOFT
    return refused and takes_nothing(result.text, result.status)


def keep(connection: Connection, rows: Collection[int], now: datetime) -> None:
    """Notes deliveries that the mailbox refused at send time, by their row numbers."""
    if rows:
        refused = select(deliveries.c.id, literal(now, Moment)).where(deliveries.c.id.in_(rows))
        statement = insert_new(connection, returned).from_select(["delivery_id", "at"], refused)
        connection.execute(statement.on_conflict_do_nothing())


def drop(connection: Connection, *chosen: ColumnElement[bool]) -> None:
    """Forgets deliveries, by conditions on their rows: they go again, or count no more."""
    rows = select(deliveries.c.id).where(*chosen)
    connection.execute(delete(returned).where(returned.c.delivery_id.in_(rows)))


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
        back = returned.c.delivery_id.is_not(None)
        taken = deliveries.c.state == DeliveryState.ACCEPTED.value
        rows = self._connection.execute(
            select(func.coalesce(deliveries.c.answered_at, returned.c.at), back)
            .select_from(deliveries)
            .outerjoin(returned, returned.c.delivery_id == deliveries.c.id)
            .where(*_of(reader, editions.c.date >= since.date()), or_(taken, back))
        )
        return [Tried(at, bool(is_back)) for at, is_back in rows]

    def forget(self, reader: SubscriberId) -> None:
        """What came back of a reader has had its consequence, or nobody is there any more."""
        drop(self._connection, *_of(reader))

    def drop(self, before: datetime) -> None:
        """Drops what is older than anybody looks back."""
        self._connection.execute(delete(returned).where(returned.c.at < before))


def _of(
    reader: SubscriberId, *which: ColumnElement[bool]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The rows of a reader, of some editions or of all."""
    # Through the editions, since the index of deliveries begins with them.
    chosen: Select[tuple[int]] = select(editions.c.n).where(*which)
    return deliveries.c.edition_n.in_(chosen), deliveries.c.subscriber_id == int(reader)
