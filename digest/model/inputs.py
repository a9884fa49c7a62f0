"""What an edition was made from, kept so that it can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from digest.model.articles import Article
from digest.model.base import EditionId, StoryId, aware
from digest.model.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Printed:
    """A story of an earlier edition; `text` is all texts of its articles joined."""

    date: date
    edition: EditionId
    story_id: StoryId
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that decides what a draft becomes: the same inputs make the same draft.

    `articles` are those of the window as they read then (without what was cut from them),
    `printed` what earlier editions told, `settings` the JSON of the settings as they stood, and
    `program` the version that drafted. `moment` is the time the edition is judged from.
    """

    publication: str
    day: date
    moment: datetime
    number: int
    program: str
    settings: str
    newsroom: Newsroom
    articles: tuple[Article, ...]
    printed: tuple[Printed, ...] = ()

    def __post_init__(self) -> None:
        aware("Inputs.moment", self.moment)
        if self.number < 1:
            raise ValueError("numbers count from 1")
