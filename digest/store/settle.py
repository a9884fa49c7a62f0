"""Ends the doubt about an unknown delivery, on evidence or on a person's word; never by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, literal, select, update

from digest.errors import Conflict
from digest.model import DeliveryState
from digest.store.denials import keep as keep_denials
from digest.store.ledger import Found, find
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.moment import Moment

SETTLED = frozenset({DeliveryState.ACCEPTED, DeliveryState.REFUSED, DeliveryState.QUEUED})
"""What an unknown delivery may turn out to be; `queued` sends it again, on an editor's word."""

DAY_MINUTES = 24 * 60
MAX_EVIDENCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a delivery turned out to be, how that is known, and for how long it may be tried.

    `denied`: the relay's own words call the address dead, as an answer at send time does.
    """

    state: DeliveryState
    evidence: str
    now: datetime
    expires_minutes: int = DAY_MINUTES
    denied: bool = False

    def __post_init__(self) -> None:
        if self.state not in SETTLED:
            raise ValueError(f"an unknown delivery does not become {self.state.value}")


def settle(connection: Connection, signer: Signer, name: str, verdict: Verdict) -> None:
    """Says what became of an unknown delivery; its epoch moves on, so no late answer counts.

    Raises `Conflict` when it is not unknown (any more), and for sending again what was cancelled;
    `NotFound` for a name that is no delivery.
    """
    found = find(connection, signer, name)
    row = signer.row_of(name)
    if verdict.state is DeliveryState.QUEUED:
        _demand_live(connection, row, found)
    changed = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == row, deliveries.c.state == DeliveryState.UNKNOWN.value)
        .values(
            state=verdict.state.value,
            epoch=deliveries.c.epoch + 1,
            last_error=verdict.evidence[:MAX_EVIDENCE],
            answered_at=verdict.now,
            **_times(verdict),
        )
    )
    if changed.rowcount != 1:
        raise Conflict(
            f"Доставката „{found.delivery}“ не е неизвестна.",
            f"Състоянието ѝ е „{found.state.value}“.",
            "Решение се взема само за неизвестните.",
        )
    if verdict.denied:
        keep_denials(connection, [row], verdict.now)


def _times(verdict: Verdict) -> dict[str, object]:
    """One to be sent again is due as it was, for a time that has not passed yet."""
    if verdict.state is not DeliveryState.QUEUED:
        return {"next_at": None}
    until = literal(verdict.now + timedelta(minutes=verdict.expires_minutes), Moment)
    longer = case((deliveries.c.expires > until, deliveries.c.expires), else_=until)
    return {"next_at": deliveries.c.due, "expires": longer}


def _demand_live(connection: Connection, row: int, found: Found) -> None:
    cancelled = connection.execute(
        select(editions.c.cancelled)
        .join(deliveries, deliveries.c.edition_n == editions.c.n)
        .where(deliveries.c.id == row)
    ).scalar()
    if cancelled:
        raise Conflict(
            f"Доставката „{found.delivery}“ не може да тръгне пак.",
            f"Броят „{found.edition_id}“ е отменен.",
            "Отбележете я като приета или отказана, ако знаете какво е станало.",
        )
