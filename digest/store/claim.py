"""Takes rows of the queue for a worker, and takes them back from the dead.

One transaction: leases that ran out are settled, then lane by lane the earliest due rows are looked
at, and each is claimed, refused as expired, or marked suppressed. The work is in proportion to the
rows taken, not to the rows there are. Leases run on real time; due and expiry on the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    select,
    update,
)

from digest.model import Delivery, DeliveryState, EditionId, SubscriberId
from digest.store.signer import Signer
from digest.store.tables import deliveries, editions
from subscribers.model import PersonId
from subscribers.moment import Moment
from subscribers.roll import mailable
from subscribers.tables import subscribers, suppressions

EXPIRED = "expired"
LOST = "lost: работникът изчезна между предаването и отговора"
MAX_CLAIM = 5000


@dataclass(frozen=True, slots=True)
class Claim:
    """Who takes how many of which edition (None: of any), and until when they are theirs.

    `lanes` gives the most that may be taken of a lane; one that it does not name is free. `turn`
    is where among the lanes to begin, so that several workers begin with several lanes.
    """

    edition_id: EditionId | None
    worker: str
    limit: int
    now: datetime
    lease_seconds: float
    real_now: datetime
    lanes: Mapping[str, int] = field(default_factory=dict)
    turn: int = 0

    @property
    def lease(self) -> datetime:
        """When the claim ends by itself."""
        return self.real_now + timedelta(seconds=self.lease_seconds)


def claim(connection: Connection, signer: Signer, wanted: Claim) -> list[Delivery]:
    """At most `limit` rows, of each lane the earliest due first, now the worker's."""
    settle_dead(connection, wanted.real_now)
    taken: list[Delivery] = []
    for n in _live_editions(connection, wanted):
        for lane in _in_turn(lanes_waiting(connection, n), wanted.turn):
            taken += _from_lane(connection, signer, (n, lane), wanted, taken)
            if len(taken) >= wanted.limit:
                return taken
    return taken


def lanes_waiting(connection: Connection, n: int) -> list[str]:
    """The lanes of an edition that have open rows, by name.

    One look into the index for each (a loose scan): DISTINCT would read every open row.
    """
    return list(connection.execute(_LANES, {"n": n}).scalars())


def _in_turn(lanes: Sequence[str], turn: int) -> Sequence[str]:
    at = turn % len(lanes) if lanes else 0
    return [*lanes[at:], *lanes[:at]]


def _from_lane(
    connection: Connection,
    signer: Signer,
    place: tuple[int, str],
    wanted: Claim,
    before: Sequence[Delivery],
) -> list[Delivery]:
    """What may be taken of a lane of an edition, after what was taken already."""
    room = min(wanted.limit - len(before), MAX_CLAIM)
    if place[1] in wanted.lanes:
        used = sum(one.lane == place[1] for one in before)
        room = min(room, wanted.lanes[place[1]] - used)
    taken: list[Delivery] = []
    look = max(room, 0)
    while len(taken) < room:
        rows = _candidates(connection, place, wanted.now, look)
        if not rows:
            break
        found = _sort_out(connection, signer, rows, wanted, room - len(taken))
        # After a long outage a whole list is past its expiry: it is closed in great strides.
        look = room - len(taken) - len(found) if found else MAX_CLAIM
        taken += found
    if room <= 0:
        _expire(connection, place, wanted.now)
    return taken


def _expire(connection: Connection, place: tuple[int, str], now: datetime) -> None:
    """Closes what expired in a lane from which nothing may be taken: nobody else would.

    One look where nothing has: the earliest due expire first.
    """
    look = 1
    while True:
        rows = _candidates(connection, place, now, look)
        expired = [row.id for row in rows if row.expires <= now]
        if not expired:
            return
        connection.execute(_expiring(expired, now))
        look = MAX_CLAIM


def settle_dead(connection: Connection, real_now: datetime) -> int:
    """Settles leases that ran out; gives how many.

    `claimed` goes back to the queue: nothing was on the wire. `sending` becomes `unknown`, or
    goes back too where the edition says `resend` and is not cancelled.
    """
    held = connection.execute(_DEAD, {"moment": real_now}).all()
    back = [row.id for row in held if _goes_back(row)]
    lost = [row.id for row in held if not _goes_back(row)]
    if back:
        connection.execute(_queued_again(back))
    if lost:
        connection.execute(
            closing(lost, DeliveryState.UNKNOWN).values(last_error=LOST, answered_at=real_now)
        )
    return len(held)


def _goes_back(row: Row[*tuple[Any, ...]]) -> bool:
    if row.state == DeliveryState.CLAIMED.value:
        return True
    return bool(row.on_unknown == "resend" and not row.cancelled)


def _queued_again(ids: Sequence[int]) -> Update:
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(
            state=DeliveryState.QUEUED.value,
            next_at=deliveries.c.due,
            lease=None,
            worker=None,
        )
    )


def closing(ids: Sequence[int], state: DeliveryState) -> Update:
    """The statement that ends rows in a state from which nothing is claimed."""
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(state=state.value, next_at=None, lease=None, worker=None)
    )


WAITS = exists().where(deliveries.c.edition_n == editions.c.n, deliveries.c.next_at.is_not(None))
"""The edition has rows that are not settled, due or not."""


def _live_editions(connection: Connection, wanted: Claim) -> list[int]:
    """The editions with open rows, neither paused nor cancelled, oldest first."""
    if wanted.edition_id is None:
        return list(connection.execute(_LIVE).scalars())
    return list(connection.execute(_LIVE_ONE, {"wanted": wanted.edition_id}).scalars())


def blocked_at(now: datetime | BindParameter[datetime]) -> Any:
    """1 when the row's person is gone, has left, is paused or is suppressed; else 0."""
    free = and_(subscribers.c.id.is_not(None), suppressions.c.hash.is_(None), mailable(now))
    return case((free, 0), else_=1).label("blocked")


def with_people() -> Any:
    """Deliveries with their edition, person and suppression."""
    return (
        deliveries.join(editions, editions.c.n == deliveries.c.edition_n)
        .outerjoin(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .outerjoin(suppressions, suppressions.c.hash == subscribers.c.address_hash)
    )


WANTED = (
    deliveries.c.id,
    deliveries.c.edition_n,
    deliveries.c.subscriber_id,
    deliveries.c.revision,
    deliveries.c.variant,
    deliveries.c.lane,
    deliveries.c.attempts,
    deliveries.c.epoch,
    editions.c.id.label("edition_id"),
    editions.c.domain,
    subscribers.c.address,
    subscribers.c.name,
    subscribers.c.format,
)


# Built once: putting a statement together costs more than running it.
_CANDIDATES = (
    select(*WANTED, deliveries.c.expires, blocked_at(bindparam("moment", type_=Moment)))
    .select_from(with_people())
    .where(
        deliveries.c.edition_n == bindparam("n"),
        deliveries.c.lane == bindparam("in_lane"),
        deliveries.c.next_at <= bindparam("moment", type_=Moment),
    )
    .order_by(deliveries.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(of=deliveries, skip_locked=True)
)

_CLAIM = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=literal_column("'claimed'"),
        epoch=deliveries.c.epoch + literal_column("1"),
        next_at=null(),
        lease=bindparam("until", type_=Moment),
        worker=bindparam("by"),
    )
)


_DEAD = (
    select(deliveries.c.id, deliveries.c.state, editions.c.on_unknown, editions.c.cancelled)
    .join(editions, editions.c.n == deliveries.c.edition_n)
    .where(deliveries.c.lease <= bindparam("moment", type_=Moment))
    .limit(MAX_CLAIM)
    .with_for_update(of=deliveries, skip_locked=True)
)

_LIVE = (
    select(editions.c.n)
    .where(~editions.c.paused, ~editions.c.cancelled, WAITS)
    .order_by(editions.c.n)
)
_LIVE_ONE = _LIVE.where(editions.c.id == bindparam("wanted"))


def _first_lane(after: ColumnElement[str]) -> Select[str]:
    return select(func.min(deliveries.c.lane)).where(
        deliveries.c.edition_n == bindparam("n"),
        deliveries.c.next_at.is_not(None),
        deliveries.c.lane > after,
    )


def _loose_scan() -> Select[str]:
    """Each lane found from the one before it, until there is none."""
    first = _first_lane(literal_column("''", Text)).scalar_subquery()
    found = select(first.label("lane")).cte("found", recursive=True)
    following = _first_lane(found.c.lane).scalar_subquery()
    every = found.union_all(select(following).where(found.c.lane.is_not(None)))
    return select(every.c.lane).where(every.c.lane.is_not(None))


_LANES = _loose_scan()


def _candidates(
    connection: Connection, place: tuple[int, str], now: datetime, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    given = {"n": place[0], "in_lane": place[1], "moment": now, "most": limit}
    return connection.execute(_CANDIDATES, given).all()


def _sort_out(
    connection: Connection,
    signer: Signer,
    rows: Sequence[Row[*tuple[Any, ...]]],
    wanted: Claim,
    room: int,
) -> list[Delivery]:
    expired = [row.id for row in rows if row.expires <= wanted.now]
    blocked = [row.id for row in rows if row.expires > wanted.now and row.blocked]
    mine = [row for row in rows if row.expires > wanted.now and not row.blocked][:room]
    if expired:
        connection.execute(_expiring(expired, wanted.now))
    if blocked:
        connection.execute(
            closing(blocked, DeliveryState.SUPPRESSED).values(answered_at=wanted.now)
        )
    if mine:
        ids = [row.id for row in mine]
        connection.execute(_CLAIM, {"ids": ids, "until": wanted.lease, "by": wanted.worker})
    return [_delivery(signer, row) for row in mine]


def _expiring(ids: Sequence[int], now: datetime) -> Update:
    return closing(ids, DeliveryState.REFUSED).values(last_error=EXPIRED, answered_at=now)


def of_person(
    connection: Connection, signer: Signer, edition_id: str, person: PersonId
) -> Delivery | None:
    """One person's delivery of an edition, whatever its state; nothing is claimed."""
    row = connection.execute(
        select(*WANTED)
        .select_from(with_people())
        .where(editions.c.id == edition_id, deliveries.c.subscriber_id == person)
    ).first()
    return None if row is None or row.address is None else _delivery(signer, row)


def _delivery(signer: Signer, row: Row[*tuple[Any, ...]]) -> Delivery:
    name = signer.delivery_id(row.id)
    return Delivery(
        id=name,
        edition_id=EditionId(row.edition_id),
        revision=row.revision,
        subscriber_id=SubscriberId(str(row.subscriber_id)),
        address=row.address,
        name=row.name,
        variant=row.variant,
        lane=row.lane,
        state=DeliveryState.CLAIMED,
        attempts=row.attempts,
        epoch=row.epoch + 1,
        message_id=signer.message_id(name, row.domain),
        leave_token=signer.leave_token(row.subscriber_id, row.edition_n),
        format=row.format,
    )
