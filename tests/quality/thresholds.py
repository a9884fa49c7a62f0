"""How the threshold of stories was chosen, and how much it would move with other events.

Events are parted into five, ten times; the threshold that is best on four parts (F1, with a
precision of .97 at least) is measured on the fifth, which had no say. Run it with the path of the
evaluation data:

    python -m tests.quality.thresholds ../shared/data
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import mean, pstdev

from digest.cluster import linkage
from digest.cluster.assign import Before, Begun, begin
from digest.cluster.copies import Copies
from digest.cluster.embed import Lexical
from digest.cluster.material import prepare
from digest.cluster.series import series
from digest.cluster.stories import _lifted, _speakers
from digest.settings import Cluster
from tests.quality.labelled import Figures, Pair, Row, article, figures, pairs, rows

FOLDS, TIMES, PRECISION = 5, 10, 0.97
GRID = tuple(round(0.06 + step / 100, 2) for step in range(25))
LEAST = GRID[0] / 2

Grouped = Mapping[float, Mapping[str, int]]
"""Threshold → article → number of its story."""


def grouped(labelled: Sequence[Row], *, dated: bool, cut: Sequence[int | None]) -> Grouped:
    """The stories of all documents at every threshold; likenesses are computed once."""
    articles = [
        article(row, dated=dated, cut=cut[at % len(cut)]) for at, row in enumerate(labelled)
    ]
    materials = prepare(sorted(articles, key=lambda a: (str(a.published_at), a.id)))
    near = linkage.alike(Lexical().read(materials), LEAST)
    copied = Copies(materials, near, Cluster().copy_containment)
    begun = begin(materials, [*copied.wholes(), *series(materials)], Before())
    speaker = _speakers(begun, copied)
    scores = linkage.judged(materials, _lifted(near, speaker), Cluster().window_days, LEAST)
    spoken = Begun([sorted({speaker[at] for at in group}) for group in begun.groups], begun.claims)
    found = {}
    for threshold in GRID:
        joined = linkage.group(spoken, scores, threshold)
        found[threshold] = {
            str(materials[at].article.id): number
            for number, part in enumerate(joined)
            for one in part
            for at in begun.groups[one]
        }
    return found


def folds(labelled: Sequence[Row], seed: int) -> Callable[[str], int]:
    """In which part each document's event falls."""
    events = sorted({str(row["event"]) for row in labelled if row["event"]})
    Random(seed).shuffle(events)
    part = {event: at % FOLDS for at, event in enumerate(events)}
    event_of = {str(row["id"]): str(row["event"]) for row in labelled}
    return lambda document: part[event_of[document]]


def best(scored: Sequence[Pair], at: Grouped) -> float:
    """The threshold of the highest F1 among those precise enough, the highest of equals."""
    able = [(figures(scored, at[t]), t) for t in GRID]
    precise = [(f.f1, t) for f, t in able if f.precision >= PRECISION]
    return max(precise or [(f.precision, t) for f, t in able])[1]


def measure(labelled: Sequence[Row], at: Grouped) -> tuple[list[float], list[Figures]]:
    """Chosen thresholds, and what each gives on the part that had no say."""
    scored = list(pairs(labelled))
    chosen: list[float] = []
    unseen: list[Figures] = []
    for seed in range(TIMES):
        part = folds(labelled, seed)
        for fold in range(FOLDS):
            train = [p for p in scored if part(p[0]) != fold and part(p[1]) != fold]
            test = [p for p in scored if part(p[0]) == fold or part(p[1]) == fold]
            chosen.append(best(train, at))
            unseen.append(figures(test, at[chosen[-1]]))
    return chosen, unseen


def main(data: Path) -> None:
    labelled = rows(data, "docs_bg.jsonl")
    for name, dated, cut in (
        ("whole, dated", True, (None,)),
        ("whole, undated", False, (None,)),
        ("every second cut at 200, dated", True, (200, None)),
        ("all cut at 200, dated", True, (200,)),
    ):
        at = grouped(labelled, dated=dated, cut=cut)
        chosen, unseen = measure(labelled, at)
        print(f"{name}: threshold {mean(chosen):.3f} ± {pstdev(chosen):.3f}")  # noqa: T201
        f1s, ps = [f.f1 for f in unseen], [f.precision for f in unseen]
        print(  # noqa: T201
            f"  unseen events: F1 {mean(f1s):.3f} ± {pstdev(f1s):.3f}, P {mean(ps):.3f}; "
            f"in force {linkage.THRESHOLD}: {figures(list(pairs(labelled)), at[linkage.THRESHOLD])}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
