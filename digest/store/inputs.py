"""What editions were made from, packed, for as many days as the settings keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from digest.model import EditionId, Inputs
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.tables import edition_inputs, editions


@dataclass(frozen=True, slots=True)
class KeptInputs:
    """The inputs of one revision and their size on the disk in bytes."""

    revision: int
    inputs: Inputs
    size: int


class EditionInputs:
    """The inputs on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, edition: EditionId, revision: int, inputs: Inputs) -> None:
        """Keeps what a revision was made from, in place of what was kept of it before."""
        number = select(editions.c.n).where(editions.c.id == edition).scalar_subquery()
        statement = insert_new(self._connection, edition_inputs).values(
            edition_n=number, revision=revision, at=inputs.moment, payload=encode(inputs)
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["edition_n", "revision"],
                set_={"payload": statement.excluded.payload, "at": statement.excluded.at},
            )
        )

    def of(self, edition: EditionId, upto: int) -> KeptInputs | None:
        """Of the newest revision not above `upto` that was made from inputs, if they are kept."""
        row = self._connection.execute(
            select(
                edition_inputs.c.revision,
                edition_inputs.c.payload,
                func.length(edition_inputs.c.payload).label("size"),
            )
            .join(editions, editions.c.n == edition_inputs.c.edition_n)
            .where(editions.c.id == edition, edition_inputs.c.revision <= upto)
            .order_by(edition_inputs.c.revision.desc())
            .limit(1)
        ).first()
        return row and KeptInputs(row.revision, decode(Inputs, row.payload), row.size)

    def drop(self, before: datetime) -> int:
        """Drops the inputs of editions judged from a time before; gives how many went."""
        old = edition_inputs.c.at < before
        total = self._connection.execute(
            select(func.count()).select_from(edition_inputs).where(old)
        ).scalar_one()
        if total:
            self._connection.execute(delete(edition_inputs).where(old))
        return int(total)
