"""Deliveries that came back are counted by reader, on every store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.errors import NotFound
from digest.model import Delivery, DeliveryId, Outcome, Tried
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
