"""Rulings on stories, the choices that editors made, and the weights that they accepted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from digest.model import AcceptedWeights, Choice, Ruling, StoryId
from digest.store.codec import decode, encode
from digest.store.desk_tables import accepted_weights, choices, rulings


class Rulings:
    """What editors said of stories, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def on(self, publication: str, day: date) -> list[Ruling]:
        """Those that hold for the edition of that day, the earliest first."""
        rows = self._connection.execute(
            select(rulings)
            .where(
                rulings.c.publication == publication,
                rulings.c.first <= day,
                rulings.c.last >= day,
            )
            .order_by(rulings.c.at, rulings.c.id)
        )
        return [_ruling(row) for row in rows]

    def add(self, publication: str, one: Ruling) -> None:
        """Keeps a ruling."""
        self._connection.execute(
            insert(rulings).values(
                publication=publication,
                story_id=one.story,
                kind=one.kind,
                first=one.first,
                last=one.last,
                who=one.by,
                at=one.at,
                place=one.place,
                value=one.value,
                reason=one.reason,
            )
        )

    def end(
        self, publication: str, story: StoryId, day: date, kinds: Collection[str]
    ) -> list[Ruling]:
        """Ends rulings on a story from that day on and gives those that were ended.

        What held for earlier days stays, so that their editions can be made again.
        """
        mine = (
            rulings.c.publication == publication,
            rulings.c.story_id == story,
            rulings.c.kind.in_(list(kinds)),
            rulings.c.last >= day,
        )
        ended = self._connection.execute(select(rulings).where(*mine).order_by(rulings.c.id)).all()
        self._connection.execute(delete(rulings).where(*mine, rulings.c.first >= day))
        self._connection.execute(update(rulings).where(*mine).values(last=day - timedelta(days=1)))
        return [_ruling(row) for row in ended]


def _ruling(row: Row[Any]) -> Ruling:
    return Ruling(
        kind=row.kind,
        story=StoryId(row.story_id),
        first=row.first,
        last=row.last,
        by=row.who,
        at=row.at,
        place=row.place,
        value=row.value,
        reason=row.reason,
    )


class Learning:
    """Choices and accepted weights, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, publication: str, found: Sequence[Choice]) -> None:
        """Keeps choices."""
        rows = [
            {
                "publication": publication,
                "edition_id": one.edition,
                "revision": one.revision,
                "at": one.at,
                "kind": one.kind,
                "payload": encode(one),
            }
            for one in found
        ]
        if rows:
            self._connection.execute(insert(choices), rows)

    def choices(self, publication: str) -> list[Choice]:
        """All choices of a publication's editors, the earliest first."""
        rows = self._connection.execute(
            select(choices.c.payload)
            .where(choices.c.publication == publication)
            .order_by(choices.c.id)
        )
        return [decode(Choice, payload) for payload in rows.scalars()]

    def accept(self, publication: str, one: AcceptedWeights) -> None:
        """Keeps weights; they stand above those accepted before."""
        self._connection.execute(
            insert(accepted_weights).values(publication=publication, at=one.at, payload=encode(one))
        )

    def accepted(self, publication: str, moment: datetime | None = None) -> AcceptedWeights | None:
        """The accepted weights in force now, or those of an earlier moment; None without any."""
        row = self._connection.execute(_standing(publication, moment).limit(1)).first()
        return None if row is None else decode(AcceptedWeights, row.payload)

    def undo(self, publication: str, at: datetime) -> AcceptedWeights | None:
        """Takes the last accepted weights back and gives them; None when there are none."""
        row = self._connection.execute(_standing(publication, None).limit(1)).first()
        if row is None:
            return None
        self._connection.execute(
            update(accepted_weights).where(accepted_weights.c.id == row.id).values(undone_at=at)
        )
        return decode(AcceptedWeights, row.payload)


def _standing(publication: str, moment: datetime | None) -> Any:
    own = accepted_weights.c
    statement = (
        select(accepted_weights).where(own.publication == publication).order_by(own.id.desc())
    )
    if moment is None:
        return statement.where(own.undone_at.is_(None))
    stood = or_(own.undone_at.is_(None), own.undone_at > moment)
    return statement.where(own.at <= moment, stood)
