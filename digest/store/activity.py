"""The desk's memory: who did what, before and after, when. Only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from digest.store.tables import activity


@dataclass(frozen=True, slots=True)
class Deed:
    """One act. `who` is an editor's address or a process, `subject` what it touched."""

    at: datetime
    who: str
    what: str
    subject: str = ""
    before: str = ""
    after: str = ""


class Activity:
    """The acts on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deed: Deed) -> None:
        """Notes an act."""
        self._connection.execute(
            insert(activity).values(
                at=deed.at,
                who=deed.who,
                what=deed.what,
                subject=deed.subject,
                before=deed.before,
                after=deed.after,
            )
        )

    def list(self, *, subject: str | None = None, limit: int = 100) -> Sequence[Deed]:
        """The newest first, of one subject or of all."""
        statement = select(activity).order_by(activity.c.id.desc()).limit(limit)
        if subject is not None:
            statement = statement.where(activity.c.subject == subject)
        return [
            Deed(row.at, row.who, row.what, row.subject, row.before, row.after)
            for row in self._connection.execute(statement)
        ]
