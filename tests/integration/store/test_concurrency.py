"""Several workers at once, on real connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from digest.model import Outcome, Result
from digest.store.answers import Answer
from digest.store.work import Store
from tests.integration.store.given import LEASE, NOW, claimed, counts, intended, queued, readers


def _drain(store: Store, worker: str) -> list[str]:
    """Claims, intends and answers until nothing is left; gives what it put on the wire."""
    sent: list[str] = []
    while held := claimed(store, worker=worker, limit=7):
        window = intended(store, held)
        sent += [one.id for one in window]
        answers = [Answer(one, Result(one.id, Outcome.ACCEPTED)) for one in window]
        with store.work() as work:
            assert all(work.deliveries.answer_all(answers, now=NOW))
    return sent


def test_workers_at_once_send_to_everybody_once(store: Store) -> None:
    """Four workers drain one edition: nobody is left out, nobody is met twice."""
    readers(store, 150)
    made = queued(store)

    with ThreadPoolExecutor(4) as pool:
        sent = [
            one for part in pool.map(lambda n: _drain(store, f"w{n}"), range(4)) for one in part
        ]

    assert len(sent) == len(set(sent)) == 150
    assert counts(store, made) == {"accepted": 150}


def test_one_of_many_clocks_is_told_to_act(store: Store) -> None:
    """Eight schedulers fire at once; one acts."""

    def fire(_: int) -> bool:
        with store.work() as work:
            return work.marks.fire_once("digest", NOW.date(), "build", NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(fire, range(8))) == 1


def test_a_reader_is_not_held_up_by_a_writer(store: Store) -> None:
    """The desk looks at the ledger while a dispatcher is in the middle of its work."""
    readers(store, 2)
    made = queued(store)

    with store.work() as work:
        work.deliveries.claim(
            made.id, worker="w", limit=1, now=NOW, lease_seconds=LEASE, real_now=NOW
        )
        assert counts(store, made) == {"queued": 2}
