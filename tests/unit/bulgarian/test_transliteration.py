"""Bulgarian in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.transliteration import latin

LETTERS = "абвгдежзийклмнопрстуфхцчшщъьюя"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("България", "Bulgaria"),
        ("БЪЛГАРИЯ", "BULGARIA"),
        ("българия", "bulgaria"),
        ("Щъркел", "Shtarkel"),
        ("ЩЪРКЕЛ", "SHTARKEL"),
        ("Щ", "Sht"),
        ("ПЛОЩ", "PLOSHT"),
        ("София, Русия", "Sofia, Rusia"),
        ("МАРИЯ", "MARIA"),
        ("Марияна", "Mariyana"),
        ("Юлия Жекова-Янкова", "Yulia Zhekova-Yankova"),
        ("Гьорче, Чавдар ѝ каза", "Gyorche, Chavdar i kaza"),
        ("джудже, дзифт, Йордан", "dzhudzhe, dzift, Yordan"),
        ("Café 2026 – №5", "Café 2026 – №5"),
        ("", ""),
    ],
)
def test_names_are_written_by_the_act(text, told):
    """Table, final «ия», the settled name, and the capitals of the original."""
    assert latin(text) == told


@given(st.text(max_size=60))
def test_any_text_is_told_once_and_stays(text):
    """Nothing fails, no Bulgarian letter is left, and a second time changes nothing."""
    once = latin(text)
    assert not set(once.lower()) & set(LETTERS) or len(text.lower()) != len(text)
    assert latin(once) == once


@given(st.text(alphabet=LETTERS + " -", max_size=40))
def test_case_and_letters_do_not_hang_on_each_other(text):
    """Capitals give the same letters as small ones."""
    assert latin(text.upper()).lower() == latin(text)
