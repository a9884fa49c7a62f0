"""What every store remembers of corrections, and which edition counts as having printed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.errors import NotFound
from digest.model import (
    Correction,
    CorrectionId,
    Edition,
    EditionId,
    EditionState,
    Outcome,
    Result,
    StoryId,
)
from digest.store.tables import NOTICE
from digest.store.work import Store, Work
from tests.integration.store import databases, given

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store

NEXT = given.DAY + timedelta(days=1)
LATER = given.DAY + timedelta(days=2)


def correction(number: int = 1, *, minutes: int = 0) -> Correction:
    return Correction(
        CorrectionId(f"k{number}"),
        given.edition().id,
        StoryId("s1"),
        "Мостът е отворен.",
        "Мостът е отворен само за пешеходци.",
        given.NOW + timedelta(minutes=minutes),
        "red@example.bg",
        given.DAY,
        "Мостът е отворен",
    )


def wrong(work: Work, *numbers: int) -> list[Correction]:
    """A sent edition with so many corrections of it."""
    work.editions.save(given.edition())
    work.editions.set_state(given.edition().id, EditionState.SENT)
    made = [correction(one, minutes=one) for one in numbers]
    for one in made:
        work.corrections.add(one)
    return made


def carrying(work: Work, day: date, state: EditionState, made: list[Correction]) -> Edition:
    work.editions.save(given.edition(day))
    work.editions.set_state(given.edition(day).id, state)
    work.corrections.carry(given.edition(day).id, made)
    return given.edition(day)


def pending(work: Work, day: date) -> list[Correction]:
    return list(work.corrections.pending("digest", day, given.NOW + timedelta(hours=1)))


def test_corrections_are_found_by_id_by_edition_and_all_together(store: Store) -> None:
    """Equal to what was kept, in the order in which each list is read."""
    with store.work() as work:
        made = wrong(work, 1, 2)

        assert work.corrections.get("k1") == made[0]
        assert work.corrections.find(CorrectionId("k9")) is None
        assert list(work.corrections.of(given.edition().id)) == made
        assert list(work.corrections.all()) == made[::-1]
        with pytest.raises(NotFound, match="Няма поправка „k9“"):
            work.corrections.get("k9")


def test_a_correction_of_no_edition_is_not_kept(store: Store) -> None:
    """The error names the edition that is missing."""
    with store.work() as work, pytest.raises(NotFound, match="digest-2026-11-20"):
        work.corrections.add(correction())


def test_the_next_edition_has_to_print_what_none_has(store: Store) -> None:
    """Of its own publication, of earlier days, made by then, the oldest first."""
    with store.work() as work:
        made = wrong(work, 1, 2)

        assert pending(work, NEXT) == made
        assert pending(work, given.DAY) == []
        assert work.corrections.pending("kratko", NEXT, given.NOW + timedelta(hours=1)) == []
        assert list(work.corrections.pending("digest", NEXT, made[0].at)) == made[:1]


@pytest.mark.parametrize("state", [EditionState.APPROVED, EditionState.QUEUED, EditionState.SENT])
def test_what_was_signed_has_printed_its_corrections(store: Store, state: EditionState) -> None:
    """They are not printed twice, and the edition still finds them when it is looked at again."""
    with store.work() as work:
        made = wrong(work, 1)
        carrier = carrying(work, NEXT, state, made)

        assert pending(work, LATER) == []
        assert pending(work, NEXT) == made
        assert work.corrections.printed_in(made[0].id) == carrier.id


@pytest.mark.parametrize(
    "state",
    [EditionState.DRAFT, EditionState.HELD, EditionState.SKIPPED, EditionState.CANCELLED],
)
def test_what_nobody_read_gives_its_corrections_back(store: Store, state: EditionState) -> None:
    """A draft that was never signed, a skipped day and a cancelled edition have printed nothing."""
    with store.work() as work:
        made = wrong(work, 1)
        carrying(work, NEXT, state, made)

        assert pending(work, LATER) == made
        assert work.corrections.printed_in(made[0].id) is None


def test_a_cancelled_edition_that_somebody_got_has_printed_them(store: Store) -> None:
    """From the first byte that may have left; it also counts as one that can be wrong."""
    given.readers(store, 1)
    with store.work() as work:
        work.editions.save(given.edition(given.DAY - timedelta(days=1)))
        work.corrections.add(
            Correction(
                CorrectionId("k7"), EditionId("digest-2026-11-19"), None, "Едно.", "Друго.",
                given.NOW, "red@example.bg", given.DAY - timedelta(days=1),
            )
        )  # fmt: skip
    edition = given.queued(store)
    with store.work() as work:
        work.corrections.carry(edition.id, [work.corrections.get("k7")])
        work.editions.set_state(edition.id, EditionState.CANCELLED)
        assert not work.corrections.reached(edition.id)
        assert [one.id for one in pending(work, NEXT)] == ["k7"]
    given.intended(store, given.claimed(store, limit=1))
    with store.work() as work:
        work.editions.set_state(edition.id, EditionState.CANCELLED)
        assert work.corrections.reached(edition.id)
        assert pending(work, NEXT) == []
        assert work.corrections.printed_in(CorrectionId("k7")) == edition.id


def test_a_draft_made_again_carries_what_it_holds_now(store: Store) -> None:
    """Carrying twice leaves one row, carrying less takes the rest back."""
    with store.work() as work:
        made = wrong(work, 1, 2)
        carrier = carrying(work, NEXT, EditionState.DRAFT, made)
        work.corrections.carry(carrier.id, made)
        work.corrections.carry(carrier.id, made[:1])
        work.editions.set_state(carrier.id, EditionState.SENT)

        assert pending(work, LATER) == made[1:]


def test_a_withdrawn_correction_is_forgotten_with_what_carried_it(store: Store) -> None:
    """The same words can be said again afterwards."""
    with store.work() as work:
        made = wrong(work, 1, 2)
        carrying(work, NEXT, EditionState.DRAFT, made)

        work.corrections.withdraw(made[0].id)
        assert pending(work, NEXT) == made[1:]
        work.corrections.add(made[0])

        assert pending(work, NEXT) == [made[1], made[0]]


def letter(day: date = given.DAY) -> Edition:
    """A letter as it is kept: named and published under itself, without stories."""
    name = EditionId("popravka-k1")
    return replace(given.edition(day), id=name, publication=name, sections=())


def plan(store: Store) -> int:
    with store.work() as work:
        return work.deliveries.fill_notice(
            letter().id,
            given.edition().id,
            now=given.NOW,
            expires_minutes=60,
            domain="example.bg",
        )


def test_a_letter_is_planned_for_accepted_copies_alone_and_once(store: Store) -> None:
    """Not for those whose copy waits or is on the wire, and not for who has left since."""
    people = given.readers(store, 4)
    edition = given.queued(store)
    taken = given.claimed(store, limit=3)
    given.intended(store, taken)
    with store.work() as work:
        for one in taken[:2]:
            work.deliveries.answer(one, Result(one.id, Outcome.ACCEPTED, "ok"), now=given.NOW)
        work.editions.save(letter(), NOTICE)
        work.roll.leave(people[0].id, given.NOW, "page")
        assert work.deliveries.anybody_to_notify(edition.id, given.NOW)

    first, again = plan(store), plan(store)
    with store.work() as work:
        work.deliveries.answer(taken[2], Result(taken[2].id, Outcome.ACCEPTED, "ok"), now=given.NOW)
    later = plan(store)

    assert (first, again, later) == (1, 0, 1)
    with store.reading() as work:
        found = work.deliveries.ledger(letter().id)
    assert (found.planned, found.queued, found.balanced) == (2, 2, True)
    claimed = given.claimed(store)
    assert [one.variant for one in claimed if one.edition_id == letter().id] == ["all", "all"]


def test_nobody_is_to_be_told_of_an_edition_that_nobody_got(store: Store) -> None:
    """What waits in the queue was not accepted."""
    given.readers(store, 1)
    edition = given.queued(store)

    with store.reading() as work:
        assert not work.deliveries.anybody_to_notify(edition.id, given.NOW)


def test_a_letter_is_listed_nowhere_among_editions(store: Store) -> None:
    """It is found by its id; lists, days, „latest“ and the archive know editions only."""
    later = letter(NEXT)
    with store.work() as work:
        wrong(work)
        work.editions.save(later, NOTICE)
        work.editions.set_state(later.id, EditionState.SENT)

        assert [one.id for one in work.editions.list()] == [given.edition().id]
        assert [one.id for one in work.editions.notices()] == [later.id]
        assert work.editions.get("latest").id == given.edition().id
        assert work.editions.find(later.id) is not None
        assert [one.id for one in work.public.issues()] == [given.edition().id]
        assert not work.public.holds(later.id)
        with pytest.raises(NotFound):
            work.editions.get(NEXT.isoformat())
