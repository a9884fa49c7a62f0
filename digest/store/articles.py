"""Articles by their identity: the id is the hash of the identity key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from digest.model import Article, ArticleId
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.tables import articles
from subscribers.suppress import chunks


class Articles:
    """The articles on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_new(self, found: Sequence[Article]) -> tuple[list[ArticleId], list[ArticleId]]:
        """Keeps the articles that are not there yet.

        Gives (new ids, known ids), each in the order given; an id given twice is new, then known.
        """
        known = self._present([article.id for article in found])
        new: list[ArticleId] = []
        seen: list[ArticleId] = []
        rows: list[dict[str, object]] = []
        for article in found:
            if article.id in known:
                seen.append(article.id)
                continue
            known.add(article.id)
            new.append(article.id)
            rows.append(_row(article))
        if rows:
            statement = insert_new(self._connection, articles).on_conflict_do_nothing()
            self._connection.execute(statement, rows)
        return new, seen

    def known_ids(self) -> set[ArticleId]:
        """The ids of all articles."""
        return {ArticleId(one) for one in self._connection.execute(select(articles.c.id)).scalars()}

    def since(self, at: datetime) -> list[Article]:
        """Those fetched or published at or after a time, oldest first."""
        moment = articles.c.published_at
        rows = self._connection.execute(
            select(articles.c.payload)
            .where(or_(articles.c.fetched_at >= at, moment >= at))
            .order_by(moment, articles.c.fetched_at, articles.c.id)
        )
        return [decode(Article, one) for one in rows.scalars()]

    def get(self, ids: Iterable[ArticleId]) -> list[Article]:
        """The articles of those ids that are there, in the order given."""
        wanted = list(ids)
        found: dict[str, Article] = {}
        for part in chunks(wanted):
            rows = self._connection.execute(
                select(articles.c.id, articles.c.payload).where(articles.c.id.in_(part))
            )
            found.update((row.id, decode(Article, row.payload)) for row in rows)
        return [found[one] for one in wanted if one in found]

    def _present(self, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for part in chunks(ids):
            rows = self._connection.execute(select(articles.c.id).where(articles.c.id.in_(part)))
            found.update(rows.scalars())
        return found


def _row(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "published_at": article.published_at,
        "fetched_at": article.fetched_at,
        "payload": encode(article),
    }
