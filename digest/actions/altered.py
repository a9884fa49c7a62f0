"""What outlets altered in the articles of an edition, for the editor who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions.drafting import moment_of

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.gathered import Change, Version
    from digest.model import Article, ArticleId, Edition, EditionStory, StoryId
    from digest.store.work import Work

LOOK_BACK = timedelta(days=7)
"""What was altered before that was altered for an earlier edition."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One alteration of one article: who made it, when it was read, and what it changed.

    `first_at` and `first_title` are those of the first reading.
    """

    outlet: str
    url: str
    at: datetime
    first_at: datetime
    first_title: str
    changes: tuple[Change, ...]

    def as_dict(self) -> dict[str, object]:
        """A row of `altered` in `digest edition show --json`."""
        return {
            "outlet": self.outlet,
            "url": self.url or None,
            "at": self.at.isoformat(),
            "first_at": self.first_at.isoformat(),
            "first_title": self.first_title,
            "changes": [
                {"kind": str(one.kind), "before": one.before, "after": one.after,
                 "sentence": one.sentence}
                for one in self.changes
            ],
        }  # fmt: skip


def alterations(app: App, edition: Edition) -> dict[StoryId, tuple[Alteration, ...]]:
    """By story, oldest first: in what it quotes and in what it credits, since the week before."""
    since = moment_of(app, edition.date) - LOOK_BACK
    with app.store.reading() as work:
        versions = work.articles.altered_since(since)
        told = {story.id: _told_by(work, story) & versions.keys() for story in edition.stories}
        wanted = sorted(set().union(*told.values()))
        articles = {one.id: one for one in work.articles.get(wanted)}
        first = {one: work.articles.versions(one)[0] for one in articles}
    return {
        story: tuple(_in_order(ids & articles.keys(), versions, articles, first))
        for story, ids in told.items()
    }


def _told_by(work: Work, story: EditionStory) -> set[ArticleId]:
    """The articles that a story quotes, and those behind the links of its credits."""
    from digest.collect.address import identity_key

    credited = {f"url:{identity_key(one.url)}" for one in story.credits if one.url}
    behind = {known.id for under in work.articles.recall(credited).values() for known in under}
    return behind | {one.article_id for one in story.sentences}


def _in_order(
    ids: set[ArticleId],
    versions: Mapping[ArticleId, list[Version]],
    articles: Mapping[ArticleId, Article],
    first: Mapping[ArticleId, Version],
) -> list[Alteration]:
    found = [
        Alteration(
            outlet=articles[one].outlet or articles[one].site_name or "източникът",
            url=articles[one].canonical_url or articles[one].url,
            at=version.at,
            first_at=first[one].at,
            first_title=first[one].title,
            changes=version.changes,
        )
        for one in ids
        for version in versions[one]
        if version.changes
    ]
    return sorted(found, key=lambda one: (one.at, one.url))
