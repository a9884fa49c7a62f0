"""The roll of readers: a repository over a connection that somebody else opened.

Takes and gives `Person`; rows stay here. Changes of standing leave a consent record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from subscribers.address import Address, AddressHash, parse
from subscribers.consent import Consents
from subscribers.errors import PersonKnown, PersonUnknown
from subscribers.model import (
    NOT_STORED,
    Consent,
    ConsentStep,
    Format,
    Frequency,
    Person,
    PersonId,
    Status,
    sections_key,
    sections_of,
)
from subscribers.suppress import Suppressions
from subscribers.tables import subscribers, suppressions

PAGE = 1000


def mailable(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition under which a row of `subscribers` may be written to at `now`.

    Confirmed and active, or paused until a time that has come. Suppression is apart.
    """
    return and_(
        subscribers.c.confirmed_at.is_not(None),
        or_(
            subscribers.c.status == Status.ACTIVE.value,
            and_(
                subscribers.c.status == Status.PAUSED.value,
                subscribers.c.paused_until <= now,
            ),
        ),
    )


def preference_columns(person: Person) -> dict[str, object]:
    """What a person may choose, as columns."""
    return {
        "name": person.name,
        "sections": sections_key(person.sections),
        "hour": person.hour,
        "timezone": person.timezone,
        "frequency": person.frequency.value,
        "format": person.format.value,
    }


def all_columns(person: Person, address: Address, hashed: str, now: datetime) -> dict[str, object]:
    """A new row for a person."""
    return preference_columns(person) | {
        "address": address.text,
        "identity": address.identity,
        "address_hash": hashed,
        "status": person.status.value,
        "confirmed_at": person.confirmed_at,
        "paused_until": person.paused_until,
        "lane": person.lane,
        "created_at": now,
    }


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        address=row.address,
        name=row.name,
        sections=sections_of(row.sections),
        hour=row.hour,
        timezone=row.timezone,
        frequency=Frequency(row.frequency),
        format=Format(row.format),
        status=Status(row.status),
        confirmed_at=row.confirmed_at,
        lane=row.lane,
        paused_until=row.paused_until,
    )


class Roll:
    """All readers, with their consents and the suppressions beside them."""

    def __init__(self, connection: Connection, hasher: AddressHash) -> None:
        self.connection = connection
        self.hasher = hasher
        self.consents = Consents(connection)
        self.suppressions = Suppressions(connection, hasher)

    def add(self, person: Person, *, now: datetime, consent: Consent | None = None) -> Person:
        """Puts a person on the roll and gives them back with their id.

        Raises `AddressRefused`, and `PersonKnown` when the identity is there already.
        """
        address = parse(person.address)
        hashed = self.hasher.of(address.identity)
        statement = insert(subscribers).values(all_columns(person, address, hashed, now))
        try:
            with self.connection.begin_nested():
                key = self.connection.execute(statement).inserted_primary_key
        except IntegrityError as cause:
            raise PersonKnown(
                "Този адрес вече е в списъка.",
                "Един човек получава един брой, както и да е изписан адресът му.",
                "Променете предпочитанията на съществуващия абонат.",
            ) from cause
        assert key is not None
        if consent is not None:
            self.consents.add(hashed, consent)
        return replace(person, id=PersonId(key[0]), address=address.text)

    def get(self, person_id: PersonId) -> Person:
        """Raises `PersonUnknown`."""
        return _person(self._row(subscribers.c.id == person_id))

    def by_address(self, address: str) -> Person:
        """The person behind any spelling. Raises `AddressRefused`, `PersonUnknown`."""
        return _person(self._row(subscribers.c.identity == parse(address).identity))

    def list(
        self,
        *,
        status: Status | None = None,
        after: PersonId = NOT_STORED,
        limit: int = 100,
    ) -> Sequence[Person]:
        """At most `limit` persons with ids above `after`, in order of id."""
        statement = select(subscribers).where(subscribers.c.id > after)
        if status is not None:
            statement = statement.where(subscribers.c.status == status.value)
        rows = self.connection.execute(statement.order_by(subscribers.c.id).limit(limit))
        return [_person(row) for row in rows]

    def everyone(self, *, status: Status | None = None) -> Iterator[Person]:
        """All persons in order of id, read a page at a time: memory stays flat."""
        last = NOT_STORED
        while page := self.list(status=status, after=last, limit=PAGE):
            yield from page
            last = page[-1].id

    def count(self, *, status: Status | None = None) -> int:
        """How many persons there are, of one status or of all."""
        statement = select(func.count()).select_from(subscribers)
        if status is not None:
            statement = statement.where(subscribers.c.status == status.value)
        return self.connection.execute(statement).scalar_one()

    def counts(self) -> Mapping[Status, int]:
        """How many persons stand where; every status is named."""
        rows = self.connection.execute(
            select(subscribers.c.status, func.count()).group_by(subscribers.c.status)
        )
        found = {row[0]: row[1] for row in rows}
        return {status: found.get(status.value, 0) for status in Status}

    def domains(self, lane: str) -> set[str]:
        """The distinct domains of the addresses in a lane, in lower case."""
        rows = self.connection.execute(
            select(subscribers.c.address).where(subscribers.c.lane == lane)
        )
        return {row.address.rpartition("@")[2].lower() for row in rows}

    def move_lane(self, domain: str, lane: str, to: str) -> int:
        """Puts the addresses of a domain from one lane into another; gives how many."""
        end = func.lower(subscribers.c.address).endswith(f"@{domain}", autoescape=True)
        moved = self.connection.execute(
            update(subscribers).where(subscribers.c.lane == lane, end).values(lane=to)
        )
        return moved.rowcount

    def section_sets(self, now: datetime) -> Sequence[frozenset[str]]:
        """The distinct wishes of those who may be written to: what must be rendered."""
        rows = self.connection.execute(
            select(subscribers.c.sections).where(mailable(now)).distinct()
        )
        return [sections_of(key) for key in sorted(rows.scalars())]

    def is_suppressed(self, person_id: PersonId) -> bool:
        """True when the person's address must not be written to."""
        found = self.connection.execute(
            select(suppressions.c.hash)
            .join(subscribers, subscribers.c.address_hash == suppressions.c.hash)
            .where(subscribers.c.id == person_id)
        )
        return found.first() is not None

    def suppressed(self) -> frozenset[PersonId]:
        """All persons whose address must not be written to."""
        rows = self.connection.execute(
            select(subscribers.c.id).join(
                suppressions, suppressions.c.hash == subscribers.c.address_hash
            )
        )
        return frozenset(PersonId(key) for key in rows.scalars())

    def confirm(self, person_id: PersonId, at: datetime, *, consent: Consent | None = None) -> bool:
        """Makes a pending person active; False when nothing changed. Raises `PersonUnknown`.

        Somebody who has left is not brought back by an old link: see `resubscribe`.
        """
        row = self._row(subscribers.c.id == person_id)
        if row.status != Status.PENDING.value:
            return False
        self._set(person_id, status=Status.ACTIVE.value, confirmed_at=at)
        self.consents.add(row.address_hash, consent or _step(ConsentStep.CONFIRMED, "consent", at))
        return True

    def leave(self, person_id: PersonId, at: datetime, how: str) -> bool:
        """Takes a person off the mailings; False when they had left. Raises `PersonUnknown`."""
        row = self._row(subscribers.c.id == person_id)
        if row.status == Status.LEFT.value:
            return False
        self._set(person_id, status=Status.LEFT.value, left_at=at)
        self.consents.add(row.address_hash, _step(ConsentStep.WITHDRAWN, how, at))
        return True

    def resubscribe(self, person_id: PersonId, at: datetime, how: str) -> bool:
        """Undoes leaving or a pause at the person's own wish; False when active already."""
        row = self._row(subscribers.c.id == person_id)
        if row.status == Status.ACTIVE.value:
            return False
        self._set(
            person_id,
            status=Status.ACTIVE.value,
            confirmed_at=row.confirmed_at or at,
            paused_until=None,
            left_at=None,
        )
        self.consents.add(row.address_hash, _step(ConsentStep.RENEWED, how, at))
        return True

    def pause(self, person_id: PersonId, until: datetime) -> None:
        """Holds the mail of an active person until a time. Raises `PersonUnknown`."""
        self._row(subscribers.c.id == person_id)
        self.connection.execute(
            update(subscribers)
            .where(
                subscribers.c.id == person_id,
                subscribers.c.status.in_([Status.ACTIVE.value, Status.PAUSED.value]),
            )
            .values(status=Status.PAUSED.value, paused_until=until)
        )

    def set_preferences(self, person: Person) -> Person:
        """Keeps name, sections, hour, zone, frequency and format of a person on the roll.

        Address, standing and consent are not touched. Raises `PersonUnknown`.
        """
        self._row(subscribers.c.id == person.id)
        self._set(person.id, **preference_columns(person))
        return self.get(person.id)

    def _row(self, condition: ColumnElement[bool]) -> Row[Any]:
        row = self.connection.execute(select(subscribers).where(condition)).first()
        if row is None:
            raise PersonUnknown(
                "Няма такъв абонат.",
                "Адресът или номерът не е в списъка.",
                "Вижте списъка с „digest subscribers list“.",
            )
        return row

    def _set(self, person_id: PersonId, **columns: object) -> None:
        self.connection.execute(
            update(subscribers).where(subscribers.c.id == person_id).values(**columns)
        )


def _step(step: ConsentStep, evidence: str, at: datetime) -> Consent:
    return Consent(step, basis="consent", evidence=evidence, at=at)
