"""Grouping articles into stories: against one TF-IDF of the same texts, and as a day grows.

The yardstick is scikit-learn's TF-IDF of the letter runs (4 and 5) by which stories are told
apart, over the whole texts; what a TF-IDF of their words costs stands beside it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence

from digest.bench.generated import TOLD_BY, articles
from digest.bench.memory import peak_mb
from digest.bench.rows import Row, note, seconds_of, timed
from digest.model import Article

SIZE = 10_000
"""Articles of a day."""

PART = 10
"""The day is measured at a tenth of its size too, to see how the cost grows."""

MOST_COMPARED = 20_000
"""Articles up to which the yardstick is taken: it holds all its letter runs in memory."""

COST, GROWTH = 3.0, 1.5 * PART
MEMORY_MB = 1500


def measure(size: int) -> Iterator[Row]:
    """A row for a tenth of the articles and for all, then how cost and memory grew between."""
    _cluster(list(articles(2)))  # loads the libraries, which would count against the first row
    small = max(1, size // PART)
    note(f"групиране на {small} статии")
    first = _row(small)
    yield first
    note(f"групиране на {size} статии")
    last = _row(size)
    yield last
    yield _growth(first, last, peak_mb())


def _row(count: int) -> Row:
    made = list(articles(count))
    bare, words = _yardsticks(made) if count <= MOST_COMPARED else (0.0, 0.0)
    gc.collect()
    with timed() as watch:
        stories = _cluster(made)
    ratio = watch.seconds / bare if bare else 0.0
    return Row(
        what="групиране в теми",
        seconds=watch.seconds,
        units=count,
        ratio=ratio,
        ratio_to="един TF-IDF на буквените откъси в същите текстове",
        # The promise is for a day; a tenth of one carries the same fixed cost.
        floor=f"до {COST:.0f} пъти" if bare and count >= SIZE else "",
        holds=ratio <= COST if bare and count >= SIZE else None,
        more={
            "stories": stories,
            "events": -(-count // TOLD_BY),
            **({"ratio_to_words": round(watch.seconds / words, 2)} if words else {}),
        },
    )


def _growth(first: Row, last: Row, peak: float) -> Row:
    grown = last.seconds / first.seconds
    return Row(
        what=f"от {first.units} на {last.units} статии",
        seconds=last.seconds,
        units=last.units,
        ratio=grown,
        ratio_to=f"групирането на {first.units} статии",
        floor=f"до {GROWTH:.0f} пъти и {MEMORY_MB} MB",
        holds=grown <= GROWTH and peak <= MEMORY_MB,
        more={"memory_mb": round(peak)},
    )


def _yardsticks(made: Sequence[Article]) -> tuple[float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{one.title}\n{one.text}" for one in made]
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5))
    return (
        seconds_of(lambda: runs.fit_transform(texts)),
        seconds_of(lambda: TfidfVectorizer().fit_transform(texts)),
    )


def _cluster(made: Sequence[Article]) -> int:
    from digest.cluster.stories import cluster
    from digest.newsroom import load_newsroom
    from digest.settings import Cluster

    return len(cluster(made, newsroom=load_newsroom(), options=Cluster()))
