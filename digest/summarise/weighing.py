"""How likely a sentence is to say what its sources do not: all signals weighed together.

The weights are small trees of questions („does the negation rule object? stands half of it in one
place?“), learnt from summaries of which it is known whether they are faithful
(`tests/quality/weights.py`, decision 0026). They are data, `weights.json`: nothing is learnt, and
no library of learning is loaded, when a newsroom works.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

DOUBTFUL = 0.68
"""Likelihood of a fault from which a sentence is stopped; docs/faithfulness.md shows what others
would stop, of good sentences and of wrong ones."""


class Node(NamedTuple):
    """A question: is the signal at most `limit`? A leaf has no `signal` (-1).

    `value` is what is known up to here, in log odds; a signal that is not known goes to `unknown`.
    """

    signal: int
    limit: float
    unknown: int
    at_most: int
    above: int
    value: float

    def way(self, known: float) -> int:
        """Where the answer leads: the place of the next question in the tree."""
        if math.isnan(known):
            return self.unknown
        return self.at_most if known <= self.limit else self.above


@dataclass(frozen=True)
class Weights:
    """Trees of questions over signals in a fixed order, and where all of them start."""

    names: tuple[str, ...]
    start: float
    trees: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """How likely a fault is (0…1), and the kind of it that most of the signals speak of."""

    likelihood: float
    kind: str


_CURRENT: ContextVar[Weights | None] = ContextVar("weights", default=None)


@contextmanager
def weighed_by(weights: Weights) -> Iterator[None]:
    """These weights inside the block, in this thread alone; the packaged ones outside."""
    before = _CURRENT.set(weights)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def weigh(signals: Mapping[str, float]) -> Doubt:
    """The signals weighed, by the weights of `weighed_by` or the packaged ones.

    Raises KeyError when a signal that the weights ask for is not there.
    """
    weights = _CURRENT.get() or packaged()
    row = [signals[name] for name in weights.names]
    total = weights.start
    speaks: defaultdict[str, float] = defaultdict(float)
    for tree in weights.trees:
        node = tree[0]
        while node.signal >= 0:
            way = tree[node.way(row[node.signal])]
            speaks[weights.names[node.signal].partition(":")[0]] += way.value - node.value
            node = way
        total += node.value
    kind, _ = max(speaks.items(), key=lambda one: one[1], default=("unsupported", 0.0))
    return Doubt(1 / (1 + math.exp(-total)), kind)


@lru_cache(maxsize=1)
def packaged() -> Weights:
    """The weights that come with the program."""
    return read(files("digest.summarise").joinpath("weights.json").read_text("utf-8"))


def read(text: str) -> Weights:
    """Weights from their JSON: `names`, `start`, `trees` of rows as `Node` has its fields."""
    kept = json.loads(text)
    trees = tuple(tuple(Node(*row) for row in tree) for tree in kept["trees"])
    return Weights(tuple(kept["names"]), float(kept["start"]), trees)
