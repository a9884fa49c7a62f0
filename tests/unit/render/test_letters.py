"""The short letters."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest
from invented_editions import MASTHEAD
from invented_letters import ALARM, CONTEXTS
from lxml import html as lxml_html

from digest.errors import Refused
from digest.model import Brand
from digest.render.letters import LETTERS, Alarm, Value, render_letter


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_every_letter_has_a_subject_and_two_parts_with_its_links(name: str) -> None:
    """Both parts lead to the same places."""
    subject, html, text = render_letter(name, CONTEXTS[name], MASTHEAD)

    assert subject
    assert "\n" not in subject
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<!--[if") == html.count("<![endif]")
    assert all(len(line) <= 78 or "://" in line for line in text.splitlines())
    for key, value in CONTEXTS[name].items():
        if key.endswith("_url") and isinstance(value, str):
            assert value in text
            assert quote(value, safe=":/?&=") in unescape(html)


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_subjects_are_whole_on_a_phone(name: str) -> None:
    """With a name of twenty letters, in house typography."""
    subject, _, _ = render_letter(name, CONTEXTS[name], MASTHEAD)

    assert len(subject) <= 50
    assert '"' not in subject


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_the_text_part_has_each_address_on_its_own_line_and_no_markup(name: str) -> None:
    """A mail program makes a link of a line, and a reader sees no tags."""
    _, _, text = render_letter(name, CONTEXTS[name], MASTHEAD)

    assert_text_reads_well(text)
    for key, value in CONTEXTS[name].items():
        if key.endswith("_url"):
            assert value in text.splitlines()


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_both_parts_say_the_same(name: str) -> None:
    """Every sentence of the values is in the mail and in the text."""
    _, html, text = render_letter(name, CONTEXTS[name], MASTHEAD)
    shown = words(visible(html))

    for sentence in sentences(CONTEXTS[name]):
        assert words(sentence) in shown
        assert words(sentence) in words(text)
    assert MASTHEAD.responsible in text
    assert MASTHEAD.responsible in visible(html)


HOSTILE = (
    '<b>"&',
    "Вера\r\nBcc: kraj@example.test",
    "нула\x00край",
    "ред\u2028друг ред",
    "{{ x }} {% for %} %%UNSUB%%",
    "ж" * 400,
    "https://example.test/" + "a" * 400,
    "</mj-text><mj-bogus>",
    "\u202eобърнато",
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", sorted(LETTERS))
def test_hostile_values_are_literal_text_in_every_letter(name: str, hostile: str) -> None:
    """Whatever a value or a setting says, it is printed, and does nothing."""
    masthead = replace(
        MASTHEAD,
        name=hostile,
        responsible=hostile,
        postal_address=hostile,
        brand=Brand(footer=hostile),
    )

    subject, html, text = render_letter(name, spoiled(CONTEXTS[name], hostile), masthead)

    said = hostile.replace("\r\n", " ").translate({0: " ", 0x2028: " ", 0x202E: None})
    assert not re.search("[\\x00-\\x1f\u2028\u202e]", subject)
    assert said in visible(html)
    assert words(said).replace(" ", "") in words(text).replace(" ", "")
    assert "<b>" not in html
    assert "<mj-bogus" not in html
    assert_text_reads_well(text, markup=hostile)


def test_an_alarm_letter_tells_all_alarms_with_the_most_urgent_first() -> None:
    """One letter for a bad morning, not five."""
    later = Alarm("Дискът се пълни.", "Утрешното събиране.", "Освободете място.", "23:00 ч.")

    subject, html, text = render_letter(
        "alarm", CONTEXTS["alarm"] | {"alarms": (ALARM, later)}, MASTHEAD
    )

    assert subject == "2 тревоги, първият краен час е 06:45 ч."
    assert text.index("1. " + ALARM.what) < text.index("2. " + later.what)
    assert visible(html).index(ALARM.what) < visible(html).index(later.what)


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_the_sentence_of_the_house_is_in_both_parts(name: str) -> None:
    """`brand.footer` stands in every mail."""
    masthead = replace(MASTHEAD, brand=Brand(footer="Четем, преди да препишем."))

    _, html, text = render_letter(name, CONTEXTS[name], masthead)

    assert "Четем, преди да препишем." in visible(html)
    assert "Четем, преди да препишем." in text.splitlines()


def test_goodbye_asks_for_nothing() -> None:
    """One sentence and a way back: no button, no reasons to stay."""
    _, html, _ = render_letter("goodbye", CONTEXTS["goodbye"], MASTHEAD)

    assert 'class="button"' not in html
    assert len(re.findall("<a ", html)) == 1


def visible(html: str) -> str:
    """What a reader of the mail sees, with the preheader."""
    return " ".join(lxml_html.document_fromstring(html).body.itertext())


def words(text: str) -> str:
    return " ".join(text.split())


def sentences(context: dict[str, Value]) -> list[str]:
    found: list[str] = []
    for key, value in context.items():
        if key == "alarms":
            found += [text for one in value for text in (one.what, one.danger, one.fix, one.by)]
        elif not key.endswith("_url"):
            found += [value] if isinstance(value, str) else value
    return found


def spoiled(context: dict[str, Value], hostile: str) -> dict[str, Value]:
    """The context with every text replaced, addresses kept."""

    def one(key: str, value: Value) -> Value:
        if key.endswith("_url"):
            return value
        if key == "alarms":
            return (Alarm(hostile, hostile, hostile, hostile),) * 2
        return hostile if isinstance(value, str) else (hostile,) * 2

    return {key: one(key, value) for key, value in context.items()}


def assert_text_reads_well(text: str, markup: str = "") -> None:
    """Lines of at most 78 characters but for addresses alone on theirs; no tags, no entities."""
    for line in text.splitlines():
        alone = re.fullmatch(r"[^\s]*https?://\S+", line.strip())
        assert len(line) <= 78 or alone, line
        assert line == line.rstrip()
    assert "\n\n\n" not in text
    if not markup:
        assert not re.search(r"<[a-z/]|&\w+;|mj-|\{[{%]", text)
        assert unescape(text) == text


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("nosuch", {}),
        ("confirm", {"valid_for": "48 часа"}),
        ("confirm", {"confirm_url": "javascript:x", "valid_for": "48 часа"}),
        ("alarm", {"alarms": (), "desk_url": "https://utro.example.bg/desk"}),
    ],
)
def test_unknown_letters_missing_values_and_unsafe_addresses_are_refused(
    name: str, context: dict[str, Value]
) -> None:
    """A letter goes out whole or not at all."""
    with pytest.raises(Refused):
        render_letter(name, context, MASTHEAD)
