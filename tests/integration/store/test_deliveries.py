"""The ledger of deliveries, on each database: planned once, sent once, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.errors import Conflict, NotFound
from digest.model import DeliveryState, Outcome, Result
from digest.store.answers import Answer
from digest.store.work import Store
from subscribers.model import Frequency, Status
from tests.integration.store.given import (
    LEASE,
    MINUTE,
    NOW,
    SOFIA,
    answered,
    claimed,
    counts,
    edition,
    intended,
    person,
    queued,
    readers,
)

LATER = NOW + timedelta(seconds=LEASE + 1)


def test_filling_twice_plans_nobody_twice(store: Store) -> None:
    """The second fill plans nothing; somebody who joined since is planned by a third."""
    readers(store, 3)
    made = queued(store)

    def again() -> int:
        with store.work() as work:
            return work.deliveries.fill(
                made, slots={SOFIA: NOW}, now=NOW, expires_minutes=5, domain="example.bg"
            )

    assert again() == 0
    with store.work() as work:
        work.roll.add(person("nova@example.bg"), now=NOW)
    assert again() == 1
    assert counts(store, made) == {"queued": 4}


def test_only_those_who_should_get_the_edition_are_planned(store: Store) -> None:
    """Pending, paused and departed people are left out, and weekly ones on other days."""
    with store.work() as work:
        work.roll.add(person("da@example.bg"), now=NOW)
        work.roll.add(person("delnik@example.bg", frequency=Frequency.WEEKDAYS), now=NOW)
        work.roll.add(person("sedmitsa@example.bg", frequency=Frequency.WEEKLY), now=NOW)
        work.roll.add(person("chaka@example.bg", status=Status.PENDING), now=NOW)
        work.roll.add(person("napusna@example.bg", status=Status.LEFT), now=NOW)
        paused = work.roll.add(person("pauza@example.bg"), now=NOW)
        work.roll.pause(paused.id, NOW + timedelta(days=7))

    made = queued(store)

    with store.reading() as work:
        planned = {line.address for line in work.deliveries.lines(made.id)}
    assert planned == {"da@example.bg", "delnik@example.bg"}


def test_a_pause_ends_by_itself(store: Store) -> None:
    """Whoever paused until a time that has come is planned again."""
    reader = readers(store, 1)[0]
    with store.work() as work:
        work.roll.pause(reader.id, NOW - MINUTE)

    assert counts(store, queued(store)) == {"queued": 1}


def test_suppressed_people_are_planned_and_visible_as_such(store: Store) -> None:
    """A suppressed address has a row, so that the plan adds up to the list."""
    readers(store, 2)
    with store.work() as work:
        work.roll.suppressions.add("A1@Example.BG", "hard", NOW)

    made = queued(store)

    assert counts(store, made) == {"queued": 1, "suppressed": 1}
    assert [one.address for one in claimed(store)] == ["a0@example.bg"]


def test_each_person_is_due_at_the_chosen_hour(store: Store) -> None:
    """Only rows whose hour has come can be claimed; the next one is announced."""
    with store.work() as work:
        work.roll.add(person("sega@example.bg"), now=NOW)
        work.roll.add(person("posle@example.bg", hour=9), now=NOW)
        assert work.deliveries.distinct_slots(NOW) == {SOFIA, ("Europe/Sofia", 9)}
    nine = NOW + timedelta(hours=2)
    made = queued(store, slots={SOFIA: NOW, ("Europe/Sofia", 9): nine})

    with store.reading() as work:
        assert work.deliveries.waiting(made.id, NOW) == (2, nine)
    assert [one.address for one in claimed(store)] == ["sega@example.bg"]
    with store.reading() as work:
        left, _ = work.deliveries.waiting(made.id, NOW)
    assert left == 2, "a row under a lease is not settled yet"
    assert [one.address for one in claimed(store, now=nine, real=nine)][-1] == "posle@example.bg"


def test_a_missing_slot_plans_nobody_rather_than_leaving_some_out(store: Store) -> None:
    """An hour without a due time stops the whole fill."""
    with store.work() as work:
        work.roll.add(person("sega@example.bg"), now=NOW)
        work.roll.add(person("posle@example.bg", hour=9), now=NOW)
        work.editions.save(edition())

    with pytest.raises(Conflict), store.work() as work:
        work.deliveries.fill(
            edition(), slots={SOFIA: NOW}, now=NOW, expires_minutes=5, domain="example.bg"
        )

    assert counts(store, edition()) == {}


def test_variant_and_lane_come_from_the_person(store: Store) -> None:
    """The variant is the sorted set of sections."""
    with store.work() as work:
        work.roll.add(person("a@example.bg", sections=frozenset({"sport", "ikonomika"})), now=NOW)
        work.roll.add(person("b@example.bg"), now=NOW)
    made = queued(store)

    with store.reading() as work:
        assert work.deliveries.variants(made.id) == {"all": 1, "ikonomika+sport": 1}
        assert work.deliveries.lanes(made.id) == {"rest": 2}


def test_two_workers_never_hold_the_same_row(store: Store) -> None:
    """What one has claimed the other does not get."""
    readers(store, 5)
    queued(store)

    first = claimed(store, worker="w1", limit=3)
    second = claimed(store, worker="w2", limit=3)

    assert len(first) == 3
    assert len(second) == 2
    assert not {one.id for one in first} & {one.id for one in second}


def test_a_delivery_carries_all_that_is_needed_to_write(store: Store) -> None:
    """Address, message id and a token that verifies come with the claim."""
    reader = readers(store, 1)[0]
    made = queued(store)

    one = claimed(store)[0]

    assert one.edition_id == made.id
    assert one.message_id == f"<{one.id}@example.bg>"
    assert one.address == "a0@example.bg"
    assert one.id == one.id.lower()
    assert int(one.subscriber_id) == reader.id
    with store.reading() as work:
        assert work.deliveries.find(one.message_id).delivery == one.id


def test_a_made_up_delivery_id_is_not_found(store: Store) -> None:
    """The seal of an id is checked before the row is looked for."""
    readers(store, 1)
    queued(store)

    with pytest.raises(NotFound), store.reading() as work:
        work.deliveries.find("dae-aaaaaaaaaa")


def test_a_message_id_stays_the_same_over_attempts(store: Store) -> None:
    """One Message-ID per delivery: it is the key in a relay's log."""
    readers(store, 1)
    queued(store)
    first = intended(store, claimed(store))[0]
    assert answered(store, first, Outcome.DEFERRED, retry_at=NOW + 5 * MINUTE)

    second = claimed(store, now=NOW + 5 * MINUTE)[0]

    assert (second.id, second.message_id) == (first.id, first.message_id)
    assert (second.epoch, second.attempts) == (2, 1)


def test_a_worker_dead_before_the_intent_costs_nothing(store: Store) -> None:
    """Rows claimed by a dead worker return to the queue and keep their attempts."""
    readers(store, 2)
    made = queued(store)
    claimed(store)

    assert counts(store, made) == {"queued": 2}
    again = claimed(store, worker="w2", real=LATER)

    assert [one.attempts for one in again] == [0, 0]
    assert [one.epoch for one in again] == [2, 2]


def test_a_worker_dead_after_the_intent_leaves_unknown(store: Store) -> None:
    """Nobody knows whether it went out, so it is not sent again by itself."""
    readers(store, 2)
    made = queued(store)
    intended(store, claimed(store, limit=1))

    assert [one.address for one in claimed(store, worker="w2", real=LATER)] == ["a1@example.bg"]
    assert counts(store, made) == {"queued": 1, "unknown": 1}


def test_resend_sends_an_uncertain_one_again(store: Store) -> None:
    """An edition that may repeat itself takes back what a dead worker had in hand."""
    readers(store, 1)
    queued(store, on_unknown="resend")
    intended(store, claimed(store))

    assert len(claimed(store, worker="w2", real=LATER)) == 1


def test_a_worker_that_wakes_late_changes_nothing(store: Store) -> None:
    """Its answer, its intent and its release are fenced out by state and epoch."""
    readers(store, 2)
    made = queued(store)
    sleeping = intended(store, claimed(store, limit=1))[0]
    waiting = claimed(store, limit=1)
    claimed(store, worker="w2", real=LATER)

    assert not answered(store, sleeping, Outcome.ACCEPTED, now=LATER)
    assert intended(store, waiting, now=LATER, real=LATER) == []
    with store.work() as work:
        assert work.deliveries.release(waiting) == 0
        assert not work.deliveries.renew(waiting, real_now=LATER, lease_seconds=LEASE)
    assert counts(store, made) == {"queued": 1, "unknown": 1}


def test_every_outcome_has_its_place_in_the_ledger(store: Store) -> None:
    """Accepted, deferred, refused, unknown and returned are counted apart."""
    readers(store, 5)
    made = queued(store)
    window = intended(store, claimed(store))
    outcomes = [
        Outcome.ACCEPTED,
        Outcome.DEFERRED,
        Outcome.REFUSED,
        Outcome.UNKNOWN,
        Outcome.RETURNED,
    ]

    for one, outcome in zip(window, outcomes, strict=True):
        assert answered(store, one, outcome, retry_at=NOW + MINUTE)

    assert counts(store, made) == {
        "accepted": 1,
        "deferred": 1,
        "refused": 1,
        "unknown": 1,
        "queued": 1,
    }
    with store.reading() as work:
        attempts = {line.address: line.attempts for line in work.deliveries.lines(made.id)}
    assert attempts["a4@example.bg"] == 0, "a returned row spends no attempt"
    assert attempts["a1@example.bg"] == 1


def test_the_ledger_keeps_which_relay_answered_and_what_it_said_of_what_it_took(
    store: Store,
) -> None:
    """One statement may write several; a row that comes back keeps no relay."""
    readers(store, 4)
    made = queued(store)
    taken, also, doubtful, back = intended(store, claimed(store))
    with store.work() as work:
        work.deliveries.answer_all(
            [
                Answer(taken, Result(taken.id, Outcome.ACCEPTED, text="като 4F1", relay="a")),
                Answer(also, Result(also.id, Outcome.ACCEPTED, text="като 0107", relay="b")),
                Answer(doubtful, Result(doubtful.id, Outcome.UNKNOWN, "lost", relay="b")),
                Answer(back, Result(back.id, Outcome.RETURNED, "connect")),
            ],
            now=NOW,
        )

    with store.reading() as work:
        lines = {line.delivery: line for line in work.deliveries.lines(made.id)}
    assert [(lines[one.id].relay, lines[one.id].evidence) for one in (taken, also)] == [
        ("a", "като 4F1"),
        ("b", "като 0107"),
    ]
    assert (lines[doubtful.id].relay, lines[doubtful.id].evidence) == ("b", None)
    assert (lines[back.id].relay, lines[back.id].evidence) == (None, None)


def test_an_answer_is_taken_once(store: Store) -> None:
    """A second answer for the same attempt changes nothing."""
    readers(store, 1)
    made = queued(store)
    one = intended(store, claimed(store))[0]

    assert answered(store, one, Outcome.ACCEPTED)
    assert not answered(store, one, Outcome.REFUSED)
    assert counts(store, made) == {"accepted": 1}


def test_nothing_goes_out_past_the_expiry(store: Store) -> None:
    """An edition of the morning is not news at night."""
    readers(store, 2)
    made = queued(store, minutes=60)
    one = intended(store, claimed(store, limit=1))[0]
    answered(store, one, Outcome.DEFERRED, retry_at=NOW + timedelta(hours=6))

    assert claimed(store, now=NOW + timedelta(minutes=61), real=NOW) == []
    assert counts(store, made) == {"refused": 2}


def test_leaving_between_queue_and_claim_is_respected(store: Store) -> None:
    """Who has left, was suppressed or erased meanwhile gets nothing and is counted."""
    people = readers(store, 4)
    made = queued(store)
    with store.work() as work:
        work.roll.leave(people[0].id, NOW, "one-click")
        work.roll.suppressions.add("a1@example.bg", "hard", NOW)
        work.erase("a2@example.bg", NOW)

    assert [one.address for one in claimed(store)] == ["a3@example.bg"]
    assert counts(store, made) == {"queued": 1, "suppressed": 3}


def test_leaving_between_claim_and_intent_is_respected(store: Store) -> None:
    """The last look is taken in the statement that allows the wire."""
    people = readers(store, 2)
    made = queued(store)
    window = claimed(store)
    with store.work() as work:
        work.roll.leave(people[0].id, NOW, "one-click")

    assert [one.address for one in intended(store, window)] == ["a1@example.bg"]
    assert counts(store, made) == {"suppressed": 1, "sending": 1}


def test_a_pause_bites_within_one_window_and_a_resume_goes_on(store: Store) -> None:
    """Claimed rows of a paused edition return; nothing more is claimed until it goes on."""
    readers(store, 3)
    made = queued(store)
    window = claimed(store, limit=2)
    with store.work() as work:
        work.editions.pause(made.id)

    assert intended(store, window) == []
    assert claimed(store) == []
    with store.work() as work:
        work.editions.resume(made.id)
    assert len(claimed(store)) == 3


def test_cancelling_stops_all_that_is_not_on_the_wire(store: Store) -> None:
    """Queued, deferred and claimed rows are cancelled; one on the wire gets its answer."""
    readers(store, 4)
    made = queued(store)
    sending = intended(store, claimed(store, limit=2))
    answered(store, sending[0], Outcome.DEFERRED, retry_at=NOW)
    held = claimed(store, limit=1)
    with store.work() as work:
        assert work.deliveries.cancel(made.id, NOW) == 3

    assert intended(store, held) == []
    assert answered(store, sending[1], Outcome.DEFERRED, retry_at=NOW)
    assert counts(store, made) == {"cancelled": 4}
    with pytest.raises(Conflict), store.work() as work:
        work.deliveries.fill(
            made, slots={SOFIA: NOW}, now=NOW, expires_minutes=5, domain="example.bg"
        )


def test_released_rows_wait_as_told(store: Store) -> None:
    """A paused lane gives rows back until a time, without an attempt."""
    readers(store, 1)
    made = queued(store)
    with store.work() as work:
        held = work.deliveries.claim(
            made.id, worker="w", limit=5, now=NOW, lease_seconds=LEASE, real_now=NOW
        )
        assert work.deliveries.release(held, retry_at=NOW + MINUTE) == 1

    assert claimed(store) == []
    assert [one.attempts for one in claimed(store, now=NOW + MINUTE)] == [0]


def test_a_renewed_lease_keeps_the_row(store: Store) -> None:
    """A worker that is slow but alive renews, and nobody takes its rows."""
    readers(store, 1)
    queued(store)
    held = claimed(store)
    with store.work() as work:
        kept = work.deliveries.renew(held, real_now=LATER - MINUTE, lease_seconds=LEASE)
        assert len(kept) == 1

    assert claimed(store, worker="w2", real=LATER) == []
    assert len(intended(store, held, real=LATER)) == 1


def test_an_editor_settles_an_unknown_delivery(store: Store) -> None:
    """Only an unknown one can be settled; `queued` sends it again on a person's word."""
    readers(store, 2)
    made = queued(store)
    first, second = intended(store, claimed(store))
    answered(store, first, Outcome.UNKNOWN)
    answered(store, second, Outcome.UNKNOWN)

    with store.work() as work:
        work.deliveries.settle(
            first.id, DeliveryState.ACCEPTED, evidence="дневник на релето", now=NOW
        )
        work.deliveries.settle(second.id, DeliveryState.QUEUED, evidence="редактор", now=NOW)

    assert counts(store, made) == {"accepted": 1, "queued": 1}
    with pytest.raises(Conflict), store.work() as work:
        work.deliveries.settle(first.id, DeliveryState.REFUSED, evidence="", now=NOW)
    with pytest.raises(ValueError, match="does not become"), store.work() as work:
        work.deliveries.settle(first.id, DeliveryState.CLAIMED, evidence="", now=NOW)


def test_erasing_a_person_takes_the_words_of_a_refusal_too(store: Store) -> None:
    """„550 <a0@example.bg>: no such user“ names whoever must not be named any more."""
    readers(store, 1)
    made = queued(store)
    one = intended(store, claimed(store))[0]
    refused = Result(one.id, Outcome.REFUSED, "hard", 550, "5.1.1", "<a0@example.bg> unknown")
    with store.work() as work:
        work.deliveries.answer(one, refused, now=NOW)
    with store.work() as work:
        work.erase("a0@example.bg", NOW)

    with store.reading() as work:
        [line] = work.deliveries.lines(made.id)
    assert line.last_error is None
    assert counts(store, made) == {"refused": 1}


def test_erasing_a_person_keeps_the_counts_and_masks_the_line(store: Store) -> None:
    """The ledger stays true; the address in it is hidden, also in what a relay said of it."""
    readers(store, 1)
    made = queued(store)
    one = intended(store, claimed(store))[0]
    taken = Result(one.id, Outcome.ACCEPTED, text="<a0@example.bg> saved", relay="r")
    with store.work() as work:
        work.deliveries.answer(one, taken, now=NOW)
    with store.work() as work:
        work.erase("a0@example.bg", NOW)

    with store.reading() as work:
        [line] = work.deliveries.lines(made.id)
        assert (line.address, line.relay, line.evidence) == ("a***@example.bg", "r", None)
        assert work.roll.count() == 0
    assert counts(store, made) == {"accepted": 1}


def test_a_new_person_never_inherits_an_erased_ones_id(store: Store) -> None:
    """A link in an old mail must not act for somebody else."""
    old = readers(store, 1)[0]
    with store.work() as work:
        work.erase("a0@example.bg", NOW)
        fresh = work.roll.add(person("nov@example.bg"), now=NOW)

    assert fresh.id > old.id


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_answer_to_an_earlier_attempt_changes_nothing(store: Store, outcome: Outcome) -> None:
    """The row is on another worker's wire by now; only that worker's answer counts."""
    readers(store, 1)
    made = queued(store, on_unknown="resend")
    sleeping = intended(store, claimed(store))[0]
    awake = intended(store, claimed(store, worker="w2", real=LATER), real=LATER)[0]

    assert not answered(store, sleeping, outcome, now=LATER)
    assert counts(store, made) == {"sending": 1}
    assert answered(store, awake, Outcome.ACCEPTED, now=LATER)


def test_an_intent_of_an_earlier_claim_opens_nothing(store: Store) -> None:
    """A worker that slept before its intent may not send what another has claimed since."""
    readers(store, 1)
    queued(store)
    sleeping = claimed(store)
    awake = claimed(store, worker="w2", real=LATER)

    assert intended(store, sleeping, real=LATER) == []
    with store.work() as work:
        assert work.deliveries.release(sleeping) == 0
        assert not work.deliveries.renew(sleeping, real_now=LATER, lease_seconds=LEASE)
    assert len(intended(store, awake, real=LATER)) == 1
