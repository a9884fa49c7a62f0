"""Bare figures beside the source that says what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading
from digest.summarise.faithful import check, passes
from digest.summarise.understood import understood

SOURCE = "52-годишният шофьор дойде в 2,30 ч. и в 15 ч. с 5 млн. евро и 7 хиляди. Вратите са 9."


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("Шофьорът, който е на 52, дойде.", "52", "години"),
        ("Шофьорът Друмев, на 52, дойде.", "52", "години"),
        ("Дойде в два и половина през нощта.", "2.30", "ч."),
        ("Дойде в 3 следобед.", "15", "ч."),
        ("Дадени са 14 млн. евро, от които пет днес.", "5000000", "€"),
        ("Платени са седем от десетте хиляди.", "7", ""),
        ("Спря на 9.", "9", ""),
        ("Спря на 53.", "53", ""),
    ],
)
def test_a_bare_figure_is_what_the_source_has_by_it(sentence, value, unit):
    """An age, an hour and a scale are read where the source has that figure, and only there."""
    there = Reading(SOURCE).numbers
    found = understood(Reading(sentence), there)
    assert (f"{float(value):g}", unit) in {(f"{float(n.value):g}", n.unit) for n in found}


@pytest.mark.parametrize("unit", ["сутринта", "часа", "минути", "години", "дни", "%", "евро", "см"])
def test_any_number_of_digits_is_asked_without_a_fault(unit):
    """A run of digits is no figure, and the gate says so."""
    article = Article(ArticleId("digits"), "", f"Там са {'8' * 60} {unit} и {'7' * 60} {unit}.")
    assert not passes(check(f"Малко след {'9' * 60} {unit} общо.", [article]))


@given(st.text(alphabet="на в 0123456789,.млн през нощта", max_size=50))
def test_any_sentence_keeps_its_figures(text):
    """Only unit and value may be filled in; nothing is added or lost."""
    said = Reading(text)
    found = understood(said, Reading(SOURCE).numbers)
    assert [(n.start, n.end) for n in found] == [(n.start, n.end) for n in said.numbers]
