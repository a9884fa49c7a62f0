"""How alike two texts are: the lexical score that is always there, behind a small port.

A second score (an embedding model) satisfies the same `Embedder` and is chosen by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from digest.bulgarian.words import STOPWORDS
from digest.cluster.material import Material

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float64]

TITLE_WEIGHT = 2
CHUNK = 2_000
"""Pairs compared at once: a pair holds two rows of about a thousand numbers."""

_WORD = re.compile(r"\w+")


class Similarity(Protocol):
    """Scores between the texts of one batch, by their place in it; 1 is the same text."""

    def pairs(self, left: Sequence[int], right: Sequence[int]) -> Floats: ...

    def block(self, members: Sequence[int]) -> Floats: ...


class Embedder(Protocol):
    """Reads a batch of articles and answers how alike any two of them are."""

    @property
    def name(self) -> str: ...

    def read(self, materials: Sequence[Material]) -> Similarity: ...


class Lexical:
    """TF-IDF of 4- and 5-letter runs inside words: inflection costs nothing, no model needed."""

    name = "lexical"

    def read(self, materials: Sequence[Material]) -> Similarity:
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [_text(material) for material in materials]
        if not any(text.strip() for text in texts):
            return _Nothing()
        # min_df stays 1: dropping runs seen once would make small mornings look alike.
        grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True)
        return _Rows(grams.fit_transform(texts))


def _text(material: Material) -> str:
    """Content words in lower case, the title counted twice (the opening holds it once)."""
    text = f"{material.article.title} " * (TITLE_WEIGHT - 1) + material.opening
    return " ".join(w for w in _WORD.findall(text.lower()) if w not in STOPWORDS)


class _Rows:
    """Cosine between normalised sparse rows."""

    def __init__(self, rows: csr_matrix) -> None:
        self._rows = rows

    def pairs(self, left: Sequence[int], right: Sequence[int]) -> Floats:
        import numpy as np

        parts = [
            self._rows[left[i : i + CHUNK]].multiply(self._rows[right[i : i + CHUNK]]).sum(axis=1)
            for i in range(0, len(left), CHUNK)
        ]
        return np.concatenate([np.asarray(p).ravel() for p in parts]) if parts else np.zeros(0)

    def block(self, members: Sequence[int]) -> Floats:
        import numpy as np

        rows = self._rows[list(members)]
        return np.asarray((rows @ rows.T).toarray(), dtype=np.float64)


class _Nothing:
    """A batch without a single word: nothing is like anything."""

    def pairs(self, left: Sequence[int], right: Sequence[int]) -> Floats:
        import numpy as np

        return np.zeros(min(len(left), len(right)))

    def block(self, members: Sequence[int]) -> Floats:
        import numpy as np

        return np.zeros((len(members), len(members)))
