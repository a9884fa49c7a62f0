"""Editions with every revision of them, what was rendered, and what was printed when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from digest.errors import Conflict, NotFound
from digest.model import (
    DeliveryState,
    Edition,
    EditionId,
    EditionState,
    Picture,
    Printed,
    RenderedEdition,
    StoryId,
)
from digest.store import pictures
from digest.store.codec import decode, encode
from digest.store.dialect import insert_new
from digest.store.tables import (
    EDITION,
    NOTICE,
    deliveries,
    editions,
    printed,
    rendered,
    revisions,
)

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Flags:
    """What an editor has said of the sending: paused, cancelled, and what to do with unknowns."""

    paused: bool
    cancelled: bool
    on_unknown: str


class Editions:
    """The editions on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, edition: Edition, kind: str = EDITION) -> None:
        """Keeps an edition: a new one, its next revision, or the standing of the current one.

        The content of a kept revision never changes; only state and approval do. `kind` is that
        of a new one. Raises `Conflict` for an old revision, for a gap, and when somebody else
        saved this one first.
        """
        row = self._connection.execute(select(editions).where(editions.c.id == edition.id)).first()
        if row is None:
            self._insert(edition, kind)
        elif edition.revision == row.revision:
            self._restate(row, edition)
        elif edition.revision == row.revision + 1:
            self._revise(row, edition)
        else:
            raise _stale(edition, row.revision)

    def get(self, edition_id: str) -> Edition:
        """By id, by a bare date (`2026-11-22`), or the `latest`. Raises `NotFound`."""
        return self._edition(self._row(edition_id))

    def revision(self, edition_id: str, number: int) -> Edition:
        """An edition as it stood in one revision. Raises `NotFound`."""
        row = self._row(edition_id)
        return decode(Edition, self._payload(row, number))

    def list(self, limit: int = 30) -> Sequence[Edition]:
        """The newest editions first."""
        return self._newest(EDITION, limit)

    def notices(self, limit: int = 30) -> Sequence[Edition]:
        """The newest letters first: what is sent like an edition, and is none."""
        return self._newest(NOTICE, limit)

    def _newest(self, kind: str, limit: int) -> Sequence[Edition]:
        mine = select(editions).where(editions.c.kind == kind)
        statement = mine.order_by(editions.c.date.desc(), editions.c.n.desc())
        return [self._edition(row) for row in self._connection.execute(statement.limit(limit))]

    def find(self, edition_id: EditionId) -> Edition | None:
        """By id alone, None without one."""
        row = self._connection.execute(select(editions).where(editions.c.id == edition_id)).first()
        return None if row is None else self._edition(row)

    def by_date(self, publication: str, day: date) -> Edition | None:
        """The edition of a publication on a local date, if there is one."""
        row = self._connection.execute(
            select(editions).where(editions.c.publication == publication, editions.c.date == day)
        ).first()
        return None if row is None else self._edition(row)

    def next_number(self, publication: str, first: int) -> int:
        """The running number that the next new edition takes."""
        last = self._connection.execute(
            select(func.max(editions.c.number)).where(editions.c.publication == publication)
        ).scalar()
        return first if last is None else max(first, last + 1)

    def set_state(self, edition_id: EditionId, state: EditionState) -> None:
        """Moves an edition on without a new revision. Raises `NotFound`."""
        self._flag(edition_id, state=state.value)

    def flags(self, edition_id: str) -> Flags:
        """Raises `NotFound`."""
        row = self._row(edition_id)
        return Flags(row.paused, row.cancelled, row.on_unknown)

    def pause(self, edition_id: EditionId) -> None:
        """Stops further sending within one window. Raises `NotFound`."""
        self._flag(edition_id, paused=True)

    def resume(self, edition_id: EditionId) -> None:
        """Lets the sending go on. Raises `NotFound`."""
        self._flag(edition_id, paused=False)

    def save_rendered(self, one: RenderedEdition) -> None:
        """Keeps what was rendered of a revision, in place of an earlier rendering of it."""
        row = self._row(one.edition_id)
        statement = insert_new(self._connection, rendered).values(
            edition_n=row.n, revision=one.revision, payload=encode(replace(one, pictures=()))
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["edition_n", "revision"],
                set_={"payload": statement.excluded.payload},
            )
        )
        pictures.keep(self._connection, row.n, one.revision, one.pictures)

    def rendered(self, edition_id: str, revision: int) -> RenderedEdition:
        """What was rendered of a revision. Raises `NotFound`."""
        row = self._row(edition_id)
        payload = self._connection.execute(
            select(rendered.c.payload).where(
                rendered.c.edition_n == row.n, rendered.c.revision == revision
            )
        ).scalar()
        if payload is None:
            raise NotFound(
                f"Редакция {revision} на броя „{row.id}“ още не е подготвена за изпращане.",
                "Писмата се подготвят при одобряването.",
                f"Одобрете я с „digest approve {row.id}“.",
            )
        kept = pictures.kept(self._connection, row.n, revision)
        return replace(decode(RenderedEdition, payload), pictures=kept)

    def picture(self, name: str) -> Picture | None:
        """A picture of that name which some rendered edition carries inside its mails."""
        return pictures.named(self._connection, name)

    def save_printed(
        self, edition_id: EditionId, day: date, stories: Iterable[tuple[StoryId, str, str]]
    ) -> None:
        """Keeps the (id, title, text) of the stories that an edition prints, all anew."""
        row = self._row(edition_id)
        self._connection.execute(delete(printed).where(printed.c.edition_n == row.n))
        rows = [
            {"edition_n": row.n, "story_id": story, "day": day, "title": title, "text": text}
            for story, title, text in stories
        ]
        if rows:
            self._connection.execute(insert(printed), rows)

    def printed_before(self, publication: str, day: date, days: int = 7) -> Sequence[Printed]:
        """What readers were sent on the `days` days before `day`, oldest first.

        Of a cancelled edition only when some of it had left; a story that an editor took out was
        not sent.
        """
        left = exists().where(
            deliveries.c.edition_n == editions.c.n,
            deliveries.c.state == DeliveryState.ACCEPTED.value,
        )
        sent = editions.c.state.in_([EditionState.QUEUED.value, EditionState.SENT.value])
        cut_short = (editions.c.state == EditionState.CANCELLED.value) & left
        rows = self._connection.execute(
            select(printed, editions.c.id.label("edition_id"))
            .join(editions, editions.c.n == printed.c.edition_n)
            .where(
                editions.c.publication == publication,
                sent | cut_short,
                printed.c.day < day,
                printed.c.day >= day - timedelta(days=days),
            )
            .order_by(printed.c.day, printed.c.edition_n, printed.c.story_id)
        ).all()
        stood = {
            name: {story.id for story in self.get(name).stories}
            for name in {row.edition_id for row in rows}
        }
        return [
            Printed(row.day, EditionId(row.edition_id), StoryId(row.story_id), row.title, row.text)
            for row in rows
            if row.story_id in stood[row.edition_id]
        ]

    def _insert(self, edition: Edition, kind: str) -> None:
        statement = insert(editions).values(
            id=edition.id,
            publication=edition.publication,
            date=edition.date,
            number=edition.number,
            state=edition.state.value,
            revision=edition.revision,
            kind=kind,
        )
        try:
            with self._connection.begin_nested():
                key = self._connection.execute(statement).inserted_primary_key
        except IntegrityError as cause:
            raise Conflict(
                f"За {edition.date.isoformat()} вече има брой.",
                "Една публикация има един брой на ден.",
                "Направете нова редакция на съществуващия брой.",
            ) from cause
        assert key is not None
        self._keep(key[0], edition)

    def _revise(self, row: Row[Any], edition: Edition) -> None:
        # The revision is compared in the statement itself: of two editors one gets a Conflict.
        changed = self._connection.execute(
            update(editions)
            .where(editions.c.n == row.n, editions.c.revision == edition.revision - 1)
            .values(
                revision=edition.revision,
                state=edition.state.value,
                number=edition.number,
            )
        )
        if changed.rowcount != 1:
            raise _stale(edition, row.revision)
        self._keep(row.n, edition)

    def _restate(self, row: Row[Any], edition: Edition) -> None:
        kept = decode(Edition, self._payload(row, row.revision))
        if _content(kept) != _content(edition):
            raise _stale(edition, row.revision)
        self._connection.execute(
            update(revisions)
            .where(revisions.c.edition_n == row.n, revisions.c.revision == row.revision)
            .values(payload=encode(edition))
        )
        self._flag(edition.id, state=edition.state.value)

    def _keep(self, n: int, edition: Edition) -> None:
        self._connection.execute(
            insert(revisions).values(
                edition_n=n, revision=edition.revision, payload=encode(edition)
            )
        )

    def _edition(self, row: Row[Any]) -> Edition:
        kept = decode(Edition, self._payload(row, row.revision))
        return replace(kept, state=EditionState(row.state))

    def _payload(self, row: Row[Any], revision: int) -> str:
        payload: str | None = self._connection.execute(
            select(revisions.c.payload).where(
                revisions.c.edition_n == row.n, revisions.c.revision == revision
            )
        ).scalar()
        if payload is None:
            raise NotFound(
                f"Броят „{row.id}“ няма редакция {revision}.",
                f"Последната му редакция е {row.revision}.",
                f"Вижте го с „digest edition show {row.id}“.",
            )
        return payload

    def _row(self, edition_id: str) -> Row[Any]:
        row = self._connection.execute(_by_name(edition_id)).first()
        if row is None:
            raise NotFound(
                f"Няма брой „{edition_id}“.",
                "Нито номер, нито дата в списъка съвпада.",
                "Вижте броевете с „digest edition list“.",
            )
        return row

    def _flag(self, edition_id: str, **columns: object) -> None:
        n = self._row(edition_id).n
        self._connection.execute(update(editions).where(editions.c.n == n).values(**columns))


def _by_name(name: str) -> Select[Any]:
    newest = select(editions).order_by(editions.c.date.desc(), editions.c.n.desc()).limit(1)
    newest = newest.where(editions.c.kind == EDITION)
    if name == LATEST:
        return newest
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return select(editions).where(editions.c.id == name)
    return newest.where((editions.c.id == name) | (editions.c.date == day))


def _content(edition: Edition) -> Edition:
    """The edition less what may change within a revision."""
    return replace(
        edition,
        state=EditionState.DRAFT,
        approved_by=None,
        approved_at=None,
        content_hash=None,
        warnings=(),
    )


def _stale(edition: Edition, current: int) -> Conflict:
    return Conflict(
        f"Редакция {edition.revision} на броя „{edition.id}“ не може да се запише.",
        f"Междувременно е записана редакция {current} с друго съдържание.",
        "Отворете последната редакция и направете промяната в нея.",
    )
