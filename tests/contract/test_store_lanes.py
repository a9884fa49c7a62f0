"""Which lanes a claim looks into, and how their pace is shared, on every store."""

from __future__ import annotations

from datetime import timedelta

from digest.model import LaneState
from digest.store.work import Store
from tests.integration.store import databases, given

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store


def test_a_state_comes_back_as_it_was_kept(store: Store) -> None:
    """And a lane of which nothing is known begins as new."""
    slow = LaneState(
        "gmail", given.NOW, tokens=2.5, rate=300.0, slowed_at=given.NOW,
        held_until=given.NOW + timedelta(seconds=30), stopped="554 5.7.1", day=given.DAY,
        answered=7, ours=5, sent=2, minute=given.NOW, recent=3, before=4,
    )  # fmt: skip
    with store.work() as work:
        work.lanes.save([slow])
    with store.work() as work:
        found = work.lanes.locked(["gmail", "abv.bg"], given.NOW)
        work.lanes.save([LaneState("gmail", given.NOW)])

    assert found == {"gmail": slow, "abv.bg": LaneState("abv.bg", given.NOW)}
    with store.reading() as work:
        assert work.lanes.all()["gmail"] == LaneState("gmail", given.NOW)


def test_a_claim_takes_no_more_of_a_lane_than_it_is_told(store: Store) -> None:
    """A closed lane gives nothing, a limited one its limit, any other what there is."""
    given.readers(store, 9, lanes=("gmail", "abv.bg", "rest"))
    given.queued(store)

    window = given.claimed(store, limit=100, lanes={"gmail": 0, "abv.bg": 2})

    taken = [one.lane for one in window]
    assert {lane: taken.count(lane) for lane in set(taken)} == {"abv.bg": 2, "rest": 3}
    assert len(given.claimed(store, limit=100)) == 4


def test_workers_begin_with_different_lanes(store: Store) -> None:
    """So that several connections do not stand at one provider's door."""
    given.readers(store, 9, lanes=("gmail", "abv.bg", "rest"))
    given.queued(store)

    first = [{one.lane for one in given.claimed(store, limit=3, turn=turn)} for turn in range(3)]

    assert sorted(map(sorted, first)) == [["abv.bg"], ["gmail"], ["rest"]]


def test_a_worker_is_seen_in_the_lanes_that_it_holds(store: Store) -> None:
    """For as long as its lease lasts."""
    given.readers(store, 4, lanes=("gmail", "rest"))
    given.queued(store)
    given.claimed(store, limit=100, worker="a")

    with store.reading() as work:
        held = work.lanes.workers(given.NOW)
        later = work.lanes.workers(given.NOW + timedelta(days=1))

    assert held == {"gmail": frozenset({"a"}), "rest": frozenset({"a"})}
    assert later == {}
