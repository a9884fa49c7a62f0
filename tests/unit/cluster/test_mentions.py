"""Figures, hours and days that a text gives, each with its place and how it is meant."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.mentions import Mention, content, mentions, sentences
from tests.unit.cluster.newsroom import FIRE, article


def of(text: str) -> list[Mention]:
    return list(mentions(article("m", "Новина", text)))


@pytest.mark.parametrize(
    ("text", "fact", "value", "said"),
    [
        ("Загинаха трима души.", "загинали", 3, "exactly"),
        ("Загинаха над 10 души.", "загинали", 10, "at-least"),
        ("Ранени са най-много 20 души.", "ранени", 20, "at-most"),
        ("Ранени са около сто души.", "ранени", 100, "about"),
        ("Издирват се 5 души в неизвестност.", "изчезнали", 5, "exactly"),
        ("Мачът започва в 18:30 часа.", "час", None, "exactly"),
        ("Мостът отваря на 14 март.", "дата", 314, "exactly"),
        ("Инфлацията достигна 3,4%.", "%", None, "exactly"),
    ],
)  # fmt: skip
def test_a_figure_says_what_it_counts_and_how_it_is_meant(text, fact, value, said):
    """Tolls by their kind, measures by their unit, days as month and day."""
    (found,) = of(text)

    assert (found.fact, found.said) == (fact, said)
    assert value is None or found.value == value
    assert found.toll == (fact in {"загинали", "ранени", "изчезнали"})


@pytest.mark.parametrize(
    "text",
    [
        "Чл. 50 отпада.",
        "Кметът спази ал. 2 от закона.",
        "Наредба № 3 влиза в сила.",
        "Няма числа.",
        "",
    ],
)
def test_a_number_that_is_a_name_is_no_figure(text):
    """Articles of law, numbered acts, and texts without any number."""
    assert of(text) == []


def test_a_lost_match_is_no_toll():
    """„Загуби“ ends as „уби“, and what holds up is not held."""
    texts = ("Отборът загуби с 3 гола.", "Цените се задържат 9 седмици.", "Взривът уби 3 души.")

    assert [any(one.toll for one in of(text)) for text in texts] == [False, False, True]


def test_the_digits_tell_how_exactly_a_figure_was_written():
    """„1,2 млн.“ has two, „1 230 000“ three, a single figure one."""
    texts = ("Струва 1,2 млн. лв.", "Струва 1 230 000 лв.", "Струва 9 лв.")

    assert [of(text)[0].digits for text in texts] == [2, 3, 1]


def test_a_figure_knows_its_sentence():
    """The words around it are those of that sentence alone."""
    found = of(FIRE)
    hurt = next(one for one in found if one.fact == "ранени")

    assert FIRE[slice(*hurt.sentence)].startswith("При гасенето")
    assert hurt.around <= content(FIRE)
    assert hurt.around.isdisjoint(content("Пожар избухна в склад за текстил"))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="аБ1 2.,!?\n„“%лв№ –", max_size=200))
def test_figures_stand_where_they_say(text):
    """In reading order, inside their sentence, inside the text."""
    found = of(text)

    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        first, last = one.sentence
        assert 0 <= first <= one.start < one.end <= last <= len(text)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="аБ1 .!?\n„“–", max_size=200))
def test_sentences_do_not_overlap(text):
    """Each begins where the one before ended, or after the space between."""
    found = list(sentences(text))

    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(0 <= start < end <= len(text) for start, end in found)
