"""Where sentences end."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.quotation import spans
from digest.bulgarian.sentences import split

CASES = [
    ["Президентът А. Стъб пристигна в София.", "Срещата е утре."],
    ["Това е т.нар. реформа.", "Тя започва."],
    ["В с. Черни връх има пожар.", "Хората са добре."],
    ["През 300 г. пр. Хр. Александър умира.", "Край."],
    ["Договорът беше подписан през март 2025 г.", "А. Стъб обяви това."],
    ["„Ще дойда. Ще видим“, каза той.", "И си тръгна."],
    ["– Къде отиваш? – попита той.", "– Вкъщи."],
    ["Гражданите протестираха. /БГНЕС, АФП"],
    ["На 24 май 2025 г. Румен Радев награди учители.", "Те благодариха."],
    ["Ръст от 3,4%.", "БВП е 1,2 млрд. лв.", "Министърът каза това."],
    ["Пазарът е пълен и т.н.", "Край!"],
    ["Работи от 9 ч. до 17 ч.", "Понеделник е почивен.", "Вж. чл. 5, ал. 2.", "Нов текст."],
    ["Дж. Байдън и Й. Вайдман се срещнаха."],
    ['Той заяви: "Няма да стане."', "Радев отрече."],
    ["„Какво?“ попита той.", "После млъкна…", "И си тръгна."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda s: s[0][:25])
def test_each_sentence_ends_where_a_reader_ends_it(sentences):
    """Abbreviations, initials, quotations, tags and dashes of newspapers split as expected."""
    text = " ".join(sentences)
    assert [text[a:b] for a, b in split(text)] == sentences


def test_an_open_quotation_is_never_split():
    """Half a quotation stays one sentence to the end of its paragraph."""
    text = "Той каза: „Ще дойда. Ще видим. И после\n\nНов абзац."
    assert [text[a:b] for a, b in split(text)] == [
        "Той каза: „Ще дойда. Ще видим. И после",
        "Нов абзац.",
    ]


def test_a_list_gives_its_lines():
    """Short lines without stops are sentences of their own."""
    text = "Мляко\nХляб\n- сирене\n1. Яйца"
    assert [text[a:b] for a, b in split(text)] == ["Мляко", "Хляб", "- сирене", "1. Яйца"]


def test_wrapped_lines_stay_together():
    """A paragraph broken at a width is one text."""
    line = "Министерството на финансите представи проекта за бюджет пред депутатите на"
    text = (
        f"{line}\nНародното събрание и техните помощници, които го чакаха от месеци насам\nвчера."
    )
    assert len(split(text)) == 1


@given(st.text(alphabet=' \n.!?„“"«»()/–-АБвг1,', max_size=120))
def test_spans_are_ordered_trimmed_and_keep_every_letter(text):
    """Spans run forward without overlap, are trimmed, and lose nothing but white space."""
    found = split(text)
    for start, end in found:
        assert start < end
        assert text[start:end] == text[start:end].strip()
        assert not re.search(r"\n[^\S\n]*\n", text[start:end])
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


@given(
    st.lists(
        st.sampled_from(["„Ще дойда. Ще видим“, каза той.", "Край. Точка!", "А. Стъб."]), max_size=6
    )
)
def test_no_boundary_inside_a_closed_quotation(parts):
    """A boundary never lies strictly inside a quotation."""
    text = " ".join(parts)
    for start, end in split(text):
        for a, b, _ in spans(text):
            assert not a < start < b
            assert not a < end < b
