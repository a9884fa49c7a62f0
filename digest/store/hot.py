"""The one statement of every message: intents and acceptances of many rows at once.

What is written of which row goes to the database as one JSON text that the statement joins, and it
says how many rows it changed. So a batch is one round, and a transaction by itself: between the
connections of a process, each further round would wait for its turn again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnClause,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Text,
    Update,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeEngine

from digest.model import DeliveryState
from digest.store.tables import deliveries, editions
from subscribers.moment import Moment, ticks
from subscribers.roll import mailable
from subscribers.tables import subscribers, suppressions

_FIELDS: dict[str, type[TypeEngine[Any]]] = {
    "id": BigInteger,
    "epoch": Integer,
    "begun": Integer,
    "relay": Text,
    "words": Text,
}
"""Those of a `Line`."""


class Line(NamedTuple):
    """A row under the epoch that it was claimed with; for an acceptance, who said what."""

    id: int
    epoch: int
    begun: int
    """1 for an intent, 0 for an acceptance."""
    relay: str | None = None
    words: str | None = None

    @property
    def key(self) -> Key:
        """What is asked for: another epoch of the same row is another matter."""
        return self.id, self.epoch, self.begun


Key: TypeAlias = tuple[int, int, int]


def mark(
    connection: Connection, rows: Sequence[Line], *, until: datetime, now: datetime
) -> set[Key]:
    """Marks claimed rows `sending`, counting the attempt, and `sending` rows accepted.

    Gives the keys of those that are so by this call: a row may be there twice, once as a worker
    knows it who has lost it meanwhile. Left alone are rows of another epoch, and no intent is
    written for an edition that is paused or cancelled, or for people who may not be written to.
    `until` ends the lease of the intents and must differ from that of any call before: by it
    they are known.
    """
    # By number, so that two processes that meet in the same rows take them in one order.
    ordered = sorted(rows, key=lambda one: one.id)
    statement = _prepared(connection.dialect)
    given = statement.given(
        given=json.dumps([one._asdict() for one in ordered], ensure_ascii=False),
        until=ticks(until),
        moment=ticks(now),
    )
    done = connection.exec_driver_sql(statement.text, given)
    if done.rowcount == len(rows):
        return {one.key for one in rows}
    return _marked(connection, rows, until, now)


def _marked(
    connection: Connection, rows: Sequence[Line], until: datetime, now: datetime
) -> set[Key]:
    """Which rows stand as they were to be marked: asked only when some do not."""
    its = deliveries.c
    found = connection.execute(
        select(its.id, its.epoch, its.state, its.lease, its.answered_at).where(
            its.id.in_([one.id for one in rows])
        )
    )
    standing = {row.id: row for row in found}

    def stands(one: Line) -> bool:
        row = standing.get(one.id)
        if row is None or row.epoch != one.epoch:
            return False
        if one.begun:
            return bool(row.state == DeliveryState.SENDING.value and row.lease == until)
        return bool(row.state == DeliveryState.ACCEPTED.value and row.answered_at == now)

    return {one.key for one in rows if stands(one)}


@dataclass(frozen=True)
class _Statement:
    """A statement as its driver takes it; `order` where that counts its values by place."""

    text: str
    fixed: Mapping[str, object]
    order: Sequence[str] | None

    def given(self, **values: object) -> dict[str, Any] | tuple[Any, ...]:
        all_ = {**self.fixed, **values}
        return all_ if self.order is None else tuple(all_[name] for name in self.order)


@lru_cache(maxsize=8)
def _prepared(dialect: Dialect) -> _Statement:
    """Made once: the library's own way to a statement it has seen costs more than running it."""
    made = _mark(dialect.name).compile(dialect=dialect)
    assert isinstance(made, SQLCompiler)
    return _Statement(str(made), dict(made.params), made.positiontup)


def _mark(dialect: str) -> Update:
    given = _given(dialect)
    row = deliveries.c
    begun = given.c.begun == literal_column("1")

    def kept(column: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
        """An intent leaves it, an acceptance puts the other there."""
        return case((begun, column), else_=other)

    return (
        update(deliveries)
        .where(
            row.id == given.c.id,
            row.epoch == given.c.epoch,
            row.state == case((begun, literal_column("'claimed'")), else_=_SENDING),
            or_(~begun, and_(_going(), _reached())),
        )
        .values(
            state=case((begun, _SENDING), else_=literal_column("'accepted'")),
            attempts=row.attempts + given.c.begun,
            lease=case((begun, bindparam("until", type_=Moment))),
            worker=case((begun, row.worker)),
            last_error=case((begun, row.last_error)),
            relay=kept(row.relay, given.c.relay),
            evidence=kept(row.evidence, given.c.words),
            answered_at=kept(row.answered_at, bindparam("moment", type_=Moment)),
        )
    )


_SENDING: ColumnElement[str] = literal_column("'sending'", Text)


def _going() -> ColumnElement[bool]:
    """The edition is neither paused nor cancelled."""
    return exists().where(
        editions.c.n == deliveries.c.edition_n, ~editions.c.paused, ~editions.c.cancelled
    )


def _reached() -> ColumnElement[bool]:
    """The person may be written to still."""
    person = exists().where(
        subscribers.c.id == deliveries.c.subscriber_id,
        mailable(bindparam("moment", type_=Moment)),
    )
    return person.where(~exists().where(suppressions.c.hash == subscribers.c.address_hash))


def _given(dialect: str) -> FromClause:
    """The rows of the text as a table; each database reads JSON by functions of its own."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("given", type_=Text)).table_valued("value")
        fields = (func.json_extract(each.c.value, f"$.{name}").label(name) for name in _FIELDS)
        return select(*fields).subquery("given")
    rows = func.json_to_recordset(cast(bindparam("given", type_=Text), JSON))
    columns: list[ColumnClause[object]] = [column(name, kind) for name, kind in _FIELDS.items()]
    return rows.table_valued(*columns, name="given").render_derived(with_types=True)
