"""Sections by meaning: stories that labels and words leave unsure, near to a section's samples.

Each section has a few invented sentences in `topics.toml` (`samples`). Their mean stands for it,
taken from the mean of all sections: bare cosines of the model are all between .7 and .9. Without
a model, and for stories that words decide, nothing here is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.cluster.embed import Embedder
from digest.cluster.material import Material
from digest.cluster.neural import Blended, said
from digest.embedding import Vectors
from digest.model import Topic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

log = logging.getLogger(__name__)

SCALE = 90.0
"""Weight for each unit by which the nearest section is nearer than the second: a lead of .03 alone
is just enough to be sure (2.7 of 6). On the 80 invented items that it was chosen on, anything from
45 to 120 gives the same within two items; docs/stories.md has the figures."""

BOUND = 4.0
"""The most that likeness weighs: less than what a source calls it (5), so that the confidence of
likeness alone stays under .67."""

MOST = 80
"""Unsure stories whose lead is read in a run, a thirtieth of a second each."""


def votes(
    materials: Sequence[Material], topics: tuple[Topic, ...], embedder: Embedder
) -> list[Mapping[str, float]]:
    """For each text the weight of the section whose samples it is nearest to, by slug.

    Empty beyond the first `MOST` texts, without a model, and with fewer than two sections of
    samples.
    """
    sampled = tuple(topic for topic in topics if topic.samples)
    if not materials or len(sampled) < 2 or not isinstance(embedder, Blended):
        return [{} for _ in materials]
    if len(materials) > MOST:
        log.warning("%d unsure stories get their section by words alone", len(materials) - MOST)
    centre, prototypes = _prototypes(embedder.vectors, sampled)
    rows = embedder.rows([said(material) for material in materials[:MOST]])
    likeness = _unit(rows - centre) @ prototypes.T
    found: list[Mapping[str, float]] = [_vote(row, sampled) for row in likeness]
    return found + [{} for _ in materials[MOST:]]


def _vote(likeness: Floats, topics: Sequence[Topic]) -> Mapping[str, float]:
    second, first = likeness.argsort(kind="stable")[-2:]
    lead = float(likeness[first] - likeness[second])
    return {topics[first].slug: min(BOUND, SCALE * lead)}


@lru_cache(maxsize=4)
def _prototypes(vectors: Vectors, topics: tuple[Topic, ...]) -> tuple[Floats, Floats]:
    """The mean of all samples, and a row of unit length for each section around it."""
    import numpy as np

    rows = vectors([sample for topic in topics for sample in topic.samples])
    ends = np.cumsum([len(topic.samples) for topic in topics])[:-1]
    centre = rows.mean(axis=0)
    means = [part.mean(axis=0) for part in np.split(_unit(rows - centre), ends)]
    return centre, _unit(np.stack(means))


def _unit(rows: Floats) -> Floats:
    import numpy as np

    found: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return found
