"""Numbers inside one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.compounds import compounds

PIECES = ["три", "двайсет", "дву", "годишна", "часов", "-", " ", "процентен", "удвои", "утро", "е"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("тригодишна", 3, "години"),
        ("двугодишният", 2, "години"),
        ("двегодишен", 2, "години"),
        ("едногодишното", 1, "години"),
        ("седемнадесетгодишният", 17, "години"),
        ("шестмесечен", 6, "месеца"),
        ("тримесечие", 3, "месеца"),
        ("четириседмична", 4, "седмици"),
        ("двудневен", 2, "дни"),
        ("шестчасова", 6, "ч."),
        ("двайсетминутно", 20, "мин"),
        ("петпроцентен", 5, "%"),
        ("десетметрова", 10, "м"),
        ("трикилометров", 3, "км"),
        ("двулитрова", 2, "л"),
        ("двойно", 2, "пъти"),
        ("удвоиха", 2, "пъти"),
        ("двукратния", 2, "пъти"),
        ("утроява", 3, "пъти"),
        ("учетвори", 4, "пъти"),
        ("полугодие", 6, "месеца"),
        ("десетилетието", 10, "години"),
    ],
)
def test_a_word_may_hold_a_number_and_its_unit(text, value, unit):
    """The longest number word is read, and the span is the whole word."""
    line = f"за {text} работа"
    assert list(compounds(line)) == [(value, unit, 3, 3 + len(text))]


@pytest.mark.parametrize(
    "text", ["утро", "утрото", "утробата", "тримата", "дневник", "минута", "шестима", "двор"]
)
def test_a_word_that_only_begins_so_holds_none(text):
    """Morning is not threefold, and a diary counts no days."""
    assert list(compounds(text)) == []


def test_several_periods_are_not_one():
    """How many decades there are is told by the word before, so the plural has no value."""
    assert list(compounds("две десетилетия")) == []


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_spans_hold_letters_of_the_text(text):
    """Whatever the text, a span is a stretch of it without a space."""
    for value, unit, start, end in compounds(text):
        assert value > 0
        assert unit
        assert 0 <= start < end <= len(text)
        assert " " not in text[start:end]
