"""What every store remembers of rulings, choices and accepted weights."""

from __future__ import annotations

from datetime import date, timedelta

from digest.model import AcceptedWeights, Choice, EditionId, Ruling, StoryId
from digest.store.work import Store
from tests.integration.store import databases
from tests.integration.store.given import NOW

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store

DAY = date(2026, 11, 20)
S1 = StoryId("s1")


def boost(first: int, last: int, value: float = 0.1) -> Ruling:
    return Ruling(
        "boost", S1, DAY + timedelta(days=first), DAY + timedelta(days=last), "e@example.bg", NOW,
        value=value,
    )  # fmt: skip


def weights(**by_name: float) -> AcceptedWeights:
    return AcceptedWeights(by_name, "admin@example.bg", NOW, 80, 50, 60)


def test_a_ruling_holds_from_its_first_day_to_its_last(store: Store) -> None:
    """And in its publication only, with everything that was said."""
    pin = Ruling("pin", S1, DAY, DAY, "e@example.bg", NOW, place=2, reason="Важно")
    with store.work() as work:
        work.rulings.add("digest", pin)
        work.rulings.add("digest", boost(0, 2))

        assert work.rulings.on("digest", DAY) == [pin, boost(0, 2)]
        assert work.rulings.on("digest", DAY + timedelta(days=2)) == [boost(0, 2)]
        assert work.rulings.on("digest", DAY + timedelta(days=3)) == []
        assert work.rulings.on("drug", DAY) == []


def test_ending_keeps_what_held_before(store: Store) -> None:
    """An earlier edition can be made again as it was ruled."""
    with store.work() as work:
        work.rulings.add("digest", boost(0, 3))
        work.rulings.add("digest", boost(2, 3, 0.2))

        ended = work.rulings.end("digest", S1, DAY + timedelta(days=1), ("boost",))

        assert ended == [boost(0, 3), boost(2, 3, 0.2)]
        assert work.rulings.on("digest", DAY) == [boost(0, 0)]
        assert work.rulings.on("digest", DAY + timedelta(days=2)) == []
        assert work.rulings.end("digest", S1, DAY + timedelta(days=1), ("boost",)) == []


def test_choices_come_back_whole_in_their_order(store: Store) -> None:
    """With the signals of both stories."""
    made = [
        Choice(EditionId("digest-2026-11-20"), n, NOW, "e@example.bg", "drop", S1, StoryId("s2"),
               {"freshness": 0.5}, {"freshness": 0.25, "clickbait": 1.0})
        for n in (3, 1)
    ]  # fmt: skip
    with store.work() as work:
        work.learning.add("digest", made)
        work.learning.add("digest", [])

        assert work.learning.choices("digest") == made
        assert work.learning.choices("drug") == []


def test_accepted_weights_stand_until_they_are_undone(store: Store) -> None:
    """The last ones first; at an earlier moment what stood then."""
    later = NOW + timedelta(hours=1)
    first = weights(freshness=0.3)
    second = AcceptedWeights({"freshness": 0.1}, "admin@example.bg", later, 90, 50, 70)
    with store.work() as work:
        assert work.learning.accepted("digest") is None
        work.learning.accept("digest", first)
        work.learning.accept("digest", second)

        assert work.learning.accepted("digest") == second
        assert work.learning.accepted("digest", NOW) == first
        assert work.learning.undo("digest", later + timedelta(hours=1)) == second
        assert work.learning.accepted("digest") == first
        assert work.learning.accepted("digest", later) == second
        assert work.learning.undo("digest", later + timedelta(hours=1)) == first
        assert work.learning.undo("digest", later + timedelta(hours=1)) is None
