"""Institutions by their short and long names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.institutions import (
    Institution,
    Institutions,
    current,
    known_as,
    short_names,
)

TABLE = Institutions(
    (
        Institution("ПИС", "Примерен институт по стъкларство", ("стъкларите",)),
        Institution("МВнП", "Министерство на въображаемите пътища"),
    )
)


@pytest.mark.parametrize(
    ("short", "text", "there"),
    [
        ("ПИС", "примерният институт по стъкларството", True),
        ("пис", "институтът по стъкларство", True),
        ("ПИС", "според стъкларите", True),
        ("ПИС", "институтът по математика", False),
        ("МВНП", "министерството на въображаемите пътища", True),
        ("АБВ", "примерният институт по стъкларството", False),
    ],
)
def test_a_long_name_is_known_in_any_form(short, text, there):
    """Two words of three are enough; an unknown short name has no long one."""
    assert TABLE.spelled_out(short, text) == there


def test_a_word_belongs_to_the_institution_whose_short_name_is_there():
    """«Института» where the text has „ПИС“, and not where it has nothing or another."""
    assert TABLE.stand_for("института", short_names("От ПИС и МВнП съобщиха."))
    assert not TABLE.stand_for("института", short_names("От МВнП съобщиха."))
    assert not TABLE.stand_for("института", short_names("Който пише, се подписва."))


def _fails_inside(table: Institutions) -> None:
    with known_as(table):
        assert current() is table
        raise LookupError


def test_the_list_holds_for_the_block_alone():
    """Blocks lie within each other, and nothing is left behind, even after a fault."""
    with known_as(TABLE):
        with pytest.raises(LookupError):
            _fails_inside(Institutions())
        assert current() is TABLE
    assert current().rows == ()


@pytest.mark.parametrize(("short", "long"), [("две думи", "Име"), ("да", "Примерна"), ("ПС", "По")])
def test_a_row_that_could_not_be_found_is_refused(short, long):
    """The short name is a word in capitals, the long one has something to look for."""
    with pytest.raises(ValueError, match=r"short name|long name"):
        Institution(short, long)


@given(st.text(max_size=60))
def test_short_names_stand_in_the_text(text):
    """As they stand there, with their capitals."""
    assert all(name in text and len(name) > 1 for name in short_names(text))
