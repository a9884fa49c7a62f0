"""The words of a batch as numbers: three sparse matrices, made in one reading of the texts.

A text is turned into letter runs by way of its words: every distinct word is cut once, and the
runs of a text are the sum over its words. That costs a fraction of cutting each text.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from digest.bulgarian.words import STOPWORDS
from digest.cluster.material import MEANING, Material, stem
from digest.cluster.synonyms import same

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats: TypeAlias = NDArray[np.float32]
    Ints: TypeAlias = NDArray[np.int64]

TITLE_TIMES = 2
"""A title says in ten words what the text says in a hundred."""

SENTENCES, READ = 10, 2500
"""Sentences of a text that are laid beside another's (the title is the first), and the
characters within which they stand."""

SHORTEST = 20
"""Characters of a sentence that says something; shorter ones are signatures and labels."""

RUNS = (4, 5)
"""Letters of a run: with 3 words look alike that are not, with 6 an inflected word is another."""

DAY = 100
"""Texts of the smallest day: in a smaller batch words are weighed as in one of so many."""

CHUNK = 4096
"""Texts turned into runs at once, so that a batch never lies in memory twice."""

_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=[„\"“A-ZА-Я0-9«–—-])|\n+")
"""Good enough to lay sentences side by side; what is printed is split by `bulgarian.sentences`."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A batch as rows of unit length (a text without words is a row of zeros).

    `texts` and `titles` have a row for each material, over letter runs; `sentences` one for each
    sentence, over stems, those of material `i` being `first[i]` to `first[i + 1]`.
    """

    texts: csr_matrix
    titles: csr_matrix
    sentences: csr_matrix
    first: Ints

    def stems(self) -> csr_matrix:
        """Which stems each material's title and first sentences hold, as ones."""
        import numpy as np
        from scipy.sparse import csr_matrix

        rows = self.sentences
        ends = rows.indptr[self.first]
        marks = csr_matrix(
            (np.ones(rows.nnz, dtype=np.int32), rows.indices.copy(), ends),
            shape=(len(self.first) - 1, rows.shape[1]),
        )
        marks.sum_duplicates()
        marks.data[:] = 1
        return marks


class _Rows:
    """Word numbers of many short texts, end to end."""

    def __init__(self) -> None:
        self.ids = array("i")
        self.ends = array("q", [0])

    def add(self, ids: Sequence[int]) -> None:
        self.ids.extend(ids)
        self.ends.append(len(self.ids))

    def matrix(self, words: int) -> csr_matrix:
        """Counts: a row for each text, a column for each word."""
        import numpy as np
        from scipy.sparse import csr_matrix

        # A copy: summing duplicates works in place.
        ids = np.array(self.ids, dtype=np.int32)
        ones = np.ones(len(ids), dtype=np.float32)
        found = csr_matrix(
            (ones, ids, np.array(self.ends)), shape=(len(self.ends) - 1, max(words, 1))
        )
        found.sum_duplicates()
        return found


def number(materials: Sequence[Material]) -> Numbered:
    """Reads the words of all materials once."""
    import numpy as np

    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    texts, titles, sentences = _Rows(), _Rows(), _Rows()
    first = array("q", [0])
    for material in materials:
        title = _ids(material.article.title, known)
        start = _ids(f"{material.extra_lead} {material.body[:MEANING]}", known)
        titles.add(title)
        texts.add(title * TITLE_TIMES + start)
        sentences.add(title)
        for said in _said(material):
            sentences.add(_ids(said, known))
        first.append(len(sentences.ends) - 1)
    spelled = _meant(list(known))
    runs = _runs(spelled)
    rare = _rarity(_spread(texts.matrix(len(spelled)), runs))
    return Numbered(
        texts=_weighed(texts.matrix(len(spelled)), runs, rare),
        titles=_weighed(titles.matrix(len(spelled)), runs, rare),
        sentences=_by_stems(sentences.matrix(len(spelled)), spelled),
        first=np.array(first),
    )


def _ids(text: str, known: defaultdict[str, int]) -> list[int]:
    return [known[w] for w in _WORD.findall(text.lower()) if w not in STOPWORDS]


def _meant(spelled: Sequence[str]) -> list[str]:
    """The words as they are compared: of two that mean the same, the same."""
    table = same()
    return [table.get(word, word) for word in spelled]


def _said(material: Material) -> list[str]:
    parts = [material.extra_lead, *_BETWEEN.split(material.body[:READ])]
    return [part for part in parts if len(part) > SHORTEST][: SENTENCES - 1]


def _runs(spelled: Sequence[str]) -> csr_matrix:
    """Which letter runs each word holds (words × runs)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    if not spelled:
        return csr_matrix((1, 1), dtype=np.float32)
    cut = CountVectorizer(analyzer="char_wb", ngram_range=RUNS, lowercase=False, dtype=np.float32)
    return cut.fit_transform(spelled)


def _spread(counts: csr_matrix, runs: csr_matrix) -> tuple[Ints, int]:
    """In how many texts each run stands, and of how many."""
    import numpy as np

    seen = np.zeros(runs.shape[1], dtype=np.int64)
    for at in range(0, counts.shape[0], CHUNK):
        seen += np.bincount((counts[at : at + CHUNK] @ runs).indices, minlength=runs.shape[1])
    return seen, counts.shape[0]


def _rarity(spread: tuple[Ints, int]) -> Floats:
    """Inverse document frequency, smoothed as scikit-learn does: never below 1.

    A small batch is weighed as if it were a part of a day: of two texts on one event every common
    word stands in all, and is no less telling for it.
    """
    import numpy as np

    seen, total = spread
    return (np.log((1 + max(total, DAY)) / (1 + seen)) + 1).astype(np.float32)


def _weighed(counts: csr_matrix, runs: csr_matrix, rare: Floats) -> csr_matrix:
    """TF-IDF rows of unit length; a run counts with the logarithm of its repetitions.

    The rows are written where they stay: the matrix is the most that a batch holds in memory.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    chunks = range(0, counts.shape[0], CHUNK)
    sizes = [np.diff((counts[at : at + CHUNK] @ runs).indptr) for at in chunks]
    ends = np.concatenate([[0], *sizes]).cumsum()
    data = np.empty(ends[-1], dtype=np.float32)
    indices = np.empty(ends[-1], dtype=np.int32)
    for at in chunks:
        rows = _unit(counts[at : at + CHUNK] @ runs, rare)
        place = slice(ends[at], ends[at + rows.shape[0]])
        data[place], indices[place] = rows.data, rows.indices
    return csr_matrix((data, indices, ends), shape=(counts.shape[0], runs.shape[1]))


def _unit(rows: csr_matrix, rare: Floats) -> csr_matrix:
    import numpy as np
    from sklearn.preprocessing import normalize

    rows.data = (1 + np.log(rows.data)) * rare[rows.indices]
    return normalize(rows, copy=False)


def _by_stems(counts: csr_matrix, spelled: Sequence[str]) -> csr_matrix:
    """The sentences over stems instead of words, weighed; words of two letters say nothing."""
    import numpy as np
    from scipy.sparse import csr_matrix

    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    stems = np.array([known[stem(w)] if len(w) > 2 else -1 for w in spelled], dtype=np.int64)
    kept = np.flatnonzero(stems >= 0)
    fold = csr_matrix(
        (np.ones(len(kept), dtype=np.float32), (kept, stems[kept])),
        shape=(counts.shape[1], max(len(known), 1)),
    )
    rows = counts @ fold
    seen = np.bincount(rows.indices, minlength=rows.shape[1])
    return _unit(rows, _rarity((seen, rows.shape[0])))
