"""Corrections of what was sent, and which editions carry them.

A correction counts as printed by an edition that carries it and was approved, is being sent or
was sent, and by a cancelled one of which something may have left; by no other. So a draft that
is made again, skipped or cancelled gives its corrections back without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, insert, select

from digest.errors import NotFound
from digest.model import (
    Correction,
    CorrectionId,
    EditionId,
    EditionState,
)
from digest.store.codec import decode, encode
from digest.store.desk_tables import carried_corrections as carried
from digest.store.desk_tables import corrections
from digest.store.public import LEFT
from digest.store.tables import deliveries, editions

_SIGNED = (EditionState.APPROVED.value, EditionState.QUEUED.value, EditionState.SENT.value)


class Corrections:
    """The corrections on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: Correction) -> None:
        """Keeps a correction. Raises `NotFound` when its edition does not exist."""
        n = self._edition(one.edition_id)
        self._connection.execute(
            insert(corrections).values(id=one.id, edition_n=n, at=one.at, payload=encode(one))
        )

    def get(self, wanted: str) -> Correction:
        """One by its id. Raises `NotFound`."""
        payload = self._connection.execute(
            select(corrections.c.payload).where(corrections.c.id == wanted)
        ).scalar()
        if payload is None:
            raise _unknown(wanted)
        return decode(Correction, payload)

    def find(self, wanted: CorrectionId) -> Correction | None:
        """One by its id, None when there is none."""
        return next(iter(self._read(select(corrections).where(corrections.c.id == wanted))), None)

    def of(self, edition: EditionId) -> Sequence[Correction]:
        """What was wrong in an edition, the oldest correction first."""
        wrong = select(corrections).join(editions, editions.c.n == corrections.c.edition_n)
        return self._read(wrong.where(editions.c.id == edition).order_by(corrections.c.n))

    def all(self) -> Sequence[Correction]:
        """Every correction, the newest first."""
        return self._read(select(corrections).order_by(corrections.c.n.desc()))

    def pending(self, publication: str, day: date, until: datetime) -> Sequence[Correction]:
        """What the edition of that day has to print, the oldest first.

        Corrections of earlier editions of the publication, made up to that moment, that no other
        edition has printed.
        """
        other = (editions.c.publication != publication) | (editions.c.date != day)
        done = _printed().where(other).correlate(None)
        wrong = corrections.join(editions, editions.c.n == corrections.c.edition_n)
        return self._read(
            select(corrections)
            .select_from(wrong)
            .where(
                editions.c.publication == publication,
                editions.c.date < day,
                corrections.c.at <= until,
                corrections.c.n.not_in(done),
            )
            .order_by(corrections.c.n)
        )

    def printed_in(self, wanted: CorrectionId) -> EditionId | None:
        """The edition that printed it, the earliest; None while none did."""
        found = self._connection.execute(
            select(editions.c.id)
            .join(carried, carried.c.edition_n == editions.c.n)
            .join(corrections, corrections.c.n == carried.c.correction_n)
            .where(corrections.c.id == wanted, _has_printed())
            .order_by(editions.c.date, editions.c.n)
        ).scalar()
        return None if found is None else EditionId(found)

    def reached(self, edition: EditionId) -> bool:
        """Whether some copy of a cancelled edition may have left."""
        left = _left()
        found = select(editions.c.n).where(editions.c.id == edition, left)
        return self._connection.execute(found).first() is not None

    def carry(self, edition: EditionId, those: Iterable[Correction]) -> None:
        """Notes which corrections an edition holds, in place of what it held before."""
        n = self._edition(edition)
        self._connection.execute(delete(carried).where(carried.c.edition_n == n))
        names = [one.id for one in those]
        found = self._connection.execute(
            select(corrections.c.n).where(corrections.c.id.in_(names))
        ).scalars()
        rows = [{"correction_n": one, "edition_n": n} for one in found]
        if rows:
            self._connection.execute(insert(carried), rows)

    def withdraw(self, wanted: CorrectionId) -> None:
        """Forgets a correction; the caller has made sure that nothing printed it."""
        n = select(corrections.c.n).where(corrections.c.id == wanted).scalar_subquery()
        self._connection.execute(delete(carried).where(carried.c.correction_n == n))
        self._connection.execute(delete(corrections).where(corrections.c.id == wanted))

    def _read(self, statement: Select[Any]) -> Sequence[Correction]:
        return [decode(Correction, row.payload) for row in self._connection.execute(statement)]

    def _edition(self, edition: EditionId) -> int:
        n: int | None = self._connection.execute(
            select(editions.c.n).where(editions.c.id == edition)
        ).scalar()
        if n is None:
            raise NotFound(
                f"Няма брой „{edition}“.",
                "Поправка се прави само на съществуващ брой.",
                "Вижте броевете с „digest edition list“.",
            )
        return n


def _left() -> ColumnElement[bool]:
    return exists().where(deliveries.c.edition_n == editions.c.n, deliveries.c.state.in_(LEFT))


def _has_printed() -> ColumnElement[bool]:
    """On a row of `editions`: what it carries has been signed or may have been read."""
    cut_short = (editions.c.state == EditionState.CANCELLED.value) & _left()
    return editions.c.state.in_(_SIGNED) | cut_short


def _printed() -> Select[Any]:
    """The numbers of corrections that an edition has printed."""
    return (
        select(carried.c.correction_n)
        .join(editions, editions.c.n == carried.c.edition_n)
        .where(_has_printed())
    )


def _unknown(wanted: str) -> NotFound:
    return NotFound(
        f"Няма поправка „{wanted}“.",
        "Тя е оттеглена или номерът ѝ е друг.",
        "Вижте поправките с „digest edition corrections“.",
    )
