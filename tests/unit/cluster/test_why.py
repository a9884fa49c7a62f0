"""Why articles are together, in the words that an editor reads."""

from __future__ import annotations

import pytest

from digest.bulgarian.typography import count
from digest.model import Article, ArticleId, Bond, Story, StoryId
from tests.unit.cluster.newsroom import (
    FIRE,
    FIRE_RETOLD,
    NEWSROOM,
    article,
    budget,
    fire,
    fire_retold,
    grouped,
)


def of(name: str, *articles: Article) -> Story:
    return next(s for s in grouped(*articles) if name in {a.id for a in s.articles})


def joins(story: Story) -> tuple[str, ...]:
    """The sentences of the joins, without what is said of limits."""
    return story.why[: len(story.articles) - 1]


def test_every_join_has_a_sentence():
    """One for every article after the first, in their order, each about that article."""
    articles = [
        fire("a", day=19),
        fire("b", day=20),
        fire_retold("c", day=20),
        article("d", "Пожарът в Карнобат е угасен", FIRE[:200], day=21),
        fire_retold("e", day=22),
    ]

    story = of("a", *articles, budget())

    assert len(story.articles) == 5
    for one, said in zip(story.articles[1:], joins(story), strict=True):
        assert said.startswith(f"„{one.title}“ ({one.outlet}): ")
        assert said.endswith(".")


def test_a_join_names_the_nearest_and_what_is_common():
    """Words as they stand in the text, and a figure that both have."""
    (said,) = joins(of("b", fire(day=20), fire_retold(), budget()))

    assert "Общи думи: " in said
    assert "Карнобат" in said
    assert "най-близо до „Пожар в склад за текстил в Карнобат“ (Издание a)" in said


def test_a_copy_says_how_much_is_the_same():
    """And of which earlier article."""
    (said,) = joins(of("r", fire(day=20), article("r", "Огнен ад", FIRE)))

    assert "100\u00a0% от текста съвпада с „Пожар в склад за текстил в Карнобат“" in said
    assert "най-близо" not in said


def test_an_article_alone_has_nothing_to_explain():
    """No join, no reason."""
    assert of("c", fire(), budget()).why == ()


def test_what_an_editor_joined_is_said_with_the_name():
    """Before any likeness, and with what little the two share."""
    from digest.cluster.stories import cluster
    from digest.settings import Cluster

    said = Bond(
        together=True, these=(ArticleId("a"),), those=(ArticleId("c"),), by="vera@example.bg"
    )

    (story,) = cluster(
        [fire(), budget()], newsroom=NEWSROOM, options=Cluster(), bonds=[said],
        known={ArticleId("a"): StoryId("s1")},
    )  # fmt: skip

    assert story.why[0].endswith("събрано от vera@example.bg.")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (fire(day=None), "„Пожар в склад за текстил в Карнобат“ (Издание a): няма дата, сравнено е само по текст."),
        (article("a", "", "Дума"), "„без заглавие“ (Издание a): твърде малко думи за сравнение."),
        (article("a", "Новини", ""), "„Новини“ (Издание a): твърде малко думи за сравнение."),
        (
            article("a", "Mayor opens the new bridge", "The mayor opened a new bridge near the old mill."),
            "„Mayor opens the new bridge“ (Издание a): не е на български, сравнено е само с подобни.",
        ),
        (
            article("a", "Мэр открыл новый мост", "Мэр открыл новый мост у старой мельницы.", language="ru"),
            "„Мэр открыл новый мост“ (Издание a): не е на български, сравнено е само с подобни.",
        ),
    ],
    ids=["undated", "one word", "title alone", "english", "russian"],
)  # fmt: skip
def test_what_could_not_be_judged_is_said(one, said):
    """A missing date, too few words, another language."""
    (story,) = grouped(one)

    assert said in story.why


def test_limits_of_many_articles_are_one_sentence():
    """The first by name and how many more."""
    story = of("a", *(fire(name, day=None) for name in "abde"), budget())

    assert story.why[-1] == (
        "„Пожар в склад за текстил в Карнобат“ (Издание a) и още "
        f"{count(3, 'статия')}: няма дата, сравнено е само по текст."
    )


def test_long_and_quoted_titles_are_cut_and_stay_inside_their_quotes():
    """„…“ within „…“ is told by single quotes; a sentence is never broken by a title."""
    title = '„Пожар“ в склад за "текстил" в Карнобат ' + "и много други подробности " * 9
    (said,) = joins(of("r", fire(day=20), article("r", title, FIRE)))

    named = said.split(" (Издание r)")[0]
    assert named.startswith("„‚Пожар‘ в склад за текстил в Карнобат")
    assert named.endswith("…“")
    assert len(named) < 80


def test_no_reason_breaks_a_line():
    """Whatever stands in titles and texts."""
    one = fire("a", day=20)
    two = article("b", "Склад\nв Карнобат\u2028изгоря\x07", FIRE_RETOLD, outlet="Утро\n\x1b")

    (said,) = of("b", one, two, budget()).why

    assert said.startswith("„Склад в Карнобат изгоря“ (Утро): ")
    assert said.isprintable()
