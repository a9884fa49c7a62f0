"""Many people at once: a part of a list is matched, added and updated in a few statements.

Who has left, and who is suppressed, stays so: a list is not a person's own wish.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, insert, select, update

from subscribers.address import Address
from subscribers.model import Consent, Person, Status
from subscribers.moment import Moment
from subscribers.roll import Roll, all_columns, preference_columns
from subscribers.suppress import chunks
from subscribers.tables import subscribers

PREFERENCES = frozenset({"name", "sections", "hour", "timezone", "frequency", "format"})


@dataclass(frozen=True, slots=True)
class Upserted:
    """How many were added, updated, and left alone because they left or are suppressed."""

    added: int = 0
    updated: int = 0
    suppressed: int = 0

    def __add__(self, other: Upserted) -> Upserted:
        return Upserted(
            self.added + other.added,
            self.updated + other.updated,
            self.suppressed + other.suppressed,
        )


def upsert(
    roll: Roll,
    people: Sequence[tuple[Address, Person]],
    *,
    fields: frozenset[str],
    consents: Mapping[str, Consent],
    now: datetime,
) -> Upserted:
    """Adds who is new and updates the given preference `fields` of who is known.

    Identities must differ within `people`. `consents` maps identities to the record that is
    kept for each person taken in. A known pending person becomes active with an active row.
    """
    hashes = {address.identity: roll.hasher.of(address.identity) for address, _ in people}
    blocked = roll.suppressions.many(list(hashes.values()))
    known = _known(roll, list(hashes))
    fresh: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    taken: list[str] = []
    for address, person in people:
        identity = address.identity
        standing = known.get(identity)
        if hashes[identity] in blocked or standing == Status.LEFT.value:
            continue
        taken.append(identity)
        if standing is None:
            fresh.append(all_columns(person, address, hashes[identity], now))
        else:
            changed.append(_change(identity, standing, person, fields))
    if fresh:
        roll.connection.execute(insert(subscribers), fresh)
    _update(roll, changed)
    roll.consents.add_many((hashes[one], consents[one]) for one in taken)
    return Upserted(len(fresh), len(changed), len(people) - len(taken))


def _known(roll: Roll, identities: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(identities):
        rows = roll.connection.execute(
            select(subscribers.c.identity, subscribers.c.status).where(
                subscribers.c.identity.in_(part)
            )
        )
        found.update((row.identity, row.status) for row in rows)
    return found


def _change(
    identity: str, standing: str, person: Person, fields: frozenset[str]
) -> dict[str, object]:
    wishes = preference_columns(person)
    columns = {name: wishes[name] for name in sorted(fields & PREFERENCES)}
    activates = standing == Status.PENDING.value and person.status is Status.ACTIVE
    return columns | {
        "who": identity,
        "status": Status.ACTIVE.value if activates else standing,
        "confirms": person.confirmed_at if activates else None,
    }


def _update(roll: Roll, changed: Sequence[Mapping[str, object]]) -> None:
    if not changed:
        return
    columns: dict[str, BindParameter[object]] = {
        name: bindparam(name) for name in changed[0] if name not in {"who", "confirms"}
    }
    earlier = subscribers.c.confirmed_at
    statement = (
        update(subscribers)
        .where(subscribers.c.identity == bindparam("who"))
        .values(
            **columns,
            confirmed_at=func.coalesce(bindparam("confirms", type_=Moment), earlier),
        )
    )
    roll.connection.execute(statement, list(changed))
