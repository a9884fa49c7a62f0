"""Summaries of articles of 500 words, against reading their sentences and lemmas once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.bench.generated import articles
from digest.bench.rows import Row, seconds_of
from digest.model import Article, ArticleId, Story, StoryId

SIZE = 60
"""Articles."""

WORDS = 500


def measure(size: int) -> Iterator[Row]:
    """One summary an article, each a story of its own."""
    made = list(articles(size, words=WORDS))
    _summarise([replace(made[0], id=ArticleId("warm"))])
    bare = seconds_of(lambda: _read(made))
    seconds = seconds_of(lambda: _summarise(made))
    yield Row(
        what=f"резюме на статия от {WORDS} думи",
        seconds=seconds,
        units=size,
        ratio=seconds / bare,
        ratio_to="изречения и основни форми на същите текстове, веднъж",
    )


def _read(made: Sequence[Article]) -> None:
    from digest.bulgarian.sentences import split
    from digest.bulgarian.words import lemmas

    for one in made:
        for start, end in split(one.text):
            lemmas(one.text[start:end])


def _summarise(made: Sequence[Article]) -> None:
    from digest.settings import Summarise
    from digest.summarise.extractive import summarise

    options = Summarise()
    for one in made:
        story = Story(id=StoryId(one.id), articles=(one,), lead_article_id=one.id)
        summarise(story, rights=one.rights, options=options)
