"""The gate on a corpus of invented articles with faithful and wrong summaries, beside baselines.

The corpus (tests/quality/faithfulness) has nine parts, each written by somebody who had not seen
the rules. Summaries of the even articles of the first two („unread“) and of part f („stranger“, the
hardest) are only counted; all others were read to mend the rules, and hold what was mended. The
gate is asked with weights that were learnt on other articles than the one it is asked about
(tests/quality/weights.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pytest

from digest.bulgarian.names import names
from digest.bulgarian.words import lemmas, words
from digest.model import Article
from digest.summarise.faithful import check, passes
from digest.summarise.sense import told_by
from digest.summarise.weighing import DOUBTFUL, packaged, weigh, weighed_by
from tests.quality.summaries import FAITHFUL, Case, cases, folds
from tests.quality.weights import PARTS, held_out, rows

pytestmark = [pytest.mark.quality, pytest.mark.xdist_group("faithfulness")]

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

NOT_YET = frozenset({FAITHFUL, "number", "name"})
"""Kinds whose floor is not reached on the unread summaries; docs/faithfulness.md says by how much.

A kind that reaches its floor, or falls below it, must change its place here.
"""
MENDED = {
    "number": 0.945,
    "date": 0.945,
    "name": 0.95,
    "quote": 0.985,
    "negation": 0.87,
    "modality": 0.875,
    "relation": 0.6,
    "crossed": 0.91,
}
"""What is held of the summaries that were read: a case or two below what is measured."""
MOST_MENDED_BLOCKED = 0.08


Gate = Callable[[str, Sequence[Article]], bool]


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
def weighed() -> Mapping[int, bool]:
    """For each case whether its worst sentence is stopped, by signals alone; verbatim ones lack."""
    found: dict[int, bool] = {}
    for one in rows():
        with weighed_by(held_out()[folds(PARTS)[one.case]]):
            doubtful = weigh(one.seeing).likelihood >= DOUBTFUL or one.seeing["quote: quotes"] > 0
        found[one.case] = found.get(one.case, False) or doubtful
    return found


@cache
def stops(gate: Gate, number: int) -> bool:
    """Whether a gate stops the case of that number, with weights its articles had no say in."""
    case = cases()[number]
    with weighed_by(held_out()[folds(PARTS)[number]]):
        return not gate(case.summary, case.articles)


GROUPS: Mapping[str, Callable[[Case], bool]] = {
    "unread": lambda case: case.unread,
    "stranger": lambda case: case.stranger,
    "read": lambda case: not (case.unseen or case.rewritten),
    "all": lambda case: not (case.stranger or case.rewritten),
    "rewritten": lambda case: case.rewritten,
}
"""„All“ are the first four parts; the later ones, which are harder, have columns of their own."""


@cache
def blocked(gate: Gate, group: str = "unread") -> Mapping[str, float]:
    """Share of a group's summaries that a gate blocks, by kind; „“ are the faithful ones.

    Of those that were read the signals are weighed, which is all that the gate does with them.
    """
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, case in enumerate(cases()):
        if GROUPS[group](case):
            total[case.kind] += 1
            quick = gate is ours and not case.unseen
            wrong[case.kind] += weighed().get(number, False) if quick else stops(gate, number)
    return {kind: wrong[kind] / total[kind] for kind in total}


def by_words(summary: str, articles: Sequence[Article]) -> bool:
    """The gate on a machine without an embedding model."""
    with told_by(None):
        return ours(summary, articles)


def _tell(record: Callable[[str, object], None], kind: str) -> None:
    gates = {"ours": ours, "names": proper_nouns, "overlap": overlap}
    found = {name: round(blocked(gate)[kind], 3) for name, gate in gates.items()}
    groups = {group: round(blocked(ours, group)[kind], 3) for group in GROUPS}
    record("blocked", {**found, **groups})


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


STRANGER = {
    "number": 0.76,
    "date": 0.95,
    "name": 0.81,
    "quote": 0.99,
    "negation": 0.73,
    "modality": 0.81,
    "relation": 0.45,
    "crossed": 0.77,
}
"""What is held of part f: a case or two below what is measured, and far from the floors."""
MOST_STRANGER_BLOCKED = 0.23


def test_a_strangers_text_loses_no_more_than_is_said(record_property):
    """On the hardest part, which nobody has read, the gate is as good as docs/faithfulness.md says."""
    found = blocked(ours, "stranger")
    record_property("blocked", {kind: round(share, 3) for kind, share in found.items()})

    assert {kind for kind, least in STRANGER.items() if found[kind] < least} == set()
    assert found[FAITHFUL] <= MOST_STRANGER_BLOCKED


def test_the_gate_does_what_its_signals_say():
    """For every unread summary the whole gate and the weighing of its sentences agree."""
    unread = [number for number, case in enumerate(cases()) if case.unread]
    assert [n for n in unread if stops(ours, n) != weighed().get(n, False)] == []


@pytest.mark.parametrize("kind", ["number", "date", "quote", "negation", "modality"])
def test_the_gate_is_better_than_its_baselines(kind):
    """It catches more than names alone and more than words in common."""
    assert blocked(ours)[kind] > max(blocked(proper_nouns)[kind], blocked(overlap)[kind])


def test_all_faithful_summaries_together_pass_as_they_should(record_property):
    """Of the first four parts, read and unread, at most one faithful summary in ten is blocked."""
    found = blocked(ours, "all")
    record_property("blocked", {kind: round(share, 3) for kind, share in found.items()})

    assert found[FAITHFUL] <= MOST_FAITHFUL_BLOCKED


def test_the_gate_holds_without_an_embedding_model(record_property):
    """On words alone little is lost: no kind falls a tenth below what the model gives."""
    found, seeing = blocked(by_words), blocked(ours)
    record_property("blocked", {kind: round(share, 3) for kind, share in found.items()})

    assert {kind for kind in LEAST if found[kind] < seeing[kind] - 0.1} == set()
    assert found[FAITHFUL] <= seeing[FAITHFUL] + 0.05


def test_the_packaged_weights_are_of_the_signals_that_there_are():
    """Whoever changes a signal learns the weights anew: `python -m tests.quality.weights`."""
    assert packaged().names == tuple(rows()[0].seeing)


def test_what_was_mended_stays_mended(record_property):
    """Of the summaries that were read, no fewer wrong ones are stopped, and no more faithful ones."""
    found = blocked(ours, "read")
    record_property("blocked", {kind: round(share, 3) for kind, share in found.items()})

    assert {kind for kind, least in MENDED.items() if found[kind] < least} == set()
    assert found[FAITHFUL] <= MOST_MENDED_BLOCKED
