"""How well stories and copies are found, on labelled Bulgarian documents.

Pairs of two events that are marked as one running story are not scored.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from digest.cluster.stories import cluster
from digest.model import UNDATED, Article, ArticleId, DateBasis, DateClaim, Newsroom
from digest.settings import Cluster

pytestmark = pytest.mark.quality

Row: TypeAlias = dict[str, object]

P_FLOOR, F1_FLOOR, UNDATED_F1_FLOOR, COPIES_FLOOR = 0.95, 0.93, 0.80, 0.90


def _rows(data: Path, name: str) -> list[Row]:
    file = data / "cluster" / name
    if not file.is_file():
        pytest.skip(f"evaluation data ({name}) is not here")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _article(row: Row, *, dated: bool, cut: int | None = None) -> Article:
    at = datetime.fromisoformat(str(row["date"])).replace(tzinfo=UTC)
    return Article(
        ArticleId(str(row["id"])),
        str(row["title"]),
        str(row["text"])[:cut],
        outlet=str(row["outlet"] or ""),
        date=DateClaim(at, DateBasis.META, 0.9) if dated else UNDATED,
        partial=cut is not None,
    )


def _stories(articles: list[Article]) -> dict[str, str]:
    found = cluster(articles, newsroom=Newsroom(()), options=Cluster())
    return {str(a.id): str(s.id) for s in found for a in s.articles}


def _pairs(rows: list[Row]) -> Iterator[tuple[Row, Row, bool]]:
    for one, other in itertools.combinations([r for r in rows if r["event"]], 2):
        same = one["event"] == other["event"]
        if same or not set(one["related"]) & set(other["related"]):
            yield one, other, same


def _figures(rows: list[Row], of: dict[str, str]) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1."""
    hits = false = missed = 0
    for one, other, same in _pairs(rows):
        joined = of[str(one["id"])] == of[str(other["id"])]
        hits += same and joined
        false += joined and not same
        missed += same and not joined
    precision, recall = hits / max(1, hits + false), hits / max(1, hits + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _tell(figures: str) -> None:
    print(f"\n{figures}")  # noqa: T201 – the figure is what a quality test is read for


def test_stories_with_dates(shared_data):
    """Precision before recall: a false merge is a false claim of corroboration."""
    rows = _rows(shared_data, "docs_bg.jsonl")
    precision, recall, f1 = _figures(rows, _stories([_article(r, dated=True) for r in rows]))
    _tell(f"stories, dated: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    assert precision >= P_FLOOR
    assert f1 >= F1_FLOOR


def test_stories_without_dates(shared_data):
    """Time does not carry it all."""
    rows = _rows(shared_data, "docs_bg.jsonl")
    precision, recall, f1 = _figures(rows, _stories([_article(r, dated=False) for r in rows]))
    _tell(f"stories, undated: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    assert f1 >= UNDATED_F1_FLOOR


def test_stories_of_whole_articles_and_cut_lines(shared_data):
    """Every third article is a title with two cut lines."""
    rows = _rows(shared_data, "docs_bg.jsonl")
    articles = [
        _article(r, dated=True, cut=200 if i % 3 == 0 else None) for i, r in enumerate(rows)
    ]
    precision, recall, f1 = _figures(rows, _stories(articles))
    _tell(f"stories, a third cut: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    assert precision >= P_FLOOR


def test_copies_are_together(shared_data):
    """Computed near-duplicates end in one story."""
    rows = _rows(shared_data, "docs_bg.jsonl")
    of = _stories([_article(r, dated=True) for r in rows])
    pairs = _rows(shared_data, "near_duplicate_pairs_bg.jsonl")
    together = sum(of[str(p["a"])] == of[str(p["b"])] for p in pairs)
    _tell(f"near-duplicate pairs together: {together} of {len(pairs)}")
    assert together >= COPIES_FLOOR * len(pairs)
