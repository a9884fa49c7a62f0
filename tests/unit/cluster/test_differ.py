"""Where a copy departs from its original, in the order in which a reader meets it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.differ import LONGEST, MOST, differences
from digest.model import Article, Difference
from tests.unit.cluster.newsroom import FIRE, article

SENTENCES = FIRE.split(". ")


def original(**more: object) -> Article:
    return article("o", "Пожар в склад за текстил", FIRE, **more)


def found(copy: Article, of: Article | None = None) -> list[tuple[str, str, str]]:
    return [(d.kind, d.text, d.instead) for d in differences(copy, of or original())]


def test_a_text_taken_as_it_is_has_no_differences():
    """Another outlet, another address, another hour are not the text."""
    taken = replace(original(), id="c", outlet="Друго", url="https://drugo.example.bg/1")

    assert found(taken) == []


def test_another_title_is_a_difference_and_its_punctuation_is_none():
    """Quotes, case and a full stop do not make a headline the outlet's own."""
    own = replace(original(), title="Огнен ад в Карнобат")
    same = replace(original(), title="ПОЖАР в „склад за текстил“.")

    assert found(own) == [("title", "Огнен ад в Карнобат", "Пожар в склад за текстил")]
    assert found(same) == []


def test_an_own_lead_is_told_with_what_it_stands_for():
    """In the field of the lead, or as a first sentence that the original does not have."""
    field = replace(original(), lead="Нощ на ужаса преживя градът.")
    sentence = replace(original(), text=f"Нощ на ужаса преживя малкият град. {FIRE}")

    assert found(field) == [("lead", "Нощ на ужаса преживя градът.", "")]
    assert found(sentence) == [("lead", "Нощ на ужаса преживя малкият град.", "")]


def test_the_beginning_of_the_text_is_no_own_lead():
    """A feed gives the first words of the text as its summary, cut in mid-word."""
    for lead in (FIRE[:97], f"{FIRE[:97]}…", SENTENCES[0]):
        assert found(replace(original(), lead=lead)) == []


def test_a_changed_figure_stands_beside_the_original_one():
    """In a sentence that both have."""
    changed = replace(original(), text=FIRE.replace("14 души", "15 души"))

    assert found(changed) == [("figure", "15", "14")]


def test_an_added_sentence_is_quoted():
    """Wherever it stands behind the first."""
    more = "Кметът обеща помощ за пострадалите семейства."

    assert found(replace(original(), text=f"{FIRE} {more}")) == [("added", more, "")]


def test_what_was_left_out_is_quoted_from_the_original():
    """A cut tail is seen by an editor."""
    cut = replace(original(), text=FIRE[: FIRE.index("Щетите")].strip())

    assert found(cut) == [("left-out", "", FIRE[FIRE.index("Щетите") :])]


def test_many_changes_are_shown_in_part_and_cut_at_a_word():
    """A handful of each kind, none longer than a line or two."""
    long = ". ".join(
        f"Добавено изречение с поредна тема {n} {'и още думи ' * 40}" for n in range(9)
    )
    told = differences(replace(original(), text=f"{FIRE} {long}."), original())

    added = [one for one in told if one.kind == "added"]
    assert len(added) == MOST
    assert all(len(one.text) <= LONGEST and one.text.endswith("…") for one in added)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one, other, title, lead):
    """Whatever the letters, each difference says something of the one or of the other."""
    told = differences(article("c", title, one, lead=lead or None), article("o", "Заглавие", other))

    assert all(isinstance(d, Difference) for d in told)
    assert all(d.text.strip() or d.instead.strip() for d in told if d.kind != "title")
