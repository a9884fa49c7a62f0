"""How an article read before an outlet, or a better reading of ours, altered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from digest.gathered import Change, Version
from digest.model import Article, ArticleId
from digest.store.codec import decode, encode
from digest.store.tables import article_versions


@dataclass(frozen=True, slots=True)
class _Changes:
    """The changes of one version, for the codec."""

    changes: tuple[Change, ...]


class Versions:
    """The versions on one connection. The first is the article itself and has no row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        before: Article,
        after: Article,
        changes: Sequence[Change],
        *,
        at: datetime,
        cause: str,
    ) -> Version:
        """Adds the next version of an article, with the whole earlier reading."""
        last = self._connection.execute(
            select(func.max(article_versions.c.n)).where(article_versions.c.article_id == after.id)
        ).scalar()
        version = Version(after.id, (last or 1) + 1, at, after.title, cause, tuple(changes))
        self._connection.execute(
            insert(article_versions).values(
                article_id=after.id,
                n=version.n,
                at=at,
                title=after.title,
                cause=cause,
                changes=encode(_Changes(version.changes)),
                before=encode(before),
            )
        )
        return version

    def of(self, article_id: ArticleId, title: str, first: datetime) -> list[Version]:
        """All versions; `title` and `first` are those of the article as it is stored."""
        rows = self._connection.execute(
            select(article_versions)
            .where(article_versions.c.article_id == article_id)
            .order_by(article_versions.c.n)
        ).all()
        earliest = decode(Article, rows[0].before).title if rows and rows[0].before else title
        return [Version(article_id, 1, first, earliest), *(_version(row) for row in rows)]

    def since(self, at: datetime) -> dict[ArticleId, list[Version]]:
        """The alterations by outlets since a time."""
        rows = self._connection.execute(
            select(article_versions)
            .where(article_versions.c.at >= at, article_versions.c.cause == "outlet")
            .order_by(article_versions.c.at, article_versions.c.article_id, article_versions.c.n)
        )
        found: defaultdict[ArticleId, list[Version]] = defaultdict(list)
        for row in rows:
            found[ArticleId(row.article_id)].append(_version(row))
        return dict(found)


def _version(row: Row[Any]) -> Version:
    changes = decode(_Changes, row.changes).changes
    return Version(ArticleId(row.article_id), row.n, row.at, row.title, row.cause, changes)
