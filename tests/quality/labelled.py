"""Labelled Bulgarian documents, and what a grouping of them is worth.

Pairs of two events that are marked as one running story are not scored.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from digest.model import UNDATED, Article, ArticleId, DateBasis, DateClaim

Row: TypeAlias = dict[str, object]
Pair: TypeAlias = tuple[str, str, bool]
"""Two ids, and whether they are one event."""


def rows(data: Path, name: str) -> list[Row]:
    """The lines of a file of the set; a test skips by name when it is absent."""
    file = data / "cluster" / name
    if not file.is_file():
        pytest.skip(f"evaluation data ({name}) is not here")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def article(row: Row, *, dated: bool, cut: int | None = None) -> Article:
    at = datetime.fromisoformat(str(row["date"])).replace(tzinfo=UTC)
    return Article(
        ArticleId(str(row["id"])),
        str(row["title"]),
        str(row["text"])[:cut],
        outlet=str(row.get("outlet") or ""),
        date=DateClaim(at, DateBasis.META, 0.9) if dated else UNDATED,
        partial=cut is not None,
    )


def pairs(labelled: Sequence[Row]) -> Iterator[Pair]:
    for one, other in itertools.combinations([r for r in labelled if r["event"]], 2):
        same = one["event"] == other["event"]
        if same or not set(_list(one)) & set(_list(other)):
            yield str(one["id"]), str(other["id"]), same


def _list(row: Row) -> list[str]:
    related = row["related"]
    return related if isinstance(related, list) else []


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairwise precision, recall and their harmonic mean, each 0…1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def figures(scored: Sequence[Pair], of: Mapping[str, object]) -> Figures:
    hits = false = missed = 0
    for one, other, same in scored:
        joined = of[one] == of[other]
        hits += same and joined
        false += joined and not same
        missed += same and not joined
    return Figures(hits / max(1, hits + false), hits / max(1, hits + missed))
