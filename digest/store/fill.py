"""Plans an edition's deliveries: one INSERT … SELECT over the people, in the caller's transaction.

Repeating it plans nobody twice (the pair of edition and subscriber is unique) and adds who has
joined since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    case,
    column,
    func,
    literal,
    null,
    select,
    text,
    type_coerce,
    update,
    values,
)
from sqlalchemy.exc import IntegrityError

from digest.errors import Conflict, NotFound
from digest.model import DeliveryState, Edition
from digest.store.dialect import insert_new
from digest.store.tables import deliveries, editions
from subscribers.model import Frequency
from subscribers.moment import Moment
from subscribers.roll import mailable
from subscribers.tables import RowId, subscribers, suppressions

Slot = tuple[str, int | None]
"""A time zone and an hour of the day there; None: the publication's own hour."""

NO_HOUR = -1
MANY = 1000
_MINUTE = 60_000_000

COLUMNS = (
    "edition_n",
    "subscriber_id",
    "revision",
    "variant",
    "lane",
    "state",
    "attempts",
    "epoch",
    "due",
    "expires",
    "next_at",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an edition goes out. `weekday` and `weekly_day` count from Monday = 0."""

    slots: Mapping[Slot, datetime]
    now: datetime
    expires_minutes: int
    weekday: int
    weekly_day: int
    domain: str
    on_unknown: str


def distinct_slots(connection: Connection, now: datetime) -> set[Slot]:
    """Every pair of zone and hour among those who may be written to."""
    rows = connection.execute(
        select(subscribers.c.timezone, subscribers.c.hour).where(mailable(now)).distinct()
    )
    return {(row.timezone, row.hour) for row in rows}


def fill(connection: Connection, edition: Edition, plan: Plan) -> int:
    """Plans the deliveries of an edition; gives how many are new.

    Raises `Conflict` when the edition is cancelled or a subscriber's hour has no slot: nobody is
    left out in silence.
    """
    n = _prepare(connection, edition, plan)
    if not plan.slots:
        _demand_nobody(connection, plan.now)
        return 0
    statement = insert_new(connection, deliveries).from_select(
        COLUMNS, _rows(n, edition.revision, plan)
    )
    if _begun(connection, n):
        # Only then: on PostgreSQL an insert that looks for its like costs a fifth more.
        statement = statement.on_conflict_do_nothing(index_elements=["edition_n", "subscriber_id"])
    try:
        planned = connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount
    except IntegrityError as cause:
        raise _slot_missing() from cause
    connection.execute(
        update(editions).where(editions.c.n == n).values(planned=editions.c.planned + planned)
    )
    if planned >= MANY and connection.dialect.name == "postgresql":
        # Until it has counted the new rows, PostgreSQL sorts all of them for every claim.
        connection.execute(text("ANALYZE deliveries"))
    return planned


def _prepare(connection: Connection, edition: Edition, plan: Plan) -> int:
    row = connection.execute(
        select(editions.c.n, editions.c.cancelled).where(editions.c.id == edition.id)
    ).first()
    if row is None:
        raise NotFound(
            f"Броят „{edition.id}“ не е записан.",
            "Доставки се планират само за записан брой.",
            "Съставете го с „digest build“.",
        )
    if row.cancelled:
        raise Conflict(
            f"Броят „{edition.id}“ е отменен.",
            "Отменен брой не се изпраща повече.",
            "Направете нов брой.",
        )
    connection.execute(
        update(editions)
        .where(editions.c.n == row.n)
        .values(domain=plan.domain, on_unknown=plan.on_unknown)
    )
    number: int = row.n
    return number


def _begun(connection: Connection, n: int) -> bool:
    """Whether the edition has rows. Nobody else plans it meanwhile: `_prepare` holds its row."""
    mine = select(deliveries.c.id).where(deliveries.c.edition_n == n)
    return connection.execute(mine.limit(1)).first() is not None


def _rows(n: int, revision: int, plan: Plan) -> Select[tuple[object, ...]]:
    slots = _slots(plan.slots)
    due = type_coerce(slots.c.due, BigInteger)
    blocked = suppressions.c.hash.is_not(None)
    state = case(
        (blocked, literal(DeliveryState.SUPPRESSED.value, Text)),
        else_=literal(DeliveryState.QUEUED.value, Text),
    )
    people = subscribers.outerjoin(
        slots,
        and_(
            slots.c.zone == subscribers.c.timezone,
            slots.c.hour == func.coalesce(subscribers.c.hour, NO_HOUR),
        ),
    ).outerjoin(suppressions, suppressions.c.hash == subscribers.c.address_hash)
    return (
        select(
            literal(n, RowId),
            subscribers.c.id,
            literal(revision, Integer),
            subscribers.c.sections,
            subscribers.c.lane,
            state,
            literal(0, Integer),
            literal(0, Integer),
            due,
            due + literal(plan.expires_minutes * _MINUTE, BigInteger),
            case((blocked, null()), else_=due),
        )
        .select_from(people)
        .where(mailable(plan.now), subscribers.c.frequency.in_(_frequencies(plan)))
    )


def _slots(slots: Mapping[Slot, datetime]) -> Subquery:
    rows = [(zone, NO_HOUR if hour is None else hour, due) for (zone, hour), due in slots.items()]
    named = values(
        column("zone", Text), column("hour", Integer), column("due", Moment), name="given"
    ).data(rows)
    # Inside a subquery: Python 3.11 counts the rows of a statement only when it opens with
    # INSERT, and an outer CTE would come first.
    return select(named.cte("listed", nesting=True)).subquery("slots")


def _frequencies(plan: Plan) -> list[str]:
    wanted = [Frequency.DAILY.value]
    if plan.weekday < 5:
        wanted.append(Frequency.WEEKDAYS.value)
    if plan.weekday == plan.weekly_day:
        wanted.append(Frequency.WEEKLY.value)
    return wanted


def _demand_nobody(connection: Connection, now: datetime) -> None:
    if distinct_slots(connection, now):
        raise _slot_missing()


def _slot_missing() -> Conflict:
    return Conflict(
        "Броят не е пуснат за изпращане.",
        "За някои абонати няма изчислен час: зоната или часът им са променени междувременно.",
        "Повторете; нищо не е записано.",
    )
