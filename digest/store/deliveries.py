"""The ledger of deliveries: one row per edition and subscriber is the queue and the truth.

`queued → claimed(lease, epoch) → sending(attempt, intent) → accepted | deferred(due) | refused |
unknown | suppressed | cancelled`. This is the door; the steps live in `fill`, `claim`,
`answers` and `ledger`. Each call runs in the caller's unit of work and holds when it commits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, select, update

from digest.model import Delivery, DeliveryId, DeliveryState, Edition, EditionId, Ledger, Result
from digest.store import answers, claim, fill, finish, ledger, missed, notices, queues, settle
from digest.store.answers import Answer, Marked
from digest.store.finish import Closed
from digest.store.ledger import Found, Line
from digest.store.missed import Unplanned
from digest.store.queues import LaneQueue
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.model import PersonId

MONDAY = 0
NO_LIMITS: Mapping[str, int] = MappingProxyType({})


class Deliveries:
    """The deliveries on one connection, named under one key."""

    def __init__(self, connection: Connection, signer: Signer) -> None:
        self._connection = connection
        self._signer = signer

    def distinct_slots(self, now: datetime) -> set[fill.Slot]:
        """The (zone, hour or None) pairs for which `fill` needs a due time."""
        return fill.distinct_slots(self._connection, now)

    def fill(
        self,
        edition: Edition,
        *,
        slots: Mapping[fill.Slot, datetime],
        now: datetime,
        expires_minutes: int,
        domain: str,
        weekday: int | None = None,
        weekly_day: int = MONDAY,
        on_unknown: str = "hold",
    ) -> int:
        """Plans one delivery for each person who should get the edition; gives how many are new.

        `weekday` (Monday = 0) is the edition's own day unless given. `domain` is that of the
        Message-IDs. Suppressed people get a row in that state. Raises `Conflict`, `NotFound`.
        """
        day = edition.date.weekday() if weekday is None else weekday
        plan = fill.Plan(slots, now, expires_minutes, day, weekly_day, domain, on_unknown)
        return fill.fill(self._connection, edition, plan)

    def fill_notice(
        self,
        notice: EditionId,
        wrong: EditionId,
        *,
        now: datetime,
        expires_minutes: int,
        domain: str,
    ) -> int:
        """Plans a letter for each who got an edition and still reads; gives how many are new."""
        plan = notices.Plan(notice, wrong, now, expires_minutes, domain)
        return notices.fill(self._connection, plan)

    def anybody_to_notify(self, wrong: EditionId, now: datetime) -> bool:
        """Whether somebody who got that edition still reads."""
        return notices.anybody(self._connection, wrong, now)

    def claim(
        self,
        edition_id: EditionId | None,
        *,
        worker: str,
        limit: int,
        now: datetime,
        lease_seconds: float,
        real_now: datetime,
        lanes: Mapping[str, int] = NO_LIMITS,
        turn: int = 0,
    ) -> list[Delivery]:
        """Takes at most `limit` due rows, of one edition or of any; settles dead leases first.

        `lanes`: the most of a lane, where it is limited. `turn`: with which lane to begin.
        """
        wanted = claim.Claim(edition_id, worker, limit, now, lease_seconds, real_now, lanes, turn)
        return claim.claim(self._connection, self._signer, wanted)

    def settle_dead(self, real_now: datetime) -> int:
        """Settles leases that ran out, as every claim does; gives how many."""
        return claim.settle_dead(self._connection, real_now)

    def mark(
        self,
        window: Sequence[Delivery],
        accepted: Sequence[Answer] = (),
        *,
        until: datetime,
        now: datetime,
    ) -> Marked:
        """Marks a window `sending` until its lease ends, and writes acceptances, in one statement.

        Commit this before the first byte of DATA: only what it gives may go on the wire, and the
        rest of the window is for `give_up`. `until` differs from that of every call before.
        """
        return answers.mark(self._connection, self._signer, window, accepted, until=until, now=now)

    def give_up(self, window: Sequence[Delivery], now: datetime) -> None:
        """Closes or returns rows that `mark` did not give, as far as they are the caller's."""
        answers.give_up(self._connection, self._signer, window, now)

    def answer(
        self,
        delivery: Delivery,
        result: Result,
        *,
        now: datetime,
        retry_at: datetime | None = None,
    ) -> bool:
        """Writes one answer; False when the row is no longer the caller's."""
        return self.answer_all([Answer(delivery, result, retry_at)], now=now)[0]

    def answer_all(self, given: Sequence[Answer], *, now: datetime) -> list[bool]:
        """Writes several answers in one go, each as `answer` would."""
        return answers.answer_all(self._connection, self._signer, given, now=now)

    def release(self, unsent: Sequence[Delivery], *, retry_at: datetime | None = None) -> int:
        """Puts claimed rows back without an attempt; gives how many were still the caller's."""
        return answers.release(self._connection, self._signer, unsent, retry_at=retry_at)

    def renew(
        self, held: Sequence[Delivery], *, real_now: datetime, lease_seconds: float
    ) -> set[DeliveryId]:
        """Lengthens the leases of rows on hand or on the wire; gives which are still held."""
        return answers.renew(
            self._connection, self._signer, held, real_now=real_now, lease_seconds=lease_seconds
        )

    def ledger(self, edition_id: str) -> Ledger:
        """The counts of an edition. Raises `NotFound`."""
        return ledger.ledger(self._connection, edition_id)

    def lanes(self, edition_id: str) -> dict[str, int]:
        """How many deliveries go by which lane. Raises `NotFound`."""
        return ledger.tally(self._connection, edition_id, deliveries.c.lane)

    def lane_queues(self, edition_id: str | None = None) -> Sequence[LaneQueue]:
        """What waits in each lane, of one edition or of all that may be sent."""
        return queues.lane_queues(self._connection, edition_id)

    def editions_waiting(self, lane: str) -> Sequence[EditionId]:
        """The editions that may be sent and of which something waits in a lane."""
        return queues.editions_waiting(self._connection, lane)

    def lanes_due(self, edition_id: str, now: datetime) -> Sequence[str]:
        """The lanes in which something of an edition is due and not taken; none if held back."""
        return queues.lanes_due(self._connection, edition_id, now)

    def variants(self, edition_id: str) -> dict[str, int]:
        """How many deliveries get which variant. Raises `NotFound`."""
        return ledger.tally(self._connection, edition_id, deliveries.c.variant)

    def lines(
        self, edition_id: str, states: Collection[DeliveryState] = frozenset(DeliveryState)
    ) -> Iterator[Line]:
        """An edition's deliveries in these states, in order of subscriber; memory stays flat."""
        return ledger.lines(self._connection, self._signer, edition_id, states)

    def unplanned(self, edition_id: str) -> Iterator[Unplanned]:
        """The readers of whom an edition has no row; who has left is no reader."""
        return missed.unplanned(self._connection, edition_id)

    def send_again(self, edition_id: str, *, now: datetime, expires_minutes: int) -> int:
        """Makes what was refused for a passing reason due again; gives how many rows."""
        return missed.send_again(self._connection, edition_id, now, expires_minutes)

    def waiting(self, edition_id: str | None, now: datetime) -> tuple[int, datetime | None]:
        """How many rows may still be claimed, and when the next of those not yet due is."""
        return ledger.waiting(self._connection, edition_id, now)

    def of_person(self, edition_id: str, person: PersonId) -> Delivery | None:
        """The delivery planned for one person, as a claim would give it; None without one."""
        return claim.of_person(self._connection, self._signer, edition_id, person)

    def held_until(self, edition_id: str) -> datetime | None:
        """When the last lease on an edition's rows ends; None when nobody holds any."""
        return ledger.held_until(self._connection, edition_id)

    def anything_due(self, now: datetime, real_now: datetime) -> bool:
        """Whether a claim would find something to do now."""
        return ledger.anything_due(self._connection, now, real_now)

    def find(self, name: str) -> Found:
        """The delivery with an id or Message-ID. Raises `NotFound`."""
        return ledger.find(self._connection, self._signer, name)

    def settle(
        self,
        delivery_id: str,
        state: DeliveryState,
        *,
        evidence: str,
        now: datetime,
        expires_minutes: int = settle.DAY_MINUTES,
        denied: bool = False,
    ) -> None:
        """Says what became of an unknown delivery. Raises `Conflict`, `NotFound`.

        `denied`: a relay's words for it call the address dead, which waits to be judged.
        """
        verdict = settle.Verdict(state, evidence, now, expires_minutes, denied)
        settle.settle(self._connection, self._signer, delivery_id, verdict)

    def cancel(self, edition_id: str, now: datetime) -> int:
        """Cancels for good what is not on the wire yet; gives how many rows."""
        return ledger.cancel(self._connection, edition_id, now)

    def close_finished(self) -> list[Closed]:
        """Marks as sent every queued edition of which nothing waits; gives which they are."""
        return finish.close_finished(self._connection)

    def hide(self, person_id: PersonId, address_hash: str, masked: str) -> None:
        """Leaves the keyed hash and masked address in the rows of an erased person.

        A relay's words for what it took or refused may name him, so they go.
        """
        # Through the editions, since the index of deliveries begins with them.
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.edition_n.in_(select(editions.c.n)),
                deliveries.c.subscriber_id == person_id,
            )
            .values(masked=masked, address_hash=address_hash, evidence=None, last_error=None)
        )
