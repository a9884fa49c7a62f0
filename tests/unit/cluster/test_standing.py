"""What an outlet prints under everything is no part of what an article says."""

from __future__ import annotations

from digest.cluster.standing import standing, without
from digest.model import Article, Story
from tests.unit.cluster.newsroom import BUDGET, FIRE, FIRE_RETOLD, article, grouped

NOTICE = (
    "Всички права са запазени. Препечатването на материали от нашето издание е разрешено само с "
    "писмено съгласие на редакцията и с активна връзка към оригинала на страницата."
)
FLOOD = (
    "Придошлата река Върбица заля три къщи в село Брестак. Хората са изведени навреме и са "
    "настанени в училището, съобщи кметът Стоян Гочев."
)


def bearing(name: str, text: str, *, outlet: str = "Утро", notice: str = NOTICE) -> Article:
    return article(name, text.partition(".")[0], f"{text}\n\n{notice}", outlet=outlet)


def copied(stories: list[Story]) -> set[tuple[str, str]]:
    return {
        (c.article_id, c.copy_of) for story in stories for c in story.copies if c.kind != "standing"
    }


def noticed(stories: list[Story]) -> set[str]:
    """The articles of which is said that they share a mere notice."""
    return {c.article_id for story in stories for c in story.copies if c.kind == "standing"}


def test_a_notice_under_three_articles_of_an_outlet_is_standing():
    """Two may be an article and its second version."""
    three = [bearing("a", FIRE), bearing("b", BUDGET), bearing("c", FLOOD)]

    assert standing(three) == {one.id: frozenset({NOTICE}) for one in three}
    assert standing(three[:2]) == {}


def test_a_notice_makes_no_copies():
    """Short items under a long notice share most of their words and are different news."""
    items = [
        bearing("a", "Мачът в Пролом е отложен за сряда заради дъжда."),
        bearing("b", "Библиотеката в Каменосел отваря врати след ремонта."),
        bearing("c", "Цената на тока за домовете няма да се промени."),
    ]

    stories = grouped(*items)

    assert len(stories) == 3
    assert copied(stories) == set()
    assert noticed(stories) == {"a", "b", "c"}


def test_a_line_under_unlike_headlines_is_a_notice():
    """A feed that gives the same sentence for everything says nothing but its titles."""
    line = "Целия текст четете на страниците на вестника, очаквайте и подробности за случая."
    titles = (
        "Пожар избухна в склад край Карнобат",
        "Мачът в Пролом е отложен за сряда",
        "Кметът на Самоков представи бюджета",
        "Реколтата от череши е наполовина",
    )
    items = [article(f"f{n}", title, line, outlet="Утро") for n, title in enumerate(titles)]

    stories = grouped(*items)

    assert standing(items) == {one.id: frozenset({line}) for one in items}
    assert standing(items[:2]) == {}
    assert len(stories) == 4
    assert copied(stories) == set()


def test_a_short_text_under_like_headlines_is_news_printed_again():
    """Three titles that speak of one place: the text is theirs."""
    text = FIRE[:200]
    again = [article(f"r{n}", f"Пожарът в Карнобат, {n}", text, outlet="Утро") for n in range(3)]

    assert standing(again) == {}
    assert len(grouped(*again)) == 1


def test_an_agency_text_in_three_articles_of_an_outlet_is_still_told():
    """Printed again under a new title it begins alike, so it is no notice: the copies stand."""
    text = f"{FIRE}\n\n{FIRE_RETOLD}"
    again = [article(f"r{n}", f"Пожарът в Карнобат, {n}", text, outlet="Утро") for n in range(3)]

    (story,) = grouped(*again)

    assert standing(again) == {}
    assert len(copied([story])) == 2


def test_the_same_words_in_three_outlets_are_no_notice():
    """A wire paragraph belongs to the news; only an outlet repeats its own notices."""
    three = [
        bearing(name, text, outlet=outlet)
        for name, text, outlet in (("a", FIRE, "Утро"), ("b", BUDGET, "Обед"), ("c", FLOOD, "Нощ"))
    ]

    assert standing(three) == {}


def test_articles_of_no_known_outlet_have_no_notices():
    """Who published them is not known, so nothing says that one outlet repeats itself."""
    three = [
        bearing(name, text, outlet=" ")
        for name, text in zip("abc", (FIRE, BUDGET, FLOOD), strict=True)
    ]

    assert standing(three) == {}


def test_short_paragraphs_are_left_alone():
    """A label is said again by chance."""
    three = [bearing(name, text, notice="Очаквайте подробности.")
             for name, text in zip("abc", (FIRE, BUDGET, FLOOD), strict=True)]  # fmt: skip

    assert standing(three) == {}


def test_only_the_standing_paragraphs_are_cut():
    """The rest keeps its paragraphs and their order."""
    text = f"Първи.\n\n  {NOTICE}  \nВтори."

    assert without(text, frozenset({NOTICE})) == "Първи.\n\nВтори."
    assert without(text, frozenset()).count("\n\n") == 2
