"""The gate on what is told of a person: his deeds, words, offices and houses, or another's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness
from digest.summarise.mentioned import plain_titles
from digest.summarise.people_signals import people_signals
from digest.summarise.whose import whose, whose_of

MINE = """Рудник „Черни вир“ спира работа от понеделник. Управителят на рудника Хинко Даскалов \
обяви, че водата е заляла две галерии. „Помпите не издържаха, а резервни нямаме“, каза той. \
Председателят на синдиката „Кирка“ Ламби Гешев поиска проверка на договорите. „Обещаха ни \
нови машини още миналата есен“, припомни Гешев.

Инспекцията по труда глоби дружеството с 40 000 евро. Зам.-министърът на енергетиката Вида Крулева \
ще посети рудника в четвъртък. Предишният кмет на Вировец Асен Чакъров смята, че общината е длъжна да \
намери работа на миньорите. Сегашната кметица Нона Драгова не се съгласи с него. Инженер Пею \
Каменов от „Хидро Проект“ остана в болница с изгаряне, а колегата му Спас Върбев беше изписан."""
WITNESS = Witness(Article(ArticleId("mine"), "Рудникът край Вировец спира", MINE))
WORD = st.text(alphabet="абваеийскчНР „“,.-", max_size=12)


def objections(sentence: str) -> list[str]:
    """What the rule has against a sentence."""
    return [problem.text for problem in whose_of(Reading(sentence), [WITNESS])]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ламби Гешев призна, че помпите не са издържали и резервни няма.",
        "Нови машини били обещани още миналата есен, твърди Хинко Даскалов.",
        "Според Нона Драгова общината трябва да намери работа на миньорите.",
        "В четвъртък рудника ще посети Нона Драгова.",
    ],
)
def test_deeds_and_words_of_another_are_caught(sentence):
    """What one did or said is told of somebody else of the article, in other words."""
    assert objections(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Хинко Даскалов призна, че помпите не са издържали и резервни няма.",
        "Управителят каза, че помпите не са издържали, а Гешев иска проверка на договорите.",
        "Нови машини били обещани още миналата есен, твърди Ламби Гешев.",
        "Според Асен Чакъров, бивш кмет на Вировец, общината трябва да намери работа на миньорите.",
        "Пею Каменов от „Хидро Проект“ е в болница с изгаряне.",
        "Заместник-министърът Вида Крулева ще бъде в рудника в четвъртък.",
        "Инженер Спас Върбев беше изписан.",
        "Шефът на рудника Хинко Даскалов обяви, че две галерии са залети.",
        "Рудникът спира от понеделник.",
    ],
)
def test_what_is_his_passes(sentence):
    """His own deeds, words and office, by another word too, and what names nobody."""
    assert objections(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Кметът на Вировец Асен Чакъров смята, че общината е длъжна да намери работа на миньорите.",
        "Министърът на енергетиката Вида Крулева ще посети рудника в четвъртък.",
        "Председателят на синдиката Хинко Даскалов обяви, че водата е заляла две галерии.",
        "Пею Каменов от синдиката „Кирка“ остана в болница с изгаряне.",
    ],
)
def test_offices_and_houses_that_are_not_his_are_caught(sentence):
    """A former one as present, a deputy as the head, another's office, another's house."""
    assert objections(sentence)


def test_a_fault_is_told_with_what_the_source_has():
    """Whoever reads it sees the office and the person that the article joins."""
    sentence = (
        "Председателят на синдиката „Кирка“ Хинко Даскалов обяви, че водата е заляла галерии."
    )
    found = whose_of(Reading(sentence), [WITNESS])

    assert "Председателят на синдиката „Кирка“: Ламби Гешев" in [one.expected for one in found]
    assert {one.kind for one in found} == {"name"}


def test_each_person_of_a_sentence_is_looked_at_for_himself():
    """What stands in the half of one says nothing of the other."""
    sentence = "Асен Чакъров иска общината да намери работа, а Нона Драгова не е съгласна."
    first, second = whose(Reading(sentence), [WITNESS])

    assert "работа" in first.part.text
    assert "работа" not in second.part.text


def test_what_follows_a_relative_clause_is_told_of_whom_it_follows():
    """«Гешев, който е съсед на Даскалов, получи …» tells nothing of Даскалов's getting."""
    sentence = "Ламби Гешев, който е съсед на Хинко Даскалов, получи писмо."
    first, second = whose(Reading(sentence), [WITNESS])

    assert "писмо" in first.part.text
    assert "писмо" not in second.part.text


def test_a_house_that_stands_far_from_the_person_is_not_his():
    """«Управителят на „Хидро Проект“» has no such firm anywhere near him."""
    assert objections("Управителят на „Хидро Проект“ Хинко Даскалов обяви, че водата залива.")
    assert not objections("Управителят на „Черни вир“ Хинко Даскалов обяви, че водата залива.")


def test_the_signals_are_the_same_for_a_sentence_without_people():
    """They speak neither for nor against it, and have the same names."""
    some = people_signals(Reading("Ламби Гешев обяви, че водата е заляла галерии."), [WITNESS])
    none = people_signals(Reading("Рудникът спира."), [WITNESS])

    assert list(none) == list(some)
    assert {value for name, value in none.items() if name.startswith("name: his")} == {1.0}


@given(st.lists(WORD, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_odd_text_is_asked_without_harm(text):
    """Whatever stands in the sentence, the answer is a list, and its length is kept."""
    assert isinstance(whose_of(Reading(text), [WITNESS]), list)
    assert len(plain_titles(text)) == len(text)
