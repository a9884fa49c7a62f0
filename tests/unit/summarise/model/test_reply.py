"""What a model answered is read without trust."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise.model.port import Fault, Trouble
from digest.summarise.model.reply import MOST_RAW, Told, read, sentence_fault
from tests.unit.summarise.model.kit import BUS, STARTS, reply

KNOWN = range(1, 6)


def reading(raw: str, *, sentences: int = 2, chars: int = 420) -> tuple[Told, ...] | Fault:
    return read(raw, most_sentences=sentences, most_chars=chars, known=KNOWN)


def kind(raw: str, **more: int) -> str:
    found = reading(raw, **more)
    assert isinstance(found, Fault), found
    assert found.why.endswith(".")
    return found.kind


def one(text: object, sources: object = (2,)) -> str:
    """An answer of one sentence."""
    rows = [{"text": text, "sources": list(sources) if isinstance(sources, tuple) else sources}]
    return json.dumps({"sentences": rows}, ensure_ascii=False)


def test_a_good_answer_gives_its_sentences_and_sources():
    """Two sentences, each with what it rests on."""
    assert reading(reply(STARTS, BUS)) == (Told(STARTS[0], (2,)), Told(BUS[0], (4,)))


def test_a_code_block_around_the_json_is_taken_off():
    """Small models wrap their JSON whatever they are told."""
    assert reading(f"```json\n{reply(STARTS)}\n```") == (Told(STARTS[0], (2,)),)


def test_a_source_named_twice_counts_once():
    """The order of the first mention stays."""
    assert reading(one(STARTS[0], (4, 2, 4))) == (Told(STARTS[0], (4, 2)),)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", Trouble.EMPTY),
        (" \n", Trouble.EMPTY),
        ("Не мога да помогна с това.", Trouble.MALFORMED),
        ("I can't help with that.", Trouble.MALFORMED),
        ('{"sentences": [{"text": "Раб', Trouble.MALFORMED),
        ("[]", Trouble.MALFORMED),
        ("null", Trouble.MALFORMED),
        ('{"summary": "текст"}', Trouble.MALFORMED),
        ('{"sentences": "текст"}', Trouble.MALFORMED),
        ('{"sentences": [7]}', Trouble.MALFORMED),
        ('{"sentences": [{"text": 7, "sources": [1]}]}', Trouble.MALFORMED),
        ('{"sentences": []}', Trouble.REFUSED),
        ("[" * 100_000, Trouble.TOO_MUCH),
        ("[" * 15_000, Trouble.MALFORMED),
        ("x" * (MOST_RAW + 1), Trouble.TOO_MUCH),
        (reply(*[STARTS] * 200), Trouble.TOO_MUCH),
        (reply(STARTS, STARTS), Trouble.SHAPE),
        ('{"sentences": [{"text": "а", "sources": [' + "9" * 6000 + "]}]}", Trouble.MALFORMED),
    ],
)
def test_an_answer_of_another_form_is_a_fault(raw: str, expected: Trouble):
    """Refusal, nothing, no JSON, half of it, 200 sentences: each has its name."""
    assert kind(raw) == expected


@pytest.mark.parametrize(
    "sources", [[], [0], [6], [-1], [True], ["2"], [2.0], [None], [2, 99], [2] * 13, "2", None]
)
def test_a_sentence_names_shown_sources(sources: object):
    """An id that does not exist, or is no number, is as bad as none."""
    assert kind(one(STARTS[0], sources)) in {Trouble.SOURCES, Trouble.MALFORMED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Trouble.EMPTY),
        ("Works begin on the twelfth of March and last eight months.", Trouble.LANGUAGE),
        ("Работы начнутся 12 марта и будут продолжаться восемь месяцев.", Trouble.LANGUAGE),
        ("Работите тръгват на 12 март\nи ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите тръгват на 12 март\u2028и ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите тръгват\u202e на 12 март и ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите тръгват\u200b на 12 март и ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите <b>тръгват</b> на 12 март и ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите **тръгват** на 12 март и ще траят осем месеца.", Trouble.UNSAFE),
        ("Работите &nbsp;тръгват на 12 март и ще траят осем месеца.", Trouble.UNSAFE),
        ("{{ token }} тръгва на 12 март и ще трае осем месеца.", Trouble.UNSAFE),
        ("Повече за моста пише на https://example.bg/most от днес.", Trouble.UNSAFE),
        ("Повече за моста пише на example.bg от днес нататък.", Trouble.UNSAFE),
        ("Въпроси за моста се приемат на kmet@example.test до петък.", Trouble.UNSAFE),
        ("работите тръгват на 12 март и ще траят осем месеца.", Trouble.SHAPE),
        ("Работите тръгват на 12 март и ще траят", Trouble.SHAPE),
        ("Работите тръгват на 12 март и ще траят…", Trouble.SHAPE),
        ("Ремонт на моста над Сивица от март.", Trouble.SHAPE),
        ("– Работите тръгват на 12 март и ще траят осем месеца.", Trouble.SHAPE),
        ("Снимка: работите тръгват на 12 март и ще траят осем месеца.", Trouble.SHAPE),
        ("Кметът каза: „Работите тръгват на 12 март и ще траят.", Trouble.SHAPE),
    ],
)
def test_a_sentence_that_may_not_be_printed_is_a_fault(text: str, expected: Trouble):
    """Another language, markup, addresses, tricks with lines, half a sentence."""
    assert kind(one(text)) == expected


def test_a_text_too_long_for_the_summary_is_a_fault():
    """The limit is for all sentences together."""
    assert kind(reply(STARTS, BUS), chars=100) == Trouble.TOO_MUCH


def test_a_text_with_no_break_spaces_is_one_sentence_with_plain_ones():
    """White space is folded as everywhere; typography comes later."""
    found = reading(one("Работите тръгват на 12\u00a0март и ще траят осем  месеца."))

    assert found == (Told(STARTS[0], (2,)),)


@given(st.text())
def test_no_text_breaks_the_reader(raw: str):
    """Whatever comes is an answer that may be printed, or a fault."""
    assert isinstance(reading(raw), Fault)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["sentences", "text"]), inner),
    max_leaves=12,
)


@given(JSON)
def test_no_json_breaks_the_reader(tree: object):
    """Nor does JSON of any shape."""
    assert isinstance(reading(json.dumps(tree)), Fault)


@given(st.text(), st.lists(st.integers()))
def test_what_is_taken_can_be_printed(text: str, sources: list[int]):
    """A taken sentence has no line breaks, no markup and known sources."""
    found = reading(one(text, sources))

    if not isinstance(found, Fault):
        assert sentence_fault(found[0].text, "") is None
        assert not set("\n\r<>{}[]") & set(found[0].text)
        assert set(found[0].sources) <= set(KNOWN)
