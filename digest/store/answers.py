"""Intents and answers: what is committed before the wire is touched, and after.

Every write is fenced by the epoch: a worker that slept past its lease changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from digest.model import Delivery, DeliveryState, Outcome, Result
from digest.store.claim import blocked_at, closing, with_people
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.moment import Moment

MAX_ERROR = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a transport said of one delivery, and when a deferred one may be tried again."""

    delivery: Delivery
    result: Result
    retry_at: datetime | None = None


def intend(
    connection: Connection,
    signer: Signer,
    window: Sequence[Delivery],
    *,
    now: datetime,
    real_now: datetime,
    lease_seconds: float,
) -> list[Delivery]:
    """Marks a window `sending` and counts the attempt; gives those that may go on the wire.

    Left out are rows that are no longer the caller's, and, marked as such, people who have left
    or were suppressed meanwhile; rows of an edition that is paused return to the queue.
    """
    rows = _owned(connection, signer, window, now)
    blocked = [n for n, row in rows.items() if row.blocked]
    halted = [n for n, row in rows.items() if not row.blocked and (row.paused or row.cancelled)]
    go = [n for n, row in rows.items() if not (row.blocked or row.paused or row.cancelled)]
    if blocked:
        connection.execute(closing(blocked, DeliveryState.SUPPRESSED).values(answered_at=now))
    if halted:
        _return(connection, halted, None)
    if go:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(go))
            .values(
                state=DeliveryState.SENDING.value,
                attempts=deliveries.c.attempts + 1,
                lease=real_now + timedelta(seconds=lease_seconds),
            )
        )
    sent = set(go)
    return [
        replace(one, state=DeliveryState.SENDING, attempts=one.attempts + 1)
        for one in window
        if signer.row_of(one.id) in sent
    ]


def release(
    connection: Connection,
    signer: Signer,
    unsent: Sequence[Delivery],
    *,
    retry_at: datetime | None = None,
) -> int:
    """Puts claimed rows back, to be taken again at `retry_at` or at once; gives how many."""
    ids = _claimed_ids(connection, signer, unsent)
    if ids:
        _return(connection, ids, retry_at)
    return len(ids)


def renew(
    connection: Connection,
    signer: Signer,
    held: Sequence[Delivery],
    *,
    real_now: datetime,
    lease_seconds: float,
) -> int:
    """Lengthens the lease of claimed rows that are still the caller's; gives how many."""
    ids = _claimed_ids(connection, signer, held)
    if ids:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids))
            .values(lease=real_now + timedelta(seconds=lease_seconds))
        )
    return len(ids)


def answer_all(
    connection: Connection, signer: Signer, answers: Sequence[Answer], *, now: datetime
) -> list[bool]:
    """Writes answers; False for each that is fenced out by its epoch."""
    epochs = {signer.row_of(one.delivery.id): one.delivery.epoch for one in answers}
    rows = _sending(connection, epochs)
    accepted: list[int] = []
    others: list[dict[str, object]] = []
    done: list[bool] = []
    for one in answers:
        row = rows.pop(signer.row_of(one.delivery.id), None)
        done.append(row is not None)
        if row is None:
            continue
        if one.result.outcome is Outcome.ACCEPTED:
            accepted.append(row.id)
        else:
            others.append(_change(row, one, now))
    if accepted:
        connection.execute(
            closing(accepted, DeliveryState.ACCEPTED).values(answered_at=now, last_error=None)
        )
    if others:
        connection.execute(_CHANGE, others)
    return done


_CHANGE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("row"))
    .values(
        state=bindparam("to_state"),
        attempts=deliveries.c.attempts - bindparam("unspent"),
        next_at=bindparam("at", type_=Moment),
        last_error=bindparam("said"),
        answered_at=bindparam("moment", type_=Moment),
        lease=None,
        worker=None,
    )
)

_STATES = {
    Outcome.DEFERRED: DeliveryState.DEFERRED,
    Outcome.REFUSED: DeliveryState.REFUSED,
    Outcome.UNKNOWN: DeliveryState.UNKNOWN,
    Outcome.RETURNED: DeliveryState.QUEUED,
}


def _change(row: Row[*tuple[Any, ...]], one: Answer, now: datetime) -> dict[str, object]:
    state = _STATES[one.result.outcome]
    again = state in {DeliveryState.DEFERRED, DeliveryState.QUEUED}
    if again and row.cancelled:
        state, again = DeliveryState.CANCELLED, False
    # Not past the expiry: there the claim refuses the row as expired instead of sending it late.
    at = min(one.retry_at or now, row.expires) if again else None
    return {
        "row": row.id,
        "to_state": state.value,
        "unspent": 1 if one.result.outcome is Outcome.RETURNED else 0,
        "at": at,
        "said": said(one.result),
        "moment": now,
    }


def said(result: Result) -> str:
    """What the ledger shows of an answer: reason, reply code, enhanced status, words."""
    parts = (str(result.code) if result.code else "", result.status, result.text)
    words = " ".join(part for part in parts if part)
    both = f"{result.reason}: {words}" if result.reason and words else result.reason or words
    return both[:MAX_ERROR]


def _sending(connection: Connection, epochs: dict[int, int]) -> dict[int, Row[*tuple[Any, ...]]]:
    rows = connection.execute(
        select(deliveries.c.id, deliveries.c.epoch, deliveries.c.expires, editions.c.cancelled)
        .join(editions, editions.c.n == deliveries.c.edition_n)
        .where(
            deliveries.c.id.in_(list(epochs)),
            deliveries.c.state == DeliveryState.SENDING.value,
        )
        .order_by(deliveries.c.id)
        .with_for_update(of=deliveries)
    )
    return {row.id: row for row in rows if row.epoch == epochs[row.id]}


def _owned(
    connection: Connection, signer: Signer, window: Iterable[Delivery], now: datetime
) -> dict[int, Row[*tuple[Any, ...]]]:
    epochs = {signer.row_of(one.id): one.epoch for one in window}
    rows = connection.execute(
        select(
            deliveries.c.id,
            deliveries.c.epoch,
            editions.c.paused,
            editions.c.cancelled,
            blocked_at(now),
        )
        .select_from(with_people())
        .where(
            deliveries.c.id.in_(list(epochs)),
            deliveries.c.state == DeliveryState.CLAIMED.value,
        )
        .order_by(deliveries.c.id)
        .with_for_update(of=deliveries)
    )
    return {row.id: row for row in rows if row.epoch == epochs[row.id]}


def _claimed_ids(connection: Connection, signer: Signer, window: Iterable[Delivery]) -> list[int]:
    epochs = {signer.row_of(one.id): one.epoch for one in window}
    rows = connection.execute(
        select(deliveries.c.id, deliveries.c.epoch)
        .where(
            deliveries.c.id.in_(list(epochs)),
            deliveries.c.state == DeliveryState.CLAIMED.value,
        )
        .order_by(deliveries.c.id)
        .with_for_update()
    )
    return [row.id for row in rows if row.epoch == epochs[row.id]]


def _return(connection: Connection, ids: Sequence[int], retry_at: datetime | None) -> None:
    at = deliveries.c.due if retry_at is None else retry_at
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(state=DeliveryState.QUEUED.value, next_at=at, lease=None, worker=None)
    )
