"""One connection's worth of sending: claim a slice, mark the intent, send, record the answer.

An intent is committed before the first byte of DATA and each answer at once, so that a crash
leaves at most the window in flight `unknown` (docs/decisions/0001).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.clock import real_now
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, EditionId, Outcome, Result

if TYPE_CHECKING:
    from digest.deliver.message import Composer
    from digest.deliver.transport import Transport, TransportSpec

log = logging.getLogger(__name__)

RETRY_MINUTES = (5, 15, 45, 120, 360)
"""After the n-th deferral; jitter of up to a fifth is added so that rows do not march in step."""

WINDOW = 2
"""Rows a connection may have in `sending` at once: what a crash can leave unknown."""

THROTTLE_PAUSE = timedelta(minutes=1)


@dataclass
class Tally:
    """Outcomes of a run, counted by the threads under one lock."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    trouble: DigestError | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, outcome: Outcome) -> None:
        with self.lock:
            self.counts[outcome] += 1

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
    ) -> None:
        self._app = app
        self._spec = spec
        self._worker = worker
        self._tally = tally
        self._progress = progress
        self._transport: Transport | None = None
        self._composers: dict[tuple[EditionId, int], Composer] = {}

    def slice(self, edition: EditionId | None) -> int:
        """Claims a slice and sees every row of it through. 0: nothing can be claimed now."""
        options = self._app.settings.dispatch
        with self._app.store.work() as work:
            claimed = work.deliveries.claim(
                edition,
                worker=self._worker,
                limit=max(WINDOW, options.slice // max(1, options.connections)),
                now=self._app.now(),
                lease_seconds=options.lease_seconds,
                real_now=real_now(),
            )
        left = list(claimed)
        try:
            while left and self._tally.trouble is None:
                window, left = left[:WINDOW], left[WINDOW:]
                self._window(window)
        finally:
            self._give_back(left)
        return len(claimed)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _window(self, window: list[Delivery]) -> None:
        """Composes first, so that a bad row is refused before anything is on the wire."""
        ready: list[tuple[Delivery, bytes]] = []
        for delivery in window:
            message = self._compose(delivery)
            if isinstance(message, Result):
                self._settle(delivery, message)
            else:
                ready.append((delivery, message))
        with self._app.store.work() as work:
            owned = work.deliveries.intend(
                [delivery for delivery, _ in ready],
                now=self._app.now(),
                real_now=real_now(),
                lease_seconds=self._app.settings.dispatch.lease_seconds,
            )
        messages = {delivery.id: message for delivery, message in ready}
        for delivery in owned:
            self._settle(delivery, self._send(delivery, messages[delivery.id]))

    def _compose(self, delivery: Delivery) -> bytes | Result:
        """One message, or `refused(render)` for this row alone.

        What is wrong with the edition itself (its headers, its stored bytes) raises: that would
        refuse everybody.
        """
        return self._composer(delivery).compose_or_refuse(delivery)

    def _composer(self, delivery: Delivery) -> Composer:
        from digest.deliver.message import Composer

        key = (delivery.edition_id, delivery.revision)
        if key not in self._composers:
            with self._app.store.work() as work:
                rendered = work.editions.rendered(*key)
            self._composers[key] = Composer(
                rendered,
                self._app.settings.masthead(),
                self._app.links(delivery.edition_id),
                date=self._app.now(),
            )
        return self._composers[key]

    def _send(self, delivery: Delivery, message: bytes) -> Result:
        if self._transport is None:
            self._transport = self._spec.open()
        return self._transport.send(delivery, message, self._envelope_from(delivery))

    def _envelope_from(self, delivery: Delivery) -> str:
        """A signed return path, so that a bounce names its delivery."""
        from digest.deliver.verp import return_path

        masthead = self._app.settings.masthead()
        return return_path(delivery.id, key=self._app.key, domain=masthead.domain)

    def _settle(self, delivery: Delivery, result: Result) -> None:
        """Commits one answer at once. A fenced-out worker's answer changes nothing."""
        now = self._app.now()
        with self._app.store.work() as work:
            mine = work.deliveries.answer(
                delivery, result, now=now, retry_at=retry_at(delivery, result, now)
            )
        if not mine:
            log.warning("delivery %s: a late answer was refused", delivery.id)
            return
        self._tally.add(result.outcome)
        if self._progress is not None:
            self._progress(result.outcome)
        if result.outcome is Outcome.RETURNED and result.reason == "connect":
            fault = self._transport.fault if self._transport else None
            self._tally.fail(
                fault
                or Unavailable(
                    "Пощенският сървър не отговаря.",
                    f"{self._spec.shown}: {result.text or 'няма връзка'}.",
                    "Проверете адреса и сървъра; никой не е изгубен – повторете „digest dispatch“.",
                )
            )

    def _give_back(self, rows: list[Delivery]) -> None:
        if rows:
            with self._app.store.work() as work:
                work.deliveries.release(rows)


def retry_at(delivery: Delivery, result: Result, now: datetime) -> datetime:
    """When a deferred or returned row may go again; the jitter comes from its id."""
    if result.outcome is Outcome.RETURNED:
        return now if result.reason == "connect" else now + THROTTLE_PAUSE
    minutes = RETRY_MINUTES[min(delivery.attempts, len(RETRY_MINUTES) - 1)]
    spread = sha256(f"{delivery.id}{delivery.attempts}".encode()).digest()[0] / 255
    return now + timedelta(minutes=minutes * (1 + 0.2 * spread))
