"""Stories over days: today's articles join the stories they belong to, editors' words stand.

A story keeps its id as it grows. What an editor joins or parts is kept with who said it, and no
later grouping undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.errors import NotFound, Refused, WrongUsage
from digest.model import Article, ArticleId, Bond, Story, StoryId

if TYPE_CHECKING:
    from digest.store.work import Work

BONDS_STAND_DAYS = 30
"""Days for which an editor's word is looked at: longer than any story is told."""

MERGED, SPLIT = "story.merge", "story.split"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs and editors left for a grouping of some articles."""

    known: Mapping[ArticleId, StoryId] = field(default_factory=dict)
    settled: frozenset[StoryId] = frozenset()
    bonds: tuple[Bond, ...] = ()


def window(app: App, at: datetime, fresh_hours: int) -> datetime:
    """Since when articles are looked at: the fresh ones and those whose stories may go on."""
    return at - timedelta(hours=fresh_hours, days=app.settings.cluster.window_days)


def earlier(work: Work, articles: Sequence[Article], at: datetime) -> Earlier:
    """Where these articles stand already, and what editors said."""
    known = work.stories.of([article.id for article in articles])
    return Earlier(
        known,
        work.stories.seen(known.values()),
        tuple(work.stories.bonds(at - timedelta(days=BONDS_STAND_DAYS))),
    )


def group(app: App, articles: Sequence[Article], before: Earlier) -> list[Story]:
    """The stories of these articles."""
    from digest.cluster.stories import cluster

    return cluster(
        articles,
        newsroom=app.newsroom,
        options=app.settings.cluster,
        known=before.known,
        settled=before.settled,
        bonds=before.bonds,
    )


def keep(app: App, stories: Iterable[Story], before: Earlier) -> None:
    """Notes where the articles stand now; what stood there already is not written again."""
    placed = {article.id: story.id for story in stories for article in story.articles}
    changed = {name: story for name, story in placed.items() if before.known.get(name) != story}
    if changed:
        with app.store.work() as work:
            work.stories.place(changed, app.now())


def recent(stories: Sequence[Story], since: datetime) -> list[Story]:
    """Those that were told since a time, or whose articles lack a date."""
    return [
        story
        for story in stories
        if any((a.published_at or a.fetched_at or since) >= since for a in story.articles)
    ]


def merge(app: App, first: str, second: str, *, by: str) -> StoryId:
    """Makes one story of two, under the id of the first. Raises `NotFound` and `WrongUsage`."""
    from digest.actions.reviewing import allowed

    allowed(app, by, "edit")
    if first == second:
        raise WrongUsage("Посочена е една и съща тема.", "Събират се две теми.", "Дайте две.")
    with app.store.work() as work:
        these, those = _members(work, first), _members(work, second)
        work.stories.bind(Bond(True, tuple(these), tuple(those), by), app.now())
        work.stories.place(dict.fromkeys(those, StoryId(first)), app.now())
        app.note(work, by, MERGED, subject=first, before=second, after=f"{len(those)}")
    return StoryId(first)


def split(app: App, story: str, articles: Sequence[str], *, by: str) -> StoryId:
    """Takes articles out of a story into one of their own, and gives its id.

    Raises `NotFound` for what is not there and `Refused` when nothing would be left.
    """
    from digest.actions.reviewing import allowed
    from digest.cluster.stories import story_id

    allowed(app, by, "edit")
    with app.store.work() as work:
        members = _members(work, story)
        out = [one for one in members if one in articles]
        strangers = [one for one in articles if one not in members]
        if strangers or not out:
            raise _no_member(story, strangers)
        rest = [one for one in members if one not in out]
        if not rest:
            raise Refused(
                "Така в темата не остава нищо.",
                "Отделят се всичките ѝ статии.",
                "Посочете само статиите, които са за друго.",
            )
        own = story_id(ArticleId(f"{story}/{out[0]}"))
        work.stories.bind(Bond(False, tuple(out), tuple(rest), by), app.now())
        work.stories.place(dict.fromkeys(out, own), app.now())
        app.note(work, by, SPLIT, subject=story, before=f"{len(members)}", after=own)
    return own


def _members(work: Work, story: str) -> list[ArticleId]:
    found = work.stories.members(story)
    if not found:
        raise NotFound(
            f"Няма тема „{story}“.",
            "Такъв номер не се пази.",
            "Вижте темите с „digest story list“.",
        )
    return found


def _no_member(story: str, strangers: Sequence[str]) -> NotFound:
    named = ", ".join(f"„{one}“" for one in strangers[:3]) or "нито една статия"
    return NotFound(
        f"В темата „{story}“ няма {named}.",
        "Отделят се само нейни статии.",
        f"Вижте ги с „digest story show {story}“.",
    )
