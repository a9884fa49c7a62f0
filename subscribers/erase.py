"""Erasing a person (GDPR art. 17): the row goes, a keyed hash stays so that nobody writes again.

The newsroom's deliveries hang on no person; the caller hides the address there with what is
given back here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from subscribers.address import masked, parse
from subscribers.model import PersonId
from subscribers.roll import Roll
from subscribers.tables import subscribers

REASON = "erased"


@dataclass(frozen=True, slots=True)
class Erased:
    """What may be kept: the former id (None: was not on the roll), hash and masked address."""

    person_id: PersonId | None
    address_hash: str
    masked: str


def erase(roll: Roll, address: str, at: datetime) -> Erased:
    """Erases whoever has the address and suppresses it, known or not. Raises `AddressRefused`."""
    checked = parse(address)
    hashed = roll.hasher.of(checked.identity)
    row = roll.connection.execute(
        select(subscribers.c.id).where(subscribers.c.identity == checked.identity)
    ).first()
    roll.connection.execute(delete(subscribers).where(subscribers.c.identity == checked.identity))
    roll.consents.forget_evidence(hashed)
    roll.suppressions.add_hash(hashed, REASON, at)
    return Erased(PersonId(row.id) if row else None, hashed, masked(checked.text))
