"""The account of an edition, from its rows alone: counts, lines, and what still waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, exists, func, select, update

from digest.errors import NotFound
from digest.model import DeliveryId, DeliveryState, EditionId, Ledger, SubscriberId
from digest.store.claim import WAITS, lanes_waiting
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.tables import subscribers

PAGE = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as the ledger shows it; the address is masked once the person is erased.

    It was on the wire, if ever, between `due` and `answered_at`.
    """

    delivery: DeliveryId
    address: str
    state: DeliveryState
    attempts: int
    message_id: str
    last_error: str | None
    relay: str | None
    evidence: str | None
    due: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """The delivery behind a name: whose it is and how it stands."""

    delivery: DeliveryId
    edition_id: EditionId
    subscriber_id: SubscriberId
    state: DeliveryState


def ledger(connection: Connection, edition_id: str) -> Ledger:
    """The counts; `claimed` is under `queued`, since nothing was on the wire.

    `planned` is what `fill` noted, not the sum of the rows: a lost row leaves it unbalanced.
    """
    # One statement, so that both are read at the same moment on PostgreSQL too.
    rows = connection.execute(
        select(editions.c.planned, deliveries.c.state, func.count(deliveries.c.id))
        .select_from(editions.outerjoin(deliveries, deliveries.c.edition_n == editions.c.n))
        .where(editions.c.id == edition_id)
        .group_by(editions.c.planned, deliveries.c.state)
    ).all()
    if not rows:
        raise _no_edition(edition_id)
    counts = {DeliveryState(row[1]): int(row[2]) for row in rows if row[1] is not None}
    return Ledger(
        edition_id=EditionId(edition_id),
        planned=rows[0].planned,
        queued=counts.get(DeliveryState.QUEUED, 0) + counts.get(DeliveryState.CLAIMED, 0),
        **{
            state.value: counts.get(state, 0)
            for state in DeliveryState
            if state not in {DeliveryState.QUEUED, DeliveryState.CLAIMED}
        },
    )


def tally(connection: Connection, edition_id: str, by: ColumnElement[str]) -> dict[str, int]:
    """How many deliveries there are by a column (lane or variant), sorted by its value."""
    n, _ = edition_row(connection, edition_id)
    rows = connection.execute(
        select(by, func.count()).where(deliveries.c.edition_n == n).group_by(by).order_by(by)
    )
    return {row[0]: int(row[1]) for row in rows}


def lines(
    connection: Connection,
    signer: Signer,
    edition_id: str,
    states: Collection[DeliveryState] = frozenset(DeliveryState),
) -> Iterator[Line]:
    """The deliveries in these states in the order planned, read a page at a time."""
    n, domain = edition_row(connection, edition_id)
    after = 0
    statement = (
        select(
            deliveries.c.id,
            deliveries.c.subscriber_id,
            deliveries.c.state,
            deliveries.c.attempts,
            deliveries.c.last_error,
            deliveries.c.relay,
            deliveries.c.evidence,
            deliveries.c.due,
            deliveries.c.answered_at,
            func.coalesce(subscribers.c.address, deliveries.c.masked, "").label("address"),
        )
        .outerjoin(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .where(deliveries.c.edition_n == n, deliveries.c.state.in_([*states]))
        .order_by(deliveries.c.subscriber_id)
        .limit(PAGE)
    )
    while True:
        page = connection.execute(statement.where(deliveries.c.subscriber_id > after)).all()
        for row in page:
            yield _line(signer, row, domain)
        if len(page) < PAGE:
            return
        after = page[-1].subscriber_id


def _line(signer: Signer, row: Row[*tuple[Any, ...]], domain: str) -> Line:
    name = signer.delivery_id(row.id)
    return Line(
        delivery=name,
        address=row.address,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        message_id=signer.message_id(name, domain),
        last_error=row.last_error,
        relay=row.relay,
        evidence=row.evidence,
        due=row.due,
        answered_at=row.answered_at,
    )


def waiting(
    connection: Connection, edition_id: str | None, now: datetime
) -> tuple[int, datetime | None]:
    """How many rows are not settled yet, and when the next of those not due now is.

    Rows under a lease count too: should their worker be dead, they are free when it ends.
    """
    free = func.coalesce(deliveries.c.next_at, deliveries.c.lease)
    later = func.min(case((free > now, free)))
    statement = (
        select(func.count(), later)
        .join(editions, editions.c.n == deliveries.c.edition_n)
        .where(free.is_not(None), ~editions.c.cancelled)
    )
    if edition_id is not None:
        statement = statement.where(
            deliveries.c.edition_n == edition_row(connection, edition_id)[0]
        )
    row = connection.execute(statement).one()
    return int(row[0]), row[1]


def held_until(connection: Connection, edition_id: str) -> datetime | None:
    """When the last lease on rows of an edition ends, if nobody renews it; None without one."""
    statement = select(func.max(deliveries.c.lease)).where(
        deliveries.c.edition_n == edition_row(connection, edition_id)[0],
        deliveries.c.lease.is_not(None),
    )
    return connection.execute(statement).scalar()


def anything_due(connection: Connection, now: datetime, real_now: datetime) -> bool:
    """Whether a claim would find something: a due row of a live edition, or a dead lease."""
    if connection.execute(select(exists().where(deliveries.c.lease <= real_now))).scalar():
        return True
    live = select(editions.c.n).where(~editions.c.cancelled, ~editions.c.paused, WAITS)
    return any(_due(connection, n, now) for n in connection.execute(live).scalars().all())


def _due(connection: Connection, n: int, now: datetime) -> bool:
    """Lane by lane, as the index stands: the few that there are."""
    return any(
        connection.execute(
            select(
                exists().where(
                    deliveries.c.edition_n == n,
                    deliveries.c.lane == lane,
                    deliveries.c.next_at <= now,
                )
            )
        ).scalar()
        for lane in lanes_waiting(connection, n)
    )


def find(connection: Connection, signer: Signer, name: str) -> Found:
    """The delivery with an id or Message-ID. Raises `NotFound`."""
    number = signer.row_of(name)
    row = connection.execute(
        select(
            deliveries.c.id,
            deliveries.c.subscriber_id,
            deliveries.c.state,
            editions.c.id.label("e"),
        )
        .join(editions, editions.c.n == deliveries.c.edition_n)
        .where(deliveries.c.id == number)
    ).first()
    if row is None:
        raise NotFound(
            f"Няма доставка „{name[:60]}“.",
            "Редът ѝ не е в тази база.",
            "Вижте номерата с „digest ledger EDITION --deliveries“.",
        )
    return Found(
        signer.delivery_id(row.id),
        EditionId(row.e),
        SubscriberId(str(row.subscriber_id)),
        DeliveryState(row.state),
    )


def cancel(connection: Connection, edition_id: str, now: datetime) -> int:
    """Cancels what is not on the wire yet, for good; gives how many rows."""
    n, _ = edition_row(connection, edition_id)
    connection.execute(update(editions).where(editions.c.n == n).values(cancelled=True))
    open_states = [
        DeliveryState.QUEUED.value,
        DeliveryState.DEFERRED.value,
        DeliveryState.CLAIMED.value,
    ]
    statement = (
        update(deliveries)
        .where(deliveries.c.edition_n == n, deliveries.c.state.in_(open_states))
        .values(
            state=DeliveryState.CANCELLED.value,
            next_at=None,
            lease=None,
            worker=None,
            answered_at=now,
        )
    )
    return connection.execute(statement).rowcount


def edition_row(connection: Connection, edition_id: str) -> tuple[int, str]:
    """The row number and mail domain of an edition. Raises `NotFound`."""
    row = connection.execute(
        select(editions.c.n, editions.c.domain).where(editions.c.id == edition_id)
    ).first()
    if row is None:
        raise _no_edition(edition_id)
    return row.n, row.domain


def _no_edition(edition_id: str) -> NotFound:
    return NotFound(
        f"Няма брой „{edition_id}“.",
        "Такъв номер не е в списъка.",
        "Вижте броевете с „digest edition list“.",
    )
