"""Grouping by meaning and time: candidates by shared rare words, average linkage inside blocks.

Components over all pairs would chain unrelated events as a day grows; they only cut the work into
blocks here, since an average above the threshold needs at least one pair above it.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.cluster.embed import Similarity
from digest.cluster.gates import FORBIDDEN, gate, veto
from digest.cluster.groups import Union
from digest.cluster.material import Material

log = logging.getLogger(__name__)

Pair = tuple[int, int]

THRESHOLD = 0.18
"""Measured on labelled Bulgarian stories: .16 to .20 hold precision ≥ .97 in narrow and in small
batches; see docs/decisions."""

UNDATED = 0.78
"""Time says nothing when a date is missing, so the texts must be that much more alike."""

RARE = 120
"""A word in more texts than this no longer tells events apart, and would cost its square."""

RARE_PER_TEXT = 20
SHARED_RARE = 2
"""One rare word in common is chance; tellings of one event share several."""

LARGEST_BLOCK = 600
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Similarity with time, gate and veto, over the materials of one run."""

    materials: Sequence[Material]
    raw: Similarity
    window_days: float
    threshold: float

    def adjusted(self, one: int, other: int, raw: float) -> float:
        """The score that decides, at most 1; below 0 when the two contradict one another."""
        a, b = self.materials[one], self.materials[other]
        score = raw * decay(a, b, self.window_days)
        if score < self.threshold / 2:
            return score
        return FORBIDDEN if veto(a, b) else score * gate(a, b)


def decay(one: Material, other: Material, window_days: float) -> float:
    """Gaussian of the days between two articles, with `window_days` as its spread; 0…1."""
    if one.at is None or other.at is None:
        return UNDATED
    days = abs((one.at - other.at).total_seconds()) / _DAY
    return math.exp(-((days / window_days) ** 2) / 2)


def candidates(materials: Sequence[Material]) -> list[Pair]:
    """Pairs that share rare words, ascending; linear in the texts for a bounded rarity."""
    import numpy as np
    from scipy.sparse import csr_matrix

    counts = Counter(term for m in materials for term in m.terms)
    numbered: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for at, material in enumerate(materials):
        for term in _rare(material, counts):
            rows.append(at)
            columns.append(numbered.setdefault(term, len(numbered)))
    shape = (len(materials), max(1, len(numbered)))
    marks = csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape)
    left, right = (marks @ marks.T >= SHARED_RARE).nonzero()
    return sorted((int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b)


def _rare(material: Material, counts: Counter[str]) -> list[str]:
    shared = sorted((counts[t], t) for t in material.terms if 2 <= counts[t] <= RARE)
    kept = [term for _, term in shared[:RARE_PER_TEXT]]
    return kept + [t for _, t in shared[RARE_PER_TEXT:] if t in material.title_terms]


def alike(pairs: Sequence[Pair], similarity: Similarity, least: float) -> dict[Pair, float]:
    """The candidate pairs whose bare similarity is at least `least`."""
    scores = similarity.pairs([a for a, _ in pairs], [b for _, b in pairs])
    return {pair: float(score) for pair, score in zip(pairs, scores, strict=True) if score >= least}


def group(members: Sequence[int], near: dict[Pair, float], scores: Scores) -> list[list[int]]:
    """Groups of `members`: blocks first, average linkage inside each."""
    inside = set(members)
    edges = {
        pair: score
        for pair, raw in near.items()
        if pair[0] in inside
        and pair[1] in inside
        and (score := scores.adjusted(*pair, raw)) >= scores.threshold
    }
    blocks = _blocks(list(members), edges, scores.threshold)
    return [found for block in blocks for found in _average(block, scores)]


def _blocks(members: list[int], edges: dict[Pair, float], least: float) -> list[list[int]]:
    """Components of the edges; one that is too large is cut at a higher threshold, or by order."""
    union = Union(max(members, default=-1) + 1)
    for (one, other), score in edges.items():
        if score >= least:
            union.join(one, other)
    blocks: list[list[int]] = []
    for block in union.groups(members):
        if len(block) <= LARGEST_BLOCK:
            blocks.append(block)
            continue
        log.warning("a block of %d texts is cut at %.2f", len(block), least * 1.2)
        kept = set(block)
        inner = {p: s for p, s in edges.items() if p[0] in kept and p[1] in kept}
        blocks += _blocks(block, inner, least * 1.2) if least < 1 else _sliced(block)
    return blocks


def _sliced(block: list[int]) -> list[list[int]]:
    return [block[i : i + LARGEST_BLOCK] for i in range(0, len(block), LARGEST_BLOCK)]


def _average(block: list[int], scores: Scores) -> list[list[int]]:
    """Average linkage over all pairs of a block, cut where the mean falls below the threshold."""
    if len(block) < 2:
        return [block]
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    raw = scores.raw.block(block)
    distances = [
        1 - scores.adjusted(block[i], block[j], float(raw[i, j]))
        for i in range(len(block))
        for j in range(i + 1, len(block))
    ]
    tree = linkage(np.asarray(distances), method="average")
    labels = fcluster(tree, t=1 - scores.threshold, criterion="distance")
    found: dict[int, list[int]] = {}
    for at, label in zip(block, labels, strict=True):
        found.setdefault(int(label), []).append(at)
    return list(found.values())
