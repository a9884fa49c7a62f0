"""What would lead without a source: who is muted, and what that changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.errors import WrongUsage
from digest.rank.without import compare, mute
from tests.unit.rank.stories import article, ranked, story

ARTICLES = [
    article("a", outlet="Едно", source="edno", url="https://www.edno.example.bg/1"),
    article("b", outlet="Две", source="", url="https://dve.example.bg/2"),
    article("c", outlet="", source="tri", url=""),
]


@pytest.mark.parametrize(
    ("called", "left"),
    [
        ("edno", "bc"), ("ЕДНО", "bc"), ("www.edno.example.bg", "bc"), ("Edno.Example.BG", "bc"),
        ("две", "ac"), ("dve.example.bg", "ac"), (" tri ", "ab"),
    ],
)  # fmt: skip
def test_a_source_is_known_by_id_outlet_or_host(called, left):
    """In any case of letters."""
    assert "".join(a.id for a in mute(ARTICLES, [called])) == left


def test_an_unknown_source_is_an_error_that_names_the_known():
    """Nothing is muted in silence."""
    with pytest.raises(WrongUsage) as error:
        mute(ARTICLES, ["edno", "четири"])
    assert "четири" in error.value.what
    assert "Едно" in error.value.fix
    with pytest.raises(WrongUsage):
        mute([], ["edno"])


def test_what_vanishes_what_loses_voices_and_what_leads():
    """Stories are matched by their articles, whatever their ids."""
    both = story(article("a"), article("b"), name="s1", voices=4)
    alone, other = story(article("c"), name="s2", voices=2), story(article("d"), name="s3")
    less = story(article("b"), name="s9", voices=1)

    before = ranked(both, alone, other)
    changed = compare(before, ranked(less, other))

    assert [one.story.id for one in changed.vanished] == ["s2"]
    assert [(one.story.id, had) for one, had in changed.weakened] == [("s9", 4)]
    was = changed.before[next(n for n, b in changed.before.items() if b.ranked.story.id == "s1")]
    assert was.as_dict() == {"place_before": 1, "independent_sources_before": 4}
    assert changed.leader is not None


def test_nothing_left_leads_nothing():
    """All sources muted, or all that is left held."""
    held = story(article("a", kind="sponsored"))
    assert compare(ranked(held), []).leader is None
    assert compare(ranked(held), ranked(held)).leader is None


def test_the_same_story_may_lead_on_other_articles():
    """Its lead article went, the story did not."""
    two = story(article("a"), article("b"), name="s1", voices=3)
    one = replace(story(article("b"), name="s7"), voices=())
    assert compare(ranked(two), ranked(one)).same_leader
