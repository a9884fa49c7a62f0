"""Units and scales that are said once for two figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.elided import with_units
from digest.bulgarian.numbers import numbers


def read(text: str) -> list[tuple[str, str]]:
    """Values and units of a text's numbers, with what they share."""
    found = with_units(text, numbers(text, ordinals=True))
    return [(f"{n.value.normalize():f}", n.unit) for n in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("от 14 на 19 процента", [("14", "%"), ("19", "%")]),
        ("8–10 градуса", [("8", "°"), ("10", "°")]),
        ("15 и 20 лв.", [("15", "лв."), ("20", "лв.")]),
        ("от 3 до 5 млн. евро", [("3000000", "€"), ("5000000", "€")]),
        ("между 1,5 и 2 хиляди", [("1500", ""), ("2000", "")]),
        ("2-3 млн. лв.", [("2000000", "лв."), ("3000000", "лв.")]),
        ("мъже на 34 години и на 51.", [("34", "години"), ("51", "години")]),
        ("34-годишен, а другият, който е на 51, е тук", [("34", "години"), ("51", "години")]),
    ],
)
def test_what_is_said_once_holds_for_both(text, told):
    """The unit of a pair, the scale of a range and the years of a second age are understood."""
    assert read(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "12 000, с една трета повече",
            [("12000", ""), ("0.3333333333333333333333333333", "част")],
        ),
        ("231 на 10 000 души", [("231", ""), ("10000", "души")]),
        ("5 и втори", [("5", ""), ("2", "-ти")]),
        ("7 и 2 млн. лв.", [("7", "лв."), ("2000000", "лв.")]),
        ("на 34 години влезе с 51 точки", [("34", "години"), ("51", "")]),
        ("на 51.", [("51", "")]),
        ("1200–3 млн.", [("1200", ""), ("3000000", "")]),
    ],
)
def test_what_belongs_to_one_stays_with_it(text, told):
    """A part, a place and a rate are the second figure's own, and a scale goes over a range only."""
    assert read(text) == told


@given(st.text(alphabet="от до на и0123456789 ,–млн. годинипроцента", max_size=60))
def test_spans_stay_as_they_were(text):
    """Only value and unit are filled in, whatever the text."""
    found = numbers(text, ordinals=True)
    assert [(n.start, n.end) for n in with_units(text, found)] == [(n.start, n.end) for n in found]
