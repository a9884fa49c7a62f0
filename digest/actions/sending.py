"""One connection's worth of sending: claim a slice, mark the intent, send, record the answer.

An intent is on disk before the first byte of DATA and each answer soon after it came, so that a
crash leaves at most the window `unknown` (docs/decisions/0001).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.clerk import Clerk
from digest.actions.composing import Composers
from digest.actions.pacing import Pace
from digest.actions.window import WINDOW, Ready, Window
from digest.clock import monotonic, real_now
from digest.deliver.foresight import Foresighted
from digest.deliver.relays import ledger_name
from digest.deliver.retries import retry_at
from digest.deliver.verp import return_path
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, DeliveryId, EditionId, Outcome, Result
from digest.store.answers import Answer

if TYPE_CHECKING:
    from digest.deliver.transport import Transport, TransportSpec
    from digest.store.work import Work

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Messages composed in one go; one by one, each finds the processor's caches cold."""

GROWTH = 16
"""A connection takes up to so many times its share of a slice where that is a matter of moments."""

BRISK = 1.0
"""Seconds in which a slice is done when the next may be twice as long: at the end of a list nobody
waits long for the last one."""


@dataclass
class Tally:
    """Outcomes of a run, counted by the threads under one lock."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    trouble: DigestError | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, result: Result) -> None:
        with self.lock:
            self.counts[result.outcome] += 1

    def fail(self, error: DigestError) -> None:
        with self.lock:
            self.trouble = self.trouble or error


class Sender:
    """One connection's worth of sending: claims rows, marks intent, sends, records answers."""

    def __init__(
        self,
        app: App,
        spec: TransportSpec,
        *,
        worker: str,
        tally: Tally,
        progress: Callable[[Outcome], None] | None,
        stop: Callable[[], bool] = lambda: False,
        clerk: Clerk,
        composers: Composers,
    ) -> None:
        self._app = app
        self._clerk = clerk
        self._spec = spec
        self._worker = worker
        self._tally = tally
        self._progress = progress
        self._stop = stop
        self._pace = Pace(app, worker)
        self._turn = sum(worker.encode())
        self._resting: set[str] = set()
        self._lost: set[DeliveryId] = set()
        self._domain = app.settings.masthead().domain
        self._relay = ledger_name(spec)
        self._paths: dict[DeliveryId, str] = {}
        self._composed: dict[DeliveryId, bytes | Result] = {}
        self._left: deque[Delivery] = deque()
        self._composers = composers
        self._window = Window(clerk, take=self._take, count=self._count)
        options = app.settings.dispatch
        self._least = max(WINDOW, options.slice // max(1, options.connections))
        self._limit = self._least
        self._leased = real_now()
        self._transport: Transport | None = None

    def slice(self, edition: EditionId | None) -> int:
        """Claims a slice and sees every row of it through. 0: nothing can be claimed now.

        When it is told to stop, when the relay fails and on any error, it finishes the window
        on the wire and gives the other rows back; so it does with those of a lane that must rest.
        """
        self._leased, began = real_now(), monotonic()
        self._turn += 1
        claimed = self._clerk.do(lambda work: self._claim(work, edition))
        self._left, self._resting, self._lost = deque(claimed), set(), set()
        # A message composed for a slice before may be to an address that was changed since.
        self._composed = {}
        self._paths = {one.id: self._return_path(one) for one in claimed}
        try:
            self._roll()
        finally:
            self._give_back()
            self._pace.flush()
        self._grow(len(claimed), monotonic() - began)
        return len(claimed)

    def _claim(self, work: Work, edition: EditionId | None) -> list[Delivery]:
        options, now = self._app.settings.dispatch, self._app.now()
        claimed = work.deliveries.claim(
            edition,
            worker=self._worker,
            limit=self._limit,
            now=now,
            lease_seconds=options.lease_seconds,
            real_now=self._leased,
            lanes=self._pace.limits(work, now),
            turn=self._turn,
        )
        self._pace.take(work, claimed, now)
        return claimed

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _grow(self, came: int, seconds: float) -> None:
        """Long lists over a brisk relay are claimed in long slices: a claim has its price."""
        if came < self._limit:
            self._limit = self._least
        elif seconds < BRISK:
            self._limit = min(2 * self._limit, GROWTH * self._least)
        else:
            self._limit = max(self._limit // 2, self._least)

    def _roll(self) -> None:
        """One message on the wire, the next one's intent on its way to the disk."""
        window = self._window
        try:
            window.ask(most=WINDOW)
            while window.ahead and self._tally.trouble is None:
                if window.ahead[0].delivery.lane in self._resting:
                    break
                self._one(*window.first())
        finally:
            try:
                window.close(self._app.now())
            finally:
                self._left.extend(window.unsent())

    def _one(self, delivery: Delivery | None, message: bytes | Result) -> None:
        """Sends one row, if it is still ours, and asks for the next."""
        answer = None
        if delivery is not None and self._still_ours(delivery):
            result = message if isinstance(message, Result) else self._send(delivery, message)
            if result.outcome is Outcome.ACCEPTED:
                answer = Answer(delivery, result)
            else:
                self._settle(delivery, result)
        self._window.ask(answer)

    def _take(self, most: int) -> Sequence[Ready]:
        """The next of the slice whose lanes do not rest, while nothing says stop."""
        if self._tally.trouble is not None or self._stop():
            return ()
        going = (one for one in self._left if one.lane not in self._resting)
        rows = list(islice(going, max(most, AT_ONCE)))
        if any(one.id not in self._composed for one in rows[:most]):
            self._composed = {one.id: self._composers.message(one) for one in rows}
        ready = [(one, self._composed.pop(one.id)) for one in rows[:most]]
        for one, _ in ready:
            self._left.remove(one)
        return ready

    def _still_ours(self, delivery: Delivery) -> bool:
        """Renews what is held once a third of the lease has passed.

        So a relay that is slow costs no rows, and a worker that was stopped past its lease
        sends nothing that another may have taken.
        """
        now, seconds = real_now(), self._app.settings.dispatch.lease_seconds
        if not timedelta(0) <= now - self._leased < timedelta(seconds=seconds / 3):
            self._renew([delivery, *(one.delivery for one in self._window.ahead), *self._left],
                        now, seconds)  # fmt: skip
        if delivery.id in self._lost:
            log.warning("delivery %s: the lease ran out before it was sent", delivery.id)
            return False
        return True

    def _renew(self, held: Sequence[Delivery], now: datetime, seconds: float) -> None:
        """What is no longer ours is remembered: it goes on no wire of ours any more."""
        kept = self._clerk.do(
            lambda work: work.deliveries.renew(held, real_now=now, lease_seconds=seconds)
        )
        self._lost.update(one.id for one in held if one.id not in kept)
        self._left = deque(one for one in self._left if one.id in kept)
        self._leased = now

    def _send(self, delivery: Delivery, message: bytes) -> Result:
        if self._transport is None:
            self._transport = self._opened()
        result = self._transport.send(delivery, message, self._paths[delivery.id])
        if result.relay or result.outcome is Outcome.RETURNED:
            return result
        return replace(result, relay=self._relay)

    def _opened(self) -> Transport:
        made = self._spec.open()
        if isinstance(made, Foresighted):
            made.coming = self._coming
        return made

    def _coming(self) -> tuple[Delivery, bytes, str] | None:
        """What most likely goes next over this connection."""
        one = self._window.coming()
        if one is None or isinstance(one.message, Result) or one.delivery.lane in self._resting:
            return None
        if self._tally.trouble is not None or one.delivery.id in self._lost:
            return None
        return one.delivery, one.message, self._paths[one.delivery.id]

    def _return_path(self, delivery: Delivery) -> str:
        """A signed return path, so that a bounce names its delivery."""
        return return_path(delivery.id, key=self._app.key, domain=self._domain)

    def _settle(self, delivery: Delivery, result: Result) -> None:
        """Commits what is no acceptance before anything else goes out."""
        due = retry_at(delivery, result, self._app.now())
        self._window.settle(Answer(delivery, result, due))
        if result.outcome is Outcome.RETURNED and result.reason == "connect":
            fault = self._transport.fault if self._transport else None
            self._tally.fail(fault or _no_relay(self._spec.shown, result.text))

    def _count(self, answer: Answer, written: bool) -> None:  # noqa: FBT001 - called by position
        """A fenced-out worker's answer changes nothing."""
        delivery, result = answer.delivery, answer.result
        if not written:
            log.warning("delivery %s: a late answer was refused", delivery.id)
            return
        self._tally.add(result)
        if self._progress is not None:
            self._progress(result.outcome)
        if not self._pace.hear(delivery, result):
            self._resting.add(delivery.lane)

    def _give_back(self) -> None:
        """Puts back what is still merely claimed of the slice."""
        rows, self._left = list(self._left), deque()
        if not rows:
            return

        def back(work: Work) -> None:
            work.deliveries.release(rows)
            self._pace.give_back(work, rows, self._app.now())

        self._clerk.do(back)


def _no_relay(shown: str, said: str) -> Unavailable:
    return Unavailable(
        "Пощенският сървър не отговаря.",
        f"{shown}: {said or 'няма връзка'}.",
        "Проверете адреса и сървъра; никой не е изгубен – повторете „digest dispatch“.",
    )
