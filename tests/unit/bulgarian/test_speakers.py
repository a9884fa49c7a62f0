"""Quotations and who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.quotation import quotations
from digest.bulgarian.speakers import reporter_of

WORDS = word_set(
    """каза заяви Иван Петров Мария Колева кметът той тя „Ще дойда“ „ “ : , . – според цитиран от
    по думите на „Устрем“ добави още вчера пред"""
)


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("„Ще строим мост“, каза премиерът Иван Петров.", "Иван Петров", "премиер"),
        ("„Ще строим мост“, каза Урсула Гертнер пред Ройтерс.", "Урсула Гертнер", ""),
        ("„Ще строим мост“, каза за Петров министър Стоян Недев.", "Стоян Недев", "министър"),
        ("Иван Петров: „Ще строим мост“.", "Иван Петров", ""),
        ("Иван Петров каза вчера: „Ще строим мост“.", "Иван Петров", ""),
        ("Вчера каза Иван Петров: „Ще строим мост“.", "Иван Петров", ""),
        ("– Ще строим мост – каза Иван Петров.", "Иван Петров", ""),
        ("По думите на Мария Колева „ще строим мост“ догодина.", "Мария Колева", ""),
        ("„Ще строим мост“, според Мария Колева.", "Мария Колева", ""),
        ("„Ще строим мост“, цитиран от Мария Колева.", "Мария Колева", ""),
        ("Кметът Петров описа сделката като „чиста нова загуба“.", "Петров", "кмет"),
        ("„Ще строим мост“, каза кметицата.", "", "кмет"),
        ("Наставникът на „Устрем“ се оплака: „Ще строим мост“.", "", "наставник"),
        ("Вчера каза: „Ще строим мост“.", "", ""),
        ("Мостът е нов. „Ще строим мост“. Кметът Петров мълча.", "", ""),
    ],
)
def test_the_speaker_stands_behind_or_before_the_words(text, speaker, role):
    """By name with the office, by the office alone, or nobody."""
    (told,) = [q for q in quotations(text) if "мост" in q.text or "загуба" in q.text]
    assert (told.speaker, told.role) == (speaker, role)


def test_a_pronoun_means_the_person_named_last():
    """Of that sex; a saying without anybody goes on with who spoke."""
    text = (
        "Иван Петров и Мария Колева спориха. „Ще строим мост тук“, каза той. „Няма пари за мост“, "
        "отговори тя. „Има и друго нещо“, добави още."
    )
    assert [q.speaker for q in quotations(text)] == ["Иван Петров", "Мария Колева", "Мария Колева"]


def test_lines_of_a_dialogue_are_quotations_in_their_place():
    """Between quotations in marks, by where they stand; a list with dashes is none."""
    text = "– Къде отиваш сега ти? – попита кметът.\n„Вкъщи отивам, разбира се“, каза Петров.\n– мляко – хляб\n"
    found = quotations(text)
    assert [(q.text, q.role) for q in found] == [
        ("Къде отиваш сега ти?", "кмет"),
        ("Вкъщи отивам, разбира се", ""),
    ]
    assert [q.start for q in found] == [2, text.index("„")]


@settings(deadline=None)  # the first lemma loads the dictionary
@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=16).map(" ".join) | st.text(max_size=40))
def test_quotations_hold_their_words_in_any_text(text):
    """The words stand inside the span, and a speaker is named in the text."""
    for told in quotations(text, least_words=1):
        assert told.text in text[told.start : told.end]
        assert told.speaker in text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Според Иван Петров мостът е нов.", "Иван Петров"),
        ("Мостът е нов по думите на кмета Иван Петров.", "Иван Петров"),
        ("Иван Петров каза, че Мария Колева строи.", "Иван Петров"),
        ("Мария Колева строи мост, смята Иван Петров.", "Иван Петров"),
        ("Мостът е нов.", ""),
    ],
)
def test_what_is_told_in_other_words_has_its_reporter(text, name):
    """Before „каза, че“, behind „…, смята“, and after „според“."""
    assert reporter_of(text, 0, len(text)).name == name


def test_a_reporter_is_looked_for_in_the_sentence_alone():
    """„Той“ means who was named further up; what follows is another sentence."""
    text = "Иван Петров дойде. Той каза, че мостът е нов. Мария Колева мълча."
    start, end = text.index("Той"), text.index(" Мария")
    assert reporter_of(text, start, end).name == "Иван Петров"
    assert reporter_of(text, 0, start).name == ""


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Според доц. Иван Петров мостът е здрав.", "Иван Петров", ""),
        ("По думите на И. Петров пари няма.", "И. Петров", ""),
        ("Мостът е здрав, каза проф. Мария Колева.", "Мария Колева", ""),
        ("Мостът е здрав, смята зам.-кметът.", "", "заместник-кмет"),
    ],
)
def test_a_title_cut_short_does_not_end_the_sentence(text, name, role):
    """Nor does an initial; a deputy is not the one whom he stands for."""
    told = reporter_of(text, 0, len(text))
    assert (told.name, told.role) == (name, role)
