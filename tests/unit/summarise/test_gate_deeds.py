"""Who did what to whom, whatever the voice, and what came of what."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.deeds import Deed, agrees, deeds, topics, turned
from digest.summarise.faithful import check

STREAM = """Селата Букова и Дренова спорят за извора от години. Фирмата „Хидро Юг“ АД изгради \
помпата. Кметицата Яна Гюрова възложи проверка на инженер Минко Делибалтов. Делибалтов установи, \
че тръбата е пробита, след като трактор мина през нея. Окръжният съд осъди общината да плати 8000 \
лева на кооперация „Изгрев“. Заводът за вагони „Релса“ спря работа на 3 ноември, а заводът за \
спирачки „Бегач“ нае 45 работници. Румънската компания „Дакота Рейл“ предложи да купи „Релса“. \
Отборът на Костина победи съседите от Липарево. Младежи от Узбекистан дойдоха на гости."""
WORDS = ["Букова", "победи", "Дренова", "беше", "победена", "от", "на", ",", "която", "загуби", "и"]
IDEAS = st.frozensets(st.sampled_from(["а", "б", "в"]), max_size=2)
DEEDS = st.builds(Deed, st.sampled_from(["победя", "купя"]), IDEAS, IDEAS)


def kinds(sentence: str) -> set[str]:
    """What the gate finds in a sentence."""
    article = Article(ArticleId("stream"), "", STREAM)
    return {p.kind for one in check(sentence, [article]) for p in one.problems}


def one_deed(*texts: str) -> bool:
    """Whether a deed of each text is one of each other."""
    found = [deeds(text) for text in texts]
    return all(
        any(agrees(a, b) for a, b in product(one, other)) for one in found for other in found
    )


def other_way(text: str, other: str) -> bool:
    """Whether a deed of one text is turned round in the other."""
    return any(turned(a, b) for a, b in product(deeds(text), deeds(other)))


@pytest.mark.parametrize(
    "texts",
    [
        ("Костина победи Липарево.", "Липарево беше победен от Костина."),
        ("Костина победи Липарево.", "Липарево загуби от Костина."),
        ("Костина спечели срещу Липарево.", "Липарево загуби от Костина."),
        ("Фирмата изгради помпата.", "Помпата бе построена от фирмата."),
        ("Фирмата построи помпата.", "Фирмата е изградила помпата."),
        ("Млекарят купи мандрата.", "Млекарят подписа покупката на мандрата."),
        ("Банката даде пари на училището.", "Училището получи пари от банката."),
        ("Съветът, който заседава в Костина, прие наредбата.", "Съветът прие наредбата."),
    ],
)
def test_one_deed_is_told_in_many_ways(texts):
    """Active and passive, a converse verb, another word of the same meaning, a noun."""
    assert one_deed(*texts)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Костина победи Липарево.", "Липарево победи Костина."),
        ("Костина победи Липарево.", "Костина беше победена от Липарево."),
        ("Костина победи Липарево.", "Костина загуби от Липарево."),
        ("Млекарят купи мандрата.", "Мандрата купи млекаря."),
    ],
)
def test_a_deed_turned_round_is_told(text, other):
    """Who did it in one is whom it was done to in the other, in either order."""
    assert other_way(text, other)
    assert other_way(other, text)
    assert not one_deed(text, other)


@pytest.mark.parametrize("text", ["", "Той дойде.", "В понеделник.", "Костина и Липарево.", "…„!"])
def test_what_has_no_two_parts_is_no_deed(text):
    """A pronoun, a day and a list do nothing to anybody."""
    assert deeds(text) == ()


@given(DEEDS, DEEDS)
def test_no_deed_is_its_own_contrary(one, other):
    """Agreement and turning are mutual and never both; nothing is turned against itself."""
    assert not turned(one, one)
    assert agrees(one, other) == agrees(other, one)
    assert not (agrees(one, other) and turned(one, other))


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_row_of_words_may_be_asked(text):
    """Odd sentences raise nothing, and every deed says what was done."""
    assert all(deed.what and (deed.first or deed.second) for deed in deeds(text))
    assert all(spoken and told for spoken, told in topics(text))


def test_topics_are_what_each_clause_speaks_of():
    """The first part of a clause without a preposition, and the rest of it."""
    (one, told), (other, _) = topics("Пекарната затвори врати, а шивашкото ателие нае майстори.")
    assert "пекарна" in one
    assert "врата" in told
    assert "ателие" in other


@pytest.mark.parametrize(
    "sentence",
    [
        "Общината изгради помпата.",
        "Помпата беше изградена от общината.",
        "Инженер Минко Делибалтов възложи проверка на кметицата Яна Гюрова.",
        "Трактор мина през тръбата, след като тя беше пробита.",
        "Окръжният съд осъди кооперация „Изгрев“ да плати 8000 лева на общината.",
        "„Бегач“ спря работа на 3 ноември, а „Релса“ нае 45 работници.",
        "„Релса“ предложи да купи „Дакота Рейл“.",
        "Липарево победи отбора на Костина.",
        "Младежи дойдоха на гости в Узбекистан.",
    ],
)
def test_parts_that_have_changed_places_are_caught(sentence):
    """Another doer, another receiver, the cause for the effect, from a place for to it."""
    assert kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "„Хидро Юг“ изгради помпата.",
        "Помпата беше изградена от „Хидро Юг“.",
        "Проверка беше възложена на инженер Минко Делибалтов от кметицата Яна Гюрова.",
        "Тръбата е пробита, защото трактор е минал през нея.",
        "Трактор мина през тръбата, затова тя е пробита, установи Делибалтов.",
        "Общината трябва да плати 8000 лева на кооперация „Изгрев“.",
        "Заводът за спирачки „Бегач“ нае 45 работници, а „Релса“ спря работа на 3 ноември.",
        "Румънците предложиха да купят „Релса“.",
        "Съседите от Липарево бяха победени от отбора на Костина.",
        "Липарево загуби от отбора на Костина.",
        "Селата Дренова и Букова спорят за извора.",
        "На гости дойдоха младежи от Узбекистан.",
    ],
)
def test_the_same_deed_from_another_side_passes(sentence):
    """The passive, a list or clauses in another order, a cause with another word."""
    assert kinds(sentence) == set()
