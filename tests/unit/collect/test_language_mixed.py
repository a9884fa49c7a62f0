"""Which language, and Cyrillic words with Latin letters in them."""

from __future__ import annotations

import pytest

from digest.collect.extract import extract
from digest.collect.language import detect, judge, repaired
from tests.adversarial.documents import BODY, NOW, page


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Cъветът пpие плaна", "Съветът прие плана"),
        ("кметът нa Пролoм", "кметът на Пролом"),
        ("Йордан от спортната зала", "Йордан от спортната зала"),
    ],
)
def test_latin_letters_in_cyrillic_words_are_mended(broken: str, whole: str) -> None:
    """The word is Cyrillic again and searchable."""
    assert repaired(broken)[0] == whole


@pytest.mark.parametrize(
    "text",
    ["COVID-19 и IT-специалисти", "BMW X5 на завоя", "https://vestnik.example.bg/новина", "Wi-Fi"],
)
def test_foreign_words_and_addresses_stay(text: str) -> None:
    """A brand is no broken word."""
    assert repaired(text) == (text, 0)


def test_mending_is_said_with_its_count() -> None:
    """An editor sees that the source's letters were mixed."""
    broken = BODY[0].replace("съвет", "cъвет").replace("плана", "плaна")

    article = extract(page(broken, *BODY[1:]).encode(), source="d", fetched_at=NOW)

    assert BODY[0] in article.text
    assert "Поправени са 2 думи с латински букви вместо кирилски." in article.warnings


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Кметът обеща нов водопровод до пролетта", "bg"),
        ("Выборы пройдут в марте, объявил глава города", "ru"),
        ("Мэр города объявил о ремонте водопровода", "ru"),
        ("Градоначелникот најави обнова на водоводот", "mk"),
        ("Председник општине најавио је обнову водовода", "sr"),
        ("Міський голова оголосив про ремонт водогону", "uk"),
    ],
)
def test_short_headlines_of_the_neighbours_are_told_apart(title: str, code: str) -> None:
    """By letters first."""
    assert detect(title, "", "bg") == code


def test_a_headline_of_shared_letters_leans_on_its_source() -> None:
    """„Новини за града“ could be anybody's."""
    assert detect("Новини за града", "", "bg") == "bg"


def test_certain_foreign_text_is_foreign_and_doubtful_is_not() -> None:
    """Refused above nine in ten only."""
    assert judge("Выборы пройдут в марте", "Об этом объявил мэр города. Подъезды закрыты.").foreign
    assert not judge("Нов план", "").foreign
