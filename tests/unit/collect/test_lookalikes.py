"""Latin letters of the same shape in Cyrillic words, and Latin words that are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.lookalikes import repaired


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Стана по-дoбре", "Стана по-добре"),
        ("най-гoлям и 20-гoдишен", "най-голям и 20-годишен"),
        ("от юго-зaпад", "от юго-запад"),
        ("новите ЕС-cанкции", "новите ЕС-санкции"),
        ("Cофия/Пловдив", "София/Пловдив"),
        ("Пловдив/Cофия", "Пловдив/София"),
        ("съобщи БTA.", "съобщи БТА."),
        ("от Бypгac до Вapнa", "от Бургас до Варна"),
        ("Пожар в Pyce", "Пожар в Русе"),
        ("Пожар в Pyсe", "Пожар в Русе"),
        ("Пoжар край koca и море", "Пожар край коса и море"),
        ("B понеделник валя. A във вторник – не.", "В понеделник валя. А във вторник – не."),
        ("Дойде c кола, a той e тук", "Дойде с кола, а той е тук"),
        ("заедно c Петър", "заедно с Петър"),
        ("мачът (Cофия), „Kозлодуй“ и край.Cофия", "мачът (София), „Козлодуй“ и край.София"),
        ("и\u0306ога в Пролом", "йога в Пролом"),
    ],
)
def test_words_with_latin_twins_are_cyrillic_again(broken: str, whole: str) -> None:
    """In parts of compounds, mostly Latin words, and the shortest words of all."""
    assert repaired(broken)[0] == whole
    assert repaired(broken)[1] > 0


@pytest.mark.parametrize(
    "text",
    [
        "COVID-та и iPhone-а са тук", "Wi-Fi за 5G-мрежа", "с клас A на пазара",
        "витамин C и цинк, хепатит B се лекува", "в X обяви, X обяви, на Y", "А1 и Х5, BMW X5 на пътя",
        "https://primer.example.bg/новинa/дoм", "пишете на иванa@поща.test", "www.нoвини.test",
        "вестник.бг/нoвина", "#Coфия и @Coфия", "CEO на фирмата и CEOто", "NATO и ЕС", "Tesla поскъпна",
        "XX век, IV век, XI конгрес, XIX век", "17 Pro Max и HBO Max е скъп", "завод на Beko в града",
        "според репортер на BBС", "Kaka вкара", "Tokyo е далеч", "Coca-Cola с лед", "USB Type C кабел", "стандарт Type за всички",
        "Т-образен и T-образен", "X-лъчи, e-правителство, A-отбор", "Су-57, Ф-16, F-16", "TV7 и bTV",
        "вариант a) или c)", "C. Петров и A. Иванова", "списък: A, B и C", "a la carte в менюто",
        "Операция B стартира", "Windows-ът и VIP-ове", "м/с, km/ч, MWч, CO2", "OMV и KFC", "план B за града",
    ],
)  # fmt: skip
def test_latin_that_is_meant_stays(text: str) -> None:
    """Brands, abbreviations, numerals, models, vitamins, addresses, names."""
    assert repaired(text) == (text, 0)


@given(st.text("абвгдежзклмнАВС аео-/.,„“ ", max_size=60))
def test_cyrillic_is_left_alone(text: str) -> None:
    """There is nothing to mend."""
    assert repaired(text) == (text, 0)


@given(st.text("аесBCacMAТX -/.Пш", max_size=40))
def test_no_letter_is_lost(text: str) -> None:
    """A twin stands where its letter stood."""
    assert len(repaired(text)[0]) == len(text)
