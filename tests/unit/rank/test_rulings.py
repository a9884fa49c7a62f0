"""Rulings of editors in the ranking: pins hold places, vetoes keep out, boosts add."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Newsroom, RankedStory, Ruling, Story, StoryId
from digest.rank.rank import rank
from digest.settings import Rank
from tests.unit.rank.stories import FRESH_HOURS, NOW, article, dated, story

WHO = "editor@example.bg"
DAY = NOW.date()


def ruling(kind: str, of: str, **more: object) -> Ruling:
    return Ruling(kind, StoryId(of), DAY, DAY, WHO, more.pop("at", NOW), **more)


def stories(count: int = 6) -> list[Story]:
    """The first is the best, and so on down."""
    return [
        story(article(f"a{n}", date=dated(1 + n)), name=f"s{n}", topic=f"t{n}", voices=1)
        for n in range(count)
    ]


def decided(*rulings: Ruling, of: list[Story] | None = None) -> list[RankedStory]:
    return rank(
        of or stories(), now=NOW, newsroom=Newsroom(()), options=Rank(), fresh_hours=FRESH_HOURS,
        rulings=rulings,
    )  # fmt: skip


def ids(found: list[RankedStory]) -> list[str]:
    return [one.story.id for one in found]


@pytest.mark.parametrize("place", [1, 2, 4, 6])
@pytest.mark.parametrize("which", ["s0", "s3", "s5"])
def test_a_pinned_story_stands_at_its_place(which, place):
    """Up or down, and everything else keeps its order."""
    found = decided(ruling("pin", which, place=place))

    assert ids(found)[place - 1] == which
    assert [i for i in ids(found) if i != which] == [i for i in ids(decided()) if i != which]


def test_a_pin_says_who_and_where():
    """The reason is the last one and holds the story there."""
    found = decided(ruling("pin", "s5", place=1))

    reason = found[0].reasons[-1]
    assert (reason.name, reason.sentence) == ("pin", f"Закачена на първо място от {WHO}.")
    assert reason.weight > 0


@given(
    st.dictionaries(st.integers(0, 9), st.integers(1, 12), max_size=5), st.sets(st.integers(0, 9))
)
def test_with_any_pins_scores_are_sums_and_fall_from_first_to_last(pins, vetoed):
    """Whatever editors say, the printed order is the order of the scores."""
    found = decided(
        *[ruling("pin", f"s{n}", place=place) for n, place in pins.items()],
        *[ruling("veto", f"s{n}", reason="Чака") for n in vetoed],
        of=stories(10),
    )

    assert sorted(ids(found)) == sorted(f"s{n}" for n in range(10))
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        assert one.score == pytest.approx(sum(r.weight * r.value for r in one.reasons), abs=2e-6)


def test_places_count_what_is_printed():
    """A story that must stay out takes no place before the pinned one."""
    found = decided(ruling("veto", "s0", reason="Чака опровержение."), ruling("pin", "s4", place=1))

    printable = [one.story.id for one in found if one.held is None]
    assert printable[0] == "s4"
    vetoed = next(one for one in found if one.story.id == "s0")
    assert vetoed.held == f"Спряна от {WHO}: Чака опровержение."


def test_a_pin_does_not_print_what_must_stay_out():
    """Rights, paid texts and old news are no matter of taste."""
    paid = story(article("p", kind="sponsored"), name="s9", topic="t9")
    found = decided(ruling("pin", "s9", place=1), of=[*stories(3), paid])

    one = next(one for one in found if one.story.id == "s9")
    assert one.held
    assert one.reasons[-1].name == "pin"
    assert found[0].story.id != "s9"


def test_a_boost_adds_its_value_and_says_so():
    """Up or down, beside the other reasons."""
    before = {one.story.id: one.score for one in decided()}
    found = decided(ruling("boost", "s5", value=0.25, reason="Много въпроси от читатели"))

    assert found[0].story.id == "s5"
    assert found[0].score == pytest.approx(before["s5"] + 0.25)
    boost = next(r for r in found[0].reasons if r.name == "boost")
    assert boost.sentence == f"Вдигната от {WHO}: Много въпроси от читатели."


def test_the_later_ruling_of_one_kind_stands():
    """Two editors, one place."""
    early = ruling("pin", "s5", place=1, at=NOW - timedelta(hours=2))
    late = ruling("pin", "s5", place=3)

    assert ids(decided(late, early))[2] == "s5"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pin"},
        {"kind": "veto"},
        {"kind": "boost"},
        {"kind": "boost", "value": 1.5},
        {"kind": "veto", "reason": "Да", "place": 1},
        {"kind": "hide"},
        {"kind": "veto", "reason": "Да", "by": " "},
    ],
)
def test_a_ruling_that_means_nothing_cannot_be_made(wrong):
    """The constructor holds the invariants."""
    given = {"story": StoryId("s1"), "first": DAY, "last": DAY, "by": WHO, "at": NOW} | wrong
    with pytest.raises(ValueError):
        Ruling(**given)
