"""Open rounds on both databases: taken by one, ended by the last taker, closed once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from digest.model import UNDATED, Article, ArticleId, SourceId
from digest.store.rounds import MOST_TRIES, Brought, Slice
from digest.store.work import Store

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=1)


def begun(store: Store) -> tuple[Slice, Slice]:
    """A round in two slices, as they lie in the database."""
    wanted = [
        Slice("r1", n, NOW, urgent=bool(n), here=not n, sources=(SourceId(f"s{n}"),))
        for n in range(2)
    ]
    with store.work() as work:
        work.rounds.begin(wanted)
    with store.reading() as work:
        first, second = work.rounds.open()
    assert (first, second) == tuple(wanted)
    return first, second


def taken(store: Store, wanted: Slice, until: datetime = UNTIL) -> Slice | None:
    with store.work() as work:
        return work.rounds.take(wanted, until=until)


def mine(store: Store, wanted: Slice) -> Slice:
    found = taken(store, wanted)
    assert found is not None
    return found


def test_of_two_takers_one_has_it(store: Store) -> None:
    """The second read it before the first took it."""
    first, _ = begun(store)

    assert mine(store, first).tries == 1
    assert taken(store, first) is None


def test_a_held_slice_is_free_when_its_lease_runs_out(store: Store) -> None:
    """Not a moment sooner."""
    held = mine(store, begun(store)[0])

    assert held.held(NOW)
    assert not held.free(NOW)
    assert held.free(UNTIL)


def test_a_renewed_lease_stands_in_the_way_of_who_saw_the_old_one(store: Store) -> None:
    """Late by a breath is not dead."""
    held = mine(store, begun(store)[0])
    with store.work() as work:
        assert work.rounds.renew(held, until=UNTIL + timedelta(minutes=1))

    assert taken(store, held) is None


def test_who_lost_a_slice_neither_renews_nor_ends_it(store: Store) -> None:
    """The word of the later taker counts."""
    late = mine(store, begun(store)[0])
    now_theirs = mine(store, late)

    with store.work() as work:
        said = work.rounds.renew(late, until=UNTIL), work.rounds.end(late, Brought(9))
        ended = work.rounds.end(now_theirs, Brought(1, articles_new=3))

    assert (said, ended) == ((False, False), True)
    with store.reading() as work:
        assert work.rounds.open()[0].done == Brought(1, articles_new=3)


def test_an_ended_slice_is_nobodys(store: Store) -> None:
    """It is neither free nor held nor lost, and is not taken."""
    held = mine(store, begun(store)[0])
    with store.work() as work:
        work.rounds.end(held, Brought())
    with store.reading() as work:
        ended = work.rounds.open()[0]

    late = UNTIL + timedelta(days=1)
    assert (ended.free(late), ended.held(NOW), ended.lost(late)) == (False, False, False)
    assert taken(store, ended) is None


def test_a_slice_that_killed_all_its_takers_is_lost(store: Store) -> None:
    """It does not go round for ever."""
    one = begun(store)[0]
    for _ in range(MOST_TRIES):
        assert not one.lost(UNTIL)
        one = mine(store, one)

    assert (one.lost(NOW), one.lost(UNTIL), one.free(UNTIL)) == (False, True, False)


def test_a_round_is_closed_once(store: Store) -> None:
    """Whoever comes second has not ended it; nothing is left."""
    slices = begun(store)

    closed = []
    for _ in range(2):
        with store.work() as work:
            closed.append(work.rounds.close(slices))

    assert closed == [True, False]
    with store.reading() as work:
        assert not work.rounds.open()


def _article(n: int) -> Article:
    return Article(
        id=ArticleId(f"a{n}"),
        title=f"Вест {n}",
        text="Мостът край Пролом се отваря за леки коли в събота сутринта.",
        outlet="Проломски вести",
        url=f"https://vesti.test/{n}",
        date=UNDATED,
        fetched_at=NOW,
    )


class _Over(RuntimeError):
    """The other side has failed."""


def _waits_for_a_lock(store: Store) -> bool:
    """Whether anybody on this server stands before a lock."""
    asked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with store.reading() as work:
        return bool(work.connection.execute(asked).scalar_one())


@pytest.mark.postgres
def test_collectors_that_bring_the_same_in_another_order_do_not_stop_each_other(
    postgres_store: Store,
) -> None:
    """Each would hold what the other wants next; so one keeps its batch, and then the other."""
    one, two = (_article(n) for n in (1, 2))
    entered = threading.Event()

    def other() -> list[ArticleId]:
        entered.set()
        with postgres_store.work() as work:
            work.rounds.alone()
            return [*work.articles.add_new([two])[0], *work.articles.add_new([one])[0]]

    with ThreadPoolExecutor(1) as pool:
        with postgres_store.work() as work:
            work.rounds.alone()
            work.articles.add_new([one])
            late = pool.submit(other)
            assert entered.wait(20)
            while not _waits_for_a_lock(postgres_store):
                if late.done():
                    raise _Over(late.exception())
            work.articles.add_new([two])
        assert late.result(20) == []
