"""An edition that is too long loses from its end, and says what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from digest.compose import cost
from digest.compose.edition import inbox_lines
from digest.compose.lighter import TOLD, lighter, told
from digest.model import Edition, EditionId, EditionStory, Section, StoryId

DAY = date(2026, 11, 20)


def story(number: int, tier: str, score: float) -> EditionStory:
    text = f"Общината отвори читалня № {number} и обеща още три до края на годината. "
    return EditionStory(
        StoryId(f"s{number}"), f"Читалня № {number} отвори врати",
        f"https://utro.example.bg/{number}", text * 4, text.strip(), tier, score=score,
    )  # fmt: skip


def edition(tiers: list[str]) -> Edition:
    stories = tuple(story(n, tier, float(len(tiers) - n)) for n, tier in enumerate(tiers))
    return Edition(
        EditionId("utro-2026-11-20"), "utro", DAY, "Тема", "Предтекст",
        (Section("bulgaria", "България", stories[::2]), Section("svyat", "Свят", stories[1::2])),
        reading_minutes=9,
    )  # fmt: skip


def weight(one: Edition) -> int:
    return sum(cost.of_story(story, story.tier).html for story in one.stories)


def test_an_edition_that_fits_is_left_alone() -> None:
    """Nothing is taken from what has room."""
    whole = edition(["lead", "full", "full", "brief"])

    assert lighter(whole, 0) == whole


def test_the_lowest_full_story_is_told_in_a_line_first() -> None:
    """Shortening comes before dropping, from the lowest rank up."""
    whole = edition(["lead", *["full"] * (TOLD + 2)])

    less = lighter(whole, 100)

    last = f"s{TOLD + 2}"
    assert {one.id for one in less.stories if one.tier == "brief"} == {last}
    assert told(whole, less) == (
        f"Новината „Читалня № {TOLD + 2} отвори врати“ остана само с един ред, "
        "за да се побере писмото.",
    )


def test_the_front_page_is_not_flattened_to_lines() -> None:
    """The first stories keep their text while lower ones can still leave."""
    whole = edition(["lead", *["full"] * (TOLD + 4)])

    less = lighter(whole, weight(whole) // 4)

    assert less.dropped
    assert {one.tier for one in less.stories if int(one.id[1:]) <= TOLD} == {"lead", "full"}


def test_what_leaves_is_listed_with_its_reason() -> None:
    """Where lines are not enough the lowest go, and the desk can tell which and why."""
    whole = edition(["lead", "full", "brief", "brief"])

    less = lighter(whole, 100)

    assert [one.id for one in less.dropped] == ["s3"]
    assert all("твърде дълго" in one.reason for one in less.dropped)
    assert any("отпадна" in line for line in told(whole, less))


def test_the_lead_is_never_taken() -> None:
    """However much is asked for, one story stays in its full length, in a section of its own."""
    less = lighter(edition(["lead", "full", "brief"]), 10_000_000)

    assert [(one.id, one.tier) for one in less.stories] == [("s0", "lead")]
    assert [part.slug for part in less.sections] == ["bulgaria"]


def test_subject_and_preheader_count_again_unless_a_person_wrote_them() -> None:
    """„и още 3 новини“ must not promise what left."""
    whole = edition(["lead", "full", "full", "brief"])
    subject, preheader = inbox_lines(whole.sections, DAY, "day")
    counted = replace(whole, subject=subject, preheader=preheader)

    less = lighter(counted, 10_000_000)

    assert (less.subject, less.preheader) == inbox_lines(less.sections, DAY, "day")
    assert lighter(whole, 10_000_000).subject == "Тема"


@given(
    st.lists(st.sampled_from(["full", "brief"]), max_size=12),
    st.integers(min_value=0, max_value=40_000),
)
def test_as_much_goes_as_was_asked_for(tiers: list[str], excess: int) -> None:
    """The saved bytes reach what was asked, unless the lead is all that is left."""
    whole = edition(["lead", *tiers])

    less = lighter(whole, excess)

    assert weight(whole) - weight(less) >= excess or len(less.stories) == 1
    assert {one.id for one in less.stories} | {one.id for one in less.dropped} == {
        one.id for one in whole.stories
    }
