"""What a sentence can do without goes, and its claim stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise.candidates import less
from digest.summarise.compress import cuts


def shortened(text: str) -> str:
    return less(text, 0, len(text), cuts(text, 0, len(text)))


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        (
            "Мостът ще бъде готов през май, заяви кметът Живко Радоев, цитиран от БТА.",
            "Мостът ще бъде готов през май, заяви кметът Живко Радоев.",
        ),
        (
            "Според Радоев мостът ще бъде готов през май, предаде БГНЕС.",
            "Според Радоев мостът ще бъде готов през май.",
        ),
        (
            "Световната здравна организация (СЗО) препоръча втора доза.",
            "Световната здравна организация препоръча втора доза.",
        ),
        (
            "Заводът на „Белица Мотор“ (Belica Motor) спира за месец.",
            "Заводът на „Белица Мотор“ спира за месец.",
        ),
        (
            "Мостът, както вече съобщихме, е затворен от понеделник.",
            "Мостът е затворен от понеделник.",
        ),
        (
            "Мостът е готов, заяви Радоев, цитиран от БТА, като добави, че остава пътят.",
            "Мостът е готов, заяви Радоев, като добави, че остава пътят.",
        ),
        (
            "Президентът заяви, че не подкрепя закона, съобщи БТА, и го върна.",
            "Президентът заяви, че не подкрепя закона, и го върна.",
        ),
        (
            "Мостът, който е от 1970 година, както вече съобщихме, няма да бъде отворен.",
            "Мостът, който е от 1970 година, няма да бъде отворен.",
        ),
        (
            "Радоев каза, че мостът, както вече съобщихме, е опасен.",
            "Радоев каза, че мостът е опасен.",
        ),
        (
            "Ремонтът струва 300 000 евро (около 586 749 лева) с данъка.",
            "Ремонтът струва 300 000 евро с данъка.",
        ),
    ],
)
def test_what_is_said_twice_goes(whole, short):
    """A second attribution, a short name after the long one, a reminder, a sum in another coin."""
    assert shortened(whole) == short


@pytest.mark.parametrize(
    "whole",
    [
        "Трима души загинаха при пожара, съобщи БТА.",
        "Сумата е с 12 милиона над първоначално обявената, съобщава БТА.",
        "Депутатът Иво Тонев (БСП) гласува против.",
        "Директорът (бивш заместник-кмет) подаде оставка.",
        "Мостът (не пътят) ще бъде затворен.",
        "Колата (вероятно открадната) е намерена край Белица.",
        "Самолетът кацна в Акаба (Йордания) снощи.",
        "Парите ще бъдат преведени, освен ако съдът спре процедурата, предаде БТА.",
        "Цената е 12 000 евро (без ДДС) за брой.",
        "Глобата е до 5000 евро (при повторно нарушение).",
        "Мачът завърши 2:1 (1:0) за „Вихър“.",
    ],
)
def test_what_carries_a_claim_stays(whole):
    """The only attribution, a party, a former office, a doubt, a negation and a place stay."""
    assert cuts(whole, 0, len(whole)) == ()


@given(st.text(alphabet="абвАБВ (),.БТАцитиранот ", max_size=120))
def test_cuts_lie_apart_and_inside_the_sentence(text):
    """Whatever the text, the stretches ascend, do not touch one another and stay inside."""
    at = 0
    for start, end in cuts(text, 0, len(text)):
        assert at <= start < end <= len(text)
        at = end
