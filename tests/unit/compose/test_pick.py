"""Picking: budgets hold, sections get their share, and whatever stays out says why."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.compose.cost import EMPTY, Cost, of_section
from digest.compose.pick import BRIEF_WORTH, Pick, contenders, floor_of, pick
from digest.model import Article, ArticleId, RankedStory, Rights, Story, StoryId, Summary
from digest.setting_sections import Share
from digest.settings import Compose

TOPICS = ("bulgaria", "sport", "kultura")
NAMES = {"bulgaria": "България", "sport": "Спорт", "kultura": "Култура"}
FULL, BRIEF = Cost(2_600, 900, 70), Cost(1_700, 500, 30)


def price(one: RankedStory, _: Summary, tier: str) -> Cost:
    """A story costs what its title says, else the usual."""
    words = int(one.story.lead.title.rpartition(" ")[2])
    base = BRIEF if tier == "brief" else FULL
    return Cost(base.html, base.text, words if tier != "brief" else min(words, base.words))


def told(
    number: int, score: float, topic: str = "bulgaria", *, words: int = 70, held: str | None = None
) -> RankedStory:
    one = Article(ArticleId(f"a{number}"), f"Новина {words}", "Текст.")
    return RankedStory(Story(StoryId(f"s{number}"), (one,), one.id, topic=topic), score, held=held)


def summaries(stories: Sequence[RankedStory], bare: frozenset[str] = frozenset()):
    """A summary for each; those in `bare` are a title without a text."""
    return {
        one.story.id: Summary(
            one.story.id, one.story.lead.title, "" if one.story.id in bare else "Текст.", "Ред."
        )
        for one in stories
    }


def picked(
    stories: Sequence[RankedStory],
    *,
    bare: frozenset[str] = frozenset(),
    pinned: Mapping[StoryId, int] | None = None,
    **options: object,
) -> Pick:
    order = sorted(stories, key=lambda one: (-one.score, one.story.id))
    given_options = Compose.model_validate(options)
    return pick(
        order, summaries(order, bare), given_options, price=price, names=NAMES, pinned=pinned or {}
    )


def spent(found: Pick) -> Cost:
    """What the chosen cost together."""
    total = EMPTY
    for topic in {one.topic for one in found.chosen}:
        total += of_section(NAMES[topic], "")
    for one in found.chosen:
        total += price(one.ranked, one.summary, one.tier)
    return total


def tiers(found: Pick) -> dict[str, str]:
    return {str(one.ranked.story.id): one.tier for one in found.chosen}


def why(found: Pick, story: str) -> str:
    return next(one.reason for one in found.dropped if one.id == story)


STORIES = st.lists(
    st.tuples(
        st.floats(0.05, 1.0).map(lambda score: round(score, 2)),
        st.sampled_from(TOPICS),
        st.integers(20, 200),
        st.booleans(),
    ),
    max_size=30,
).map(
    lambda rows: [
        told(n, score, topic, words=words, held="Стара новина." if held and n % 4 == 0 else None)
        for n, (score, topic, words, held) in enumerate(rows)
    ]
)
OPTIONS = st.fixed_dictionaries(
    {
        "max_stories": st.integers(1, 20),
        "max_per_section": st.integers(1, 6),
        "briefs": st.integers(0, 8),
        "reading_minutes": st.integers(1, 8),
        "max_bytes": st.integers(25_000, 100_000),
        "floor": st.sampled_from([0.0, 0.4, 0.8]),
        "sections": st.fixed_dictionaries(
            {"sport": st.tuples(st.integers(0, 2), st.integers(2, 4)).map(
                lambda p: {"min": p[0], "max": p[1]})}
        ),
    }
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(STORIES, OPTIONS)
def test_no_limit_is_ever_exceeded(stories, options):
    """Seats, one-liners, sections, reading time and bytes; the lead alone may be larger."""
    found = picked(stories, **options)
    count = Counter(one.tier for one in found.chosen)
    full = Counter(one.topic for one in found.chosen if one.tier != "brief")
    every = Counter(one.topic for one in found.chosen)

    assert len(found.chosen) <= options["max_stories"]
    assert count["brief"] <= min(options["briefs"], options["max_stories"] // 3)
    assert all(number <= options["max_per_section"] for number in full.values())
    assert every["sport"] <= options["sections"]["sport"]["max"]
    if len(found.chosen) > 1:
        assert spent(found).words <= options["reading_minutes"] * 180
        assert spent(found).html <= options["max_bytes"]


@settings(max_examples=200, deadline=None)
@given(STORIES, OPTIONS)
def test_every_story_is_printed_or_says_why(stories, options):
    """Once, with a sentence."""
    found = picked(stories, **options)
    seen = [str(one.ranked.story.id) for one in found.chosen] + [str(d.id) for d in found.dropped]

    assert sorted(seen) == sorted(str(one.story.id) for one in stories)
    assert all(one.reason.endswith(".") for one in found.dropped)


@settings(max_examples=100, deadline=None)
@given(STORIES, OPTIONS)
def test_the_best_that_can_be_read_leads_and_stays_when_there_is_more_room(stories, options):
    """More budget never takes the lead away."""
    able = [one for one in stories if one.held is None]
    best = min(able, key=lambda one: (-one.score, one.story.id), default=None)
    wider = options | {"max_bytes": 100_000, "reading_minutes": 60, "max_stories": 60}

    for given_options in (options, wider):
        found = picked(stories, **given_options)
        lead = found.chosen[0].ranked if found.chosen else None
        assert (lead and lead.story.id) == (best and best.story.id)


@settings(max_examples=100, deadline=None)
@given(STORIES, OPTIONS)
def test_a_minimum_is_met_by_those_who_deserve_it(stories, options):
    """With room for all, a section has its minimum unless it lacks stories above the floor."""
    wide = options | {
        "max_stories": 60, "max_bytes": 100_000, "reading_minutes": 60, "max_per_section": 30,
    }  # fmt: skip
    able = [one for one in stories if one.held is None]
    line = floor_of([one.score for one in able], options["floor"])
    deserve = sum(one.story.topic == "sport" and one.score >= line for one in able)
    least = options["sections"]["sport"]["min"]

    found = picked(stories, **wide)

    assert sum(one.topic == "sport" for one in found.chosen) >= min(least, deserve)
    assert all(one.ranked.held is None for one in found.chosen)


def test_a_minimum_brings_a_story_before_better_ones():
    """One seat in sport, though ten stories of Bulgaria score more."""
    stories = [told(n, 0.9 - n / 100) for n in range(10)] + [told(20, 0.5, "sport")]
    without = picked(stories, max_stories=3, briefs=0)
    found = picked(stories, max_stories=3, briefs=0, sections={"sport": {"min": 1}})

    assert "s20" not in tiers(without)
    assert tiers(found) == {"s0": "lead", "s1": "full", "s20": "full"}


def test_a_minimum_never_brings_a_weak_or_a_held_story():
    """A section without a story that deserves it stays empty."""
    stories = [told(n, 0.9) for n in range(3)]
    stories += [told(20, 0.1, "sport"), told(21, 0.8, "sport", held="Стара новина.")]
    found = picked(stories, sections={"sport": {"min": 2}})

    assert all(one.topic != "sport" for one in found.chosen)
    assert why(found, "s20").startswith("Под прага на броя: оценка 0,10 при праг 0,36 (40%")
    assert why(found, "s21") == "Стара новина."


def test_a_thin_day_is_not_padded():
    """Three good stories and ten weak ones are an edition of three."""
    found = picked([told(n, 0.9) for n in range(3)] + [told(9 + n, 0.2) for n in range(10)])

    assert len(found.chosen) == 3
    assert found.weak == 10


def test_one_great_story_does_not_make_the_others_weak():
    """The floor hangs on the middle of the best three."""
    found = picked([told(1, 9.0), *(told(n, 0.5) for n in range(2, 8))])

    assert len(found.chosen) == 7


def test_a_day_that_scores_nothing_has_no_floor():
    """Penalties may leave every score below nought; the newsroom still gets a draft."""
    assert len(picked([told(1, -0.1), told(2, -0.5)]).chosen) == 2


@pytest.mark.parametrize(
    ("stories", "options", "reason"),
    [
        ([told(n, 0.9, "sport") for n in range(4)], {"sections": {"sport": {"max": 3}}},
         "Рубриката „Спорт“ е пълна: побира най-много 3 новини."),
        ([told(n, 0.9) for n in range(4)], {"max_stories": 3, "briefs": 0},
         "Броят е пълен: побира 3 новини, а тази е под №\u00a04 в подреждането."),
        ([told(n, 0.9, words=80) for n in range(4)], {"reading_minutes": 1, "briefs": 0},
         "Времето за четене не стига: иска още 80 думи, а от 1 минута остават за 20."),
        ([told(n, 0.9) for n in range(4)], {"max_bytes": 32_000, "briefs": 0},
         "Писмото би станало твърде дълго: иска още 2,6\u00a0KB, а до 32\u00a0KB остават "),
    ],
)  # fmt: skip
def test_what_decided_is_said_with_its_figure(stories, options, reason):
    """An editor reads which limit it was and by how much."""
    assert why(picked(stories, **options), "s3").startswith(reason)


def test_a_pinned_story_stands_where_it_was_pinned():
    """It needs no score and fills no share; the first place is the lead."""
    stories = [told(n, 0.9 - n / 100, "sport") for n in range(4)] + [told(9, 0.01, "sport")]
    found = picked(stories, pinned={StoryId("s9"): 1}, sections={"sport": {"max": 2}})
    second = picked(stories, pinned={StoryId("s9"): 2})

    assert tiers(found)["s9"] == "lead"
    assert [one.ranked.story.id for one in second.chosen][:3] == ["s0", "s9", "s1"]


def test_pinning_prints_nothing_that_may_not_be_printed():
    """A held story stays out, whoever pinned it."""
    stories = [told(1, 0.9), told(2, 0.8, held="Стара новина.")]

    assert tiers(picked(stories, pinned={StoryId("s2"): 1})) == {"s1": "lead"}


def test_rights_and_bare_titles():
    """What may not be reprinted stays out; a bare title neither leads nor stands in full."""
    stories = [told(1, 0.9), told(2, 0.8), told(3, 0.7)]
    known = summaries(stories, frozenset({"s1"}))
    known[StoryId("s3")] = Summary("s3", "Заглавие", "", "", rights=Rights.EXCLUDED)
    found = pick(stories, known, Compose())

    assert tiers(found) == {"s2": "lead", "s1": "brief"}
    assert why(found, "s3") == "Правата на източника не позволяват препечатване."


def test_the_order_of_equal_input_does_not_matter():
    """The same draft from the same rank."""
    stories = [told(n, 0.5, TOPICS[n % 3]) for n in range(30)]

    assert tiers(picked(stories)) == tiers(picked(stories[::-1]))


def best_worth(stories: Sequence[RankedStory], options: Compose) -> float:
    """The greatest sum of worth that any allowed choice reaches, by trying all of them."""
    lead, *rest = sorted(stories, key=lambda one: (-one.score, one.story.id))
    briefs = min(options.briefs, options.max_stories // 3)
    best = 0.0
    for way in itertools.product(("", "brief", "full"), repeat=len(rest)):
        seats = [
            (lead, "lead"),
            *((one, tier) for one, tier in zip(rest, way, strict=True) if tier),
        ]
        if way.count("brief") > briefs or way.count("full") > options.max_stories - briefs - 1:
            continue
        full = Counter(one.story.topic for one, tier in seats if tier != "brief")
        words = sum(price(one, Summary("", "т", "", ""), tier).words for one, tier in seats)
        if max(full.values()) <= options.max_per_section and (
            len(seats) == 1 or words <= options.reading_minutes * 180
        ):
            best = max(best, worth(seats))
    return best


def worth(seats: Sequence[tuple[RankedStory, str]]) -> float:
    return sum(one.score * (BRIEF_WORTH if tier == "brief" else 1) for one, tier in seats)


def test_the_greedy_seats_come_near_the_best_possible():
    """Over small days the sum of scores is within 3 % of the optimum on average."""
    chance = random.Random(7)
    reached = []
    for _ in range(120):
        stories = [
            told(n, round(chance.uniform(0.1, 1), 2), chance.choice(TOPICS),
                 words=chance.randint(20, 200))
            for n in range(chance.randint(2, 6))
        ]  # fmt: skip
        options = {
            "max_stories": 6, "reading_minutes": chance.randint(1, 4), "floor": 0,
            "max_per_section": 3,
        }  # fmt: skip
        seats = [(one.ranked, one.tier) for one in picked(stories, **options).chosen]
        reached.append(worth(seats) / best_worth(stories, Compose.model_validate(options)))

    assert sum(reached) / len(reached) >= 0.97
    assert min(reached) >= 0.7


def test_only_contenders_need_a_summary():
    """Four for each seat, and more only for a section that asks for some."""
    order = [told(n, 1 - n / 1000) for n in range(100)]
    order += [told(200 + n, 0.5 - n / 1000, "sport") for n in range(20)]
    order.insert(0, told(999, 2.0, held="Стара новина."))
    found = contenders(
        order, Compose.model_validate({"max_stories": 5, "sections": {"sport": {"min": 2}}})
    )

    pinned = contenders(order, Compose(max_stories=1), {StoryId("s90"): 1})

    topics = Counter(one.story.topic for one in found)
    assert [one.story.id for one in pinned] == ["s0", "s1", "s2", "s3", "s90"]
    assert topics == {"bulgaria": 20, "sport": 8}
    assert all(one.held is None for one in found)


def test_a_share_runs_forward():
    """A minimum over the maximum is refused."""
    with pytest.raises(ValueError, match="най-малкото"):
        Share(min=3, max=1)
