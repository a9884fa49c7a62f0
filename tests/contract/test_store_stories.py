"""What every store remembers of stories: who stands where, what readers saw, what editors said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import NotFound
from digest.model import ArticleId, Bond, EditionState, StoryId
from digest.store.work import Store, Work
from tests.integration.store import databases
from tests.integration.store.given import DAY, NOW, edition

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store

LATER = NOW + timedelta(hours=1)
ODD = "s'; -- „🙂“\\ %s"


def placed(**stories: str) -> dict[ArticleId, StoryId]:
    return {ArticleId(name): StoryId(story) for name, story in stories.items()}


def bond(
    these: Iterable[str], those: Iterable[str], *, together: bool, by: str = "e@example.bg"
) -> Bond:
    return Bond(together, tuple(map(ArticleId, these)), tuple(map(ArticleId, those)), by)


def _place_and_fail(work: Work) -> None:
    work.stories.place(placed(a="s1"), NOW)
    work.stories.bind(bond("a", "b", together=True), NOW)
    work.editions.get("няма")


# ---- in which story an article stands


def test_articles_stand_where_they_were_last_put(store: Store) -> None:
    """Each in one story; who was put nowhere is not named."""
    with store.work() as work:
        work.stories.place(placed(a="s1", b="s1", c="s2"), NOW)
        work.stories.place(placed(b="s2", d="s3"), LATER)
        work.stories.place({}, LATER)

        assert work.stories.of([ArticleId(x) for x in "abcdx"]) == placed(
            a="s1", b="s2", c="s2", d="s3"
        )
        assert work.stories.of([]) == {}


def test_members_come_in_the_order_in_which_they_came(store: Store) -> None:
    """By time, then by id; moving to another story does not make an article new."""
    with store.work() as work:
        work.stories.place(placed(z="s1", m="s1"), NOW)
        work.stories.place(placed(a="s1"), LATER)
        work.stories.place(placed(z="s2"), LATER)
        work.stories.place(placed(z="s1"), LATER)

        assert work.stories.members("s1") == ["m", "z", "a"]
        assert work.stories.members("s2") == []
        assert work.stories.members("няма") == []


def test_ids_of_any_letters_are_kept(store: Store) -> None:
    """Feeds call their items what they like."""
    with store.work() as work:
        work.stories.place({ArticleId(ODD): StoryId(ODD)}, NOW)

        assert work.stories.of([ArticleId(ODD)]) == {ODD: ODD}
        assert work.stories.members(ODD) == [ODD]


def test_thousands_of_articles_are_asked_at_once(store: Store) -> None:
    """More than a statement may have parameters."""
    many = {ArticleId(f"a{n:05}"): StoryId(f"s{n % 7}") for n in range(40_000)}
    with store.work() as work:
        work.stories.place(many, NOW)

        assert work.stories.of(many.keys()) == many


def test_what_failed_is_not_kept(store: Store) -> None:
    """A unit of work that ends in an error puts nobody anywhere."""
    with pytest.raises(NotFound), store.work() as work:
        _place_and_fail(work)

    with store.reading() as work:
        assert work.stories.of([ArticleId("a")]) == {}
        assert work.stories.bonds(NOW) == []


# ---- what readers saw


def test_a_story_is_seen_when_an_edition_told_it(store: Store) -> None:
    """Asked of many at once; what stands in a draft only is not seen."""
    made = edition()
    with store.work() as work:
        work.editions.save(made)
        work.editions.save_printed(made.id, DAY, [(StoryId("s1"), "Мостът", "Отворен.")])
        assert work.stories.seen([StoryId("s1")]) == frozenset()

        work.editions.set_state(made.id, EditionState.QUEUED)
        assert work.stories.seen([StoryId("s1"), StoryId("s2"), StoryId("s1")]) == {"s1"}
        work.editions.set_state(made.id, EditionState.SENT)
        assert work.stories.seen([StoryId("s1"), StoryId("s2")]) == {"s1"}
        assert work.stories.seen([]) == frozenset()


# ---- what editors said


def test_bonds_come_back_whole_and_in_their_order(store: Store) -> None:
    """With who said them, since a time."""
    first = bond("ab", "c", together=True)
    second = bond(("x", ODD), "d", together=False, by="vera@example.bg")
    with store.work() as work:
        work.stories.bind(first, NOW)
        work.stories.bind(second, LATER)

        assert work.stories.bonds(NOW) == [first, second]
        assert work.stories.bonds(LATER) == [second]
        assert work.stories.bonds(LATER + timedelta(seconds=1)) == []


def test_the_later_word_stands_over_an_earlier_one_against_it(store: Store) -> None:
    """Whichever way round the two sides are named; what speaks of others stays."""
    others = bond("x", "y", together=True)
    with store.work() as work:
        work.stories.bind(others, NOW)
        work.stories.bind(bond("ab", "cd", together=True), NOW)
        apart = bond("d", "ab", together=False)
        work.stories.bind(apart, LATER)

        assert work.stories.bonds(NOW) == [others, apart]
        again = bond("a", "d", together=True)
        work.stories.bind(again, LATER)
        assert work.stories.bonds(NOW) == [others, again]


def test_words_of_one_kind_stand_beside_each_other(store: Store) -> None:
    """Two joins of the same pair void neither, nor do bonds that share one side only."""
    said = [
        bond("a", "b", together=True),
        bond("b", "a", together=True),
        bond("a", "c", together=False),
        bond("c", "d", together=True),
    ]
    with store.work() as work:
        for one in said:
            work.stories.bind(one, NOW)

        assert work.stories.bonds(NOW) == said


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3),
            st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3),
            st.booleans(),
        ).filter(lambda said: not said[0] & said[1]),
        max_size=6,
    )
)
def test_no_two_bonds_that_are_kept_contradict_each_other(sqlite_store: Store, said) -> None:
    """Whatever was said in whatever order: the last word stands and nothing is against it."""
    with sqlite_store.work() as work:
        before = len(work.stories.bonds(NOW))
        for these, those, together in said:
            work.stories.bind(bond(sorted(these), sorted(those), together=together), NOW)
        kept = work.stories.bonds(NOW)

        pairs: dict[frozenset[str], set[bool]] = {}
        for one in kept:
            for this in one.these:
                for that in one.those:
                    pairs.setdefault(frozenset((this, that)), set()).add(one.together)
        assert all(len(words) == 1 for words in pairs.values())
        if said:
            last = kept[-1]
            assert (set(last.these), set(last.those), last.together) == said[-1]
        assert len(kept) <= before + len(said)
