"""Short ways to write ranked things; everything is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from digest.model import (
    Article,
    ArticleId,
    DateBasis,
    DateClaim,
    Newsroom,
    Printed,
    RankedStory,
    Story,
    StoryId,
    Voice,
)
from digest.rank.rank import rank
from digest.settings import Rank

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
FRESH_HOURS = 36

BRIDGE = (
    "Новият мост край Дряново ще бъде открит през май, обяви министърът Стефан Калчев. Строежът "
    "струва 12 милиона евро. По трасето работят 140 души, а движението е по обходен маршрут."
)


def dated(hours: float = 3) -> DateClaim:
    return DateClaim(NOW - timedelta(hours=hours), DateBasis.JSON_LD, 0.9)


def article(
    name: str = "a", text: str = BRIDGE, *, date: DateClaim | None = None, **more: object
) -> Article:
    more.setdefault("title", "Мостът край Дряново се открива през май")
    more.setdefault("outlet", f"Издание {name}")
    return Article(ArticleId(name), text=text, date=date or dated(), **more)


def story(*articles: Article, name: str = "s1", voices: int = 0, **more: object) -> Story:
    """A story told by `voices` outlets; by none that are named when 0."""
    articles = articles or (article(),)
    told = tuple(Voice(f"Глас {i}", "outlet", (articles[0].id,)) for i in range(voices))
    return Story(StoryId(name), articles, articles[0].id, voices=told, **more)


def printed(text: str = BRIDGE, *, name: str = "s1", day: int = 21, **more: str) -> Printed:
    title = more.get("title", "Мостът край Дряново се открива през май")
    return Printed(date(2026, 11, day), f"digest-2026-11-{day}", StoryId(name), title, text)


def ranked(
    *stories: Story, previous: tuple[Printed, ...] = (), **weights: float
) -> list[RankedStory]:
    return rank(
        stories,
        now=NOW,
        newsroom=Newsroom(()),
        options=Rank(weights=weights),
        previous=previous,
        fresh_hours=FRESH_HOURS,
    )


def one(given: Story, *previous: Printed) -> RankedStory:
    (result,) = ranked(given, previous=previous)
    return result
