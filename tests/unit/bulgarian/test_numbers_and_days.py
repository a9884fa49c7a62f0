"""Numbers, days and names found in a text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.bulgarian.days import days, resolved
from digest.bulgarian.names import names
from digest.bulgarian.numbers import numbers
from digest.bulgarian.quotation import inside_open, quotations


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2 човека", "2", "души"),
        ("двама души", "2", "души"),
        ("1 234,5 лв.", "1234.5", "лв."),
        ("2,7 млн. евро", "2700000", "€"),
        ("1 200 000", "1200000", ""),
        ("1.200.000 лв", "1200000", "лв."),
        ("-3 градуса", "-3", "°"),
        ("минус 5°", "-5", "°"),
        ("3,4%", "3.4", "%"),
        ("5 на сто", "5", "%"),
        ("двайсет и пет деца", "25", ""),
        ("сто двадесет и трима", "123", ""),
        ("две хиляди", "2000", ""),
        ("един милион лева", "1000000", "лв."),
        ("през 2025 г.", "2025", "г."),
        ("21-ви", "21", "-ти"),
        ("0,5 процентни пункта", "0.5", "п.п."),
        ("в 16:45 часа", "16.45", "ч."),
        ("€200", "200", "€"),
    ],
)
def test_numbers_are_read_with_scale_and_unit(text, value, unit):
    """Digits and words give one value and one unit."""
    (number,) = numbers(text)
    assert (number.value, number.unit) == (Decimal(value), unit)


def test_an_article_and_a_name_are_not_numbers():
    """«Един» and COVID-19 stay out; «втори» comes when asked for."""
    assert numbers("Един министър говори за COVID-19 и втори мандат.") == []
    assert numbers("втори мандат", ordinals=True)[0].value == 2


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_digits_keep_their_value(n):
    """A number with spaces between thousands reads as written."""
    grouped = f"{n:,}".replace(",", "\u00a0")
    (number,) = numbers(f"общо {grouped} лв.")
    assert number.value == n


@given(st.text(max_size=80) | st.text(alphabet="0124.,:- ½²٣ачг%", max_size=12))
@example("22.1:15")
@example("0,4:40%")
def test_number_spans_lie_inside_the_text(text):
    """Any text gives spans in order and inside it, a fraction before „:15“ too."""
    found = numbers(text, ordinals=True, about=True)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert [n.start for n in found] == sorted(n.start for n in found)


def test_days_resolve_against_the_articles_date():
    """«Вчера» and a weekday mean a day only beside the day of the article."""
    base = date(2026, 11, 20)
    yesterday, written, friday = days("Вчера, на 21 ноември 2026 г., в петък")
    assert resolved(yesterday, base) == {(19, 11)}
    assert resolved(yesterday, None) == set()
    assert resolved(written, None) == {(21, 11)}
    assert (20, 11) in resolved(friday, base)


def test_days_in_digits_and_short_months():
    """24.05.2025 and «3 февр.» are days; 45.99.2025 is none."""
    assert [
        (d.day, d.month, d.year) for d in days("на 24.05.2025 г. и 3 февр., не 45.99.2025")
    ] == [
        (24, 5, 2025),
        (3, 2, None),
    ]


def test_names_are_runs_of_capitals():
    """Runs join, particles stay inside, ordinary openings fall away."""
    text = (
        "Президентът Румен Радев и Урсула фон дер Лайен се срещнаха в София. Радев каза, че НСИ "
        "греши. Вчера „Лукойл“ спря. Си Дзинпин и Дж. Байдън не дойдоха."
    )
    found = [n for n, _, _ in names(text)]
    assert found == [
        "Румен Радев", "Урсула фон дер Лайен", "София", "Радев", "НСИ", "Лукойл", "Си Дзинпин",
        "Дж. Байдън",
    ]  # fmt: skip
    assert all(text[a:b] == n for n, a, b in names(text))


@given(st.text(alphabet="АБвгд. \n„“-Ce1", max_size=60))
def test_names_never_fail(text):
    """Any text gives names that stand where they say."""
    assert all(text[a:b] == n for n, a, b in names(text))


def test_a_quotation_knows_its_speaker():
    """The speaker is found after the quotation, before it, or not at all."""
    after = "„Ще има избори през март“, каза премиерът Иван Петров."
    before = "Министърът на финансите Асен Василев заяви: „Бюджетът е готов и няма да се промени“."
    assert quotations(after)[0].speaker == "Иван Петров"
    assert quotations(before)[0].speaker == "Асен Василев"
    assert quotations("Текст. „Нещо тук е казано“. Друго.")[0].speaker == ""
    assert quotations("фирмата „Лукойл“ работи") == []


def test_half_a_quotation_is_seen():
    """A text that ends or begins inside a quotation says so."""
    assert inside_open("каза: „Ще дойда.")
    assert inside_open("Ще видим“, каза той.")
    assert not inside_open("„Ще дойда“, каза „той“.")
