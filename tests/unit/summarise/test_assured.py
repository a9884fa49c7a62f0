"""A sentence that fails the gate is replaced by the next, or the title stays alone."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.model import (
    Article,
    ArticleId,
    CheckedSentence,
    Problem,
    Rights,
    Sentence,
    Summary,
)
from digest.summarise.assured import NONE_PASSES, Gate, assured, own_gate
from digest.summarise.extractive import for_article, summarise
from digest.summarise.recheck import recheck

TEXT = """Община Каменград ще засади 1 200 дървета край река Белица до края на април.

Средствата за дърветата са осигурени от общинския бюджет и възлизат на 86 000 евро.

Доброволците за засаждането са повече от 300 души и идват от пет училища в града.

Първите липи бяха засадени преди две години в парка до стадиона на Велидол."""
SOURCE = Article(ArticleId("a"), "Зелен бряг за реката", TEXT)
STORY = for_article(SOURCE)


def failing(*words: str) -> Gate:
    """A gate with a fault: sentences that hold one of the words do not pass."""

    def gate(summary: Summary, articles: Sequence[Article]) -> list[CheckedSentence]:
        return [
            CheckedSentence(one.text, supported=False, problems=(Problem("number", word),))
            if (word := next((w for w in words if w in one.text), ""))
            else CheckedSentence(one.text, supported=True)
            for one in summary.sentences
        ]

    return gate


def test_a_summary_that_passes_is_the_extractive_one() -> None:
    """Nothing is replaced, and nothing is noted."""
    made = assured(STORY)

    assert made.sentences == summarise(STORY).sentences
    assert all(one.supported for one in made.checks)
    assert made.note == ""


def test_the_next_candidate_takes_the_place_of_a_failing_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The first choice holds 1 200; another sentence stands instead, and note and log say why."""
    assert "1 200" in summarise(STORY).text

    with caplog.at_level(logging.WARNING):
        made = assured(STORY, gate=failing("1 200"))

    assert "1 200" not in made.text
    assert len(made.sentences) == len(summarise(STORY).sentences)
    assert all(SOURCE.text[s.start : s.end] == s.text for s in made.sentences)
    assert "1 200" in made.note
    assert "числото" in made.note
    assert "failed the gate" in caplog.text


def test_a_story_of_which_nothing_passes_is_title_and_link(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No text is better than a wrong one; the note says so."""
    with caplog.at_level(logging.WARNING):
        made = assured(STORY, gate=failing(" "))

    assert (made.text, made.sentences, made.method) == ("", (), "none")
    assert made.title == SOURCE.title
    assert made.note.startswith(NONE_PASSES)
    assert "title and link" in caplog.text


def test_a_free_extract_that_fails_has_no_next_candidate() -> None:
    """Only the beginning is free: without it the title stays alone."""
    free = for_article(replace(SOURCE, rights=Rights.EXTRACT))

    assert assured(free, rights=Rights.EXTRACT, gate=failing("1 200")).text == ""


def test_a_sentence_is_looked_up_at_its_place() -> None:
    """As it stands there it passes; with a figure changed, the gate names figure and source."""
    made = summarise(STORY)
    told = made.sentences[0]
    wrong = replace(told, text=told.text.replace("1 200", "7 200"))

    (good,) = recheck("", [told], [SOURCE], rights=Rights.LICENSED)
    (bad,) = recheck("", [wrong], [SOURCE], rights=Rights.LICENSED)

    assert (good.supported, good.start, good.end) == (True, told.start, told.end)
    assert not bad.supported
    assert [one.kind for one in bad.problems][:1] == ["number"]
    assert "7 200" in bad.problems[0].text


def test_a_sentence_of_an_altered_article_is_asked_again() -> None:
    """The outlet corrected 1 200 to 900: what was drafted is not what the source says now."""
    made = summarise(STORY)
    now = replace(SOURCE, text=TEXT.replace("1 200", "900"))
    moved = replace(SOURCE, text=f"Нов увод на редакцията за дърветата.\n\n{TEXT}")

    altered = own_gate(made, [now])
    same = own_gate(made, [moved])

    assert [one.supported for one in altered] == [False, True]
    assert all(one.supported for one in same)
    assert same[0].start != made.sentences[0].start


def test_rights_that_were_narrowed_after_drafting_count() -> None:
    """A whole sentence from further in than the free 100 characters is too much."""
    made = summarise(STORY)
    narrow = replace(SOURCE, rights=Rights.EXTRACT)

    kinds = {p.kind for one in own_gate(made, [narrow]) for p in one.problems}

    assert "overlap" in kinds


def test_a_text_without_its_article_has_no_support() -> None:
    """Nothing can be checked against what is no longer kept."""
    found = recheck("", [Sentence("Мостът е готов.", ArticleId("x"), 0, 15)], [],
                    rights=Rights.LICENSED)  # fmt: skip

    assert [one.supported for one in found] == [False]


def test_a_cut_that_the_rules_would_not_make_is_asked_of_the_gate() -> None:
    """Brackets with a sum in dollars may go unasked; a «не» that was cut out is a turned claim."""
    text = "Помощта от 300 евро (348 долара) не се изплаща през лятото в Каменград."
    source = Article(ArticleId("a"), "Помощ", text)
    found = recheck("", [_less(source, " (348 долара)"), _less(source, " не")], [source],
                    rights=Rights.LICENSED)  # fmt: skip

    assert [one.supported for one in found] == [True, False]
    assert found[1].problems[0].kind == "negation"


def _less(source: Article, gone: str) -> Sentence:
    """The article's only sentence with a stretch left out, and the cut recorded."""
    at = source.text.index(gone)
    text = source.text.replace(gone, "", 1)
    return Sentence(text, source.id, 0, len(source.text), ((at, at + len(gone)),))
