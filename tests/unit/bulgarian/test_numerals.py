"""Number words, sums, bounds, what is counted, and periods."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.bounds import bound
from digest.bulgarian.days import days
from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import numbers
from digest.bulgarian.quantities import counted

WORDS = word_set(
    """пет двайсет сто двеста хиляда хиляди милион милиона и половина половин от до над 3 1,2
    200-300 15 лв. ст. 20 % на сто XXI век втори двайсети девет часа минути десетина юни е нула
    една трета 18:45 - души . ,"""
)
SAYING = st.lists(st.sampled_from(sorted(WORDS)), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("15 лв. и 20 ст.", "15.2", "лв."),
        ("15 евро и 20 цента", "15.2", "€"),
        ("две хиляди и петстотин", "2500", ""),
        ("хиляда и двеста", "1200", ""),
        ("два милиона и триста хиляди лева", "2300000", "лв."),
        ("1 млн. и 200 хил. лв.", "1200000", "лв."),
        ("деветстотин деветдесет и девет хиляди", "999000", ""),
        ("трийсет и един души", "31", "души"),
        ("петстотин и една", "501", ""),
        ("три милиона и половина", "3500000", ""),
        ("половин милиард лева", "500000000", "лв."),
        ("двете", "2", ""),
        ("петимата", "5", ""),
        ("двайсетте", "20", ""),
        ("30-ина души", "30", "души"),
        ("80-те години", "80", "-ти"),
        ("в 9,30 ч.", "9.3", "ч."),
        ("в 18 часа и 45 минути", "18.45", "ч."),
        ("в девет и половина", "9.3", "ч."),
        ("към 9 и половина", "9.3", "ч."),
        ("в 9 и половина процента", "9.5", "%"),
        ("5 и половина", "5.5", ""),
        ("2 и половина милиона лева", "2500000", "лв."),
        ("шестдесет и пет на сто", "65", "%"),
        ("милион и двеста хиляди", "1200000", ""),
        ("милионът и двеста хиляди евро", "1200000", "€"),
        ("милиард лева", "1000000000", "лв."),
        ("четвърт милион паунда", "250000", ""),
        ("2-ма", "2", "души"),
        ("5-имата", "5", "души"),
        ("7-мина", "7", "души"),
        ("20-тонен", "20", "т"),
        ("година и шест месеца", "18", "месеца"),
        ("две години и три месеца", "27", "месеца"),
        ("час и двайсет минути", "1.2", "ч."),
        ("15 евроцента", "15", "ст."),
        ("10-процентна", "10", "%"),
        ("30-километров", "30", "км"),
        ("6-часово", "6", "ч."),
        ("8-седмичен", "8", "седмици"),
        ("три десетилетия", "3", "десетилетия"),
        ("два века", "2", "века"),
        ("2 месеца по-рано", "2", "месеца"),
        ("1 седмица по-рано", "1", "седмици"),
        ("164 седмица по-рано", "164", ""),
    ],
)
def test_what_belongs_together_is_one_number(text, value, unit):
    """Thousands with hundreds, levs with stotinki and hours with minutes have one value."""
    (number,) = numbers(text)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("година и половина", "1.5", "години"),
        ("час и половина", "1.5", "ч."),
        ("половин месец", "0.5", "месеца"),
        ("3 години и половина", "3.5", "години"),
        ("две седмици и половина", "2.5", "седмици"),
        ("3 часа и половина", "3.5", "ч."),
        ("в 9 часа и половина", "9.3", "ч."),
        ("12 тона и половина", "12.5", "т"),
        ("5 денонощия", "5", "дни"),
        ("30 см", "30", "см"),
        ("30 сантиметра", "30", "см"),
        ("4 милиметра", "4", "мм"),
        ("12 мегавата", "12", "MW"),
        ("12 мегаватчаса", "12", "MWh"),
        ("7 киловатчаса", "7", "kWh"),
        ("6 хектара", "6", "ха"),
        ("6 дка", "6", "дка"),
        ("40 кв. м", "40", "кв.м"),
        ("9 кубика", "9", "куб.м"),
        ("два пъти", "2", "пъти"),
        ("четвърта част от", "0.25", "част"),
        ("четири пети", "0.8", "част"),
        ("половината", "0.5", "част"),
    ],
)
def test_a_half_may_follow_the_unit_and_units_are_told_apart(text, value, unit):
    """«Две седмици и половина» is one number, and a megawatt is no megawatt-hour."""
    (number,) = numbers(text)
    assert (number.value, number.unit) == (Decimal(value), unit)
    assert text[number.start : number.end] in {text, text[2:], text.removesuffix(" от")}


@pytest.mark.parametrize(
    "text", ["2 години и половината от третата", "2025 г. и половина", "3 харесвания"]
)
def test_no_half_and_no_unit_where_none_is(text):
    """«Половината» begins something else, a year has no half, and a like is no hectare."""
    assert numbers(text)[0].value % 1 == 0
    assert numbers(text)[0].unit != "ха"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("трети", 3),
        ("3-ти", 3),
        ("деветдесет и вторият", 92),
        ("сто и двайсета", 120),
        ("двайсетият", 20),
        ("XXI век", 21),
        ("ХIХ век", 19),
        ("II място", 2),
    ],
)
def test_ordinals_are_numbers_when_asked_for(text, value):
    """In words, digits with an ending and Roman letters, and never a cardinal in their place."""
    (number,) = numbers(text, ordinals=True)
    assert (number.value, number.unit) == (value, "-ти")
    assert [n.unit for n in numbers(text)] in ([], ["-ти"])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("200-300 души", [200, 300]),
        ("от 5 до 7 на сто", [5, 7]),
        ("двама-трима", [2, 3]),
        ("12 загинали и 20 ранени", [12, 20]),
        ("5 лв. и 20 души", [5, 20]),
        ("два часа и 90 минути", [2, 90]),
        ("Наполеон III и VIII глава", []),
        ("1 млн. и милион", [1_000_000, 1_000_000]),
        ("стотици милиони", []),
        ("нула и половина", [0]),
    ],
)
def test_what_stands_apart_stays_apart(text, values):
    """Two ends of a range and two things counted are two numbers."""
    assert [n.value for n in numbers(text, ordinals=True)] == values


@pytest.mark.parametrize(
    "text", ["в {} и половина", "{} години и три месеца", "{} часа и 20 минути", "{} лв. и 20 ст."]
)
@pytest.mark.parametrize("digits", [40, 400, 4000])
def test_a_number_beyond_all_figures_is_read_as_well(text, digits):
    """Forty digits and a half are rounded, not refused."""
    assert numbers(text.format("9" * digits))[0].value >= 10**39


def test_a_round_word_is_a_number_only_when_asked_for():
    """«Десетина» is no exact count."""
    assert numbers("десетина души") == []
    (number,) = numbers("двайсетина души", about=True)
    assert (number.value, number.unit) == (20, "души")


@given(SAYING, st.booleans(), st.booleans(), st.booleans())
def test_numbers_lie_apart_in_any_saying(text, ones, ordinals, about):
    """Whatever words stand side by side, spans are ordered, apart and inside the text."""
    found = numbers(text, ones=ones, ordinals=ordinals, about=about)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("над 1000 души", "above"),
        ("повече от 1000", "above"),
        ("не по-малко от 40", "above"),
        ("поне 12 ранени", "above"),
        ("100 и повече", "above"),
        ("под 30", "below"),
        ("до 30", "below"),
        ("не повече от 40", "below"),
        ("не над 40", "below"),
        ("най-много двама", "below"),
        ("50 или по-малко", "below"),
        ("близо 200", "about"),
        ("приблизително 3,4%", "about"),
        ("десетина", "about"),
        ("30-ина души", "about"),
        ("близо стотина", "about"),
        ("от 5 до 7", "exactly"),
        ("200 души", "exactly"),
        ("надолу 5", "exactly"),
    ],
)
def test_a_number_is_meant_as_its_words_say(text, said):
    """Above, below, about, or just so; the end of a range is exact."""
    last = numbers(text, about=True)[-1]
    assert bound(text, last.start, last.end) == said


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("има 12 ранени при взрива", "ранени"),
        ("за пътищата са отделени 5 млн.", "отделени"),
        ("3 от селата, общо 40", "селата"),
        ("изгоряха 5 спрямо 7 преди година", "изгоряха"),
        ("отпаднаха 300 заради бурята", "отпаднаха"),
        ("записани са 40 според общината", "записани"),
        ("40 срещу 30 лани", ""),
        ("12 кофи и 3 лопати", "кофи"),
        ("7", ""),
    ],
)
def test_a_number_counts_the_word_beside_it(text, thing):
    """After it in its clause, else before it; never what it is compared with."""
    first = numbers(text)[0]
    assert counted(text, first.start, first.end) == thing


@pytest.mark.parametrize(
    "text",
    ["от 3 до 5 юни", "3–5 юни 2026 г.", "между 3 и 5 юни", "на 3 и 5 юни", "3-ти и 5-ти юни"],
)
def test_a_period_has_two_days(text):
    """The first day takes the month of the last."""
    assert [(d.day, d.month) for d in days(text)] == [(3, 6), (5, 6)]


@pytest.mark.parametrize("text", ["3 на 5 юни", "1,3 и 5 юни", "12 и 5 юни", "т. 0 и 5 юни"])
def test_a_number_before_a_date_is_no_day(text):
    """Only what can be the beginning of the period is a day."""
    assert [(d.day, d.month) for d in days(text)] == [(5, 6)]
