"""The chart of a story: a series that one of its articles tells and no other contradicts.

Takes a story, gives a `Chart` whose figures stand verbatim in the article, each with its span, or
None. Figures are facts: every article counts but those whose rights exclude them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from digest.bulgarian.typography import tidy
from digest.compose.enumerated import Item, Series, series
from digest.compose.figure import figures
from digest.model import (
    Article,
    ArticleId,
    Chart,
    Disagreement,
    EditionStory,
    Point,
    Rights,
    Section,
    Sentence,
    Story,
)

MOST = 2
"""Charts of one edition: more would be a report, not news."""


def chart(story: Story) -> Chart | None:
    """The first series of the article that is shown, else of another one.

    None where another article gives a point of it another figure, or a figure of it is disputed.
    """
    shown = story.shown
    rest = (one for one in story.articles if one.id != shown.id)
    told = [one for article in (shown, *rest) for one in _of_article(article)]
    found = next((one for one in told if _undisputed(one, story.disagreements)), None)
    if found is None or any(_contradict(found, other) for other in told):
        return None
    return found


def limited(sections: Sequence[Section], most: int = MOST) -> tuple[Section, ...]:
    """The sections with no more charts than that: the lead's first, then in the order of print."""
    stories = [story for part in sections for story in part.stories if story.chart]
    kept = {one.id for one in sorted(stories, key=lambda one: one.tier != "lead")[:most]}
    return tuple(
        replace(part, stories=tuple(_bare_unless(one, one.id in kept) for one in part.stories))
        for part in sections
    )


def stands(one: Chart, text: str) -> bool:
    """Whether every figure and every label is in the text exactly where the chart says."""
    return all(_point_stands(point, text) for point in one.points)


def holds(one: Chart, articles: Mapping[ArticleId, Article]) -> bool:
    """Whether its article is there, may still be shown, and says the same."""
    article = articles.get(one.said.article_id)
    return (
        article is not None and article.rights is not Rights.EXCLUDED and stands(one, article.text)
    )


def _point_stands(point: Point, text: str) -> bool:
    cut = text[point.start : point.end]
    read = [figure.printed() for figure in figures(cut) if figure.end - figure.start == len(cut)]
    return read == [point.figure] and (
        tidy(text[point.label_start : point.label_end]) == point.label
    )


def _bare_unless(story: EditionStory, kept: bool) -> EditionStory:  # noqa: FBT001
    return story if kept or story.chart is None else replace(story, chart=None)


def _of_article(article: Article) -> Iterator[Chart]:
    if article.rights is Rights.EXCLUDED:
        return
    for found in _series(article.text):
        made = _chart(found, article)
        # The gate: what is not word for word in the article is not drawn.
        if stands(made, article.text):
            yield made


@lru_cache(maxsize=256)
def _series(text: str) -> tuple[Series, ...]:
    """A story is priced several times while an edition is picked."""
    return series(text)


def _chart(found: Series, article: Article) -> Chart:
    said = article.text[found.start : found.end]
    return Chart(
        title=found.title,
        points=tuple(_point(item, article) for item in found.items),
        said=Sentence(said, article.id, found.start, found.end),
        outlet=article.outlet or article.site_name or article.source,
    )


def _point(item: Item, article: Article) -> Point:
    figure, (start, end) = item.figure, item.label
    return Point(
        label=tidy(article.text[start:end]),
        figure=figure.printed(),
        value=float(figure.value),
        article_id=article.id,
        start=figure.start,
        end=figure.end,
        label_start=start,
        label_end=end,
    )


def _undisputed(one: Chart, disagreements: Sequence[Disagreement]) -> bool:
    disputed = [v for found in disagreements for v in found.values]
    return not any(
        value.article_id == point.article_id and value.start < point.end and point.start < value.end
        for value in disputed
        for point in one.points
    )


def _contradict(one: Chart, other: Chart) -> bool:
    """Whether two series share a label and differ on it.

    One article may tell two things by the same months; of two articles it is assumed that they
    tell of the same thing.
    """
    if one.said.article_id == other.said.article_id and one.title != other.title:
        return False
    figures_of = {point.label.casefold(): point.figure for point in one.points}
    return any(
        figures_of.get(point.label.casefold(), point.figure) != point.figure
        for point in other.points
    )
