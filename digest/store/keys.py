"""Keys under which articles are known again, and those of documents that are no articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, select

from digest.gathered import Known
from digest.model import ArticleId
from digest.store.dialect import insert_new
from digest.store.tables import article_keys, articles, refused_keys
from subscribers.suppress import chunks


class Keys:
    """The keys on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Iterable[tuple[str, ArticleId, datetime]]) -> None:
        """Keeps (key, article, first seen); what is there stays."""
        values = [{"key": k, "article_id": a, "first_seen": at} for k, a, at in rows]
        if values:
            statement = insert_new(self._connection, article_keys).on_conflict_do_nothing()
            self._connection.execute(statement, values)

    def recall(self, keys: Collection[str]) -> dict[str, tuple[Known, ...]]:
        """For each key that is known, the articles under it, the oldest first."""
        found: defaultdict[str, list[Known]] = defaultdict(list)
        for part in chunks(sorted(keys)):
            rows = self._connection.execute(
                select(
                    article_keys.c.key,
                    articles.c.id,
                    articles.c.source,
                    articles.c.outlet,
                    articles.c.title,
                    articles.c.mark,
                    articles.c.published_at,
                    articles.c.first_seen,
                    articles.c.url,
                )
                .join(articles, articles.c.id == article_keys.c.article_id)
                .where(article_keys.c.key.in_(part))
                .order_by(article_keys.c.first_seen, articles.c.id)
            )
            for row in rows:
                found[row.key].append(Known(*row[1:]))
        return {key: tuple(known) for key, known in found.items()}

    def refuse(self, codes: Mapping[str, str], at: datetime) -> None:
        """Keeps keys of documents that are no articles, with the code of the reason."""
        values = [{"key": key, "code": code, "at": at} for key, code in codes.items()]
        if values:
            statement = insert_new(self._connection, refused_keys).on_conflict_do_nothing()
            self._connection.execute(statement, values)

    def refused(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that were refused."""
        found: set[str] = set()
        for part in chunks(sorted(keys)):
            rows = self._connection.execute(
                select(refused_keys.c.key).where(refused_keys.c.key.in_(part))
            )
            found.update(rows.scalars())
        return frozenset(found)

    def forget(self, before: datetime) -> int:
        """Drops what is older; gives how many rows went."""
        keys = self._drop(article_keys, "first_seen", before)
        return keys + self._drop(refused_keys, "at", before)

    def _drop(self, table: Table, column: str, before: datetime) -> int:
        total = self._connection.execute(
            select(func.count()).select_from(table).where(table.c[column] < before)
        ).scalar_one()
        if total:
            self._connection.execute(delete(table).where(table.c[column] < before))
        return int(total)
