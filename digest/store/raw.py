"""The bytes that articles came from, compressed, for as many days as the settings keep them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, tuple_

from digest.gathered import RawDocument
from digest.model import Entry, SourceId
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.tables import raw_documents

STRIDE = 50
"""Documents that are read at once."""
LARGEST = 20_000_000
"""Bytes of a document when it is taken out again; nothing larger is ever kept."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is kept beside the bytes, for the codec."""

    name: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    entry: Entry | None = None


class Raw:
    """The raw documents on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, documents: Sequence[RawDocument]) -> None:
        """Keeps documents; one that is there stays as it is."""
        values = [
            {
                "key": one.key,
                "source_id": one.source,
                "fetched_at": one.fetched_at,
                "facts": encode(_Facts(one.name, one.url, one.headers, one.entry)),
                "body": zlib.compress(one.body, 6),
            }
            for one in documents
        ]
        if values:
            statement = insert_new(self._connection, raw_documents).on_conflict_do_nothing()
            self._connection.execute(statement, values)

    def since(
        self,
        at: datetime,
        *,
        sources: Collection[SourceId] | None = None,
        newest_first: bool = False,
    ) -> Iterator[RawDocument]:
        """The documents fetched since a time, oldest first unless asked, a stride at a time."""
        order = tuple_(raw_documents.c.fetched_at, raw_documents.c.key)
        way = [one.desc() if newest_first else one.asc() for one in order.clauses]
        page = select(raw_documents).where(raw_documents.c.fetched_at >= at)
        page = page.order_by(*way).limit(STRIDE)
        if sources is not None:
            page = page.where(raw_documents.c.source_id.in_(sorted(sources)))
        rows = self._connection.execute(page).all()
        while rows:
            for row in rows:
                yield _document(row.key, row.source_id, row.fetched_at, row.facts, row.body)
            last = (rows[-1].fetched_at, rows[-1].key)
            beyond = order < last if newest_first else order > last
            rows = self._connection.execute(page.where(beyond)).all()

    def drop(self, before: datetime) -> int:
        """Drops the documents fetched before a time; gives how many went."""
        old = raw_documents.c.fetched_at < before
        total = self._connection.execute(
            select(func.count()).select_from(raw_documents).where(old)
        ).scalar_one()
        if total:
            self._connection.execute(delete(raw_documents).where(old))
        return int(total)


def _document(key: str, source: str, at: datetime, facts: str, body: bytes) -> RawDocument:
    known = decode(_Facts, facts)
    whole = zlib.decompressobj().decompress(body, LARGEST)
    return RawDocument(
        key, SourceId(source), known.name, known.url, at, whole, known.headers, known.entry
    )
