"""Stories over days: ids that stand, editors whose word stands, and nothing joined by accident."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.stories import cluster, story_id
from digest.model import Article, ArticleId, Bond, Story, StoryId
from digest.settings import Cluster
from tests.unit.cluster.newsroom import (
    BUDGET,
    FIRE,
    FIRE_RETOLD,
    NEWSROOM,
    article,
    budget,
    fire,
    fire_retold,
)

FLOOD = (
    "Придошлата река Върбица заля три къщи в село Брестак. Хората са изведени навреме и са "
    "настанени в училището, съобщи кметът Стоян Гочев. Водата е отнесла и моста."
)
EVENTS = {
    "fire": ("Пожар в склад за текстил в Карнобат", FIRE, FIRE_RETOLD, FIRE[:120], FIRE),
    "budget": ("Парите за пътищата на Самоков са одобрени", BUDGET, BUDGET[:150], BUDGET),
    "flood": ("Реката заля къщи в Брестак", FLOOD, FLOOD[60:], FLOOD),
    "none": ("", "", "Дума"),
}
POOL = [
    article(f"{kind[:2]}{n}", title, text, day=(19, 20, 21, None)[n % 4])
    for kind, (title, *texts) in EVENTS.items()
    for n, text in enumerate(texts)
]
IDS = [one.id for one in POOL]
STORIES = [StoryId(f"s{n}") for n in range(3)]


def stories(
    articles: Sequence[Article],
    known: Mapping[ArticleId, StoryId] | None = None,
    settled: Iterable[StoryId] = (),
    bonds: Sequence[Bond] = (),
) -> list[Story]:
    return cluster(
        articles, newsroom=NEWSROOM, options=Cluster(), known=known, settled=settled, bonds=bonds
    )


def placed(found: Sequence[Story]) -> dict[ArticleId, StoryId]:
    return {one.id: story.id for story in found for one in story.articles}


def joined(these: Iterable[str], those: Iterable[str]) -> Bond:
    return _bond(these, those, together=True)


def parted(these: Iterable[str], those: Iterable[str]) -> Bond:
    return _bond(these, those, together=False)


def _bond(these: Iterable[str], those: Iterable[str], *, together: bool) -> Bond:
    sides = tuple(map(ArticleId, these)), tuple(map(ArticleId, those))
    return Bond(together, *sides, "e@example.bg")


somewhere = st.dictionaries(st.sampled_from(IDS), st.sampled_from(STORIES), max_size=8)
some = st.lists(st.sampled_from(POOL), min_size=1, unique_by=lambda a: a.id)
seen = st.frozensets(st.sampled_from(STORIES))
pairs = st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True)


# ---- rules that hold whatever is added


@settings(max_examples=40, deadline=None)
@given(some, somewhere, seen)
def test_articles_of_a_story_stay_together_and_it_keeps_its_id(articles, known, settled):
    """Unless two stories became one: then it goes by the id of one of them, the seen one first."""
    found = placed(stories(articles, known, settled))

    assert found.keys() == {one.id for one in articles}
    for story in STORIES:
        mine = {found[name] for name, of in known.items() if of == story and name in found}
        assert len(mine) <= 1
        if story in settled:
            assert mine <= {story}
        assert all(name in STORIES for name in mine)


@settings(max_examples=40, deadline=None)
@given(some, somewhere, seen)
def test_two_stories_that_readers_saw_never_become_one(articles, known, settled):
    """However alike they are, and whatever new article is alike to both."""
    found = placed(stories(articles, known, settled))

    for one, other in itertools.combinations(found.keys() & known.keys(), 2):
        if {known[one], known[other]} <= settled and known[one] != known[other]:
            assert found[one] != found[other]


@settings(max_examples=40, deadline=None)
@given(some, somewhere, seen, pairs)
def test_a_parted_pair_never_shares_a_story(articles, known, settled, pair):
    """Not by likeness, not by copies, not by an earlier run."""
    found = placed(stories(articles, known, settled, [parted(pair[:1], pair[1:])]))

    if set(pair) <= found.keys():
        assert found[pair[0]] != found[pair[1]]


@settings(max_examples=40, deadline=None)
@given(some, somewhere, pairs)
def test_a_joined_pair_always_shares_a_story(articles, known, pair):
    """However unlike they are, where readers have not seen them as two."""
    found = placed(stories(articles, known, (), [joined(pair[:1], pair[1:])]))

    if set(pair) <= found.keys():
        assert found[pair[0]] == found[pair[1]]


@settings(max_examples=40, deadline=None)
@given(some, somewhere, seen, pairs, pairs)
def test_ids_are_unique_and_every_article_is_somewhere_once(articles, known, settled, one, other):
    """Whatever was said and known before."""
    said = [joined(one[:1], one[1:]), parted(other[:1], other[1:])]

    found = stories(articles, known, settled, said)

    assert len({story.id for story in found}) == len(found)
    told = [a.id for story in found for a in story.articles]
    assert sorted(told) == sorted(a.id for a in articles)


@settings(max_examples=40, deadline=None)
@given(some, somewhere, seen, pairs, st.randoms())
def test_the_order_of_the_input_changes_nothing(articles, known, settled, pair, rng):
    """The same stories, to the last reason."""
    said = [parted(pair[:1], pair[1:])]
    mixed, turned = list(articles), list(known.items())
    rng.shuffle(mixed)
    rng.shuffle(turned)

    assert stories(mixed, dict(turned), settled, said) == stories(articles, known, settled, said)


@settings(max_examples=40, deadline=None)
@given(some, some)
def test_what_comes_later_changes_no_id(first, more):
    """Grouped today, then again with tomorrow's articles: who stood together stands together."""
    today = placed(stories(first))
    both = {one.id: one for one in (*first, *more)}

    tomorrow = placed(stories([*both.values()], today))

    for one, other in itertools.combinations(today, 2):
        if today[one] == today[other]:
            assert tomorrow[one] == tomorrow[other]
    assert {tomorrow[name] for name in today} <= set(today.values())


# ---- a morning, case by case


def test_a_new_article_comes_to_the_story_it_belongs_to():
    """Under the id that the story has, although it is earlier than all of it."""
    found = placed(
        stories([fire(), fire_retold(day=19), budget()], {ArticleId("a"): StoryId("s7")})
    )

    assert found["a"] == found["b"] == "s7"
    assert found["c"] == story_id(ArticleId("c"))


def test_an_article_alike_to_two_seen_stories_welds_neither():
    """It goes to one of them; the other keeps its articles and its id."""
    known = {ArticleId("a"): StoryId("s1"), ArticleId("b"): StoryId("s2")}
    both = article("n", "Пожарът в Карнобат: какво знаем", f"{FIRE} {FIRE_RETOLD}", day=22)

    found = placed(stories([fire(), fire_retold(), both], known, {StoryId("s1"), StoryId("s2")}))

    assert (found["a"], found["b"]) == ("s1", "s2")
    assert found["n"] in {"s1", "s2"}


def test_two_unseen_stories_that_turn_out_to_be_one_become_one():
    """Under the id of the earlier; nobody has read either."""
    known = {ArticleId("a"): StoryId("s1"), ArticleId("b"): StoryId("s2")}

    found = placed(stories([fire(day=20), fire_retold()], known))

    assert found == {"a": "s1", "b": "s1"}


def test_of_a_seen_and_an_unseen_story_the_seen_id_stands():
    """Although the unseen one is earlier."""
    known = {ArticleId("a"): StoryId("s1"), ArticleId("b"): StoryId("s2")}

    found = placed(stories([fire(day=20), fire_retold()], known, {StoryId("s2")}))

    assert found == {"a": "s2", "b": "s2"}


def test_copies_that_an_editor_parted_stay_apart():
    """A word for word reprint too."""
    found = placed(stories([fire(), fire("r")], bonds=[parted("a", "r")]))

    assert found["a"] != found["r"]


def test_what_was_parted_from_a_story_takes_its_likes_along():
    """A new article goes to the side that it is more like, and joins the two sides never."""
    known = {ArticleId(name): StoryId("s1") for name in "abc"}
    articles = [
        fire(),
        fire_retold(),
        budget(),
        article("n", "Пътищата на Самоков", BUDGET, day=22),
    ]

    found = placed(stories(articles, known, {StoryId("s1")}, [parted("c", "ab")]))

    assert found["a"] == found["b"] == "s1"
    assert found["c"] == found["n"] != "s1"
    assert len(stories(articles, known, {StoryId("s1")}, [parted("c", "ab")])) == 2


def test_what_an_editor_joined_says_who_joined_it():
    """Among the reasons, by address."""
    (story,) = stories([fire(), budget()], bonds=[joined("a", "c")])

    assert "събрано от e@example.bg" in story.why[0]


def test_a_bond_of_articles_that_are_gone_is_passed_over():
    """The window moved on; what was said of the rest still stands."""
    said = [joined(["a", "gone"], ["c"]), parted(["gone"], ["b"])]

    found = placed(stories([fire(), fire_retold(), budget()], bonds=said))

    assert found["a"] == found["c"]


def test_a_parting_within_one_telling_makes_an_id_of_its_own():
    """The story keeps its name; the part that left it gets another, the same in every run."""
    known = {ArticleId("a"): StoryId("s1"), ArticleId("r"): StoryId("s1")}
    said = [parted("r", "a")]

    first = placed(stories([fire(), fire("r", day=22)], known, {StoryId("s1")}, said))
    again = placed(stories([fire("r", day=22), fire()], known, {StoryId("s1")}, said))

    assert first == again
    assert first["a"] == "s1"
    assert first["r"] != "s1"


def test_a_story_whose_first_article_now_names_another_gets_a_free_id():
    """The id made of an article may be taken by a story that it once began."""
    taken = story_id(ArticleId("a"))

    found = placed(stories([fire(), budget()], {ArticleId("c"): taken}))

    assert found["c"] == taken
    assert found["a"] != taken


@pytest.mark.parametrize("names", [("odd id/№1", "\u202eid"), ("'; --", "a" * 500), (" ", "\n")])
def test_ids_of_any_letters_are_kept(names):
    """What a feed calls its items is not ours to judge."""
    one, other = names

    found = placed(stories([fire(one), fire_retold(other)]))

    assert set(found) == set(names)
    assert found[one] == found[other]
    assert found[one][1:].isalnum()
