"""The gate on a corpus of invented articles with faithful and wrong summaries, beside baselines.

The corpus (tests/quality/faithfulness) has four parts, each written by somebody who had not seen
the rules. Summaries of the even articles of the first two are only counted; all others were read
to mend the rules, and hold what was mended.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from digest.bulgarian.names import names
from digest.bulgarian.words import lemmas, words
from digest.model import Article, ArticleId, DateBasis, DateClaim
from digest.summarise.faithful import check, passes

pytestmark = pytest.mark.quality

HERE = Path(__file__).parent / "faithfulness"
LEAST = {
    "number": 0.95,
    "date": 0.95,
    "name": 0.95,
    "quote": 0.95,
    "negation": 0.85,
    "modality": 0.85,
    "relation": 0.6,
    "crossed": 0.95,
}
MOST_FAITHFUL_BLOCKED = 0.1
OVERLAP = 0.6
"""Share of a summary's lemmas in the article below which the word-overlap baseline blocks."""

FAITHFUL = ""
UNREAD = frozenset("ab")
"""Parts of the corpus whose even articles nobody who writes rules has read the summaries of."""
NOT_YET = frozenset({FAITHFUL, "number", "date", "name", "negation", "relation", "crossed"})
"""Kinds whose floor is not reached on the unread summaries; docs/faithfulness.md says by how much.

A kind that reaches its floor, or falls below it, must change its place here.
"""
MENDED = {
    "number": 0.92,
    "date": 0.92,
    "name": 0.83,
    "quote": 0.98,
    "negation": 0.82,
    "modality": 0.8,
    "relation": 0.55,
    "crossed": 0.78,
}
"""What is held of the summaries that were read: a case or two below what is measured."""
MOST_MENDED_BLOCKED = 0.095


@dataclass(frozen=True)
class Case:
    """A summary, its articles, and what is wrong with it (empty: faithful)."""

    name: str
    summary: str
    articles: tuple[Article, ...]
    kind: str

    @property
    def unseen(self) -> bool:
        part, number = self.articles[0].id[0], int(self.articles[0].id[1:])
        return part in UNREAD and number % 2 == 0


Gate = Callable[[str, Sequence[Article]], bool]


def _rows(file: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / file).read_text("utf-8").splitlines()]


@cache
def cases() -> tuple[Case, ...]:
    articles = {
        row["id"]: Article(
            ArticleId(row["id"]),
            row["title"],
            row["text"],
            outlet=row["outlet"],
            date=DateClaim(datetime.fromisoformat(row["published_at"]), DateBasis.FEED, 1.0),
        )
        for row in _rows("articles.jsonl")
    }
    found = []
    for row in _rows("cases.jsonl"):
        told = row["article_id"]
        ids = told if isinstance(told, list) else [told]
        kind = "" if row["label"] == "faithful" else row["kind"]
        found.append(Case(row["id"], row["summary"], tuple(articles[i] for i in ids), kind))
    return tuple(found)


def ours(summary: str, articles: Sequence[Article]) -> bool:
    return passes(check(summary, articles))


def proper_nouns(summary: str, articles: Sequence[Article]) -> bool:
    """The baseline that passes a text whose names all stand in the articles."""
    there = {word for one in articles for word in words(f"{one.title} {one.text}")}
    return all(w in there for name, _, _ in names(summary) for w in words(name))


def overlap(summary: str, articles: Sequence[Article]) -> bool:
    """The baseline that passes a text most of whose lemmas stand in the articles."""
    there = {term for one in articles for term in lemmas(f"{one.title} {one.text}")}
    own = lemmas(summary)
    return sum(term in there for term in own) >= OVERLAP * len(own)


@cache
def blocked(gate: Gate, *, unseen: bool = True) -> Mapping[str, float]:
    """Share of the summaries that a gate blocks, by kind; „“ are the faithful ones."""
    total: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    for case in cases():
        if case.unseen is unseen:
            total[case.kind] += 1
            stopped[case.kind] += not gate(case.summary, case.articles)
    return {kind: stopped[kind] / total[kind] for kind in total}


def _tell(record: Callable[[str, object], None], kind: str) -> None:
    gates = {"ours": ours, "names": proper_nouns, "overlap": overlap}
    record("blocked", {name: round(blocked(gate)[kind], 3) for name, gate in gates.items()})


def test_the_corpus_is_large_and_of_every_kind():
    """At least sixty articles, and forty summaries of each kind of fault."""
    assert len({a.id for case in cases() for a in case.articles}) >= 60
    count = Counter(case.kind for case in cases())
    assert all(count[kind] >= 40 for kind in LEAST)


@pytest.mark.parametrize("kind", LEAST)
def test_wrong_summaries_are_caught_as_far_as_is_said(kind, record_property):
    """Of the unseen wrong summaries the stated share is stopped, in every kind but those named."""
    _tell(record_property, kind)
    assert (blocked(ours)[kind] >= LEAST[kind]) == (kind not in NOT_YET)


def test_faithful_summaries_pass_as_far_as_is_said(record_property):
    """At most one unseen faithful summary in ten is blocked, unless it is named as not reached."""
    _tell(record_property, FAITHFUL)
    assert (blocked(ours)[FAITHFUL] <= MOST_FAITHFUL_BLOCKED) == (FAITHFUL not in NOT_YET)


@pytest.mark.parametrize("kind", ["number", "date", "quote", "negation", "modality"])
def test_the_gate_is_better_than_its_baselines(kind):
    """It catches more than names alone and more than words in common."""
    assert blocked(ours)[kind] > max(blocked(proper_nouns)[kind], blocked(overlap)[kind])


def test_what_was_mended_stays_mended(record_property):
    """Of the summaries that were read, no fewer wrong ones are stopped, and no more faithful ones."""
    found = blocked(ours, unseen=False)
    record_property("blocked", {kind: round(share, 3) for kind, share in found.items()})

    assert {kind for kind, least in MENDED.items() if found[kind] < least} == set()
    assert found[FAITHFUL] <= MOST_MENDED_BLOCKED
