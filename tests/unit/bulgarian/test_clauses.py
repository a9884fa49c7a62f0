"""Clauses: who answers for a statement, and how certain it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.certainty import Certainty, guarded, hedges, raised, shows
from digest.bulgarian.clauses import Clause, clauses

ODD = st.text(alphabet='абвеилнотщъя АБ.,;:–-„“"\n\t12%«»()', max_size=120)
PARTS = st.lists(
    st.sampled_from(
        ["Кметът каза", ", че ", "мостът е затворен", "според полицията ", ", а ", " и ", "ако "]
    ),
    max_size=8,
)


def at(text: str, words: str) -> Clause:
    """The clause that holds some words."""
    where = text.index(words)
    return next(c for c in clauses(text) if c.start <= where < c.end)


def test_according_to_reaches_over_the_whole_sentence():
    """«Според» answers for what follows «а» too."""
    text = "Според полицията водачът е бил пиян, а пътникът е избягал."
    first, second = clauses(text)
    assert (first.certainty, first.source) == (Certainty.CLAIMED, "полицията")
    assert (second.certainty, second.source) == (Certainty.CLAIMED, "полицията")


def test_the_source_of_a_claim_ends_with_its_noun():
    """The subject after it, with its full article, is not part of who says it."""
    text = "Според районната прокуратура в Горица складът е бил празен."
    assert at(text, "складът").source == "районната прокуратура в Горица"


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("Кметът каза, че мостът е затворен.", "мостът", Certainty.REPORTED),
        ("Кметът твърди, че мостът е затворен.", "мостът", Certainty.CLAIMED),
        ("Мостът е затворен, твърди кметът.", "Мостът", Certainty.CLAIMED),
        ("Кметът не изключва, че мостът ще бъде затворен.", "мостът", Certainty.POSSIBLE),
        ("Съветът ще реши дали мостът ще бъде затворен.", "мостът", Certainty.POSSIBLE),
        ("Ако реката придойде, мостът ще бъде затворен.", "мостът", Certainty.POSSIBLE),
        ("Мостът ще бъде затворен.", "Мостът", Certainty.FUTURE),
        ("Очаква се мостът да бъде затворен.", "мостът", Certainty.EXPECTED),
        ("Мостът може да бъде затворен.", "Мостът", Certainty.POSSIBLE),
        ("Мостът беше затворен.", "Мостът", Certainty.FACT),
        ("Мостът да бъде затворен, поиска кметът.", "Мостът", Certainty.POSSIBLE),
        ("Той бил обвинен, че е запалил моста.", "запалил", Certainty.POSSIBLE),
    ],
)
def test_a_clause_is_as_certain_as_what_stands_over_it(text, words, level):
    """Its own words and those that govern it make it less certain."""
    assert at(text, words).certainty is level


def test_and_that_depends_on_the_same_head():
    """The second «че» hangs on «каза», not on the «ще» before it."""
    text = "Кметът каза, че ремонтът ще започне през май и че парите стигат."
    assert at(text, "парите").certainty is Certainty.REPORTED


def test_what_is_denied_by_its_head_is_negated():
    """«Отрече, че» turns round what follows, «не смята, че» too."""
    assert at("Той отрече, че е подписал писмото.", "подписал").negated
    assert at("Той не смята, че писмото е вярно.", "вярно").negated
    assert not at("Той отрече, че не е подписал писмото.", "подписал").negated


def test_a_clause_of_who_says_it_states_nothing_else():
    """«Каза кметът» only reports."""
    text = "Мостът е затворен, каза кметът."
    assert at(text, "каза").reports
    assert not at(text, "Мостът").reports


def test_a_relative_clause_stands_alone():
    """Its verb is not that of the clause around it."""
    text = "Стоил Ряпов, който преди играеше за „Вихър“, напусна терена."
    assert [v.head for v in at(text, "който").verbs] == ["играеше"]
    assert [v.head for v in at(text, "напусна").verbs] == ["напусна"]


def test_and_joins_two_nouns_without_a_cut():
    """«И» parts only where a verb stands on both sides."""
    assert len(clauses("Кметът и секретарят подписаха договора.")) == 1
    assert len(clauses("Кметът подписа договора и секретарят го прати.")) == 2


def test_a_clause_has_a_width():
    """A span of no width is refused."""
    with pytest.raises(ValueError, match="no width"):
        Clause(
            2,
            2,
            (),
            negated=False,
            certainty=Certainty.FACT,
            source="",
            future=False,
            renarrated=False,
        )


@given(st.one_of(ODD, PARTS.map("".join)))
def test_clauses_cover_every_word_in_order(text):
    """They stand in order without overlap, and no letter is left outside."""
    found = clauses(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = {n for c in found for n in range(c.start, c.end)}
    assert all(n in inside for n, char in enumerate(text) if char.isalpha())


@given(ODD)
def test_verbs_of_a_clause_stand_in_it(text):
    """The spans of its verbs count from the beginning of the text."""
    assert all(c.start <= v.start < c.end for c in clauses(text) for v in c.verbs)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("вероятно утре", Certainty.POSSIBLE),
        ("планира ремонт", Certainty.EXPECTED),
        ("според съюза", Certainty.CLAIMED),
        ("съобщи НСИ", Certainty.REPORTED),
    ],
)
def test_a_word_that_holds_back_has_its_level(text, level):
    """Each class of words has its place in the order."""
    assert max(one.level for one in hedges(text)) is level


def test_an_adjective_of_doubt_is_over_its_noun_alone():
    """«Предполагаемият извършител» says nothing of the rest; a name is not doubted at all."""
    (found,) = hedges("Предполагаемият извършител избяга.")
    assert found.over[0] == "извършител"
    assert not hedges("Потърпевшият Страхил Манев избяга.")


def test_impossible_holds_nothing_back():
    """«Не може» is a fact."""
    assert not hedges("Фирмата не може да плати.")
    assert hedges("Фирмата може да плати.")


def test_what_a_check_shows_is_nobodys_word():
    """«Проверката показа» is no attribution, «каза» is."""
    assert shows("Проверката показа нарушения.")
    assert not shows("Кметът каза друго.")
    assert guarded("Има опасения за реколтата.")


@pytest.mark.parametrize("level", Certainty)
def test_the_same_certainty_is_never_raised(level):
    """A statement may be as certain as its source, or less."""
    assert not raised(level, level)
    assert not raised(Certainty.POSSIBLE, level)


def test_more_certain_than_the_source_is_raised():
    """Leaving out who reported it is no fault; leaving out a doubt is."""
    assert not raised(Certainty.FACT, Certainty.REPORTED)
    assert raised(Certainty.FACT, Certainty.FUTURE)
    assert raised(Certainty.FUTURE, Certainty.EXPECTED)
    assert raised(Certainty.CLAIMED, Certainty.POSSIBLE)
    assert not raised(Certainty.EXPECTED, Certainty.POSSIBLE)


@given(ODD)
def test_hedges_stand_within_the_text(text):
    """Their spans hold their words, whatever the text."""
    assert all(text[one.start : one.end] == one.word for one in hedges(text))
