"""Summaries of articles of 500 words, against the bare centroid method on the same texts.

The yardstick does what every extractive summariser must: it splits the sentences, counts their
lemmas and takes the two that are most like the whole. It looks at no headline, opens with
pronouns, and knows no quotation; it is the speed that is compared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.bench.generated import TOLD_BY, articles
from digest.bench.rows import Row, medians, note
from digest.bulgarian.typography import count
from digest.model import Article, ArticleId, Story, StoryId, Voice

SIZE = 1000
"""Articles."""

WORDS = 500

SLOWER = 2.0
"""Times the bare method that a summary may cost."""


def measure(size: int) -> Iterator[Row]:
    """A row for one article a summary, and one for stories told by several outlets."""
    made = list(articles(size, words=WORDS))
    single = [_story((one,)) for one in made]
    several = [_story(made[at : at + TOLD_BY]) for at in range(0, size - TOLD_BY + 1, TOLD_BY)]
    _summarise([_story((replace(made[0], id=ArticleId("warm")),))])
    note(f"резюмета на {count(size, 'статия')} по {WORDS} думи")
    bare, own = medians([lambda: _centroids(made), lambda: _summarise(single)], rounds=3)
    yield _row(f"резюме на статия от {WORDS} думи", size, own.seconds, bare.seconds)
    if several:
        bare, own = medians([lambda: _centroids(made), lambda: _summarise(several)], rounds=1)
        what = f"резюме на тема, {count(TOLD_BY, 'статия')} в тема"
        yield replace(
            _row(what, size, own.seconds, bare.seconds), floor="", more={"stories": len(several)}
        )


def _row(what: str, size: int, own: float, bare: float) -> Row:
    return Row(
        what=what,
        seconds=own,
        units=size,
        ratio=own / bare,
        ratio_to="голият метод на центроида върху същите текстове",
        floor=f"до {SLOWER:.0f} пъти",
        holds=own / bare <= SLOWER,
    )


def _story(told: Sequence[Article]) -> Story:
    voices = tuple(Voice(one.outlet or one.id, "outlet", (one.id,)) for one in told)
    return Story(StoryId(told[0].id), tuple(told), told[0].id, voices=voices)


def _centroids(made: Sequence[Article]) -> None:
    for one in made:
        _centroid(one.text)


def _centroid(text: str, taken: int = 2) -> list[str]:
    """The sentences nearest to the sum of all, by cosine of their lemma counts."""
    from digest.bulgarian.sentences import split
    from digest.bulgarian.words import lemmas

    spans = split(text)
    counts = [Counter(lemmas(text[start:end])) for start, end in spans]
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    scores = [_cosine(one, whole) for one in counts]
    best = sorted(range(len(spans)), key=lambda at: -scores[at])[:taken]
    return [text[slice(*spans[at])] for at in sorted(best)]


def _cosine(one: Counter[str], whole: Counter[str]) -> float:
    dot = sum(n * whole[term] for term, n in one.items())
    length = math.sqrt(sum(n * n for n in one.values()))
    return dot / length if length else 0.0


def _summarise(stories: Sequence[Story]) -> None:
    from digest.settings import Summarise
    from digest.summarise.extractive import summarise

    options = Summarise()
    for story in stories:
        summarise(story, rights=story.lead.rights, options=options)
