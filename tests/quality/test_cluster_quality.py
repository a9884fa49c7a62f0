"""How well stories and copies are found, on labelled Bulgarian documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.cluster.stories import cluster
from digest.model import Article, Story
from digest.newsroom import load_newsroom
from digest.settings import Cluster
from tests.quality.labelled import Figures, Row, article, figures, pairs, rows

pytestmark = pytest.mark.quality

P_FLOOR, F1_FLOOR, UNDATED_F1_FLOOR, COPIES_FLOOR = 0.97, 0.98, 0.93, 0.97
CUT_P_FLOOR, CUT_F1_FLOOR = 0.97, 0.94


def _stories(articles: Sequence[Article]) -> list[Story]:
    return cluster(articles, newsroom=load_newsroom(), options=Cluster())


def _of(stories: Sequence[Story]) -> dict[str, str]:
    return {str(a.id): str(s.id) for s in stories for a in s.articles}


def _measured(
    labelled: Sequence[Row], *, dated: bool, cut: Sequence[int | None] = (None,)
) -> Figures:
    articles = [article(r, dated=dated, cut=cut[at % len(cut)]) for at, r in enumerate(labelled)]
    return figures(list(pairs(labelled)), _of(_stories(articles)))


def _tell(told: str) -> None:
    print(f"\n{told}")  # noqa: T201 – the figure is what a quality test is read for


def test_stories_with_dates(shared_data: Path) -> None:
    """Precision before recall: a false merge is a false claim of corroboration."""
    found = _measured(rows(shared_data, "docs_bg.jsonl"), dated=True)
    _tell(f"stories, dated: {found}")
    assert found.precision >= P_FLOOR
    assert found.f1 >= F1_FLOOR


def test_stories_without_dates(shared_data: Path) -> None:
    """Time does not carry it all."""
    found = _measured(rows(shared_data, "docs_bg.jsonl"), dated=False)
    _tell(f"stories, undated: {found}")
    assert found.f1 >= UNDATED_F1_FLOOR


@pytest.mark.parametrize("cut", [(200, None, None), (200, None), (200,), (110,)])
def test_stories_of_whole_articles_and_cut_lines(
    shared_data: Path, cut: tuple[int | None, ...]
) -> None:
    """Every third article, every second, or each is a title with two cut lines, or one."""
    found = _measured(rows(shared_data, "docs_bg.jsonl"), dated=True, cut=cut)
    _tell(f"stories, cut {cut}: {found}")
    assert found.precision >= CUT_P_FLOOR
    assert found.f1 >= CUT_F1_FLOOR


def test_copies_are_found(shared_data: Path) -> None:
    """Computed near-duplicates are in one story, or are told to share a part or a notice only."""
    labelled = rows(shared_data, "docs_bg.jsonl")
    stories = _stories([article(r, dated=True) for r in labelled])
    of = _of(stories)
    told = {frozenset((str(c.article_id), str(c.copy_of))) for s in stories for c in s.copies}
    computed = rows(shared_data, "near_duplicate_pairs_bg.jsonl")
    missed = [
        p
        for p in computed
        if of[str(p["a"])] != of[str(p["b"])] and frozenset((str(p["a"]), str(p["b"]))) not in told
    ]
    _tell(f"near-duplicate pairs found: {len(computed) - len(missed)} of {len(computed)}")
    assert len(missed) <= (1 - COPIES_FLOOR) * len(computed)


def test_no_copy_only_shares_a_topic(shared_data: Path) -> None:
    """What is told to be a reprint is never of two labelled events."""
    labelled = rows(shared_data, "docs_bg.jsonl")
    apart = {frozenset((one, other)) for one, other, same in pairs(labelled) if not same}
    reprints = [
        copy
        for story in _stories([article(r, dated=True) for r in labelled])
        for copy in story.copies
        if copy.kind == "reprint"
    ]
    assert reprints
    wrong = [c for c in reprints if frozenset((str(c.article_id), str(c.copy_of))) in apart]
    assert not wrong


def test_short_retold_events_of_a_year_are_told_apart(shared_data: Path) -> None:
    """Three tellings of a withdrawn budget are one story, two of the euro's first day another."""
    told = rows(shared_data, "modern_retold_bg.jsonl")
    documents = rows(shared_data, "docs_bg.jsonl")
    alone = _of(_stories([article(r, dated=True) for r in told]))
    among = _of(_stories([article(r, dated=True) for r in (*told, *documents)]))
    for of in (alone, among):
        assert figures(list(pairs(told)), of) == Figures(1.0, 1.0)
