"""Texts of a language model by what was asked, so that an edition built again costs nothing.

A taken answer is kept until housekeeping drops it. A refused one is kept for hours only: most
models answer otherwise the next time, and one bad answer must not take the text from a story that
runs for days. What a server did not answer at all is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from digest.store.dialect import insert_new
from digest.store.tables import written_texts


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The raw answer, or why none was taken; and when that was."""

    at: datetime
    text: str
    refused: str


class WrittenTexts:
    """The texts on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> WrittenText | None:
        """What is kept under a key."""
        row = self._connection.execute(
            select(written_texts.c.at, written_texts.c.text, written_texts.c.refused).where(
                written_texts.c.key == key
            )
        ).first()
        return row and WrittenText(row.at, row.text, row.refused)

    def keep(self, key: str, written: WrittenText) -> None:
        """Keeps a text, in place of what stood under the key."""
        statement = insert_new(self._connection, written_texts).values(
            key=key, at=written.at, text=written.text, refused=written.refused
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"],
                set_={name: statement.excluded[name] for name in ("at", "text", "refused")},
            )
        )

    def drop(self, before: datetime) -> None:
        """Drops what was kept before a time."""
        self._connection.execute(delete(written_texts).where(written_texts.c.at < before))
