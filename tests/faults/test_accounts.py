"""The ledger as an account: what was planned is noted apart from the rows that came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select

from digest.model import Outcome
from digest.store.tables import deliveries
from digest.store.work import Store
from tests.integration.store.given import (
    NOW,
    answered,
    claimed,
    counts,
    intended,
    person,
    queued,
    readers,
)

LONG_AFTER = NOW + timedelta(hours=26)


def test_a_row_that_went_missing_unbalances_the_ledger(store: Store) -> None:
    """The planned number does not follow the rows."""
    readers(store, 3)
    made = queued(store)
    with store.work() as work:
        one = work.connection.execute(select(deliveries.c.id).limit(1)).scalar_one()
        work.connection.execute(delete(deliveries).where(deliveries.c.id == one))

    with store.reading() as work:
        ledger = work.deliveries.ledger(made.id)

    assert (ledger.planned, ledger.queued) == (3, 2)
    assert not ledger.balanced


def test_who_joins_later_is_added_to_what_was_planned(store: Store) -> None:
    """Filling again counts the new rows only; an edition without readers has planned nobody."""
    made = queued(store)
    with store.reading() as work:
        assert work.deliveries.ledger(made.id).planned == 0
    for number in range(2):
        with store.work() as work:
            work.roll.add(person(f"b{number}@example.bg"), now=NOW)
        queued(store)

    with store.reading() as work:
        ledger = work.deliveries.ledger(made.id)

    assert ledger.planned == 2
    assert ledger.balanced


@pytest.mark.parametrize(("policy", "state"), [("hold", "unknown"), ("resend", "deferred")])
def test_silence_after_the_dot_follows_the_edition_s_rule(
    store: Store, policy: str, state: str
) -> None:
    """Held for an editor, or sent again in its turn, as for a worker that died."""
    readers(store, 1)
    made = queued(store, on_unknown=policy)
    one = intended(store, claimed(store))[0]

    assert answered(store, one, Outcome.UNKNOWN, retry_at=NOW + timedelta(minutes=5))

    assert counts(store, made) == {state: 1}
    assert len(claimed(store, now=NOW + timedelta(minutes=6))) == (policy == "resend")


def test_silence_of_a_cancelled_edition_stays_in_doubt(store: Store) -> None:
    """Nothing of it is sent again, and it is not called cancelled: it may have arrived."""
    readers(store, 1)
    made = queued(store, on_unknown="resend")
    one = intended(store, claimed(store))[0]
    with store.work() as work:
        work.deliveries.cancel(made.id, NOW)

    assert answered(store, one, Outcome.UNKNOWN, retry_at=NOW)

    assert counts(store, made) == {"unknown": 1}


def test_after_a_long_outage_one_claim_closes_the_list_and_finds_who_is_still_due(
    store: Store,
) -> None:
    """Rows past their expiry are refused in few strides; a claim never takes more than asked."""
    people = readers(store, 300)
    made = queued(store)
    with store.work() as work:
        late = LONG_AFTER + timedelta(hours=1)
        work.connection.execute(
            deliveries.update()
            .where(deliveries.c.subscriber_id.in_([one.id for one in people[-5:]]))
            .values(expires=late, next_at=LONG_AFTER)
        )
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *words: said.append(words[2]))

    taken = claimed(store, limit=3, now=LONG_AFTER, real=LONG_AFTER)

    assert len(taken) == 3
    assert counts(store, made) == {"refused": 295, "queued": 5}
    assert len(said) < 20


def test_looking_for_work_reads_no_old_rows(sqlite_store: Store) -> None:
    """What an idle dispatcher asks every few seconds uses the two partial indexes."""
    said: list[tuple[str, object]] = []
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda *w: said.append((w[2], w[3])))
    with sqlite_store.reading() as work:
        assert not work.deliveries.anything_due(NOW, NOW)
        asked = [one for one in said if "deliveries" in one[0]]
        plans = [
            str(row[3])
            for words, values in asked
            for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        ]

    assert [one for one in plans if "deliveries" in one]
    assert not [one for one in plans if one.startswith("SCAN deliveries")], plans
