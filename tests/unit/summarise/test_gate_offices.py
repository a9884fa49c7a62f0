"""Whose office it is, whether it is over, and who is meant by it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness, best_support
from digest.summarise.faithful import beside, check
from digest.summarise.identity import one_institution, one_person, one_word, spoken_of
from digest.summarise.offices import holds

COUNCIL = """Общинският съвет в Липарево прие новата наредба за паркирането. Председателят на \
съвета Нева Кутева каза, че приходите ще отиват за зелени площи. Съветникът Стоил Пашов не \
подкрепи наредбата. Бившият кмет Рашо Демирев я нарече закъсняла. Директорът на завод „Релса“ \
Орлин Чукурлиев поиска отстъпка за работниците. Управителката на пазара Мими Зафирова брои \
колите. Тя записа 400 автомобила за ден. Националната асоциация на превозвачите (НАП) мълчи. Министърът на \
транспорта Добрин Хаджиев не изключи нови такси."""
WORD = st.text(alphabet="абваеияскчНР", max_size=12)
WITNESS = Witness(Article(ArticleId("council"), "", COUNCIL))


def kinds(sentence: str) -> set[str]:
    """What the gate finds in a sentence."""
    return {p.kind for one in check(sentence, [WITNESS.article]) for p in one.problems}


@pytest.mark.parametrize(
    "sentence",
    [
        "Кметът Рашо Демирев я нарече закъсняла.",
        "Рашо Демирев, кмет на Липарево, нарече наредбата закъсняла.",
        "Бившият председател на съвета Нева Кутева каза, че приходите ще отиват за зелени площи.",
        "Председателят на съвета Стоил Пашов не подкрепи наредбата.",
        "Директорът Стоил Пашов не подкрепи наредбата.",
        "Съветничката Нева Кутева каза, че приходите ще отиват за зелени площи.",
        "Управителката на пазара Нева Кутева брои колите.",
        "Министърът на туризма Добрин Хаджиев не изключи нови такси.",
        "Директорът на пазара Орлин Чукурлиев поиска отстъпка за работниците.",
    ],
)
def test_an_office_that_is_anothers_or_over_is_caught(sentence):
    """A former one as current, a current one as former, and one that somebody else holds."""
    assert kinds(sentence) & {"name", "unsupported"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Бившият кмет Рашо Демирев нарече наредбата закъсняла.",
        "Рашо Демирев, бивш кмет, нарече наредбата закъсняла.",
        "Нева Кутева, председател на съвета, каза, че приходите ще отиват за зелени площи.",
        "Председателката Нева Кутева каза, че приходите ще отиват за зелени площи.",
        "Стоил Пашов не подкрепи наредбата.",
        "Орлин Чукурлиев, директор на „Релса“, поиска отстъпка за работниците.",
        "Мими Зафирова записа 400 автомобила за ден.",
        "Управителката на пазара записа 400 автомобила за ден.",
        "НАП мълчи.",
        "Транспортният министър Добрин Хаджиев не изключи нови такси.",
        "Министърът на транспорта Хаджиев не изключва нови такси.",
    ],
)
def test_the_same_office_told_otherwise_passes(sentence):
    """Between commas, in the feminine, without the office or without the name."""
    assert kinds(sentence) == set()


def test_an_office_is_held_by_whom_it_stands_beside():
    """An article gives an office to one, and may give one that it does not name to anybody."""
    assert holds("Нева Кутева", "председател", WITNESS)
    assert not holds("Стоил Пашов", "председател", WITNESS)
    assert holds("Стоил Пашов", "кларнетист", WITNESS)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Перник", "Перник", True),
        ("липарево", "липаревски", True),
        ("костина", "костинчани", True),
        ("нева", "нево", True),
        ("челик", "челикоз", False),
        ("кутева", "кутевска", True),
        ("пашов", "пашалийски", False),
    ],
)
def test_a_name_keeps_its_stem_in_all_its_forms(one, other, told):
    """The adjective of a place is the place's, a longer name is another."""
    assert one_word(one, other) is told
    assert one_word(other, one) is told


def test_one_person_goes_by_either_name():
    """The given name beside the family name is one person, two family names are two."""
    assert one_person(["Нева"], ["Кутева"], WITNESS)
    assert not one_person(["Пашов"], ["Кутева"], WITNESS)


def test_letters_stand_for_an_institution_with_those_letters():
    """„НАП“ is short for a name with these initials and for no other."""
    long = "Националната асоциация на превозвачите"
    assert one_institution("НАП", long)
    assert one_institution(long, "НАП")
    assert not one_institution("НСИ", long)


def test_a_pronoun_means_one_of_its_sex_who_was_named_before():
    """„Тя“ after Мими Зафирова may be her, and neither Пашов nor one who is named far away."""
    at = next(n for n, one in enumerate(WITNESS.sentences) if one.text.startswith("Тя"))
    assert spoken_of(["Мими Зафирова"], "тя", WITNESS, at)
    assert not spoken_of(["Стоил Пашов"], "тя", WITNESS, at)
    assert not spoken_of(["Нева Кутева"], "тя", WITNESS, at)
    assert spoken_of(["Нева Кутева"], "председателят", WITNESS, at)


@settings(deadline=None)
@given(WORD, WORD)
def test_forms_are_mutual(one, other):
    """Whether two words are forms of one does not depend on the order."""
    assert one_word(one, other) == one_word(other, one)
    assert one_institution(one, other) == one_institution(other, one)


TOWN = """Автобус се обърна край Крива река. Шефът на полицията комисар Веселин Рупчев каза, че \
обирджиите са двама. Председателят на синдиката Петър Чакъров е недоволен. Треньорът на гостите \
Иван Шопов мълча. Колегата му Никифор Данчев обвини съдията. Кметът Лучия Гуиди обеща пари."""


@pytest.mark.parametrize(
    "sentence",
    [
        "Рупчев, началник на полицията, каза, че обирджиите са двама.",
        "Синдикалният лидер Чакъров е недоволен.",
        "Наставникът Данчев обвини съдията.",
        "Кметицата Гуиди обеща пари.",
        "46-годишният Чакъров е недоволен.",
    ],
)
def test_an_office_by_a_general_name_is_that_office(sentence):
    """A head by any word, a coach's colleague and a woman in office are what the source says."""
    witness = Witness(Article(ArticleId("town"), "", TOWN))
    said = Reading(sentence)
    found = best_support(said, [witness])
    assert found is not None
    case = beside(said, found, [witness])
    assert not case.faults["offices"]
    assert not case.faults["whose"]
