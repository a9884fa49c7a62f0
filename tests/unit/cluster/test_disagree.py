"""Where outlets give different figures, hours, days and names for one fact: side by side."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.disagree import disagreements
from digest.model import Article, Disagreement
from tests.unit.cluster.newsroom import article, fire, fire_retold


def told(*texts: str) -> tuple[Disagreement, ...]:
    """The disputes of articles of one day with these texts."""
    return disagreements([article(f"t{n}", "Новина", text) for n, text in enumerate(texts)])


def values(found: tuple[Disagreement, ...]) -> list[list[str]]:
    return [[one.value for one in dispute.values] for dispute in found]


# ---- what is disputed


@pytest.mark.parametrize(
    ("one", "other", "fact", "said"),
    [
        (
            "Взрив уби трима работници край Самоков.", "Взривът край Самоков уби петима работници.",
            "загинали", ["трима", "петима"],
        ),
        (
            "Полицията задържа 12 души след мача.", "Арестуваха 19 души след мача.",
            "задържани", ["12 души", "19 души"],
        ),
        (
            "При взрива загинаха трима работници.", "При взрива са загинали петима работници.",
            "загинали", ["трима", "петима"],
        ),
        (
            "Полицията задържа 12 души след мача.", "Задържани са 19 души след мача.",
            "задържани", ["12 души", "19 души"],
        ),
        (
            "От блока са евакуирани 40 души.", "Евакуирани са 65 души от блока.",
            "евакуирани", ["40 души", "65 души"],
        ),
        (
            "Строежът на моста край Самоков ще струва общо 12 милиона евро.",
            "Строежът на моста край Самоков струва общо 15 милиона евро.",
            "€", ["12 милиона евро", "15 милиона евро"],
        ),
        (
            "Срещата на кмета с жителите на квартала започва в 18:30 часа в читалището.",
            "Срещата на кмета с жителите на квартала започва в 19:00 часа в читалището.",
            "час", ["18:30 часа", "19:00 часа"],
        ),
        (
            "Новият мост над реката край Самоков отваря за движение на 14 март.",
            "Новият мост над реката край Самоков отваря за движение на 21 март.",
            "дата", ["14 март", "21 март"],
        ),
    ],
    ids=["kills", "holds", "killed", "held", "brought away", "sum", "hour", "day"],
)  # fmt: skip
def test_differing_figures_for_one_fact_are_disputed(one, other, fact, said):
    """Tolls by kind; sums, hours and days where the sentences speak of one thing."""
    (found,) = told(one, other)

    assert found.fact.startswith(fact)
    assert [v.value for v in found.values] == said


def test_a_differing_name_in_the_same_sentence_is_disputed():
    """Two outlets name two people for one deed."""
    tail = " пое ръководството на областната болница в Каменосел от първи декември."
    found = told(f"Днес лекарят Марин Горов{tail}", f"Днес лекарят Петър Лазов{tail}")

    assert [one.fact for one in found] == ["име"]
    assert values(found) == [["Марин Горов", "Петър Лазов"]]


# ---- what is none


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("При взрива загинаха над 10 души.", "При взрива загинаха 14 души."),
        ("При взрива загинаха поне 10 души.", "При взрива загинаха 14 души."),
        ("При взрива са ранени около 100 души.", "При взрива са ранени 108 души."),
        ("При взрива са ранени до 20 души.", "При взрива са ранени 17 души."),
        ("При взрива загинаха двама души.", "При взрива загинаха 2 души."),
        (
            "Ремонтът на моста край Самоков струва общо 1,2 млн. лева на общината.",
            "Ремонтът на моста край Самоков струва общо 1 234 500 лева на общината.",
        ),
        (
            "Читалището в Самоков е построено през 1932 година от местни майстори.",
            "Читалището в Самоков е построено през 1923 година от местни майстори с дарения.",
        ),
        ("Кметът цитира член 50 от закона за движението.", "Кметът цитира член 60 от закона за движението."),
        ("Температурите се задържат 5 дни.", "Цените се задържат 9 дни."),
        ("Мостът ще струва 12 милиона евро.", "Кметът получава 3000 евро на месец."),
    ],
    ids=["over", "at least", "about", "up to", "words", "rounded", "years", "articles", "held up", "facts"],
)  # fmt: skip
def test_what_agrees_or_is_no_fact_is_not_disputed(one, other):
    """„Над 10“ and 14, „около 100“ and 108, a rounded sum, the number of an article of law."""
    assert told(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Джоузеф Байдън", "Джо Байдън"),
        ("Найджъл Фаракс", "Найджел Фаракс"),
        ("Мария Тодорова", "Тодорова"),
    ],
)
def test_two_spellings_of_a_name_are_no_dispute(one, other):
    """Transcribed another way, shortened, or without the first name."""
    tail = " пристигна на посещение в завода край Каменосел с осем министри."
    assert told(f"Вчера {one}{tail}", f"Вчера {other}{tail} ") == ()


def test_a_value_that_the_other_article_also_gives_is_no_dispute():
    """„Първо съобщиха за двама, сега са четирима“ tells the older figure itself."""
    assert (
        told(
            "При взрива загинаха двама миньори.",
            "При взрива загинаха четирима миньори. Първо съобщиха за двама загинали.",
        )
        == ()
    )


def test_one_telling_alone_disputes_nothing():
    """Nor do copies of it."""
    text = "При взрива загинаха трима миньори, а петима са ранени."
    assert told(text) == told(text, text) == told() == ()


# ---- what is carried along


def test_each_value_has_its_outlet_its_hour_and_its_place():
    """The value is cut from the text of the article that gives it."""
    one, two = fire(outlet="Утро", day=20), fire_retold(outlet="Обед", day=21)
    texts = {one.id: one.text, two.id: two.text}

    (found,) = disagreements((one, two))

    assert [(v.outlet, v.at) for v in found.values] == [
        ("Утро", one.published_at),
        ("Обед", two.published_at),
    ]
    assert all(texts[v.article_id][v.start : v.end] == v.value for v in found.values)


def growing(*days: int | None) -> list[Article]:
    tolls = ("един", "трима", "четирима", "седмина")
    return [
        article(f"d{n}", "Взривът", f"При взрива загинаха {tolls[n]} миньори.", day=day)
        for n, day in enumerate(days)
    ]


def test_a_growing_toll_stands_side_by_side_with_the_latest_marked():
    """One, three, four over three days: nothing is averaged, none is left out."""
    (found,) = disagreements(growing(19, 20, 21))

    assert [(v.value.split()[0], v.latest) for v in found.values] == [
        ("един", False),
        ("трима", False),
        ("четирима", True),
    ]


def test_only_dated_values_are_the_latest():
    """What has no date may be the oldest of all."""
    (found,) = disagreements(growing(19, None, 20))
    (undated,) = disagreements(growing(None, None))

    assert [v.latest for v in found.values] == [False, False, True]
    assert [v.latest for v in undated.values] == [False, False]


def test_two_values_of_the_same_hour_are_both_the_latest():
    """Nothing is silently chosen."""
    (found,) = disagreements(growing(21, 21))

    assert [v.latest for v in found.values] == [True, True]


def test_an_outlet_that_corrects_itself_shows_both_figures():
    """The later article of the same outlet is the latest value."""
    first = article("x", "Взривът", "При взрива загинаха седмина миньори.", outlet="Утро", day=20)
    later = article("y", "Взривът", "При взрива загинаха петима миньори.", outlet="Утро", day=21)

    (found,) = disagreements((first, later))

    assert [(v.outlet, v.latest) for v in found.values] == [("Утро", False), ("Утро", True)]


def test_the_same_disputes_come_from_any_order():
    """As a set: which fact a story names first depends on who told it first."""
    articles = [*growing(19, 20, 21), fire(), fire_retold()]

    every = {
        frozenset((one.fact, frozenset(one.values)) for one in disagreements(order))
        for order in permutations(articles)
    }

    assert len(every) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ("загинаха", "трима", "14 души", "12,5 млн. лв.", "в 18:30 ч.", "на 5 май", "Иван Горов",
                 ".", "\n", "над", "около", "моста край Самоков", "ще струва", "\x07", "№ 7", "%")
            ),
            max_size=20,
        ).map(" ".join),
        min_size=2,
        max_size=4,
    )
)  # fmt: skip
def test_whatever_is_written_values_are_cut_from_the_texts(texts):
    """Each dispute has two different values or more, each where it says it stands."""
    articles = {f"t{n}": article(f"t{n}", "Новина", text) for n, text in enumerate(texts)}

    for dispute in disagreements(list(articles.values())):
        assert len({v.value for v in dispute.values}) > 1
        for one in dispute.values:
            assert articles[one.article_id].text[one.start : one.end] == one.value
