"""Deliveries that came back are counted by reader, on every store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from digest.errors import NotFound
from digest.model import Delivery, DeliveryId, Outcome, Result, SubscriberId, Tried
from digest.store.answers import Answer
from digest.store.returned import returned
from digest.store.work import Store
from tests.integration.store import databases, given

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store

SINCE = given.NOW - timedelta(days=90)


def sent(store: Store) -> list[Delivery]:
    """Two deliveries of one edition, each to a reader of its own, both accepted."""
    given.readers(store, 2)
    given.queued(store)
    claimed = given.intended(store, given.claimed(store))
    assert all(given.answered(store, one, Outcome.ACCEPTED) for one in claimed)
    return claimed


def test_a_delivery_came_back_once(store: Store) -> None:
    """However often it is told."""
    one = sent(store)[0]

    with store.work() as work:
        assert [work.returned.add(one.id, given.NOW) for _ in range(2)] == [True, False]


def test_a_name_that_is_no_delivery_is_refused(store: Store) -> None:
    """Forged, or of another key."""
    with pytest.raises(NotFound), store.work() as work:
        work.returned.add(DeliveryId("d1-qqqqqqqqqq"), given.NOW)


def test_what_was_tried_is_told_by_reader(store: Store) -> None:
    """Whether it came back, and when it was answered; of nobody else, and of no older edition."""
    one, other = sent(store)
    with store.work() as work:
        work.returned.add(one.id, given.NOW + timedelta(days=1))

    with store.reading() as work:
        found = [list(work.returned.tried(each.subscriber_id, SINCE)) for each in (one, other)]
        after = list(work.returned.tried(one.subscriber_id, given.NOW + timedelta(days=1)))

    assert found == [[Tried(given.NOW, returned=True)], [Tried(given.NOW, returned=False)]]
    assert after == []


def test_one_reader_is_forgotten_and_not_the_other(store: Store) -> None:
    """What has had its consequence."""
    deliveries = sent(store)
    with store.work() as work:
        for one in deliveries:
            work.returned.add(one.id, given.NOW)
        work.returned.forget(deliveries[0].subscriber_id)

    with store.reading() as work:
        found = [work.returned.tried(one.subscriber_id, SINCE)[0].returned for one in deliveries]
    assert found == [False, True]


FULL = (Outcome.REFUSED, "soft", 552, "5.2.2", "5.2.2 Mailbox full")
OTHERWISE = (Outcome.REFUSED, "soft", 552, "", "Message size exceeds maximum")
LATER = (Outcome.DEFERRED, "soft", 452, "4.2.2", "4.2.2 Mailbox full")


def test_an_answer_that_the_mailbox_is_full_is_kept_with_it(store: Store) -> None:
    """In its transaction; neither a refusal for another reason, nor one that may pass."""
    given.readers(store, 3)
    made = given.queued(store)
    window = given.intended(store, given.claimed(store))
    said = [
        Result(one.id, *told) for one, told in zip(window, (FULL, OTHERWISE, LATER), strict=True)
    ]

    with store.work() as work:
        answers = [Answer(one, result) for one, result in zip(window, said, strict=True)]
        assert all(work.deliveries.answer_all(answers, now=given.NOW))

    found = [seen(store, one) for one in window]
    assert found == [[Tried(given.NOW, returned=True)], [], []]
    with store.work() as work:
        work.deliveries.send_again(made.id, now=given.NOW, expires_minutes=60)
    assert seen(store, window[0]) == [], "it goes again"


def seen(store: Store, one: Delivery) -> list[Tried]:
    with store.reading() as work:
        return list(work.returned.tried(one.subscriber_id, SINCE))


def test_of_an_erased_reader_nothing_is_kept(store: Store) -> None:
    """And of the others everything."""
    deliveries = sent(store)
    with store.work() as work:
        for one in deliveries:
            work.returned.add(one.id, given.NOW)
        work.erase(deliveries[0].address, given.NOW)

    with store.reading() as work:
        kept = work.connection.execute(select(returned.c.delivery_id)).scalars().all()
    assert [store.signer.delivery_id(one) for one in kept] == [deliveries[1].id]


def test_looking_back_at_one_reader_reads_no_other_rows(sqlite_store: Store) -> None:
    """It is asked inside the transaction of a report, of a ledger of a year."""
    said: list[tuple[str, object]] = []
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda *w: said.append((w[2], w[3])))
    with sqlite_store.work() as work:
        work.returned.tried(SubscriberId("1"), SINCE)
        work.returned.forget(SubscriberId("1"))
        asked = [one for one in said if "returned" in one[0]]
        plans = [
            str(row[3])
            for words, values in asked
            for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        ]

    looked = [one for one in plans if "deliveries" in one]
    assert looked
    assert all("(edition_n=? AND subscriber_id=?)" in one for one in looked), plans


def test_old_ones_are_dropped(store: Store) -> None:
    """By the moment they were told."""
    deliveries = sent(store)
    with store.work() as work:
        for n, one in enumerate(deliveries):
            work.returned.add(one.id, given.NOW + timedelta(days=n))
        work.returned.drop(given.NOW + timedelta(hours=1))

    with store.reading() as work:
        found = [work.returned.tried(one.subscriber_id, SINCE)[0].returned for one in deliveries]
    assert found == [False, True]
