"""Ranking stories with their reasons, against reading their articles from the store.

What is compared: `articles.since` (the query, the decompression and the decoding of every article
of the stories) and one `rank` of the stories made of those articles, without earlier editions.
The promise is for three articles to a story, as in the other benches. A row with one article to a
story shows the hardest case: ranking costs by the story, reading by the article.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.bench.generated import NOW, TOLD_BY, article
from digest.bench.homes import temporary_home
from digest.bench.rows import Row, medians, note
from digest.bulgarian.typography import count
from digest.model import Article, Newsroom, Story, StoryId, Voice
from digest.newsroom import load_newsroom

if TYPE_CHECKING:
    from digest.actions.app import App

SIZE = 10_000
"""Stories."""

PROMISE = "подреждането е по-бързо от четенето"


def measure(size: int) -> Iterator[Row]:
    """A row for stories of three articles and one for stories of one."""
    for told_by in (TOLD_BY, 1):
        note(f"подреждане на {size} теми по {count(told_by, 'статия')}")
        with temporary_home() as app:
            yield _row(app, size, told_by)


def _row(app: App, size: int, told_by: int) -> Row:
    made = [article(number * TOLD_BY + n) for number in range(size) for n in range(told_by)]
    _store(app, made)
    stories = [_story(made[at : at + told_by]) for at in range(0, len(made), told_by)]
    newsroom = load_newsroom()
    _rank(stories[:20], newsroom)
    gc.collect()
    read, ranked = medians([lambda: _read(app), lambda: _rank(stories, newsroom)], rounds=3)
    ratio = ranked.seconds / read.seconds
    return Row(
        what=f"подреждане на теми по {count(told_by, 'статия')}",
        seconds=ranked.seconds,
        units=size,
        ratio=ratio,
        ratio_to="четене на статиите им от базата",
        floor=PROMISE if told_by == TOLD_BY else "",
        holds=ratio < 1,
        more={"articles": len(made)},
    )


def _store(app: App, made: Sequence[Article]) -> None:
    with app.store.work() as work:
        for at in range(0, len(made), 1000):
            work.articles.add_new(made[at : at + 1000])


def _story(told: Sequence[Article]) -> Story:
    voices = tuple(Voice(one.outlet, "outlet", (one.id,)) for one in told)
    return Story(StoryId(told[0].id), tuple(told), told[0].id, voices=voices)


def _read(app: App) -> None:
    with app.store.reading() as work:
        work.articles.since(NOW - timedelta(days=2))


def _rank(stories: Sequence[Story], newsroom: Newsroom) -> None:
    from digest.rank.rank import rank
    from digest.settings import Rank

    rank(stories, now=NOW, newsroom=newsroom, options=Rank(), fresh_hours=36)
