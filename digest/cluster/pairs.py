"""Scores of many pairs in three arrays: a hundred thousand articles have millions of them.

A dictionary of tuples holds a quarter of a kilobyte for each pair, the arrays twenty-four bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Doubles: TypeAlias = NDArray[np.float64]

Pair = tuple[int, int]

_AT_ONCE = 65_536


class Pairs(Mapping[Pair, float]):
    """Pairs of places (the smaller first) with their scores, in ascending order."""

    def __init__(self, left: Ints, right: Ints, scores: Doubles) -> None:
        """Three arrays of one length; the pairs ascend and none is there twice."""
        if not len(left) == len(right) == len(scores):
            raise ValueError("every pair has one score")
        self.left, self.right, self.scores = left, right, scores
        self.last = int(right.max()) if len(right) else 0
        """The highest place that is in a pair."""
        self._size = self.last + 1
        self._keys = left * self._size + right

    @classmethod
    def best_of(cls, one: Ints, other: Ints, scores: Doubles) -> Pairs:
        """From pairs in any order, some there several times: the best score of each."""
        import numpy as np

        return cls._folded(one, other, scores, np.maximum)

    @classmethod
    def sum_of(cls, one: Ints, other: Ints, scores: Doubles) -> Pairs:
        """From pairs in any order, some there several times: the sum of the scores of each."""
        import numpy as np

        return cls._folded(one, other, scores, np.add)

    @classmethod
    def _folded(cls, one: Ints, other: Ints, scores: Doubles, fold: np.ufunc) -> Pairs:
        import numpy as np

        low, high = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((high, low))
        low, high, scores = low[order], high[order], scores[order]
        if not len(low):
            return cls(low, high, scores)
        fresh = np.flatnonzero((np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0))
        return cls(low[fresh], high[fresh], fold.reduceat(scores, fresh))

    def where(self, kept: NDArray[np.bool_]) -> Pairs:
        """The pairs at which `kept` holds."""
        return Pairs(self.left[kept], self.right[kept], self.scores[kept])

    def at_least(self, least: float) -> Pairs:
        """The pairs that score so much."""
        return self.where(self.scores >= least)

    def __len__(self) -> int:
        return len(self.scores)

    def __iter__(self) -> Iterator[Pair]:
        for at in range(0, len(self), _AT_ONCE):
            part = slice(at, at + _AT_ONCE)
            yield from zip(self.left[part].tolist(), self.right[part].tolist(), strict=True)

    def scored(self) -> Iterator[tuple[Pair, float]]:
        """Each pair with its score, without a search for it."""
        for at in range(0, len(self), _AT_ONCE):
            part = slice(at, at + _AT_ONCE)
            places = zip(self.left[part].tolist(), self.right[part].tolist(), strict=True)
            yield from zip(places, self.scores[part].tolist(), strict=True)

    def __getitem__(self, pair: Pair) -> float:
        at = self._find(pair)
        if at is None:
            raise KeyError(pair)
        return float(self.scores[at])

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and self._find(pair) is not None

    def _find(self, pair: Pair) -> int | None:
        one, other = pair
        if not 0 <= other < self._size:
            return None
        key = one * self._size + other
        at = int(self._keys.searchsorted(key))
        return at if at < len(self) and self._keys[at] == key else None
