"""What is looked at before an edition goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.model import (
    ArticleId,
    CheckedSentence,
    Credit,
    Edition,
    EditionId,
    EditionStory,
    Piece,
    RenderedEdition,
    Rights,
    Section,
    Sentence,
    StoryId,
    Variant,
)
from digest.review.preflight import clean, preflight

GOOD = EditionStory(
    StoryId("s1"),
    "Мостът е отворен",
    "https://a.example.bg/1",
    "Ремонтът свърши.",
    "Ремонтът свърши.",
    "lead",
    (Sentence("Ремонтът свърши.", ArticleId("a"), 0, 16),),
    (Credit("Пример", "https://a.example.bg/1"),),
)


def edition(*stories: EditionStory, subject: str = "Мостът е отворен") -> Edition:
    sections = (Section("sport", "Спорт", stories),) if stories else ()
    return Edition(EditionId("e"), "utro", date(2026, 11, 20), subject, "Предтекст", sections)


def sized(size: int) -> RenderedEdition:
    piece = Piece(("x" * size,), ())
    variants = {"all": Variant("all", piece, Piece(("т",), ()))}
    return RenderedEdition(EditionId("e"), 1, "тема", variants, "h")


def codes(what: Edition, size: int = 1000) -> set[tuple[str, str]]:
    return {(one.level, one.code) for one in preflight(what, sized(size))}


def test_a_good_edition_has_no_findings() -> None:
    """Silence means that it may go."""
    assert preflight(edition(GOOD), sized(1000)) == ()


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (edition(), ("red", "no-stories")),
        (edition(GOOD, subject=" "), ("red", "empty-subject")),
        (edition(GOOD, subject="ж" * 51), ("yellow", "subject-too-long")),
        (edition(replace(GOOD, credits=(), url="")), ("yellow", "no-source-link")),
        (edition(replace(GOOD, title='Мост "Нов"')), ("yellow", "straight-quotes")),
        (edition(GOOD, replace(GOOD, id=StoryId("s2"))), ("red", "duplicate-title")),
        (edition(replace(GOOD, sentences=(), method="model")), ("red", "unsupported")),
        (edition(replace(GOOD, sentences=())), ("yellow", "unsupported")),
        (edition(replace(GOOD, rights=Rights.EXTRACT, summary="а" * 101)), ("red", "rights")),
        (edition(replace(GOOD, rights=Rights.EXCLUDED)), ("red", "rights")),
    ],
)
def test_each_fault_is_found(what: Edition, expected: tuple[str, str]) -> None:
    """One fault, one finding."""
    assert codes(what) == {expected}


def test_an_editors_text_needs_no_spans() -> None:
    """The editor answers for it."""
    assert codes(edition(replace(GOOD, sentences=(), method="editor"))) == set()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (75_000, set()),
        (75_001, {("yellow", "html-large")}),
        (90_000, {("yellow", "html-large")}),
        (90_001, {("red", "html-too-large")}),
    ],
)
def test_the_size_is_judged_at_its_two_limits(size: int, expected: set[tuple[str, str]]) -> None:
    """Gmail clips at 102 KB."""
    assert codes(edition(GOOD), size) == expected


def test_red_comes_first_and_is_not_clean() -> None:
    """The gravest is read first."""
    what = edition(replace(GOOD, title='Мост "Нов"'))

    found = preflight(what, sized(95_000))

    assert [one.level for one in found] == ["red", "yellow"]
    assert not clean(found)
    assert clean(found[1:])


def test_sentences_that_the_gate_does_not_confirm_are_named() -> None:
    """Yellow: a person may answer for them; the policy asks for this code by name."""
    wrong = CheckedSentence("Ремонтът свърши вчера.", supported=False)

    (found,) = preflight(edition(GOOD), sized(1000), {GOOD.id: (wrong,)})

    assert (found.level, found.code) == ("yellow", "unconfirmed")
    assert "„Ремонтът свърши вчера.“" in found.what


def test_facts_without_own_words_are_a_free_extract() -> None:
    """More than 100 characters of the article are too much; a model's own words are not."""
    long = replace(GOOD, rights=Rights.FACTS, summary="а" * 140)

    assert ("red", "rights") in codes(edition(long))
    assert ("red", "rights") not in codes(edition(replace(long, method="model")))


def test_a_refused_own_template_is_said_before_the_approval() -> None:
    """The mail looks otherwise than the newsroom means it to; it may leave all the same."""
    said = ("yellow", "override-refused", "Собственият образец (email/digest) не става.")
    what = replace(sized(1000), findings=(said, ("yellow", "html-large", "Голямо е.")))

    (found,) = preflight(edition(GOOD), what)

    assert (found.level, found.code, found.what) == said
    assert clean((found,))
