"""Subject and preheader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.compose.subject import PREHEADER_LIMIT, SUBJECT_LIMIT, cut, preheader, subject

LINE = st.text(
    alphabet=st.characters(categories=("Lu", "Ll", "Nd", "Po", "Zs"), include_characters="„“ "),
    max_size=300,
)


def test_a_short_title_says_how_much_more_there_is() -> None:
    """Only where it fits."""
    assert subject("Мостът е отворен", 11) == "Мостът е отворен и още 11\u00a0новини"
    assert subject("Мостът е отворен", 1) == "Мостът е отворен и още 1\u00a0новина"
    assert subject("Мостът е отворен", 0) == "Мостът е отворен"
    assert subject("Парламентът прие бюджета за следващата година", 4).endswith("година")


def test_a_long_title_is_cut_after_a_word() -> None:
    """No half words and no hanging prepositions."""
    title = "Парламентът прие на второ четене бюджета за следващата година"

    assert subject(title, 5) == "Парламентът прие на второ четене бюджета…"


def test_a_cut_quotation_is_closed() -> None:
    """An open quotation mark in the inbox looks like a fault."""
    line = cut("Министърът: „Ще построим моста до края на следващата година“, каза той", 40)

    assert line.count("„") == line.count("“")
    assert len(line) <= 41


@given(LINE, st.integers(0, 40))
def test_a_subject_never_exceeds_its_limit(title: str, others: int) -> None:
    """Fifty characters whatever the title."""
    assert len(subject(title, others)) <= SUBJECT_LIMIT


@given(st.lists(LINE, max_size=5), st.lists(LINE, max_size=2))
def test_a_preheader_never_exceeds_its_limit(titles: list[str], spare: list[str]) -> None:
    """Ninety characters whatever the titles."""
    assert len(preheader(titles, spare)) <= PREHEADER_LIMIT


@pytest.mark.parametrize("titles", [[], ["Кратко"], ["Дълго заглавие за моста"] * 9])
def test_a_preheader_is_long_enough(titles: list[str]) -> None:
    """Spare texts fill it where there are few stories."""
    spare = ["Мостът над реката беше отворен след дълъг ремонт.", "петък, 20 ноември 2026 г."]

    assert 40 <= len(preheader(titles, spare)) <= 90
