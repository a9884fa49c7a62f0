"""How near two texts are in meaning, by an embedding model where this machine has one.

Words tell what a paraphrase keeps of the source's; a model tells that «тръгвам си» and «подавам
оставка» are near. Where there is none, nothing is known of meaning and the words decide alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.embedding import Vectors, obstacle, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float32]

NOTHING = 0.8
"""The model's bare cosine of two sentences of the news that have nothing in common."""
MOST_KEPT = 20_000
"""Texts whose vectors are kept, 1.5 KB each: an edition's articles some times over."""


@dataclass(frozen=True)
class Sense:
    """Likeness in meaning; every text is read once."""

    vectors: Vectors
    _known: dict[str, Row] = field(default_factory=dict, repr=False, compare=False)

    def near(self, one: str, others: Sequence[str]) -> list[float]:
        """For each of the others how near it is to the one (0…1), 1 for the same text."""
        import numpy as np

        new = [text for text in dict.fromkeys((one, *others)) if text not in self._known]
        if new:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
                return self.near(one, others)
            self._known.update(zip(new, self.vectors(new), strict=True))
        if not others:
            return []
        cosines = np.stack([self._known[text] for text in others]) @ self._known[one]
        return [float(x) for x in np.clip((cosines - NOTHING) / (1 - NOTHING), 0, 1)]


_CURRENT: ContextVar[Sense | None] = ContextVar("sense")


@contextmanager
def told_by(sense: Sense | None) -> Iterator[None]:
    """What `current` answers inside the block, in this thread alone; None: words decide."""
    before = _CURRENT.set(sense)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def current() -> Sense | None:
    """That of the innermost `told_by`; outside it this machine's, or None where it has none."""
    try:
        return _CURRENT.get()
    except LookupError:
        return _packaged()


@lru_cache(maxsize=1)
def _packaged() -> Sense | None:
    return Sense(vectors) if obstacle() is None else None
