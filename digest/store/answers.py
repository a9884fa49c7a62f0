"""Intents and answers: what is committed before the wire is touched, and after.

Every write is fenced by the epoch: a worker that slept past its lease changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, select, update

from digest.model import Delivery, DeliveryId, DeliveryState, Outcome, Result
from digest.store import hot
from digest.store.claim import blocked_at, closing, with_people
from digest.store.denials import HARD
from digest.store.denials import keep as keep_denials
from digest.store.returned import keep as keep_returned
from digest.store.returned import shut
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.moment import Moment

MAX_ERROR = 500

Held: TypeAlias = tuple[int, int]
"""A row under the epoch that somebody holds, or held, it by."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a transport said of one delivery, and when a deferred one may be tried again."""

    delivery: Delivery
    result: Result
    retry_at: datetime | None = None

    @property
    def accepted(self) -> bool:
        return self.result.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, slots=True)
class Marked:
    """Of a window the rows that may go on the wire; of acceptances, whether each is written."""

    owned: Sequence[Delivery]
    taken: Sequence[bool]


def mark(
    connection: Connection,
    signer: Signer,
    window: Sequence[Delivery],
    accepted: Sequence[Answer],
    *,
    until: datetime,
    now: datetime,
) -> Marked:
    """Marks a window `sending` and writes acceptances, in one statement (`hot.mark`).

    What is missing of the window is to be given up by `give_up`.
    """
    intents = [hot.Line(signer.row_of(one.id), one.epoch, 1) for one in window]
    lines = [_accepted(one, signer) for one in accepted]
    done = hot.mark(connection, [*intents, *lines], until=until, now=now)
    return Marked(
        [one for one, line in zip(window, intents, strict=True) if line.key in done],
        [line.key in done for line in lines],
    )


def give_up(
    connection: Connection, signer: Signer, window: Sequence[Delivery], now: datetime
) -> None:
    """Says what became of rows whose intent was not written, as far as they are the caller's.

    Suppressed where the person has left or was suppressed meanwhile; back in the queue where the
    edition is paused.
    """
    rows = _owned(connection, signer, window, now)
    blocked = [number for number, row in rows.items() if row.blocked]
    halted = [number for number, row in rows.items() if not row.blocked]
    if blocked:
        connection.execute(closing(blocked, DeliveryState.SUPPRESSED).values(answered_at=now))
    if halted:
        _return(connection, halted, None)


def release(
    connection: Connection,
    signer: Signer,
    unsent: Sequence[Delivery],
    *,
    retry_at: datetime | None = None,
) -> int:
    """Puts claimed rows back, to be taken again at `retry_at` or at once; gives how many."""
    ids = _held_ids(connection, signer, unsent, {DeliveryState.CLAIMED})
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
) -> set[DeliveryId]:
    """Lengthens the lease of rows, claimed or sending, that are still the caller's.

    Gives which they are: what is missing must not go on the wire any more.
    """
    ids = _held_ids(connection, signer, held, {DeliveryState.CLAIMED, DeliveryState.SENDING})
    if ids:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids))
            .values(lease=real_now + timedelta(seconds=lease_seconds))
        )
    kept = set(ids)
    return {one.id for one in held if signer.row_of(one.id) in kept}


def answer_all(
    connection: Connection, signer: Signer, answers: Sequence[Answer], *, now: datetime
) -> list[bool]:
    """Writes answers; False for each that is fenced out by its epoch."""
    lines = [_accepted(one, signer) for one in answers if one.accepted]
    others = [one for one in answers if not one.accepted]
    taken = hot.mark(connection, lines, until=now, now=now) if lines else set()
    written = {(row, epoch) for row, epoch, _ in taken}
    if others:
        written |= _write_others(connection, signer, others, now)
    return [_held(one.delivery, signer) in written for one in answers]


def _held(one: Delivery, signer: Signer) -> Held:
    return signer.row_of(one.id), one.epoch


def _accepted(one: Answer, signer: Signer) -> hot.Line:
    number, result = signer.row_of(one.delivery.id), one.result
    return hot.Line(number, one.delivery.epoch, 0, result.relay or None, result.text or None)


def _write_others(
    connection: Connection, signer: Signer, answers: Sequence[Answer], now: datetime
) -> set[Held]:
    asked = {_held(one.delivery, signer): one for one in answers}
    rows = _sending(connection, asked)
    if rows:
        changes = [_change(row, asked[held], now) for held, row in rows.items()]
        connection.execute(_CHANGE, changes)
        dead = {held[0] for held in rows if denies(asked[held].result)}
        keep_denials(connection, dead, now)
        full = {held[0] for held in rows if shut(asked[held].result)}
        keep_returned(connection, full, now)
    return set(rows)


def denies(result: Result) -> bool:
    """Whether a relay's words call the address dead, whichever way they came."""
    return result.outcome is Outcome.REFUSED and result.reason == HARD


_CHANGE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("row"))
    .values(
        state=bindparam("to_state"),
        attempts=deliveries.c.attempts - bindparam("unspent"),
        next_at=bindparam("at", type_=Moment),
        last_error=bindparam("said"),
        relay=bindparam("by"),
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
_OPEN = frozenset({DeliveryState.DEFERRED, DeliveryState.QUEUED})


def _state(row: Row[*tuple[Any, ...]], outcome: Outcome) -> DeliveryState:
    if outcome is Outcome.UNKNOWN and row.on_unknown == "resend" and not row.cancelled:
        # At least once, as for a lease that died: a relay's silence is the same doubt.
        return DeliveryState.DEFERRED
    state = _STATES[outcome]
    return DeliveryState.CANCELLED if state in _OPEN and row.cancelled else state


def _change(row: Row[*tuple[Any, ...]], one: Answer, now: datetime) -> dict[str, object]:
    state = _state(row, one.result.outcome)
    again = state in _OPEN
    # Not past the expiry: there the claim refuses the row as expired instead of sending it late.
    at = min(one.retry_at or now, row.expires) if again else None
    return {
        "row": row.id,
        "to_state": state.value,
        "unspent": 1 if one.result.outcome is Outcome.RETURNED else 0,
        "at": at,
        "said": said(one.result),
        "by": one.result.relay or None,
        "moment": now,
    }


def said(result: Result) -> str:
    """What the ledger shows of an answer: reason, reply code, enhanced status, words."""
    parts = (str(result.code) if result.code else "", result.status, result.text)
    words = " ".join(part for part in parts if part)
    both = f"{result.reason}: {words}" if result.reason and words else result.reason or words
    return both[:MAX_ERROR]


def _sending(connection: Connection, asked: Collection[Held]) -> dict[Held, Row[*tuple[Any, ...]]]:
    rows = connection.execute(
        select(
            deliveries.c.id,
            deliveries.c.epoch,
            deliveries.c.expires,
            editions.c.cancelled,
            editions.c.on_unknown,
        )
        .join(editions, editions.c.n == deliveries.c.edition_n)
        .where(
            deliveries.c.id.in_([row for row, _ in asked]),
            deliveries.c.state == DeliveryState.SENDING.value,
        )
        .order_by(deliveries.c.id)
        .with_for_update(of=deliveries)
    )
    return {(row.id, row.epoch): row for row in rows if (row.id, row.epoch) in asked}


def _owned(
    connection: Connection, signer: Signer, window: Iterable[Delivery], now: datetime
) -> dict[int, Row[*tuple[Any, ...]]]:
    mine = {_held(one, signer) for one in window}
    rows = connection.execute(
        select(
            deliveries.c.id,
            deliveries.c.epoch,
            blocked_at(now),
        )
        .select_from(with_people())
        .where(
            deliveries.c.id.in_([row for row, _ in mine]),
            deliveries.c.state == DeliveryState.CLAIMED.value,
        )
        .order_by(deliveries.c.id)
        .with_for_update(of=deliveries)
    )
    return {row.id: row for row in rows if (row.id, row.epoch) in mine}


def _held_ids(
    connection: Connection,
    signer: Signer,
    window: Iterable[Delivery],
    states: Collection[DeliveryState],
) -> list[int]:
    mine = {_held(one, signer) for one in window}
    rows = connection.execute(
        select(deliveries.c.id, deliveries.c.epoch)
        .where(
            deliveries.c.id.in_([row for row, _ in mine]),
            deliveries.c.state.in_([state.value for state in states]),
        )
        .order_by(deliveries.c.id)
        .with_for_update()
    )
    return [row.id for row in rows if (row.id, row.epoch) in mine]


def _return(connection: Connection, ids: Sequence[int], retry_at: datetime | None) -> None:
    at = deliveries.c.due if retry_at is None else retry_at
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(state=DeliveryState.QUEUED.value, next_at=at, lease=None, worker=None)
    )
