"""Bodies as sorted arrays of numbers: runs of three words, hashed the same in every run.

MinHash (rensa) proposes pairs that may repeat each other; containment is counted exactly.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint64]
    Ints: TypeAlias = NDArray[np.int64]

PERMUTATIONS, BANDS, AGREEING, SEED = 64, 32, 2, 20
"""Two rows a band, and two bands must agree: of pairs with a Jaccard index of .3 four of five are
proposed, of .5 all, and of a hundred thousand texts hardly two by chance. Cut tails and added leads
have less; they are found among the texts of like meaning."""

AT_ONCE = 4096
"""Bodies hashed at once: their marks lie in memory as Python numbers for a moment."""

MOST_NEXT = 8
"""Of a bucket that many share each is compared with so many next ones: a thousand like texts
stay a thousand times eight comparisons, and equal ones were put together before."""

_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
"""Odd numbers without pattern (of the hashes splitmix64 and xxHash64): order matters."""


class Hashed:
    """Hashes words; each distinct one once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def words(self, words: Iterable[str]) -> Hashes:
        """The words in their order."""
        import numpy as np

        known = self._known
        found = array("Q", [known.get(word) or self._new(word) for word in words])
        return np.frombuffer(found, dtype=np.uint64) if found else np.zeros(0, dtype=np.uint64)

    def _new(self, word: str) -> int:
        number = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
        self._known[word] = number
        return number


def shingles(words: Hashes) -> Hashes:
    """Runs of three words, ascending, each once; a shorter text is one run."""
    import numpy as np

    if len(words) < 3:
        return words[:1]
    one, two, three = (np.uint64(factor) for factor in _FACTORS)
    return np.unique(words[:-2] * one ^ words[1:-1] * two ^ words[2:] * three)


def containment(one: Hashes, other: Hashes) -> float:
    """Share (0…1) of the shorter's runs that the longer has too."""
    import numpy as np

    short, long = sorted((one, other), key=len)
    if not len(short):
        return 0.0
    places = np.searchsorted(long, short)
    places[places == len(long)] = 0
    return float(np.count_nonzero(long[places] == short)) / len(short)


def proposed(bodies: Sequence[Hashes], least: int) -> Iterator[tuple[int, int]]:
    """Pairs (ascending) of bodies that may repeat each other; shorter than `least` runs: none."""
    import numpy as np

    places = np.array([at for at, body in enumerate(bodies) if len(body) >= least], dtype=np.int64)
    if len(places) < 2:
        return
    bands = _bands([bodies[at] for at in places])
    keys = [key for band in range(BANDS) for key in _together(bands[:, band], places, len(bodies))]
    pairs, times = np.unique(np.concatenate(keys), return_counts=True) if keys else ((), ())
    for key, often in zip(pairs, times, strict=True):
        if often >= AGREEING:
            yield divmod(int(key), len(bodies))


def _together(band: Hashes, places: Ints, size: int) -> Iterator[Ints]:
    """Pairs of bodies with one number in a band, as `low × size + high`."""
    import numpy as np

    order = np.argsort(band, kind="stable")
    ordered = band[order]
    for step in range(1, MOST_NEXT + 1):
        equal = np.flatnonzero(ordered[step:] == ordered[:-step])
        if not len(equal):
            return
        ones, others = places[order[equal]], places[order[equal + step]]
        yield np.minimum(ones, others) * size + np.maximum(ones, others)


def _bands(bodies: Sequence[Hashes]) -> Hashes:
    """A row of `BANDS` numbers for each body; equal numbers mean an equal band."""
    import numpy as np
    from rensa import RMinHash

    parts = []
    for at in range(0, len(bodies), AT_ONCE):
        some = bodies[at : at + AT_ONCE]
        ends = np.zeros(len(some) + 1, dtype=np.uint64)
        ends[1:] = np.cumsum([len(one) for one in some])
        marks = RMinHash.digest_matrix_from_flat_token_hashes(
            np.concatenate(some), ends, PERMUTATIONS, SEED
        )
        rows = np.array(marks.to_rows(), dtype=np.uint64).reshape(len(some), BANDS, -1)
        parts.append(rows[:, :, 0] << np.uint64(32) | rows[:, :, 1])
    return np.concatenate(parts)
