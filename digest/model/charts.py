"""A short series of figures that a story's article tells, as an edition draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from digest.model.base import ArticleId
from digest.model.summaries import Sentence

LEAST_POINTS, MOST_POINTS = 3, 8
"""Two figures are a comparison that a sentence tells better; more than eight bars are a table."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure with its label, as they are printed, and where both stand in the article's text.

    `value` is what the bar is as long as, `figure` its print („3,4 %“ with a no-break space).
    `start` and `end` bound the figure with its unit, `label_start` and `label_end` the label.
    """

    label: str
    figure: str
    value: float
    article_id: ArticleId
    start: int
    end: int
    label_start: int
    label_end: int

    def __post_init__(self) -> None:
        if not self.label.strip() or not self.figure.strip():
            raise ValueError("a point has a label and a figure")
        if not math.isfinite(self.value):
            raise ValueError("a point's value is a number")
        if not (0 <= self.start < self.end and 0 <= self.label_start < self.label_end):
            raise ValueError("a point's spans run forward")


@dataclass(frozen=True, slots=True)
class Chart:
    """Three to eight points of one kind and unit, each label once, and what they measure.

    `said` is the stretch of the article that tells them all, `outlet` whose article it is. `image`
    is the address of the drawing where readers may fetch one, else None.
    """

    title: str
    points: tuple[Point, ...]
    said: Sentence
    outlet: str = ""
    image: str | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a chart says what it measures")
        if not LEAST_POINTS <= len(self.points) <= MOST_POINTS:
            raise ValueError(f"a chart has {LEAST_POINTS} to {MOST_POINTS} points")
        if len({one.label.casefold() for one in self.points}) < len(self.points):
            raise ValueError("a label stands once in a chart")
        if {one.article_id for one in self.points} != {self.said.article_id}:
            raise ValueError("a chart is told by one article")
