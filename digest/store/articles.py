"""Articles by their identity, the keys under which they are known again, and their versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from digest.errors import NotFound
from digest.gathered import Change, Gathered, Known, Version
from digest.model import Article, ArticleId
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.keys import Keys
from digest.store.tables import articles
from digest.store.versions import Versions
from subscribers.suppress import chunks


class Articles:
    """The articles on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys = Keys(connection)
        self._versions = Versions(connection)

    # ---- taking in

    def add_new(self, found: Sequence[Article]) -> tuple[list[ArticleId], list[ArticleId]]:
        """Keeps articles without keys, as `remember` does."""
        return self.remember([Gathered(article) for article in found])

    def remember(self, found: Sequence[Gathered]) -> tuple[list[ArticleId], list[ArticleId]]:
        """Keeps the articles that are not there yet, with their keys.

        Gives (new ids, known ids), each in the order given; an id given twice is new, then known.
        Safe against another collector that keeps the same at the same moment.
        """
        known = self._present([one.article.id for one in found])
        new: list[Gathered] = []
        seen: list[ArticleId] = []
        for one in found:
            if one.article.id in known:
                seen.append(one.article.id)
            else:
                known.add(one.article.id)
                new.append(one)
        if new:
            statement = insert_new(self._connection, articles).on_conflict_do_nothing()
            self._connection.execute(statement, [_row(one) for one in new])
            self._keys.add(_keys_of(new))
        return [one.article.id for one in new], seen

    def alter(
        self, one: Gathered, changes: Sequence[Change], *, at: datetime, cause: str
    ) -> Version:
        """Replaces an article by how it reads now and keeps how it read before.

        Nothing was published after it was first seen, whoever says so; a stored date gives way
        to none later than itself unless we read the same bytes better (`again`). Raises `NotFound`.
        """
        before = next(iter(self.get([one.article.id])), None)
        if before is None:
            raise NotFound(
                f"Няма статия „{one.article.id}“.",
                "Тя е махната, докато се четеше новият ѝ вид.",
                "Повторете събирането.",
            )
        after = one.article
        limits = [self._first_seen(after.id), None if cause == "again" else before.published_at]
        if any(at and after.published_at and after.published_at > at for at in limits):
            old = after.old_news or before.old_news
            after = replace(after, date=before.date, old_news=old)
        row = _row(replace(one, article=after))
        del row["id"], row["first_seen"]
        self._connection.execute(update(articles).where(articles.c.id == after.id).values(**row))
        self._keys.add([(key, after.id, at) for key in one.keys])
        return self._versions.add(before, after, changes, at=at, cause=cause)

    def touch(self, article_id: ArticleId, mark: str, keys: Sequence[str] = ()) -> None:
        """Notes an altered entry of an article that reads as before, and its further keys."""
        changed = update(articles).where(articles.c.id == article_id).values(mark=mark)
        self._connection.execute(changed)
        at = self._first_seen(article_id)
        if at is not None:
            self._keys.add([(key, article_id, at) for key in keys])

    def _first_seen(self, article_id: ArticleId) -> datetime | None:
        return self._connection.execute(
            select(articles.c.first_seen).where(articles.c.id == article_id)
        ).scalar()

    # ---- asking

    def recall(self, keys: Collection[str]) -> dict[str, tuple[Known, ...]]:
        """For each key that is known, the articles under it, the oldest first."""
        return self._keys.recall(keys)

    def refused(self, keys: Collection[str]) -> frozenset[str]:
        """Which keys stand for documents that were read before and are no articles."""
        return self._keys.refused(keys)

    def refuse(self, codes: Mapping[str, str], *, at: datetime) -> None:
        """Notes documents that are no articles, by key, so that they are not read every round."""
        self._keys.refuse(codes, at)

    def forget_keys(self, before: datetime) -> int:
        """Drops the keys and refusals older than that, and says how many."""
        return self._keys.forget(before)

    def versions(self, article_id: ArticleId) -> list[Version]:
        """How an article read, the first version first. Raises `NotFound`."""
        first = self._connection.execute(
            select(articles.c.title, articles.c.first_seen, articles.c.fetched_at).where(
                articles.c.id == article_id
            )
        ).first()
        if first is None:
            raise NotFound(
                f"Няма статия „{article_id}“.", "Такъв номер не се пази.", "Проверете номера."
            )
        at = first.first_seen or first.fetched_at
        return self._versions.of(article_id, first.title, at)

    def altered_since(self, at: datetime) -> dict[ArticleId, list[Version]]:
        """The alterations by outlets since a time, by article, oldest first."""
        return self._versions.since(at)

    def times_of(self, source_id: str, limit: int) -> list[datetime]:
        """When a source's newest articles came out (published, else first seen), in order."""
        rows = self._connection.execute(
            select(articles.c.published_at, articles.c.first_seen)
            .where(articles.c.source == source_id, articles.c.first_seen.is_not(None))
            .order_by(articles.c.first_seen.desc())
            .limit(limit)
        )
        return sorted(row.published_at or row.first_seen for row in rows)

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


def _row(one: Gathered) -> dict[str, object]:
    article = one.article
    return {
        "id": article.id,
        "published_at": article.published_at,
        "fetched_at": article.fetched_at,
        "payload": encode(article),
        "source": article.source,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "mark": one.mark,
        "first_seen": article.fetched_at,
    }


def _keys_of(new: Sequence[Gathered]) -> list[tuple[str, ArticleId, datetime]]:
    return [
        (key, one.article.id, one.article.fetched_at)
        for one in new
        if one.article.fetched_at is not None
        for key in one.keys
    ]
