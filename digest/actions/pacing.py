"""Pace: what each lane may be sent now, and what its answers teach.

`Pace` is one worker's hand on the shared states (`digest/store/lanes.py`); the arithmetic is
`digest/deliver/pace.py`. A lane without a plan and without a complaint costs one small read. Pace
runs on the caller's clock, as due times do; only leases run on real time.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions.stops import RESUMED, alarm, since
from digest.addresses import nameless
from digest.clock import real_now, zone
from digest.deliver.denials import noted
from digest.deliver.pace import (
    FREE,
    LanePlan,
    allowance,
    counted,
    heard,
    rate_of,
    rest_of,
    resumed,
    taken,
    warmed_up,
)
from digest.errors import NotFound
from digest.model import LANES, Delivery, EditionId, LaneState, Outcome, Result

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.store.queues import LaneQueue
    from digest.store.work import Work

log = logging.getLogger(__name__)

AT_ONCE = 10
"""Denied addresses that one worker hears before it tells the others."""


def plans(app: App) -> dict[str, LanePlan]:
    """Each lane's limits today, by the settings and the warm-up."""
    options = app.settings.dispatch
    start = options.warmup.start
    warm = None
    if start is not None:
        days = (_today(app) - start).days
        warm = warmed_up(options.warmup.first, options.warmup.growth, days)
    return {lane: _plan(app, lane, warm) for lane in LANES}


def _plan(app: App, lane: str, warm: int | None) -> LanePlan:
    limits = app.settings.dispatch.lanes.get(lane)
    if limits is None:
        return LanePlan(per_day=warm)
    caps = [cap for cap in (limits.per_day, warm) if cap is not None]
    return LanePlan(limits.per_minute, limits.connections, min(caps) if caps else None)


def _today(app: App) -> date:
    return app.now().astimezone(zone(app.settings.publication.timezone)).date()


class Pace:
    """What one worker may take, and where it tells what it heard. Not shared between threads."""

    def __init__(self, app: App, worker: str) -> None:
        self._app = app
        self._worker = worker
        self._heard: dict[str, Counter[str]] = {}
        self._said: dict[str, str] = {}
        self._denied: dict[str, str] = {}
        self._limited: frozenset[str] = frozenset()

    def limits(self, work: Work, now: datetime) -> dict[str, int]:
        """The most to take now of each lane that is limited; those are locked until the end."""
        chosen = plans(self._app)
        states = work.lanes.all()
        names = set(chosen) | set(states)
        limited = {
            name
            for name in names
            if self._allowed(states.get(name) or LaneState(name, now), chosen, now) is not None
        }
        self._limited = frozenset(limited)
        if not limited:
            return {}
        held = work.lanes.workers(real_now())
        return {
            name: self._room(state, chosen, held, now)
            for name, state in work.lanes.locked(limited, now).items()
        }

    def take(self, work: Work, claimed: Iterable[Delivery], now: datetime) -> None:
        """Notes what was claimed of the limited lanes; in the transaction of `limits`."""
        self._move(work, Counter(one.lane for one in claimed), now)

    def give_back(self, work: Work, unsent: Iterable[Delivery], now: datetime) -> None:
        """The same for what was not sent after all."""
        back = Counter(one.lane for one in unsent)
        self._move(work, Counter({lane: -count for lane, count in back.items()}), now)

    def hear(self, delivery: Delivery, result: Result) -> bool:
        """Takes in one answer; False when its lane is to rest, so that the others go on."""
        kind = _kind(result)
        if kind:
            self._heard.setdefault(delivery.lane, Counter())[kind] += 1
        if kind == "accepted":
            return True
        if self._telling(delivery.lane, kind, result) and delivery.lane in self.flush():
            return False
        now = self._app.now()
        plan = plans(self._app).get(delivery.lane, FREE)
        bare = LaneState(delivery.lane, now)
        if heard(bare, plan, result, now) == bare:
            return True
        with self._app.store.work() as work:
            state = work.lanes.locked([delivery.lane], now)[delivery.lane]
            slower = heard(state, plan, result, now)
            work.lanes.save([slower])
        log.warning("lane %s goes slower: %s %s", delivery.lane, result.code, result.text)
        return result.outcome is not Outcome.RETURNED

    def _telling(self, lane: str, kind: str, result: Result) -> bool:
        """Whether an answer may stop its lane, so that the others must be told at once."""
        if kind == "ours":
            # The desk shows it to every role and the lane keeps it: without the reader's address.
            self._said[lane] = f"{result.code} {result.status} {nameless(result.text)}".strip()
            return True
        if kind == "hard":
            # Without the words, which may name the reader.
            self._denied[lane] = f"{result.code} {result.status}".strip()
            return self._heard[lane]["hard"] % AT_ONCE == 0
        return False

    def flush(self) -> frozenset[str]:
        """Tells the others what was heard since the last time; gives the lanes that are stopped."""
        heard_, said, denied = self._heard, self._said, self._denied
        self._heard, self._said, self._denied = {}, {}, {}
        if not heard_:
            return frozenset()
        now, today = self._app.now(), _today(self._app)
        with self._app.store.work() as work:
            before = work.lanes.locked(heard_, now)
            after = [
                noted(
                    counted(state, heard_[name], now, today, said.get(name, "")),
                    heard_[name],
                    denied.get(name, ""),
                )
                for name, state in before.items()
            ]
            work.lanes.save(after)
            for one in after:
                if one.stopped and not before[one.name].stopped:
                    alarm(self._app, work, one)
        return frozenset(one.name for one in after if one.stopped)

    def _allowed(
        self, state: LaneState, chosen: Mapping[str, LanePlan], now: datetime
    ) -> int | None:
        plan = chosen.get(state.name, FREE)
        allowed = allowance(state, plan, now, _today(self._app))
        # A cap of connections limits nothing by itself, but must be looked at under the lock.
        return 1_000_000 if allowed is None and plan.connections is not None else allowed

    def _room(
        self,
        state: LaneState,
        chosen: Mapping[str, LanePlan],
        held: Mapping[str, frozenset[str]],
        now: datetime,
    ) -> int:
        cap = chosen.get(state.name, FREE).connections
        others = held.get(state.name, frozenset()) - {self._worker}
        if cap is not None and len(others) >= cap:
            return 0
        return self._allowed(state, chosen, now) or 0

    def _move(self, work: Work, counts: Counter[str], now: datetime) -> None:
        names = [name for name in counts if name in self._limited]
        chosen = plans(self._app)
        states = work.lanes.locked(names, now)
        work.lanes.save(
            taken(state, chosen.get(name, FREE), now, counts[name])
            for name, state in states.items()
        )


def _kind(result: Result) -> str:
    """What an answer counts as; what was returned was no answer to the message."""
    if result.outcome is Outcome.RETURNED or result.reason == "render":
        return ""
    if result.outcome is Outcome.ACCEPTED:
        return "accepted"
    refused = result.outcome is Outcome.REFUSED
    return result.reason if refused and result.reason in {"ours", "hard"} else "other"


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane as a person sees it: what is remembered, today's plan, the rate now, who waits.

    `rate` is in messages a minute, None without a limit; `sent_today` were accepted today;
    `denied` addresses do not exist by a provider that was not believed; `since` a stop stands.
    """

    state: LaneState
    plan: LanePlan
    rate: float | None
    sent_today: int
    waiting: int
    denied: int = 0
    since: datetime | None = None

    def standing(self, now: datetime) -> str:
        """`stopped` until a person acts, `resting` until a time, `limited`, or `free`."""
        if self.state.stopped:
            return "stopped"
        if self.state.held_until is not None and self.state.held_until > now:
            return "resting"
        return "free" if self.rate is None and self.plan == FREE else "limited"


def lanes(app: App) -> tuple[LaneRow, ...]:
    """All lanes with their pace."""
    now, chosen, today = app.now(), plans(app), _today(app)
    with app.store.reading() as work:
        states, waiting = work.lanes.all(), work.lanes.waiting(now)
        denied = work.denials.doubted()
        stood = {one.name: since(work, one.name) for one in states.values() if one.stopped}
    rows = []
    for name in (*LANES, *sorted((set(states) | set(waiting)) - set(LANES))):
        state = states.get(name) or LaneState(name, now)
        plan = chosen.get(name, FREE)
        sent = state.sent if state.day == today else 0
        rate = rate_of(state, plan, now)
        counts = (sent, waiting.get(name, 0), denied.get(name, 0))
        rows.append(LaneRow(state, plan, rate, *counts, since=stood.get(name)))
    return tuple(rows)


def rested(app: App) -> datetime | None:
    """When the first of the lanes that rest, and have somebody waiting, goes on."""
    now = app.now()
    rows = (one for one in lanes(app) if one.waiting and one.standing(now) == "resting")
    return min((one.state.held_until for one in rows if one.state.held_until), default=None)


def held_back(app: App, edition_id: EditionId) -> timedelta | None:
    """How long until a lane may be looked at that holds back what is due of an edition.

    Zero where it is only slow; None where none does, or none will today.
    """
    now, today, chosen = app.now(), _today(app), plans(app)
    with app.store.reading() as work:
        states = work.lanes.all()
        due = [states.get(one) or LaneState(one, now) for one in
               work.deliveries.lanes_due(edition_id, now)]  # fmt: skip
    waits = [rest_of(one, chosen.get(one.name, FREE), now, today) for one in due]
    return min((one for one in waits if one is not None), default=None)


def queues(app: App, edition_id: EditionId | None = None) -> tuple[LaneQueue, ...]:
    """What waits in each lane, of an edition or of all, and when its pace lets the first go."""
    with app.store.reading() as work:
        states, waiting = work.lanes.all(), work.deliveries.lane_queues(edition_id)
    return tuple(_as_paced(one, states.get(one.lane)) for one in waiting)


def _as_paced(one: LaneQueue, state: LaneState | None) -> LaneQueue:
    if state is None:
        return one
    at = max(one.next_at, state.held_until or one.next_at)
    return replace(one, next_at=at, stopped=bool(state.stopped))


def resume(app: App, lane: str, *, by: str) -> LaneState:
    """A person has seen to it: the lane goes on, slowly, and workers hear of it at the commit.

    Raises `NotFound`.
    """
    now = app.now()
    if lane not in LANES:
        raise NotFound(
            f"Няма коридор „{lane}“.",
            f"Познатите са: {', '.join(LANES)}.",
            "Вижте ги с „digest lanes“.",
        )
    with app.store.work() as work:
        state = work.lanes.locked([lane], now)[lane]
        going = resumed(state, now) if state.stopped else replace(state, held_until=None)
        work.lanes.save([going])
        for edition in work.deliveries.editions_waiting(lane):
            app.announce(work, edition)
        app.note(work, by, RESUMED, subject=lane, before=state.stopped[:200])
    return going
