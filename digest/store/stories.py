"""In which story each article stands, and what editors said of stories that are one or are not."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from digest.model import ArticleId, Bond, EditionState, StoryId
from digest.store.dialect import insert_new
from digest.store.tables import editions, printed, story_articles, story_bonds
from subscribers.suppress import chunks

TOLD = (EditionState.QUEUED.value, EditionState.SENT.value)


class Stories:
    """The stories on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, articles: Collection[ArticleId]) -> dict[ArticleId, StoryId]:
        """The story of each article that stands in one."""
        found: dict[ArticleId, StoryId] = {}
        for part in chunks(sorted(articles)):
            rows = self._connection.execute(
                select(story_articles.c.article_id, story_articles.c.story_id).where(
                    story_articles.c.article_id.in_(part)
                )
            )
            found.update((ArticleId(row.article_id), StoryId(row.story_id)) for row in rows)
        return found

    def members(self, story: str) -> list[ArticleId]:
        """The articles of a story in the order in which they came to it; none: no such story."""
        rows = self._connection.execute(
            select(story_articles.c.article_id)
            .where(story_articles.c.story_id == story)
            .order_by(story_articles.c.at, story_articles.c.article_id)
        )
        return [ArticleId(one) for one in rows.scalars()]

    def place(self, stories: Mapping[ArticleId, StoryId], at: datetime) -> None:
        """Puts each article into its story, wherever it stood before."""
        rows = [
            {"article_id": article, "story_id": story, "at": at}
            for article, story in sorted(stories.items())
        ]
        if not rows:
            return
        statement = insert_new(self._connection, story_articles)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["article_id"], set_={"story_id": statement.excluded.story_id}
            ),
            rows,
        )

    def seen(self, stories: Iterable[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that an edition told its readers: one that was queued or sent."""
        found: set[StoryId] = set()
        for part in chunks(sorted(set(stories))):
            rows = self._connection.execute(
                select(printed.c.story_id)
                .join(editions, editions.c.n == printed.c.edition_n)
                .where(printed.c.story_id.in_(part), editions.c.state.in_(TOLD))
                .distinct()
            )
            found.update(StoryId(one) for one in rows.scalars())
        return frozenset(found)

    def bonds(self, since: datetime) -> list[Bond]:
        """What editors said of stories since a time, oldest first."""
        rows = self._connection.execute(
            select(story_bonds).where(story_bonds.c.at >= since).order_by(story_bonds.c.id)
        )
        return [_bond(row.together, row.these, row.those, row.who) for row in rows]

    def bind(self, bond: Bond, at: datetime) -> None:
        """Keeps an editor's word; an earlier one against it is void."""
        rows = self._connection.execute(
            select(story_bonds).where(story_bonds.c.together != bond.together)
        ).all()
        void = [
            row.id
            for row in rows
            if _contradicts(bond, _bond(row.together, row.these, row.those, row.who))
        ]
        if void:
            self._connection.execute(delete(story_bonds).where(story_bonds.c.id.in_(void)))
        self._connection.execute(
            insert(story_bonds).values(
                at=at,
                who=bond.by,
                together=bond.together,
                these=json.dumps(bond.these),
                those=json.dumps(bond.those),
            )
        )


def _bond(together: object, these: str, those: str, who: str) -> Bond:
    return Bond(bool(together), _ids(these), _ids(those), who)


def _ids(text: str) -> tuple[ArticleId, ...]:
    listed: Sequence[str] = json.loads(text)
    return tuple(ArticleId(one) for one in listed)


def _contradicts(bond: Bond, other: Bond) -> bool:
    """Whether the two speak of one pair of articles (each once as these, once as those)."""
    straight = set(bond.these) & set(other.these) and set(bond.those) & set(other.those)
    crossed = set(bond.these) & set(other.those) and set(bond.those) & set(other.these)
    return bool(straight or crossed)
