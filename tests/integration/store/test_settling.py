"""Doubts ended, second tries, lanes and closing, on each database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.errors import Conflict
from digest.model import Delivery, DeliveryState, Edition, EditionState, Outcome, Result
from digest.store.finish import Closed
from digest.store.missed import PASSING
from digest.store.queues import LaneQueue
from digest.store.work import Store
from subscribers.model import Status
from tests.integration.store.given import (
    MINUTE,
    NOW,
    answered,
    claimed,
    counts,
    edition,
    intended,
    person,
    queued,
    readers,
)

DAY = timedelta(days=1)


def refused(store: Store, one: Delivery, reason: str, text: str = "550 no") -> None:
    with store.work() as work:
        work.deliveries.answer(one, Result(one.id, Outcome.REFUSED, reason, text=text), now=NOW)


def again(store: Store, made: Edition, now: object = NOW) -> int:
    with store.work() as work:
        return work.deliveries.send_again(made.id, now=now, expires_minutes=60)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["550 no", ""])
def test_only_passing_reasons_get_a_second_try(store: Store, text: str) -> None:
    """With words of the relay behind the reason and without; a longer word is another one."""
    reasons = [*sorted(PASSING), "hard", "render", "softly", ""]
    readers(store, len(reasons))
    made = queued(store)
    for one, reason in zip(intended(store, claimed(store)), reasons, strict=True):
        refused(store, one, reason, text)

    assert again(store, made) == len(PASSING)
    assert counts(store, made) == {"queued": len(PASSING), "refused": 4}
    assert again(store, made) == 0


def test_a_second_try_keeps_the_name_and_counts_on(store: Store) -> None:
    """The row is the same one, due now; a late answer of the first try changes nothing."""
    readers(store, 1)
    made = queued(store)
    (first,) = intended(store, claimed(store))
    refused(store, first, "soft")

    again(store, made, NOW + DAY)
    assert not answered(store, first, Outcome.ACCEPTED)
    (second,) = intended(store, claimed(store, now=NOW + DAY, real=NOW + DAY), now=NOW + DAY)

    assert (second.id, second.message_id) == (first.id, first.message_id)
    assert (first.attempts, second.attempts) == (0, 1), "those before this one"
    assert second.epoch > first.epoch


def test_a_settled_delivery_takes_no_late_answer(store: Store) -> None:
    """The worker that was thought lost comes back with its 250."""
    readers(store, 1)
    made = queued(store)
    (one,) = intended(store, claimed(store))
    answered(store, one, Outcome.UNKNOWN)
    with store.work() as work:
        work.deliveries.settle(one.id, DeliveryState.REFUSED, evidence="дневник", now=NOW)

    assert not answered(store, one, Outcome.ACCEPTED)
    assert counts(store, made) == {"refused": 1}


def test_a_resend_outlives_the_old_expiry(store: Store) -> None:
    """And one that has longer than the new time keeps it."""
    readers(store, 2)
    queued(store, minutes=60)
    for one in intended(store, claimed(store)):
        answered(store, one, Outcome.UNKNOWN)
        with store.work() as work:
            work.deliveries.settle(
                one.id, DeliveryState.QUEUED, evidence="редактор", now=NOW + DAY, expires_minutes=5
            )

    late = NOW + DAY + 4 * MINUTE

    assert len(claimed(store, now=late, real=late)) == 2


def test_a_cancelled_edition_sends_nothing_again(store: Store) -> None:
    """Neither a settled row nor a missed one."""
    readers(store, 1)
    made = queued(store)
    (one,) = intended(store, claimed(store))
    answered(store, one, Outcome.UNKNOWN)
    with store.work() as work:
        work.deliveries.cancel(made.id, NOW)

    with pytest.raises(Conflict), store.work() as work:
        work.deliveries.settle(one.id, DeliveryState.QUEUED, evidence="", now=NOW)
    with pytest.raises(Conflict):
        again(store, made)


def test_readers_without_a_row_are_found_in_order(store: Store) -> None:
    """Not those who have one, nor who has left; a suppressed one is marked."""
    readers(store, 1)
    made = queued(store)
    with store.work() as work:
        for address, status in (
            ("nova@example.bg", Status.ACTIVE),
            ("napusna@example.bg", Status.LEFT),
            ("blok@example.bg", Status.ACTIVE),
            ("chaka@example.bg", Status.PENDING),
        ):
            work.roll.add(person(address, status=status), now=NOW)
        work.roll.suppressions.add("blok@example.bg", "hard", NOW)

    with store.reading() as work:
        found = [(one.address, one.suppressed) for one in work.deliveries.unplanned(made.id)]

    assert found == [
        ("nova@example.bg", False), ("blok@example.bg", True), ("chaka@example.bg", False)
    ]  # fmt: skip


def test_an_edition_is_closed_when_nothing_waits_or_is_held(store: Store) -> None:
    """Queued, claimed and sending rows keep it open; an unknown one does not."""
    readers(store, 1)
    made = queued(store)

    def closed() -> list[Closed]:
        with store.work() as work:
            return work.deliveries.close_finished()

    with store.work() as work:
        work.editions.set_state(made.id, EditionState.QUEUED)
    assert closed() == []
    held = claimed(store)
    assert closed() == []
    (one,) = intended(store, held)
    assert closed() == []
    answered(store, one, Outcome.UNKNOWN)

    assert closed() == [Closed(made.id, 1)]
    assert closed() == []


def test_each_lane_says_what_waits_in_it(store: Store) -> None:
    """Of the edition, or of all that are neither paused nor cancelled."""
    readers(store, 2)
    with store.work() as work:
        work.roll.add(person("a@gmail.com"), now=NOW)
    made = queued(store)
    rest = LaneQueue("rest", 3, NOW)

    def lanes(edition_id: str | None = None) -> list[LaneQueue]:
        with store.reading() as work:
            return list(work.deliveries.lane_queues(edition_id))

    assert lanes() == lanes(made.id) == [rest]
    with store.work() as work:
        work.editions.pause(made.id)

    assert lanes() == []
    assert lanes(edition().id) == [rest]
