"""Summaries and the gate on articles with a human reference."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemmas, words
from digest.model import Article, ArticleId, Summary
from digest.summarise.candidates import less
from digest.summarise.extractive import for_article, summarise
from digest.summarise.faithful import check, passes

pytestmark = pytest.mark.quality

Row = dict[str, str]


@pytest.fixture
def rows(shared_data: Path) -> list[Row]:
    text = (shared_data / "summary" / "lead_subhead_bg.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def article(row: Row) -> Article:
    return Article(ArticleId(row["id"]), row["title"], row["body"])


def summary_of(row: Row) -> Summary:
    return summarise(for_article(article(row)))


def rouge(text: str, reference: str) -> float:
    """ROUGE-1 F on 6-letter stems."""
    mine, theirs = (Counter(w[:6] for w in words(t)) for t in (text, reference))
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def lead(row: Row, count: int) -> str:
    spans = split(row["body"])[:count]
    return row["body"][spans[0][0] : spans[-1][1]]


@pytest.mark.parametrize("count", [1, 2])
def test_subheads_are_met_as_well_as_by_the_first_sentences(rows, count, record_property):
    """On sub-headlines the summary is not below the first sentence, nor the first two."""
    subheads = [row for row in rows if row["kind"] == "subhead"]
    ours = mean(rouge(summary_of(row).text, row["reference"]) for row in subheads)
    first = mean(rouge(lead(row, count), row["reference"]) for row in subheads)
    record_property("rouge1", (round(ours, 3), round(first, 3)))
    assert ours >= first


def test_spans_are_verbatim_and_the_gate_passes_them(rows):
    """Every sentence stands in its article, and the gate agrees."""
    for row in rows:
        summary = summary_of(row)
        assert summary.sentences, row["id"]
        for one in summary.sentences:
            assert less(row["body"], one.start, one.end, one.cuts) == one.text
        assert passes(check(summary.text, [article(row)]))
        assert not inside_open(summary.text)


def test_the_title_is_not_repeated(rows):
    """No summary consists of the headline's words by more than six tenths."""
    for row in rows:
        own, title = set(lemmas(summary_of(row).text)), set(lemmas(row["title"]))
        assert len(own & title) / len(own) <= 0.6


def test_the_summary_of_another_article_is_blocked(rows):
    """The right headline over another story's summary never passes."""
    others = rows[1:] + rows[:1]
    crossed = [
        passes(check(summary_of(a).text, [article(b)])) for a, b in zip(rows, others, strict=True)
    ]
    assert not any(crossed)
