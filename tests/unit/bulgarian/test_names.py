"""Where a name begins and ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.names import names, subjects


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("В „Паисий“ подредиха изложба.", ["Паисий"]),
        ("В Гребенец вали от сутринта.", ["Гребенец"]),
        ("В\u00a0Гребенец вали от сутринта.", ["Гребенец"]),
        ("С Мира Кацарова се простиха в събота.", ["Мира Кацарова"]),
        ("У нас дойде Стамен Върлев.", ["Стамен Върлев"]),
        ("И Катина Буюклийска се отказа.", ["Катина Буюклийска"]),
        ("А. Върлев се отказа.", ["А. Върлев"]),
        ("Пред К. Върлев чакаха стотина души.", ["К. Върлев"]),
    ],
)
def test_a_letter_is_a_name_only_as_an_initial(text, found):
    """„В“ that opens a sentence is a preposition, „К.“ with its stop is an initial."""
    assert [name for name, _, _ in names(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Каналиев отказа да коментира.", ["Каналиев"]),
        ("Петров не дойде, а Ковачева се извини.", ["Петров", "Ковачева"]),
        ("Рибаров ще съди общината.", ["Рибаров"]),
        ("Газов котел избухна в мазе.", []),
        ("Оранжев код обявиха за утре.", []),
        ("Готов е мостът, остров няма.", []),
        ("Нова реши всичко.", []),
        ("Остров се появи в язовира.", []),
    ],
)
def test_a_family_name_opens_a_sentence_before_its_verb(text, found):
    """Though the dictionary has it; an adjective of that form has its noun there, or an article."""
    assert [name for name, _, _ in names(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Синоптичката Гавазова предвижда дъжд.", ["Гавазова"]),
        ("Заместник-кметицата Стоилова отказа.", ["Стоилова"]),
        ("Бразилецът Рамао вкара два гола.", ["Рамао"]),
        ("Подсъдимите Ван Дейк и Светиев ще плащат.", ["Ван Дейк", "Светиев"]),
        ("Един-единствен генератор дава ток.", []),
        ("Анна-Мария Петрова отказа.", ["Анна-Мария Петрова"]),
        ("Санкт-Петербург е далеч.", ["Санкт-Петербург"]),
    ],
)
def test_a_role_that_opens_a_sentence_is_no_part_of_the_name(text, found):
    """No name has the article, and a word of two ordinary ones is ordinary."""
    assert [name for name, _, _ in names(text)] == found


def test_what_two_texts_speak_of_may_be_no_name():
    """A regulator with its article is no name, and is what both texts are about."""
    text = "Регулаторът предлага 3,2%. Министърът мълча, а Иван Петров дойде."
    assert [name for name, _, _ in names(text)] == ["Иван Петров"]
    assert subjects(text) == ["Иван Петров", "Регулаторът"]


@settings(deadline=None)  # the first word loads the dictionary
@given(st.text(alphabet="ВСКб. \u00a0„“\nАя", max_size=40))
def test_names_stand_where_they_say(text):
    """Any text gives names that are stretches of it, in order, none within another."""
    found = names(text)
    assert all(text[start:end] == name for name, start, end in found)
    assert all(one[2] <= other[1] for one, other in pairwise(found))
