"""Grouping articles into stories, against one TF-IDF vectorisation of the same texts."""

from __future__ import annotations

from collections.abc import Iterator

from digest.bench.generated import TOLD_BY, articles
from digest.bench.rows import Row, note, seconds_of, timed

SIZE = 600
"""Articles."""


def measure(size: int) -> Iterator[Row]:
    """A quarter of the articles, then all of them: the two ratios show how the cost grows."""
    _warm()
    for count in sorted({max(1, size // 4), size}):
        note(f"групиране на {count} статии")
        yield _row(count)


def _warm() -> None:
    """Loads the libraries, which would otherwise count against the first row."""
    _cluster(2)


def _row(count: int) -> Row:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{one.title}\n{one.text}" for one in articles(count)]
    bare = seconds_of(lambda: TfidfVectorizer().fit_transform(texts))
    seconds, stories = _cluster(count)
    return Row(
        what="групиране в теми",
        seconds=seconds,
        units=count,
        ratio=seconds / bare,
        ratio_to="един TF-IDF на същите текстове",
        more={"stories": stories, "events": -(-count // TOLD_BY)},
    )


def _cluster(count: int) -> tuple[float, int]:
    from digest.cluster.stories import cluster
    from digest.newsroom import load_newsroom
    from digest.settings import Cluster

    made, newsroom = list(articles(count)), load_newsroom()
    with timed() as watch:
        stories = cluster(made, newsroom=newsroom, options=Cluster())
    return watch.seconds, len(stories)
