"""Small facts of the instance, and the firings of the clock that happen once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from digest.store.dialect import insert_new
from digest.store.tables import firings, marks

RESTORED = "restored"
"""The mark that a restored database carries until a person lets it send (restore guard)."""


class Marks:
    """Keys with a text each, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The text of a key, None when it was never set."""
        found: str | None = self._connection.execute(
            select(marks.c.value).where(marks.c.key == key)
        ).scalar()
        return found

    def set(self, key: str, value: str) -> None:
        """Sets a key, whatever it held."""
        statement = insert_new(self._connection, marks).values(key=key, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"], set_={"value": statement.excluded.value}
            )
        )

    def restored(self) -> str | None:
        """The copy this database was restored from, until a person lets it send again."""
        return self.get(RESTORED)

    def confirm_restored(self) -> None:
        """A person says that it may send."""
        self.drop(RESTORED)

    def drop(self, key: str) -> None:
        """Forgets a key; an unknown one is no error."""
        self._connection.execute(delete(marks).where(marks.c.key == key))

    def fire_once(self, publication: str, local_date: date, kind: str, at: datetime) -> bool:
        """True for exactly one caller per publication, local date and kind.

        However often the clock fires, on however many machines, the row absorbs it.
        """
        statement = (
            insert_new(self._connection, firings)
            .values(publication=publication, local_date=local_date, kind=kind, at=at)
            .on_conflict_do_nothing()
            .execution_options(preserve_rowcount=True)
        )
        return self._connection.execute(statement).rowcount == 1

    def fired(self, publication: str, local_date: date, kind: str) -> datetime | None:
        """When that firing happened, None when it has not."""
        found: datetime | None = self._connection.execute(
            select(firings.c.at).where(
                firings.c.publication == publication,
                firings.c.local_date == local_date,
                firings.c.kind == kind,
            )
        ).scalar()
        return found
