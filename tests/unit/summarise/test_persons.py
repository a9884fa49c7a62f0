"""People of a summary are called as the articles call them."""

from __future__ import annotations

from itertools import permutations

import pytest

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness
from digest.summarise.faithful import check
from digest.summarise.persons import persons_of
from digest.summarise.slots import _share

TEXT = """„Таксите падат“, каза директорът на банката Крум Видинов. Икономистът Асен Върлев не вярва.

Бившият кмет на Белодол Мария Колева поиска проверка. Вратарят на „Морянци“ Калин Русчев мълча, а \
спасителят Мурат Челикоз и Елена Колева си тръгнаха. Кметът Яна Стоева отсъстваше."""
WITNESS = Witness(Article(ArticleId("a"), "Банката намалява таксите", TEXT))


def told(sentence: str) -> list[str]:
    return [problem.expected for problem in persons_of(Reading(sentence), [WITNESS])]


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("Според Асен Видинов таксите падат.", "Крум Видинов"),
        ("Спасителят Мурат Челик си тръгна.", "Мурат Челикоз"),
        ("Директорът Асен Върлев не вярва.", "директорът на банката Крум Видинов"),
        ("Бившият директор Крум Видинов говори.", "директорът на банката Крум Видинов"),
        ("Мълча вратарят на „Орловец“ Калин Русчев.", "Вратарят на „Морянци“ Калин Русчев"),
        ("Ива Колева поиска проверка.", "Мария Колева, Елена Колева"),
    ],
)
def test_another_name_or_office_is_a_fault_that_says_whose(sentence, instead):
    """The source's own words stand beside it."""
    assert told(sentence) == [instead]


@pytest.mark.parametrize(
    "sentence",
    [
        "Според К. Видинов таксите падат.",
        "Банкерът Видинов и Върлев спориха.",
        "Бившата кметица Мария Колева поиска проверка.",
        "Вратарят на „Морянци“ Русчев и вратарят Калин Русчев са един.",
        "Треньорът Калин Русчев мълча.",
        "Непознатият Пламен Дочев дойде.",
    ],
)
def test_other_forms_of_the_same_person_pass(sentence):
    """Initials, family names, a shorter office, and what the source has nobody else for."""
    assert told(sentence) == []


SPOKEN = """Иван Петров каза, че мостът ще бъде готов през май. Ремонтът е скъп, смята Мария Колева.

Според Димо Янев парите не стигат за булеварда. Той добави, че общината ще търси нов заем."""
SPEECH = Article(ArticleId("s"), "Мостът ще бъде готов", SPOKEN)


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("Според Мария Колева мостът ще бъде готов през май.", "Иван Петров"),
        ("Ремонтът е скъп, смята Димо Янев.", "Мария Колева"),
        ("Иван Петров каза, че парите не стигат за булеварда.", "Димо Янев"),
        ("Мария Колева добави, че общината ще търси нов заем.", "Димо Янев"),
    ],
)
def test_what_one_says_is_not_anothers(sentence, instead):
    """Told in other words and without quotation marks, by name or „той“."""
    (one,) = check(sentence, [SPEECH])
    assert instead in {p.expected for p in one.problems if p.kind == "name"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Мостът ще бъде готов през май, каза Петров.",
        "Според Колева ремонтът е скъп.",
        "Янев каза, че общината ще търси нов заем.",
        "Парите не стигат за булеварда.",
    ],
)
def test_what_one_says_may_be_told_otherwise(sentence):
    """With another verb, the family name alone, or as the sentence before has him."""
    (one,) = check(sentence, [SPEECH])
    assert not [p for p in one.problems if p.kind == "name"]


def test_the_order_of_words_does_not_decide_at_a_threshold():
    """Shares are summed without rounding by the way: a set has another order in every run."""
    place = Reading("Мостът, училището, болницата и булевардът са нови.")
    ideas = sorted(place.ideas)[:4]
    weights = dict(zip(ideas, (0.1, 0.2, 0.3, 0.7), strict=True)) | {"друго": 0.6}
    shares = {_share(dict(order), place) for order in permutations(weights.items())}
    assert len(shares) == 1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Кметицата Силвия Войникова даде план. Съветът на Грамадня отказа. Кметът ѝ Нено "
            "Баничков мълча.",
            "Кметът Нено Баничков мълча.",
        ),
        (
            "Кметът на Тиха река Тасо Керезов иска вода. Предшественикът му Атанас Бинев мълча.",
            "Бившият кмет Атанас Бинев мълча.",
        ),
    ],
)
def test_an_office_that_is_only_pointed_to_is_held(source, sentence):
    """«Кметът ѝ» and «предшественикът му» hold the office of which the text has told."""
    witness = Witness(Article(ArticleId("his"), "", source))
    assert persons_of(Reading(sentence), [witness]) == []
