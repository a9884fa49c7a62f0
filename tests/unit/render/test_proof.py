"""Every sentence of the archive page carries its source."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.model import ArticleId, Edition, Origin, Section, Sentence
from digest.render.proof import Told, proof
from digest.render.render import render
from tests.unit.render.invented_editions import MASTHEAD, NEWSROOM, edition, story

FIRST, SECOND = "Читалнята има 21 места.", "Тя работи до полунощ – и в неделя."
A, B = ArticleId("a"), ArticleId("b")
ORIGINS = (
    Origin(A, "Вестник Пример", "Читалня край реката", "https://vestnik.example.bg/1"),
    Origin(B, "Радио Пример", "До полунощ над книгите", "https://radio.example.test/1"),
    Origin(ArticleId("c"), "Трето издание", "Без изречение", "https://treto.example.bg/1"),
)


def told(**fields: object):
    values: dict[str, object] = {
        "summary": f"{FIRST} {SECOND}",
        "one_line": FIRST,
        "sentences": (Sentence(FIRST, B, 0, 23), Sentence(SECOND, A, 40, 74)),
        "origins": ORIGINS,
    }
    return story(1, **(values | fields))


def page(one, tier: str = "lead") -> str:
    shown = Section("bulgaria", "България", (story(2, tier="lead"), replace(one, tier=tier)))
    made: Edition = edition(shown)
    return render(made, MASTHEAD, newsroom=NEWSROOM).web_html


def test_sources_are_numbered_in_the_order_of_the_text() -> None:
    """The first sentence's article is 1; what no sentence rests on has no number."""
    found = proof(told(), FIRST)

    assert found.text == (Told(FIRST, (1,)), Told(SECOND, (2,)))
    assert [(one.number, one.outlet, one.agency) for one in found.sources] == [
        (1, "Радио Пример", "Агенция Пример"),
        (2, "Вестник Пример", ""),
    ]


def test_typography_does_not_lose_the_source() -> None:
    """A sentence that is printed with other marks keeps its number, between those around it."""
    raw = Sentence('Тя каза "Ще чета" и "ще пиша"', A, 0, 29)
    one = told(summary=f"{FIRST} Тя каза „ще чета“ и „ще пиша“.",
               sentences=(Sentence(FIRST, B, 0, 23), raw))  # fmt: skip

    assert proof(one, FIRST).text[1] == Told("Тя каза „ще чета“ и „ще пиша“.", (2,))


def test_a_sentence_without_support_has_no_number() -> None:
    """An editor's sentence that rests on nothing does not borrow a source."""
    one = told(sentences=(Sentence(FIRST, B, 0, 23), Sentence(SECOND, B, 0, 0)), method="editor")

    assert proof(one, FIRST).text == (Told(FIRST, (1,)), Told(SECOND, ()))


def test_the_mark_of_a_free_extract_belongs_to_its_text() -> None:
    """„…“ is no sentence of its own."""
    one = told(summary="Читалнята има 21…", sentences=(Sentence("Читалнята има 21", A, 0, 16),))

    assert proof(one, "").text == (Told("Читалнята има 21…", (1,)),)


def test_an_older_file_without_origins_is_printed_all_the_same() -> None:
    """With one credit the source is known; with several nobody can say which it is."""
    single = told(origins=(), sentences=(Sentence(FIRST, A, 0, 23),), summary=FIRST)
    single = replace(single, credits=single.credits[:1])

    assert [one.outlet for one in proof(single, "").sources] == ["Вестник Пример"]
    assert proof(told(origins=()), "").sources == ()
    assert FIRST in page(told(origins=()))


def test_every_reference_leads_to_its_source_on_the_page() -> None:
    """Links by number, named for a screen reader, each with a target that exists once."""
    html = page(told(), tier="full")

    wanted = re.findall(r'href="#(n\d+i\d+)" role="doc-noteref" aria-label="([^"]+)"', html)
    assert [label for _, label in wanted] == [
        "Източник 1: Радио Пример",
        "Източник 2: Вестник Пример",
    ]
    for target, _ in wanted:
        assert html.count(f'id="{target}"') == 1
    assert '<a href="https://radio.example.test/1">До полунощ над книгите</a>' in html
    assert "<script>" not in html


def test_what_follows_is_printed_everywhere_and_once() -> None:
    """„Защо е важно“ stands in mail, text part and archive; a one-liner has none."""
    line = "Промяната засяга 300 читатели на квартала."
    one = told(matters=Sentence(line, A, 80, 122))
    shown = Section("bulgaria", "България", (replace(one, tier="lead"), story(2)))
    made = render(edition(shown), MASTHEAD, newsroom=NEWSROOM)
    parts = [
        "".join(made.variants["all"].html.literals),
        "".join(made.variants["all"].text.literals),
    ]

    for part in (*parts, made.web_html):
        assert part.count("Защо е важно:") == 1
    assert line in made.web_html
    assert line in parts[0]
    assert "Защо е важно:" not in page(one, tier="brief")


def test_the_reading_time_of_a_story_is_told_in_seconds() -> None:
    """Eighteen words are six seconds, said as ten."""
    assert "10\u00a0секунди\u00a0четене" in page(told(), tier="full")
