"""What an edition was made from, kept so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from digest.model.articles import Article
from digest.model.base import ArticleId, EditionId, StoryId, aware
from digest.model.corrections import Correction
from digest.model.desk import AcceptedWeights, Ruling
from digest.model.newsroom import Newsroom
from digest.model.stories import Bond
from digest.model.summaries import Summary


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

    `articles` are those of the window as they read then (without what was cut from them);
    `known`, `settled` and `bonds` say how they stood in
    stories (see cluster/stories.py). `printed` is what earlier editions told, `rulings` and
    `accepted` what the desk said. `settings` is the JSON of the settings as they stood, `program`
    the version that drafted, `moment` the time the edition is judged from. `embedder` names what
    told stories apart (cluster/neural.py); empty where that was not written down. `written` are the
    summaries for which a language model was asked, whether its text stands or not: a replay asks
    nobody. `corrections` are those that no earlier edition had printed.
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
    known: Mapping[ArticleId, StoryId] = field(default_factory=dict)
    settled: tuple[StoryId, ...] = ()
    bonds: tuple[Bond, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    accepted: AcceptedWeights | None = None
    embedder: str = ""
    written: tuple[Summary, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        aware("Inputs.moment", self.moment)
        if self.number < 1:
            raise ValueError("numbers count from 1")
