"""The record of what each person agreed to; it is only ever added to (GDPR art. 7(1)).

Records hang on the keyed hash of the address, not on the person, so that the proof of a consent
and of its withdrawal survives an erasure without naming anybody.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from subscribers.errors import ConsentMissing
from subscribers.model import Consent, ConsentStep
from subscribers.tables import consents


def demand(basis: str, evidence: str) -> None:
    """Raises `ConsentMissing` unless both are said."""
    if basis.strip() and evidence.strip():
        return
    raise ConsentMissing(
        "Абонати не се приемат без основание.",
        "Не е посочено на какво основание се изпраща или как се доказва то.",
        "Посочете основание и доказателство, например „consent“ и „форма на сайта, 2026-11“.",
    )


class Consents:
    """The consent records on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, address_hash: str, consent: Consent) -> None:
        """Adds one record."""
        self.add_many([(address_hash, consent)])

    def add_many(self, records: Iterable[tuple[str, Consent]]) -> None:
        """Adds records of (address hash, consent)."""
        rows = [
            {
                "address_hash": address_hash,
                "step": one.step.value,
                "basis": one.basis,
                "evidence": one.evidence,
                "wording": one.wording,
                "at": one.at,
            }
            for address_hash, one in records
        ]
        if rows:
            self._connection.execute(insert(consents), rows)

    def of(self, address_hash: str) -> tuple[Consent, ...]:
        """All records of one address, oldest first."""
        rows = self._connection.execute(
            select(consents).where(consents.c.address_hash == address_hash).order_by(consents.c.id)
        )
        return tuple(
            Consent(ConsentStep(row.step), row.basis, row.evidence, row.at, row.wording)
            for row in rows
        )

    def forget_evidence(self, address_hash: str) -> None:
        """Empties the free text, which may name the person; step, basis and time stay."""
        self._connection.execute(
            update(consents).where(consents.c.address_hash == address_hash).values(evidence="")
        )
