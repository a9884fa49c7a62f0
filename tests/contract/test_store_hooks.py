"""Events of providers are kept once and wait for their delivery, on every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from digest.errors import NotFound
from digest.model import Delivery, DeliveryState
from digest.store.hooks import Waiting
from digest.store.work import Store
from tests.integration.store import databases, given

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store


def add(store: Store, event_id: str = "e1", provider: str = "ses", minutes: int = 0) -> bool:
    with store.work() as work:
        at = given.NOW + timedelta(minutes=minutes)
        return work.hooks.add(provider, event_id, "hard", at)


def claimed(store: Store) -> Delivery:
    given.readers(store, 1)
    given.queued(store)
    return given.claimed(store)[0]


def waiting(store: Store, one: Delivery, event_id: str = "e1") -> Waiting:
    made = Waiting("ses", event_id, one.id, DeliveryState.ACCEPTED, "delivered: [ses]")
    add(store, event_id)
    with store.work() as work:
        work.hooks.wait(made)
    return made


def ripe(store: Store) -> list[Waiting]:
    with store.reading() as work:
        return list(work.hooks.ripe())


def test_an_event_is_new_once(store: Store) -> None:
    """By provider and id; another provider may have the same id."""
    assert [add(store), add(store), add(store, provider="drug"), add(store, "e2")] == [
        True, False, True, True,
    ]  # fmt: skip


def test_of_many_at_once_one_is_new(store: Store) -> None:
    """A provider may tell the same thing over two connections."""
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: add(store), range(8)))[-2:] == [False, True]


def test_a_rollback_leaves_it_new(store: Store) -> None:
    """An event and what follows from it are one transaction."""

    def fails() -> None:
        with store.work() as work:
            work.hooks.add("ses", "e1", "hard", given.NOW)
            work.deliveries.find("dqqq-zzzzzzzzzz")

    with pytest.raises(NotFound):
        fails()

    assert add(store)


def test_an_event_waits_while_its_delivery_is_open(store: Store) -> None:
    """It is ripe when the delivery is settled or in doubt, until it is done."""
    one = claimed(store)
    made = waiting(store, one)
    before = ripe(store)
    with store.work() as work:
        work.connection.exec_driver_sql("UPDATE deliveries SET state = 'unknown', lease = NULL")

    assert before == []
    assert ripe(store) == [made]
    with store.work() as work:
        work.hooks.done([made])
    assert ripe(store) == []
    assert not add(store)


def test_events_are_dropped_by_the_moment_they_came(store: Store) -> None:
    """Also those that still wait."""
    waiting(store, claimed(store))
    add(store, "e2", minutes=1)

    with store.work() as work:
        assert work.hooks.drop(given.NOW + timedelta(seconds=1)) == 1
    assert [add(store), add(store, "e2")] == [True, False]
