"""Which editions every store calls public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.model import EditionState
from digest.store.work import Store
from tests.integration.store import databases, given

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store


def public(store: Store) -> list[str]:
    with store.reading() as work:
        found = [issue.id for issue in work.public.issues()]
        assert all(work.public.holds(one) for one in found)
    return found


@pytest.mark.parametrize(
    "state", [one for one in EditionState if one not in {EditionState.SENT, EditionState.QUEUED}]
)
def test_what_was_not_sent_is_not_public(store: Store, state: EditionState) -> None:
    """A draft, a held, an approved, a skipped or a cancelled edition is nobody's reading."""
    with store.work() as work:
        work.editions.save(given.edition())
        work.editions.set_state(given.edition().id, state)
        assert not work.public.holds(given.edition().id)

    assert public(store) == []


def test_sent_editions_come_newest_first(store: Store) -> None:
    """By their day, whatever was made when."""
    days = [given.DAY - timedelta(days=back) for back in (1, 0, 2)]
    with store.work() as work:
        for day in days:
            work.editions.save(given.edition(day))
            work.editions.set_state(given.edition(day).id, EditionState.SENT)

    assert public(store) == [given.edition(day).id for day in sorted(days, reverse=True)]


def test_an_edition_is_public_from_the_first_byte_that_may_have_left(store: Store) -> None:
    """Who reads the mail may follow its link at once; before that nobody reads ahead."""
    given.readers(store, 2)
    edition = given.queued(store)
    with store.work() as work:
        work.editions.set_state(edition.id, EditionState.QUEUED)
    before = public(store)
    window = given.claimed(store, limit=1)
    waiting = public(store)
    given.intended(store, window)

    assert (before, waiting) == ([], [])
    assert public(store) == [edition.id]


def test_an_edition_that_nobody_waits_for_is_public_at_once(store: Store) -> None:
    """A site without subscribers has an archive too."""
    edition = given.queued(store)
    with store.work() as work:
        work.editions.set_state(edition.id, EditionState.QUEUED)

    assert public(store) == [edition.id]
