"""Which words are denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.negation import denied, denies, doubted, is_denial, negative


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Мостът не е затворен.", ("затворен",)),
        ("Мостът няма да бъде затворен.", ("затворен",)),
        ("Пострадали няма.", ("пострадали",)),
        ("Няма ранени пътници.", ("ранени", "пътници")),
        ("Фирмата работи без разрешение.", ("разрешение",)),
        ("без да плати глобата", ("плати", "глобата")),
        ("Той отказа да плати.", ("плати",)),
        ("Той не отказа да плати.", ("отказа",)),
        ("Той не успя да спре.", ("успя", "спре")),
        ("Той отрече да е взел парите.", ("взел", "парите")),
        ("Никой не е освободен.", ("освободен",)),
        ("Не може да не дойде.", ()),
        ("Не само той протестира.", ()),
        ("Мостът беше затворен.", ()),
        ("Решение още не е взето.", ("взето", "решение")),
    ],
)
def test_the_words_that_are_denied_are_named(text, words):
    """Negators, refusals and «без» reach the word they govern; two of them cancel out."""
    assert set(denied(text)) == set(words)


@pytest.mark.parametrize("text", ["Хлябът липсва.", "Опитът беше неуспешен.", "Мостът не падна."])
def test_a_text_may_be_negative_in_many_ways(text):
    """A word may be negative in itself."""
    assert denies(text)


@pytest.mark.parametrize("text", ["Според съда мостът падна.", "Неделята беше слънчева."])
def test_words_that_only_look_negative_are_not(text):
    """«Според» is no «спор», «неделя» no «не»."""
    assert not denies(text)
    assert not negative(text)


def test_a_denial_is_told_from_its_own_denial():
    """Who does not deny a thing denies nothing."""
    assert is_denial("Кметът отрече слуховете.")
    assert is_denial("Кметът отхвърли обвиненията")
    assert not is_denial("Кметът не отрече слуховете.")


def test_not_to_think_is_to_doubt_what_follows():
    """«Не смята, че» denies the clause after it, «не каза, че» does not."""
    assert doubted("Кметът не смята")
    assert not doubted("Кметът не каза")


@given(st.text(alphabet='абвеилнотщъя .,;:–-„“"\n', max_size=120))
def test_denied_words_are_words_of_the_text(text):
    """What is denied stands in the text, whatever it is."""
    assert all(word in text.lower() for word in denied(text))
