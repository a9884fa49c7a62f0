"""Plans a letter to those who got an edition: one INSERT … SELECT over its accepted deliveries.

Like an edition's own plan (`fill.py`): the pair of letter and person is unique, so repeating it
plans nobody twice and adds whose copy was accepted since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, Select, Text, case, literal, null, select, update

from digest.model import DeliveryState, EditionId
from digest.store.dialect import insert_new
from digest.store.fill import COLUMNS
from digest.store.tables import deliveries, editions
from subscribers.moment import Moment
from subscribers.roll import mailable
from subscribers.tables import RowId, subscribers, suppressions

VARIANT = "all"
"""A letter has one text, whatever sections its reader chose."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The letter, the edition whose readers get it, and until when it may be tried."""

    notice: EditionId
    wrong: EditionId
    now: datetime
    expires_minutes: int
    domain: str


def fill(connection: Connection, plan: Plan) -> int:
    """Plans the letters; gives how many are new. What is unknown is never sent again."""
    numbers = select(editions.c.id, editions.c.n).where(
        editions.c.id.in_([plan.notice, plan.wrong])
    )
    n: dict[str, int] = {row.id: row.n for row in connection.execute(numbers)}
    statement = (
        insert_new(connection, deliveries)
        .from_select(COLUMNS, _rows(n[plan.notice], n[plan.wrong], plan))
        .on_conflict_do_nothing(index_elements=["edition_n", "subscriber_id"])
        .execution_options(preserve_rowcount=True)
    )
    planned = connection.execute(statement).rowcount
    connection.execute(
        update(editions)
        .where(editions.c.n == n[plan.notice])
        .values(planned=editions.c.planned + planned, domain=plan.domain, on_unknown="hold")
    )
    return planned


def anybody(connection: Connection, wrong: EditionId, now: datetime) -> bool:
    """Whether somebody whose copy was accepted may still be written to."""
    people = deliveries.join(editions, editions.c.n == deliveries.c.edition_n).join(
        subscribers, subscribers.c.id == deliveries.c.subscriber_id
    )
    found = (
        select(deliveries.c.id)
        .select_from(people)
        .where(
            editions.c.id == wrong,
            deliveries.c.state == DeliveryState.ACCEPTED.value,
            mailable(now),
        )
    )
    return connection.execute(found.limit(1)).first() is not None


def _rows(notice: int, wrong: int, plan: Plan) -> Select[tuple[object, ...]]:
    got = deliveries.alias("got")
    blocked = suppressions.c.hash.is_not(None)
    due = literal(plan.now, Moment)
    state = case(
        (blocked, literal(DeliveryState.SUPPRESSED.value, Text)),
        else_=literal(DeliveryState.QUEUED.value, Text),
    )
    return (
        select(
            literal(notice, RowId),
            subscribers.c.id,
            literal(1, Integer),
            literal(VARIANT, Text),
            subscribers.c.lane,
            state,
            literal(0, Integer),
            literal(0, Integer),
            due,
            literal(plan.now + timedelta(minutes=plan.expires_minutes), Moment),
            case((blocked, null()), else_=due),
        )
        .select_from(
            got.join(subscribers, subscribers.c.id == got.c.subscriber_id).outerjoin(
                suppressions, suppressions.c.hash == subscribers.c.address_hash
            )
        )
        .where(
            got.c.edition_n == wrong,
            got.c.state == DeliveryState.ACCEPTED.value,
            mailable(plan.now),
        )
    )
