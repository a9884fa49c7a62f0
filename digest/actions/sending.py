"""One connection's worth of sending: claim a slice, mark the intent, send, record the answer.

An intent is committed before the first byte of DATA and each answer at once, so that a crash
leaves at most the window in flight `unknown` (docs/decisions/0001).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.clerk import Clerk
from digest.actions.pacing import Pace
from digest.clock import real_now
from digest.errors import DigestError, Retry, StorageFault, Unavailable
from digest.model import Delivery, EditionId, Outcome, Result

if TYPE_CHECKING:
    from digest.deliver.message import Composer
    from digest.deliver.transport import Transport, TransportSpec
    from digest.store.work import Work

log = logging.getLogger(__name__)

RETRY_MINUTES = (5, 15, 45, 120, 360)
"""After the n-th deferral; jitter of up to a fifth is added so that rows do not march in step."""

WINDOW = 2
"""Rows a connection may have in `sending` at once: what a crash can leave unknown."""

THROTTLE_PAUSE = timedelta(minutes=1)

ANSWER_TRIES = 3
"""An answer that is not written makes a delivery unknown, so a busy database is asked again."""


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
        clerk: Clerk | None = None,
    ) -> None:
        self._app = app
        self._clerk = clerk or Clerk(app)
        self._spec = spec
        self._worker = worker
        self._tally = tally
        self._progress = progress
        self._stop = stop
        self._pace = Pace(app, worker)
        self._turn = sum(worker.encode())
        self._resting: set[str] = set()
        self._domain = app.settings.masthead().domain
        self._left: list[Delivery] = []
        self._leased = real_now()
        self._transport: Transport | None = None
        self._composers: dict[tuple[EditionId, int], tuple[Composer, frozenset[str]]] = {}

    def slice(self, edition: EditionId | None) -> int:
        """Claims a slice and sees every row of it through. 0: nothing can be claimed now.

        When it is told to stop, when the relay fails and on any error, it finishes the window
        on the wire and gives the other rows back; so it does with those of a lane that must rest.
        """
        self._leased = real_now()
        self._turn += 1
        claimed = self._clerk.do(lambda work: self._claim(work, edition))
        self._left, self._resting = list(claimed), set()
        try:
            while self._left and self._tally.trouble is None and not self._stop():
                window = [one for one in self._left if one.lane not in self._resting][:WINDOW]
                if not window:
                    break
                self._window(window)
                done = {one.id for one in window}
                self._left = [one for one in self._left if one.id not in done]
        finally:
            self._give_back()
            self._pace.flush()
        return len(claimed)

    def _claim(self, work: Work, edition: EditionId | None) -> list[Delivery]:
        options, now = self._app.settings.dispatch, self._app.now()
        claimed = work.deliveries.claim(
            edition,
            worker=self._worker,
            limit=max(WINDOW, options.slice // max(1, options.connections)),
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

    def _window(self, window: list[Delivery]) -> None:
        """Composes first, so that a bad row is refused before anything is on the wire."""
        composed = {delivery.id: self._compose(delivery) for delivery in window}
        waiting = deque(self._clerk.intend(window))
        try:
            while waiting and self._tally.trouble is None:
                if waiting[0].lane in self._resting:
                    break
                delivery = waiting.popleft()
                message = composed[delivery.id]
                if isinstance(message, Result):
                    self._settle(delivery, message)
                elif self._still_ours(delivery):
                    self._settle(delivery, self._send(delivery, message))
        finally:
            self._untouched(waiting)

    def _still_ours(self, delivery: Delivery) -> bool:
        """Renews what is held once a third of the lease has passed.

        So a relay that is slow costs no rows, and a worker that was stopped past its lease
        sends nothing that another may have taken.
        """
        now, seconds = real_now(), self._app.settings.dispatch.lease_seconds
        if timedelta(0) <= now - self._leased < timedelta(seconds=seconds / 3):
            return True

        def renew(work: Work) -> bool:
            work.deliveries.renew(self._left, real_now=now, lease_seconds=seconds)
            return work.deliveries.renew([delivery], real_now=now, lease_seconds=seconds) == 1

        mine = self._clerk.do(renew)
        self._leased = now
        if not mine:
            log.warning("delivery %s: the lease ran out before it was sent", delivery.id)
        return mine

    def _untouched(self, rows: Collection[Delivery]) -> None:
        """Takes the intent back from rows of which nothing was on the wire."""
        if not rows:
            return
        now = self._app.now()
        for one in rows:
            self._clerk.answer(one, Result(one.id, Outcome.RETURNED, "untouched"), now)

    def _compose(self, delivery: Delivery) -> bytes | Result:
        """One message, or `refused(render)` for this row alone.

        What is wrong with the edition itself (its headers, its stored bytes) raises: that would
        refuse everybody.
        """
        return self._composer(delivery).compose_or_refuse(delivery)

    def _composer(self, delivery: Delivery) -> Composer:
        from digest.deliver.message import Composer

        key = (delivery.edition_id, delivery.revision)
        composer, variants = self._composers.get(key, (None, frozenset[str]()))
        if composer is None or delivery.variant not in variants:
            # Also when somebody queued again meanwhile, for readers with sections of their own.
            with self._app.store.reading() as work:
                rendered = work.editions.rendered(*key)
            composer = Composer(
                rendered,
                self._app.settings.masthead(),
                self._app.links(delivery.edition_id),
                date=self._app.now(),
                signer=self._app.signer,
            )
            self._composers[key] = composer, frozenset(rendered.variants)
        return composer

    def _send(self, delivery: Delivery, message: bytes) -> Result:
        from digest.deliver.relays import ledger_name

        if self._transport is None:
            self._transport = self._spec.open()
        result = self._transport.send(delivery, message, self._envelope_from(delivery))
        if result.relay or result.outcome is Outcome.RETURNED:
            return result
        return replace(result, relay=ledger_name(self._spec))

    def _envelope_from(self, delivery: Delivery) -> str:
        """A signed return path, so that a bounce names its delivery."""
        from digest.deliver.verp import return_path

        return return_path(delivery.id, key=self._app.key, domain=self._domain)

    def _settle(self, delivery: Delivery, result: Result) -> None:
        """Commits one answer at once. A fenced-out worker's answer changes nothing."""
        if self._written(delivery, result):
            self._tally.add(result)
            if self._progress is not None:
                self._progress(result.outcome)
            if not self._pace.hear(delivery, result):
                self._resting.add(delivery.lane)
        else:
            log.warning("delivery %s: a late answer was refused", delivery.id)
        if result.outcome is Outcome.RETURNED and result.reason == "connect":
            fault = self._transport.fault if self._transport else None
            self._tally.fail(fault or _no_relay(self._spec.shown, result.text))

    def _written(self, delivery: Delivery, result: Result) -> bool:
        due = retry_at(delivery, result, self._app.now())
        for left in reversed(range(ANSWER_TRIES)):
            try:
                return self._clerk.answer(delivery, result, due)
            except StorageFault as error:
                if error.retry is not Retry.SOON or not left:
                    raise
                log.warning("delivery %s: the answer waits: %s", delivery.id, error.why)
        raise AssertionError("the last try returns or raises")

    def _give_back(self) -> None:
        """Puts back what is still merely claimed of the slice."""
        rows, self._left = self._left, []
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


def retry_at(delivery: Delivery, result: Result, now: datetime) -> datetime:
    """When a deferred or returned row may go again; the jitter comes from its id."""
    if result.outcome is Outcome.RETURNED:
        return now if result.reason == "connect" else now + THROTTLE_PAUSE
    # The intent has counted this attempt already.
    minutes = RETRY_MINUTES[min(max(delivery.attempts, 1), len(RETRY_MINUTES)) - 1]
    spread = sha256(f"{delivery.id}{delivery.attempts}".encode()).digest()[0] / 255
    return now + timedelta(minutes=minutes * (1 + 0.2 * spread))
