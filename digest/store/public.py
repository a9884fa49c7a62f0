"""Which editions the public may read: those of which something may have left.

Takes nothing but the connection; gives ids, publications and dates, never a text.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, exists, select

from digest.model import DeliveryState, EditionId, EditionState, Issue
from digest.store.tables import EDITION, deliveries, editions

LEFT = (
    DeliveryState.SENDING.value,  # committed before the first byte, so its reader may be waiting
    DeliveryState.ACCEPTED.value,
    DeliveryState.UNKNOWN.value,
)


class PublicEditions:
    """The archive on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issues(self) -> Sequence[Issue]:
        """Every public edition, the newest first; of one day in the order they were made."""
        rows = self._connection.execute(
            _public().order_by(editions.c.date.desc(), editions.c.n)
        ).all()
        return [Issue(EditionId(row.id), row.publication, row.date) for row in rows]

    def holds(self, edition_id: EditionId) -> bool:
        """True when that edition is public."""
        wanted = _public().where(editions.c.id == edition_id)
        return self._connection.execute(wanted).first() is not None


def _public() -> Select[tuple[str, str, object]]:
    listed = select(editions.c.id, editions.c.publication, editions.c.date)
    return listed.where(editions.c.kind == EDITION, _sent())


def _sent() -> ColumnElement[bool]:
    """Sent, or being sent; what is queued for its hour is not, unless nobody waits for it."""
    left = exists().where(deliveries.c.edition_n == editions.c.n, deliveries.c.state.in_(LEFT))
    under_way = (editions.c.planned == 0) | left
    return (editions.c.state == EditionState.SENT.value) | (
        (editions.c.state == EditionState.QUEUED.value) & under_way
    )
