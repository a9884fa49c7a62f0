"""Grouping: one event is one story, two events are two."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId, DateBasis, DateClaim, Rights
from digest.settings import Cluster
from tests.unit.cluster.newsroom import (
    FIRE,
    article,
    budget,
    fire,
    fire_retold,
    grouped,
    together,
)


def test_two_tellings_of_one_event_are_one_story():
    """A re-told event joins its story, another event does not."""
    assert together(fire(), fire_retold(), budget()) == {frozenset("ab"), frozenset("c")}


def test_two_articles_are_enough_to_make_a_story():
    """Where there are but two no word is rare, and they are compared all the same."""
    assert together(fire(), fire_retold()) == {frozenset("ab")}
    assert together(fire(), budget()) == {frozenset("a"), frozenset("c")}


def test_a_line_that_says_nothing_makes_no_story():
    """„Очаквайте подробности.“ under two headlines is all that they share."""
    soon = "Очаквайте подробности."
    one = article("x", "Пожар избухна в склад край Карнобат", soon)
    two = article("y", "Мачът в Пролом е отложен за сряда", soon)

    assert together(one, two) == {frozenset("x"), frozenset("y")}


def test_titles_that_share_a_town_alone_are_no_story():
    """Many things happen in one town; with a word more in common they are compared."""
    one = article("x", "Пожар в склад за текстил в Карнобат", "")
    two = article("y", "Пожар в склад за текстил в Карнобат, 14 ранени", "")
    park = article("z", "Кметът на Карнобат откри нов парк", "")

    assert together(one, two, park) == {frozenset("xy"), frozenset("z")}


def test_without_dates_the_text_alone_decides():
    """Undated articles are placed by their words."""
    found = together(fire(day=None), fire_retold(day=None), budget(day=None))
    assert found == {frozenset("ab"), frozenset("c")}


def test_dated_and_undated_articles_meet():
    """One missing date does not keep an article out of its story."""
    assert frozenset("ab") in together(fire(day=None), fire_retold(), budget())


def test_a_title_with_a_cut_line_joins_the_whole_article():
    """A feed entry whose page was refused belongs to the story of the full text."""
    cut = article("f", "Пожар в текстилен склад в Карнобат", FIRE[:110], partial=True)
    assert frozenset("af") in together(fire(), cut, budget())


def test_weeks_apart_alike_texts_are_two_stories():
    """The same words eighteen days later are another event."""
    assert together(fire(day=3), fire_retold(day=21)) == {frozenset("a"), frozenset("b")}


def test_accidents_of_one_day_in_two_towns_stay_apart():
    """Places contradict, however alike the reports and their closing statistics."""
    text = (
        "Тежка катастрофа затвори пътя край {0} тази сутрин. При челен удар между два автомобила "
        "са загинали двама души, съобщи дирекция „Пътна полиция“. Движението край {0} се "
        "осъществява по обходен маршрут. За денонощието в страната са станали 18 тежки "
        "катастрофи с 25 ранени, сочи статистиката на полицията."
    )
    one = article("x", "Двама загинаха при катастрофа край Враца", text.format("Враца"))
    two = article("y", "Двама загинаха при катастрофа край Хасково", text.format("Хасково"))
    three = article("z", "Катастрофа край Враца взе два живота", text.format("Враца")[:180])
    found = together(one, three, article("q", two.title, _other_wreck()))
    assert found == {frozenset("xz"), frozenset("q")}


def _other_wreck() -> str:
    return (
        "Двама души загинаха при тежка катастрофа край Хасково днес по обяд, съобщи дирекция "
        "„Пътна полиция“. Камион и автомобил са се ударили челно. Пътят край Хасково е затворен "
        "и движението е по обходен маршрут. За денонощието в страната са станали 18 тежки "
        "катастрофи с 25 ранени."
    )


def test_monthly_reports_of_two_months_stay_apart():
    """Inflation for September and for October are two pieces of news."""
    text = "Годишната инфлация през {} е {}%, сочат данните на НСИ. Най-много поскъпват храните."
    one = article("s", "НСИ: инфлацията през септември е 3,1%", text.format("септември", "3,1"))
    two = article("o", "НСИ: инфлацията през октомври е 3,4%", text.format("октомври", "3,4"))
    assert frozenset("so") not in together(one, two, budget())


def test_inflation_and_producer_prices_of_one_day_stay_apart():
    """Different rates of one day in the heads are different indicators."""
    tail = " Това сочат данните на НСИ. Спрямо предходния месец има слабо увеличение."
    one = article("i", "Инфлацията достигна 3,4%", "Инфлацията на годишна база е 3,4%." + tail)
    two = article("p", "Цените на производител – 1,7%", "Цените на производител са 1,7%." + tail)
    assert frozenset("ip") not in together(one, two, budget())


def test_calls_a_year_apart_are_two_stories_without_dates():
    """Two talks of the same presidents name other years."""
    text = (
        "Президентите Марко Стоич и Еон Дарев разговаряха по телефона на 14 март {} г. Двамата "
        "обсъдиха търговията между двете страни и новия мост над реката."
    )
    one = article("m", "Стоич и Дарев говориха по телефона", text.format(2024), day=None)
    two = article("n", "Дарев и Стоич с телефонен разговор", text.format(2025), day=None)
    assert together(one, two, budget()) == {frozenset("m"), frozenset("n"), frozenset("c")}


def test_every_join_has_its_reason():
    """A story of n articles has n−1 sentences, with common words and the nearest title."""
    story = next(s for s in grouped(fire(), fire_retold(), budget()) if len(s.articles) == 2)
    (why,) = story.why
    assert "Общи думи: " in why
    assert "„Пожар в склад за текстил в Карнобат“" in why


def test_the_order_of_the_input_changes_nothing():
    """Any permutation gives the same stories in the same order."""
    articles = [fire(), fire_retold(), budget(), fire("d", outlet="Вечер")]
    results = [grouped(*order) for order in itertools.permutations(articles)]
    assert all(result == results[0] for result in results)


def test_a_story_keeps_its_id_as_it_grows():
    """A later article does not rename the story of the earliest."""
    alone = next(s for s in grouped(fire(day=20), budget()) if s.articles[0].id == "a")
    grown = next(s for s in grouped(fire(day=20), fire_retold(), budget()) if len(s.articles) > 1)
    assert alone.id == grown.id
    assert alone.id.startswith("s")


def test_the_lead_is_licensed_whole_and_no_copy():
    """Rights come before length."""
    longer = fire("e", rights=Rights.EXTRACT, day=20)
    story = next(s for s in grouped(longer, fire_retold(), budget()) if len(s.articles) == 2)
    assert story.lead_article_id == "b"


def test_a_set_similarity_overrides_the_measured_one():
    """An impossible threshold leaves everything alone."""
    stories = grouped(fire(), fire_retold(), options=Cluster(similarity=0.99))
    assert len(stories) == 2


@pytest.mark.parametrize(("title", "text"), [("", ""), ("Новини", ""), ("", "Дума"), ("…", "!")])
def test_poor_texts_are_stories_of_their_own(title, text):
    """Empty and one-word articles neither raise nor join anything else."""
    assert frozenset("p") in together(article("p", title, text), fire(), fire_retold())


def test_nothing_gives_nothing():
    """No articles, no stories."""
    assert grouped() == []


def test_empty_articles_do_not_join_one_another():
    """Two articles without a word have nothing in common."""
    assert len(grouped(article("p", "", ""), article("q", "", ""))) == 2


def test_fifty_equal_articles_are_one_story_and_one_voice():
    """A source that repeats itself counts once."""
    (story,) = grouped(*(fire(f"n{i:02}", outlet="Утро") for i in range(50)))
    assert (len(story.articles), story.independent_sources, len(story.copies)) == (50, 1, 49)


def test_an_id_given_twice_counts_once():
    """Of two articles with one id the fuller stays."""
    (story,) = grouped(fire(), article("a", "Пожар", "Кратко."))
    assert story.lead.text == FIRE


def test_future_dates_are_grouped_like_others():
    """A date that has not come yet is no reason to fail."""
    late = DateClaim(datetime(2099, 1, 1, tzinfo=UTC), DateBasis.META, 0.9)
    assert len(grouped(Article(ArticleId("z"), "Заглавие от бъдещето", FIRE, date=late))) == 1


def test_a_live_blog_of_hundreds_stays_bounded():
    """Hundreds of like entries end in stories, none lost."""
    entries = [
        article(f"l{i:03}", f"На живо: мачът, минута {i}", f"Минута {i}. Удар на Петър Ганев.")
        for i in range(300)
    ]
    assert sum(len(s.articles) for s in grouped(*entries)) == 300


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=120)), max_size=6))
def test_any_text_is_grouped(pairs):
    """Whatever the letters, every article is in exactly one story."""
    articles = [article(f"h{i}", title, text) for i, (title, text) in enumerate(pairs)]
    found = [a.id for story in grouped(*articles) for a in story.articles]
    assert sorted(found) == sorted(a.id for a in articles)


def test_reports_of_two_days_with_other_fractions_stay_apart():
    """An earthquake of 4,1 and one of 3,2 three days later are two, whatever the template."""
    text = "Земетресение с магнитуд {} по скалата на Рихтер е регистрирано край Върбелец, съобщиха от сеизмологичния център. Няма данни за пострадали и щети, трусът е усетен и в съседните села."
    one = article("x", "Земетресение край Върбелец", text.format("4,1"), day=18)
    two = article("y", "Земетресение край Върбелец", text.format("3,2"), day=21)
    assert together(one, two) == {frozenset("x"), frozenset("y")}


def test_a_figure_that_is_put_right_within_the_day_is_one_story():
    """The first measure of an earthquake and the corrected one."""
    text = "Земетресение с магнитуд {} по скалата на Рихтер е регистрирано край Върбелец, съобщиха от сеизмологичния център. Няма данни за пострадали и щети, трусът е усетен и в съседните села."
    one = article("x", "Земетресение край Върбелец", text.format("4,1"))
    two = article("y", "Земетресение край Върбелец", text.format("3,9"))
    assert together(one, two) == {frozenset("xy")}
