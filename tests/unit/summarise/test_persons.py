"""People of a summary are called as the articles call them."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness
from digest.summarise.persons import persons_of

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
