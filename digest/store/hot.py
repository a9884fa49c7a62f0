"""The two statements of every message, each for many rows at once: the intent and the acceptance.

What is written of which row goes to the database as one JSON text that the statement joins: one
round for all, whatever epoch each row has and whatever the relay said of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnClause,
    Connection,
    Integer,
    Text,
    Update,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeEngine

from digest.store.tables import deliveries, editions
from subscribers.moment import Moment
from subscribers.roll import mailable
from subscribers.tables import subscribers, suppressions

_FIELDS: dict[str, type[TypeEngine[Any]]] = {
    "id": BigInteger,
    "epoch": Integer,
    "relay": Text,
    "words": Text,
}
"""Those of a `Line`."""


class Line(NamedTuple):
    """A row under the epoch that it was claimed with; for an acceptance, who said what."""

    id: int
    epoch: int
    relay: str | None = None
    words: str | None = None


def mark_sending(
    connection: Connection, rows: Sequence[Line], *, until: datetime, now: datetime
) -> set[int]:
    """Marks claimed rows `sending` and counts the attempt; gives those that may go on the wire.

    Left alone are rows of another epoch, of an edition that is paused or cancelled, and of people
    who may not be written to any more.
    """
    given = {"given": _text(rows), "until": until, "moment": now}
    return set(connection.execute(_intend(connection.dialect.name), given).scalars())


def mark_accepted(connection: Connection, rows: Sequence[Line], *, now: datetime) -> set[int]:
    """Marks rows that are `sending` as accepted; gives which they are."""
    given = {"given": _text(rows), "moment": now}
    return set(connection.execute(_accept(connection.dialect.name), given).scalars())


def _text(rows: Sequence[Line]) -> str:
    # By number, so that two processes that meet in the same rows take them in one order.
    return json.dumps([one._asdict() for one in sorted(rows)], ensure_ascii=False)


# Built once: putting them together costs more than running them.


@cache
def _intend(dialect: str) -> Update:
    given = _given(dialect)
    return (
        update(deliveries)
        .where(
            deliveries.c.id == given.c.id,
            deliveries.c.epoch == given.c.epoch,
            deliveries.c.state == literal_column("'claimed'"),
            exists().where(
                editions.c.n == deliveries.c.edition_n, ~editions.c.paused, ~editions.c.cancelled
            ),
            exists()
            .where(
                subscribers.c.id == deliveries.c.subscriber_id,
                mailable(bindparam("moment", type_=Moment)),
            )
            .where(~exists().where(suppressions.c.hash == subscribers.c.address_hash)),
        )
        .values(
            state=literal_column("'sending'"),
            attempts=deliveries.c.attempts + literal_column("1"),
            lease=bindparam("until", type_=Moment),
        )
        .returning(deliveries.c.id)
    )


@cache
def _accept(dialect: str) -> Update:
    given = _given(dialect)
    return (
        update(deliveries)
        .where(
            deliveries.c.id == given.c.id,
            deliveries.c.epoch == given.c.epoch,
            deliveries.c.state == literal_column("'sending'"),
        )
        .values(
            state=literal_column("'accepted'"),
            lease=None,
            worker=None,
            last_error=None,
            relay=given.c.relay,
            evidence=given.c.words,
            answered_at=bindparam("moment", type_=Moment),
        )
        .returning(deliveries.c.id)
    )


def _given(dialect: str) -> FromClause:
    """The rows of the text as a table; each database reads JSON by functions of its own."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("given", type_=Text)).table_valued("value")
        fields = (func.json_extract(each.c.value, f"$.{name}").label(name) for name in _FIELDS)
        return select(*fields).subquery("given")
    rows = func.json_to_recordset(cast(bindparam("given", type_=Text), JSON))
    columns: list[ColumnClause[object]] = [column(name, kind) for name, kind in _FIELDS.items()]
    return rows.table_valued(*columns, name="given").render_derived(with_types=True)
