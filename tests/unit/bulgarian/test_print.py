"""Typography, counted nouns, dates and slugs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.dates import date_in_words, day_month
from digest.bulgarian.slug import slug
from digest.bulgarian.typography import count, many, tidy
from digest.bulgarian.words import lemma, lemmas, words


@pytest.mark.parametrize(
    ("rough", "fine"),
    [
        ('Каза "да" - и тръгна...', "Каза „да“ – и тръгна…"),
        ("«Вън „вътре“ вън»", "„Вън ‚вътре‘ вън“"),
        ("през 2025г. и в 9 ч.", "през 2025\u00a0г. и в 9\u00a0ч."),
        ("5 лв. и 3€, 3,4% и 3 %", "5\u00a0лв. и 3\u00a0€, 3,4% и 3\u00a0%"),
        ("№5 на А. Стъб", "№\u00a05 на А.\u00a0Стъб"),
        ("20\u202fноември", "20\u00a0ноември"),
        ("на 11 юни и на 3-ти март 2026г.", "на 11\u00a0юни и на 3-ти\u00a0март 2026\u00a0г."),
        ("38 000 домове, 1 200 000 души", "38\u00a0000 домове, 1\u00a0200\u00a0000 души"),
        ("през 2020 250 души и 12 34 567", "през 2020 250 души и 12 34\u00a0567"),
        ("от 3 до 5 юни, 100 юнаци", "от 3 до 5\u00a0юни, 100 юнаци"),
        ("А. Б. Ценов и Г.Д.Петров", "А.\u00a0Б.\u00a0Ценов и Г.Д.Петров"),
        ('"Вън "вътре" вън"', "„Вън ‚вътре‘ вън“"),
        ("каза: „Вестник „Пример““.", "каза: „Вестник ‚Пример‘“."),
        ("„Вън ‚вътре‘ вън“", "„Вън ‚вътре‘ вън“"),
        ("Щабът смята , че „рано е“ , и чака .", "Щабът смята, че „рано е“, и чака."),
        ("Защо ? Ето ( накратко ) .", "Защо? Ето (накратко)."),
        ("мляко,сирене и 1,5 л.Край", "мляко, сирене и 1,5 л.Край"),
        ("Решиха.Следва обжалване.", "Решиха. Следва обжалване."),
        ("Резултатът е 2 : 1, файл .txt", "Резултатът е 2 : 1, файл .txt"),
        ("виж example.bg,а после .NET", "виж example.bg,а после .NET"),
    ],
)
def test_text_is_set_by_the_house_rules(rough, fine):
    """Quotes, dashes, stops and no-break spaces come out as the house prints them."""
    assert tidy(rough) == fine


@given(st.text(alphabet=' \u00a0\u202f\u2009„“”"«»–—-.АБвг59г.ч.%€№лвюниА. ,;!?()', max_size=60))
def test_tidying_twice_changes_nothing(text):
    """The result is a fixed point and holds no narrow space."""
    once = tidy(text)
    assert tidy(once) == once
    assert "\u202f" not in once


def test_nouns_follow_their_number():
    """1 is singular, 21 is counted, «много» takes the plural."""
    assert [count(n, "източник") for n in (1, 2, 21)] == [
        "1 източник",
        "2 източника",
        "21 източника",
    ]
    assert many("източник") == "източници"
    assert count(5, "човек") == "5 души"
    assert count(2, "брой") == "2 броя"
    assert count(3, "държава") == "3 държави"


def test_dates_are_words_with_no_break_spaces():
    """A date holds U+00A0 and never U+202F."""
    assert date_in_words(date(2026, 11, 20)) == "петък, 20\u00a0ноември 2026\u00a0г."
    assert day_month(date(2026, 3, 1)) == "1\u00a0март"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("България и Русия", "bulgaria-i-rusia"),
        ("Щъркел ѝ, Мария!", "shtarkel-i-maria"),
        ("Синьо-жълт", "sinyo-zhalt"),
        ("Велико Търново", "veliko-tarnovo"),
        ("Café 2026", "cafe-2026"),
        ("???", "bez-ime"),
        ("", "bez-ime"),
    ],
)
def test_slugs_follow_the_transliteration_act(name, latin):
    """The 30-letter table, final «ия», the one exception, and nothing left."""
    assert slug(name) == latin


@given(st.text(max_size=60))
def test_slugs_are_safe_in_an_address(text):
    """Only a–z, 0–9 and single hyphens come out, and never nothing."""
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(text))


def test_lemmas_join_forms_and_drop_stop_words():
    """Inflected forms meet in one lemma, and a reflexive mark is dropped."""
    assert lemma("министрите") == lemma("Министър") == "министър"
    assert lemma("обяви") == lemma("обявил")
    assert lemmas("Министрите отрекоха, че са в градовете") == ["министър", "отрека", "град"]
    assert words("Вицепремиер-министър 5") == ["вицепремиер-министър", "5"]


def test_nouns_in_ie_keep_their_i():
    """„2 обобщения“ and „много събития“, by the ending alone."""
    assert count(2, "обобщение") == "2 обобщения"
    assert many("събитие") == "събития"
