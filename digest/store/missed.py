"""Those whom an edition has not reached: readers without a row, and rows worth another try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, literal_column, or_, select, update

from digest.errors import Conflict
from digest.model import DeliveryState
from digest.store.claim import EXPIRED
from digest.store.denials import DOUBTED
from digest.store.ledger import PAGE, edition_row
from digest.store.returned import drop as drop_returned
from digest.store.tables import deliveries, editions
from subscribers.model import Frequency, Status
from subscribers.tables import subscribers, suppressions

PASSING = frozenset({EXPIRED, "soft", "throttle", "greylist", "ours", DOUBTED})
"""The word that `last_error` opens with when nothing is wrong with the address itself."""
_PASSED = or_(
    *(deliveries.c.last_error == word for word in sorted(PASSING)),
    *(deliveries.c.last_error.startswith(f"{word}:") for word in sorted(PASSING)),
)


def reason_of(last_error: str | None) -> str:
    """The word that a refusal opens with, as `answers.said` writes it."""
    return (last_error or "").partition(":")[0]


def passing(last_error: str | None) -> bool:
    """Whether a refusal says nothing against the address, as `send_again` asks in SQL."""
    return reason_of(last_error) in PASSING


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A reader of whom the edition has no row, as the roll stands now."""

    address: str
    status: Status
    frequency: Frequency
    paused_until: datetime | None
    confirmed_at: datetime | None
    suppressed: bool


def unplanned(connection: Connection, edition_id: str) -> Iterator[Unplanned]:
    """Readers without a row, in the order they joined, a page at a time. Raises `NotFound`."""
    n, _ = edition_row(connection, edition_id)
    after = 0
    has = exists().where(
        deliveries.c.edition_n == n, deliveries.c.subscriber_id == subscribers.c.id
    )
    statement = (
        select(
            subscribers.c.id,
            subscribers.c.address,
            subscribers.c.status,
            subscribers.c.frequency,
            subscribers.c.paused_until,
            subscribers.c.confirmed_at,
            suppressions.c.hash,
        )
        .outerjoin(suppressions, suppressions.c.hash == subscribers.c.address_hash)
        .where(~has, subscribers.c.status != Status.LEFT.value)
        .order_by(subscribers.c.id)
        .limit(PAGE)
    )
    while page := connection.execute(statement.where(subscribers.c.id > after)).all():
        for row in page:
            yield Unplanned(
                row.address,
                Status(row.status),
                Frequency(row.frequency),
                row.paused_until,
                row.confirmed_at,
                row.hash is not None,
            )
        after = page[-1].id


def send_again(connection: Connection, edition_id: str, now: datetime, expires_minutes: int) -> int:
    """Makes rows refused for a passing reason due now, until a new expiry; gives how many.

    The row stays the same one, and so do its delivery id and Message-ID. Who has left or is
    suppressed since is found out by the claim. Raises `Conflict` for a cancelled edition.
    """
    n, _ = edition_row(connection, edition_id)
    _demand_live(connection, n, edition_id)
    chosen = (
        deliveries.c.edition_n == n,
        deliveries.c.state == DeliveryState.REFUSED.value,
        _PASSED,
    )
    drop_returned(connection, *chosen)
    changed = connection.execute(
        update(deliveries)
        .where(*chosen)
        .values(
            state=literal_column(f"'{DeliveryState.QUEUED.value}'"),
            epoch=deliveries.c.epoch + 1,
            due=now,
            next_at=now,
            expires=now + timedelta(minutes=expires_minutes),
            answered_at=None,
        )
    )
    return changed.rowcount


def _demand_live(connection: Connection, n: int, edition_id: str) -> None:
    if connection.execute(select(editions.c.cancelled).where(editions.c.n == n)).scalar():
        raise Conflict(
            f"Броят „{edition_id}“ не може да се прати пак.",
            "Отменен е, а отмененото не тръгва повече.",
            "Пратете новините със следващия брой.",
        )
