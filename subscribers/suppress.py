"""Addresses that are never mailed again, whatever a list says.

Only keyed hashes are kept, so that a suppression outlives the person's erasure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, delete, select

from subscribers.address import AddressHash, parse
from subscribers.model import Suppressed
from subscribers.tables import suppressions

CHUNK = 500
"""Values in one IN list: far below SQLite's 32 766 variables."""


def chunks(values: Sequence[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


class Suppressions:
    """The list of suppressed addresses on one connection."""

    def __init__(self, connection: Connection, hasher: AddressHash) -> None:
        self._connection = connection
        self._hasher = hasher

    def add(self, address: str, reason: str, at: datetime) -> bool:
        """Suppresses an address; False when it already was. Raises `AddressRefused`."""
        return self.add_hash(self._hash(address), reason, at)

    def add_hash(self, hashed: str, reason: str, at: datetime) -> bool:
        """The same for a hash that is already known."""
        # Each dialect is loaded where it is used: PostgreSQL's alone costs a noticeable start.
        if self._connection.dialect.name == "sqlite":
            from sqlalchemy.dialects.sqlite import insert
        else:
            from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
        statement = (
            insert(suppressions)
            .values(hash=hashed, reason=reason, at=at)
            .on_conflict_do_nothing(index_elements=["hash"])
            .execution_options(preserve_rowcount=True)
        )
        return self._connection.execute(statement).rowcount == 1

    def remove(self, address: str) -> bool:
        """Lifts a suppression; False when there was none. Raises `AddressRefused`."""
        statement = delete(suppressions).where(suppressions.c.hash == self._hash(address))
        return self._connection.execute(statement).rowcount == 1

    def contains(self, address: str) -> bool:
        """Raises `AddressRefused`."""
        hashed = self._hash(address)
        return hashed in self.many([hashed])

    def many(self, hashes: Sequence[str]) -> set[str]:
        """Those of the hashes that are suppressed."""
        found: set[str] = set()
        for part in chunks(hashes):
            rows = self._connection.execute(
                select(suppressions.c.hash).where(suppressions.c.hash.in_(part))
            )
            found.update(rows.scalars())
        return found

    def list(self) -> Sequence[Suppressed]:
        """All of them, oldest first."""
        rows = self._connection.execute(
            select(suppressions).order_by(suppressions.c.at, suppressions.c.hash)
        )
        return [Suppressed(row.hash, row.reason, row.at) for row in rows]

    def _hash(self, address: str) -> str:
        return self._hasher.of(parse(address).identity)
