"""Grouping by meaning and time: candidates by shared rare words, average linkage inside blocks.

Components over all pairs would chain unrelated events as a day grows; they only cut the work into
blocks here, since an average above the threshold needs at least one pair above it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.cluster.assign import Begun
from digest.cluster.embed import Similarity
from digest.cluster.gates import gate, veto
from digest.cluster.groups import Union
from digest.cluster.material import Material
from digest.cluster.numbered import DAY
from digest.cluster.pairs import Pair, Pairs
from digest.cluster.series import next_issue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Ints = NDArray[np.int64]

log = logging.getLogger(__name__)

THRESHOLD = 0.15
"""Chosen by cross-validation on labelled Bulgarian stories; see docs/stories.md."""

UNDATED = 0.66
"""Time says nothing when a date is missing, so the texts must be that much more alike."""

KEPT = 0.65
"""Part of the threshold below which a likeness is none: it would only weigh in a mean."""

JUDGED = 0.8
"""Part of the threshold below which a pair is not held against gate and veto: it joins nothing by
itself, and on labelled stories nothing changes between .5 and .8."""

FORBIDDEN = -0.5
"""Score of a pair that contradicts each other: low enough that one never merges alone, and that
a group that holds one needs the others to be very much alike."""

RARE = 150
"""A stem in more texts than this no longer tells events apart, and would cost its square."""

SHARED = 0.045
"""Cosine of the rare stems from which two texts are looked at: of labelled pairs of one event
99 % have it, of a day's pairs one in ten within a topic."""

NEAREST = 64
"""Others that a text is held against: an event has that many tellings of its own, or its copies
are together already, and the mean of a group still stands well above the threshold."""

PAIRS = 200_000
ROWS = 2048
"""Texts whose candidates are looked for at once."""

LARGEST_BLOCK = 600
_DAY = 86_400.0


def decay(one: Material, other: Material, window_days: float) -> float:
    """Gaussian of the days between two articles, with `window_days` as its spread; 0…1."""
    if one.at is None or other.at is None:
        return UNDATED
    days = abs((one.at - other.at).total_seconds()) / _DAY
    return math.exp(-((days / window_days) ** 2) / 2)


def adjusted(
    materials: Sequence[Material], pair: Pair, bare: float, window_days: float, least: float
) -> float:
    """The score that decides, at most 1; below 0 when the two contradict one another.

    What time alone brings below `least` is not looked at further.
    """
    one, other = materials[pair[0]], materials[pair[1]]
    score = bare * decay(one, other, window_days)
    if score < least:
        return score
    if veto(one, other) or next_issue(one, other):
        return FORBIDDEN
    return score * gate(one, other)


def judged(materials: Sequence[Material], near: Pairs, window_days: float, least: float) -> Pairs:
    """The pairs with the scores that decide, as `adjusted` gives them."""
    import numpy as np

    scores = np.fromiter(
        _scores(materials, near, window_days, least), dtype=np.float64, count=len(near)
    )
    return Pairs(near.left, near.right, scores)


def _scores(
    materials: Sequence[Material], near: Pairs, window_days: float, least: float
) -> Iterator[float]:
    """One score a pair; what was read of an article is let go after its last pair.

    Pairs ascend, so an article is done with when the first of a pair has passed it.
    """
    mine = [one.anew() for one in materials]
    done = 0
    for pair, score in near.scored():
        while done < pair[0]:
            mine[done] = mine[done].anew()
            done += 1
        yield adjusted(mine, pair, score, window_days, least)


def alike(similarity: Similarity, least: float) -> Pairs:
    """The candidate pairs whose bare similarity is at least `least`."""
    import numpy as np

    left, right = candidates(similarity.stems())
    parts = [slice(at, at + PAIRS) for at in range(0, len(left), PAIRS)]
    scores = [similarity.pairs(left[part], right[part]) for part in parts]
    found = np.concatenate([np.zeros(0), *scores])
    return Pairs(left, right, found).at_least(least)


def candidates(marks: csr_matrix) -> tuple[Ints, Ints]:
    """Pairs of texts that share rare stems, in ascending order: the nearest of each text.

    `marks` are texts × stems, as ones. Linear in the texts: each has `NEAREST` others at most.
    """
    import numpy as np

    rows = _rarest(marks)
    columns = rows.T.tocsr()
    size = rows.shape[0]
    keys = [_nearest(rows[at : at + ROWS] @ columns, at, size) for at in range(0, size, ROWS)]
    pairs = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    return pairs // size, pairs % size


def _nearest(shared: csr_matrix, first: int, size: int) -> Ints:
    """For each row (texts from `first` on) the others that share most, as `low × size + high`."""
    import numpy as np

    shared = shared.tocoo()
    one, other = shared.row.astype(np.int64) + first, shared.col.astype(np.int64)
    kept = (shared.data >= SHARED) & (one != other)
    one, other, weight = one[kept], other[kept], shared.data[kept]
    order = np.lexsort((other, -weight, one))
    one, other = one[order], other[order]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    one, other = one[place < NEAREST], other[place < NEAREST]
    found: Ints = np.minimum(one, other) * size + np.maximum(one, other)
    return found


def _rarest(marks: csr_matrix) -> csr_matrix:
    """The stems weighed by rarity, rows of unit length, without those that many texts have."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    counts = np.bincount(marks.indices, minlength=marks.shape[1])
    weights = np.log((1 + max(marks.shape[0], DAY)) / (1 + counts)).astype(np.float32)
    rows = normalize(csr_matrix((weights[marks.indices], marks.indices, marks.indptr), marks.shape))
    telling = (counts >= 2) & (counts <= RARE)
    rows.data *= telling[rows.indices]
    rows.eliminate_zeros()
    return rows


def group(begun: Begun, near: Pairs, threshold: float) -> list[list[int]]:
    """Indexes into `begun.groups`, put together by average linkage; each list ascending.

    `near` holds the scores of pairs of places; places of no group are passed over.
    """
    import numpy as np

    last = max((at for members in begun.groups for at in members), default=0)
    owner = np.full(1 + max(last, near.last), -1)
    for index, members in enumerate(begun.groups):
        owner[list(members)] = index
    one, other = owner[near.left], owner[near.right]
    between = (one >= 0) & (other >= 0) & (one != other)
    told = one[between], other[between], near.scores[between]
    sums, edges = Pairs.sum_of(*told), Pairs.best_of(*told)
    found: list[list[int]] = []
    for block in _blocks(list(range(len(begun.groups))), edges, threshold):
        found += _average(block, begun, sums, threshold)
    return sorted(found)


def _blocks(members: list[int], edges: Pairs, least: float) -> list[list[int]]:
    """Components of the edges; one that is too large is cut at a higher threshold, or by order."""
    import numpy as np

    union = Union(max(members, default=-1) + 1)
    for one, other in edges.at_least(least):
        union.join(one, other)
    blocks: list[list[int]] = []
    for block in union.groups(members):
        if len(block) <= LARGEST_BLOCK:
            blocks.append(block)
            continue
        log.warning("a block of %d texts is cut at %.2f", len(block), least * 1.2)
        inner = edges.where(np.isin(edges.left, block) & np.isin(edges.right, block))
        blocks += _blocks(block, inner, least * 1.2) if least < 1 else _sliced(block)
    return blocks


def _sliced(block: list[int]) -> list[list[int]]:
    return [block[i : i + LARGEST_BLOCK] for i in range(0, len(block), LARGEST_BLOCK)]


def _average(block: list[int], begun: Begun, sums: Pairs, threshold: float) -> list[list[int]]:
    """The two groups with the highest mean score are joined, until none reaches the threshold.

    Pairs without a score share too few rare words to be alike and count as 0.
    """
    if len(block) < 2:
        return [block]
    import numpy as np

    size = len(block)
    total = np.zeros((size, size))
    never = np.eye(size, dtype=bool)
    for at in range(size):
        for to in range(at + 1, size):
            total[at, to] = total[to, at] = sums.get((block[at], block[to]), 0.0)
            apart = begun.claims[block[at]].against(begun.claims[block[to]])
            never[at, to] = never[to, at] = apart
    count = np.array([len(begun.groups[index]) for index in block], dtype=float)
    merged = [[index] for index in block]
    while True:
        mean = np.where(never, -1.0, total / np.outer(count, count))
        one, other = divmod(int(mean.argmax()), size)
        if mean[one, other] < threshold:
            return [sorted(members) for members in merged if members]
        _merge(one, other, total, never, count)
        merged[one] += merged[other]
        merged[other] = []


def _merge(
    one: int,
    other: int,
    total: NDArray[np.float64],
    never: NDArray[np.bool_],
    count: NDArray[np.float64],
) -> None:
    """Row `other` goes into row `one`; what may meet neither may not meet both."""
    total[one] += total[other]
    total[:, one] = total[one]
    never[one] |= never[other]
    never[:, one] = never[one]
    never[one, one] = True
    never[other] = True
    never[:, other] = True
    count[one] += count[other]
