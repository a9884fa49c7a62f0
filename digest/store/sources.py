"""Sources and what became of their visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from digest.addresses import masked
from digest.errors import Conflict, NotFound
from digest.gathered import SourceState
from digest.model import Source, SourceId
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.tables import articles, source_states, sources, visits


@dataclass(frozen=True, slots=True)
class Health:
    """How a source has been: the last visit, the last good one, failures since.

    `entries` are those of the last answer that held any.
    """

    source_id: SourceId
    last_at: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0
    visits: int = 0
    entries: int = 0
    new: int = 0
    last_error: str = ""


class Sources:
    """The sources on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, source: Source) -> None:
        """Raises `Conflict` when the id or the address is there already."""
        row = insert(sources).values(
            id=source.id, url=source.url, active=source.active, payload=encode(source)
        )
        try:
            with self._connection.begin_nested():
                self._connection.execute(row)
        except IntegrityError as cause:
            raise Conflict(
                f"Източникът „{masked(source.url)}“ вече е добавен.",
                "Един адрес се следи веднъж.",
                "Вижте източниците с „digest sources list“.",
            ) from cause

    def replace(self, source: Source) -> None:
        """Keeps a changed source under its id. Raises `NotFound`."""
        changed = self._connection.execute(
            update(sources)
            .where(sources.c.id == source.id)
            .values(url=source.url, active=source.active, payload=encode(source))
        )
        if changed.rowcount != 1:
            raise _no_source(source.id)

    def remove(self, source_id: SourceId) -> None:
        """Forgets a source and its visits; its articles stay. Raises `NotFound`."""
        for table in (visits, source_states):
            self._connection.execute(delete(table).where(table.c.source_id == source_id))
        gone = self._connection.execute(delete(sources).where(sources.c.id == source_id))
        if gone.rowcount != 1:
            raise _no_source(source_id)

    def get(self, source_id: str) -> Source:
        """By id or by address. Raises `NotFound`."""
        payload = self._connection.execute(
            select(sources.c.payload).where(
                (sources.c.id == source_id) | (sources.c.url == source_id)
            )
        ).scalar()
        if payload is None:
            raise _no_source(source_id)
        return decode(Source, payload)

    def list(self, *, active_only: bool = False) -> Sequence[Source]:
        """The sources in order of id."""
        statement = select(sources.c.payload).order_by(sources.c.id)
        if active_only:
            statement = statement.where(sources.c.active)
        return [decode(Source, one) for one in self._connection.execute(statement).scalars()]

    def readdress(self, source_id: SourceId, url: str) -> None:
        """Gives a source another address. Raises `NotFound`, and `Conflict` for a taken one."""
        try:
            with self._connection.begin_nested():
                self.replace(replace(self.get(source_id), url=url))
        except IntegrityError as cause:
            raise Conflict(
                f"Адресът „{masked(url)}“ вече е на друг източник.",
                "Един адрес се следи веднъж.",
                "Махнете единия с „digest sources remove“.",
            ) from cause

    def state(self, source_id: SourceId) -> SourceState:
        """What is remembered of a source; a blank state when nothing is."""
        payload = self._connection.execute(
            select(source_states.c.payload).where(source_states.c.source_id == source_id)
        ).scalar()
        return SourceState(source_id) if payload is None else decode(SourceState, payload)

    def states(self) -> dict[SourceId, SourceState]:
        """What is remembered of each source that was ever asked."""
        rows = self._connection.execute(select(source_states.c.payload)).scalars()
        return {one.source_id: one for one in (decode(SourceState, row) for row in rows)}

    def save_states(self, states: Iterable[SourceState]) -> None:
        """Keeps states, each in the place of the earlier one."""
        values = [{"source_id": one.source_id, "payload": encode(one)} for one in states]
        if values:
            statement = insert_new(self._connection, source_states)
            newer = {"payload": statement.excluded.payload}
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["source_id"], set_=newer), values
            )

    def record_visit(
        self,
        source_id: SourceId,
        *,
        at: datetime,
        ok: bool,
        entries: int = 0,
        new: int = 0,
        error_text: str = "",
        not_modified: bool = False,
    ) -> None:
        """Adds a visit to the source's history."""
        self._connection.execute(
            insert(visits).values(
                source_id=source_id,
                at=at,
                ok=ok,
                entries=entries,
                new=new,
                error=error_text,
                not_modified=not_modified,
            )
        )

    def drop_visits(self, before: datetime) -> int:
        """Drops the visits before a time, but for each source's newest; gives how many went."""
        last = set(self._connection.execute(_newest()).scalars())
        old = and_(visits.c.at < before, visits.c.id.not_in(sorted(last)))
        total = self._connection.execute(
            select(func.count()).select_from(visits).where(old)
        ).scalar_one()
        if total:
            self._connection.execute(delete(visits).where(old))
        return int(total)

    def health(self) -> Sequence[Health]:
        """One row a source, in order of id, never visited ones too."""
        seen = {row.source_id: row for row in self._connection.execute(_totals())}
        errors, entries = self._last_errors(), self._last_entries()
        failures, brought = self._failures(), self._brought()
        return [
            Health(
                source_id=one.id,
                last_at=seen[one.id].last_at,
                last_ok_at=seen[one.id].last_ok_at,
                failures=failures.get(one.id, 0),
                visits=seen[one.id].visits,
                entries=entries.get(one.id, 0),
                new=brought.get(one.id, 0),
                last_error=errors.get(one.id, ""),
            )
            if one.id in seen
            else Health(one.id)
            for one in self.list()
        ]

    def _last_errors(self) -> dict[str, str]:
        """The error of each source's newest visit."""
        rows = self._connection.execute(
            select(visits.c.source_id, visits.c.error).where(visits.c.id.in_(_newest()))
        )
        return {row.source_id: row.error for row in rows}

    def _last_entries(self) -> dict[str, int]:
        """The entries of each source's newest answer that held any: a 304 tells no number."""
        holding = _newest().where(visits.c.entries > 0)
        rows = self._connection.execute(
            select(visits.c.source_id, visits.c.entries).where(visits.c.id.in_(holding))
        )
        return {row.source_id: row.entries for row in rows}

    def _brought(self) -> dict[str, int]:
        """How many articles each source has brought."""
        rows = self._connection.execute(
            select(articles.c.source, func.count().label("number")).group_by(articles.c.source)
        )
        return {row.source: row.number for row in rows}

    def _failures(self) -> dict[str, int]:
        """Failed visits since each source's last good one."""
        good = (
            select(visits.c.source_id, func.max(visits.c.id).label("id"))
            .where(visits.c.ok)
            .group_by(visits.c.source_id)
            .subquery()
        )
        rows = self._connection.execute(
            select(visits.c.source_id, func.count().label("number"))
            .outerjoin(good, good.c.source_id == visits.c.source_id)
            .where(~visits.c.ok, visits.c.id > func.coalesce(good.c.id, 0))
            .group_by(visits.c.source_id)
        )
        return {row.source_id: row.number for row in rows}


def _newest() -> Select[Any]:
    """The newest visit of each source, by id."""
    return select(func.max(visits.c.id)).group_by(visits.c.source_id)


def _totals() -> Select[Any]:
    return select(
        visits.c.source_id,
        func.count().label("visits"),
        func.max(visits.c.at).label("last_at"),
        func.max(case((visits.c.ok, visits.c.at))).label("last_ok_at"),
    ).group_by(visits.c.source_id)


def _no_source(source_id: str) -> NotFound:
    return NotFound(
        f"Няма източник „{masked(source_id)}“.",
        "Нито номерът, нито адресът е в списъка.",
        "Вижте източниците с „digest sources list“.",
    )
