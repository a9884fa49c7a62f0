"""Refusals that call an address dead, from the answer until they are judged.

Written in the transaction of the answer, so that a crash in between forgets none; judged by
`digest/actions/denials.py`. A row whose delivery is tried again or was settled counts no more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from digest.model import DeliveryState, EditionId, EditionState
from digest.store.dialect import insert_new
from digest.store.tables import deliveries, denials, editions
from subscribers.moment import Moment
from subscribers.tables import subscribers

HARD, DOUBTED = "hard", "denied"
"""The word a refusal's `last_error` opens with: believed, and not."""

_REFUSED = deliveries.c.state == DeliveryState.REFUSED.value
_ANSWERED = (DeliveryState.ACCEPTED.value, DeliveryState.REFUSED.value)


@dataclass(frozen=True, slots=True)
class Denial:
    """One refusal: which row, in which lane and edition, whose; what the ledger says of it.

    `address_hash` is None when the person was erased meanwhile.
    """

    row: int
    lane: str
    edition_id: EditionId
    address_hash: str | None
    last_error: str


def keep(connection: Connection, rows: Collection[int], now: datetime) -> None:
    """Notes refused deliveries, by their row numbers; one that was doubted begins anew."""
    if not rows:
        return
    chosen = select(
        deliveries.c.id, deliveries.c.lane, literal(now, Moment), false()
    ).where(deliveries.c.id.in_(rows))  # fmt: skip
    columns = ["delivery_id", "lane", "at", "doubted"]
    statement = insert_new(connection, denials)
    fresh = {name: statement.excluded[name] for name in columns[1:]}
    connection.execute(
        statement.from_select(columns, chosen).on_conflict_do_update(
            index_elements=["delivery_id"], set_=fresh
        )
    )


class Denials:
    """The refusals of one connection that wait for a judgement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> bool:
        """Whether one is to be judged: a look at a table that is nearly always empty."""
        return self._connection.execute(_ANY).first() is not None

    def lanes(self) -> list[str]:
        """The lanes that have some to be judged."""
        found = select(denials.c.lane).where(~denials.c.doubted).distinct()
        return list(self._connection.execute(found.order_by(denials.c.lane)).scalars())

    def doubted(self) -> Mapping[str, int]:
        """Lane → refusals that were not believed and wait for a person."""
        rows = self._connection.execute(
            select(denials.c.lane, func.count()).where(denials.c.doubted).group_by(denials.c.lane)
        )
        return {row[0]: int(row[1]) for row in rows}

    def ripe(self, before: datetime) -> Sequence[Denial]:
        """Those of editions that are finished or, whatever became of theirs, older than a time."""
        done = editions.c.state != EditionState.QUEUED.value
        return self._read(~denials.c.doubted, or_(done, denials.c.at <= before))

    def of_lanes(self, lanes: Collection[str], *, doubted: bool = False) -> Sequence[Denial]:
        """All those of some lanes, judged or not."""
        chosen = denials.c.doubted if doubted else ~denials.c.doubted
        return self._read(denials.c.lane.in_(lanes), chosen)

    def answered(self, edition_id: EditionId) -> Mapping[str, int]:
        """Lane → deliveries of an edition that a relay is known to have taken or refused.

        One in doubt says nothing for the relay, however many there are: where only a part of a log
        is known, its denials are compared with what else it told. Reads the whole edition; asked
        once at its end, and only when an address was denied.
        """
        rows = self._connection.execute(
            select(deliveries.c.lane, func.count())
            .join(editions, editions.c.n == deliveries.c.edition_n)
            .where(
                editions.c.id == edition_id,
                deliveries.c.state.in_(_ANSWERED),
                # What expired untried is refused too, but not by a relay.
                deliveries.c.attempts > 0,
            )
            .group_by(deliveries.c.lane)
        )
        return {row[0]: int(row[1]) for row in rows}

    def doubt(self, rows: Collection[Denial]) -> None:
        """They were not believed: the ledger says so, and they may be tried again."""
        self._say(rows, DOUBTED)
        if rows:
            self._connection.execute(_DOUBT, [{"row": one.row} for one in rows])

    def believe(self, rows: Collection[Denial]) -> None:
        """They were believed, and are done with."""
        self._say([one for one in rows if not one.last_error.startswith(HARD)], HARD)
        if rows:
            self._connection.execute(_DROP, [{"row": one.row} for one in rows])

    def forget(self, lane: str) -> None:
        """Nothing of a lane is in doubt any more; what its ledger says stays."""
        doubted = (denials.c.lane == lane, denials.c.doubted)
        self._connection.execute(delete(denials).where(*doubted))

    def sweep(self) -> None:
        """Forgets those whose delivery is not refused any more, or is gone."""
        still = exists().where(deliveries.c.id == denials.c.delivery_id, _REFUSED)
        self._connection.execute(delete(denials).where(~still))

    def _read(self, *conditions: ColumnElement[bool]) -> Sequence[Denial]:
        rows = self._connection.execute(_WHOLE.where(*conditions).order_by(denials.c.delivery_id))
        return [
            Denial(row.delivery_id, row.lane, EditionId(row.edition), row.hash, row.said or "")
            for row in rows
        ]

    def _say(self, rows: Collection[Denial], word: str) -> None:
        """Changes the word that a refusal opens with; what the relay said stays."""
        if rows:
            told = ({"row": o.row, "said": word + o.last_error[_word(o) :]} for o in rows)
            self._connection.execute(_SAY, list(told))


def _word(one: Denial) -> int:
    return len(one.last_error.partition(":")[0])


_ANY = select(denials.c.delivery_id).where(~denials.c.doubted).limit(1)
_WHOLE = (
    select(
        denials.c.delivery_id,
        denials.c.lane,
        editions.c.id.label("edition"),
        subscribers.c.address_hash.label("hash"),
        deliveries.c.last_error.label("said"),
    )
    .join(deliveries, deliveries.c.id == denials.c.delivery_id)
    .join(editions, editions.c.n == deliveries.c.edition_n)
    .outerjoin(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
    .where(_REFUSED)
)
_MINE = denials.c.delivery_id == bindparam("row")
_DOUBT = update(denials).where(_MINE).values(doubted=true())
_DROP = delete(denials).where(_MINE)
_SAY = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("row"), deliveries.c.last_error.is_not(None))
    .values(last_error=bindparam("said"))
)
