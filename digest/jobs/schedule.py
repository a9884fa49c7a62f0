"""The clock: looks every few seconds whether something is due, as the one leader.

The memory is the database's: a look does every step that is due and was not done, so a late,
repeated or missed firing, a sleeping machine and a changed clock all come to the same. Cron
triggers are not used at all: between 03:00 and 04:00 they fire twice or never on the nights the
clock changes, and a date that passed while the machine slept is not fired until the old wait ends.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from digest.actions import scheduling, troubles
from digest.clock import real_now
from digest.errors import DigestError
from digest.jobs.leader import Leader, leader_of

if TYPE_CHECKING:
    from datetime import datetime

    from digest.actions.app import App

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=20)
"""How late a step may start; also the heartbeat that notices a machine which slept."""

Tick = Callable[["App"], list[str]]


class Schedule:
    """The running clock of one home. `fired` is called after steps were done."""

    def __init__(
        self,
        app: App,
        *,
        leader: Leader | None = None,
        tick: Tick = scheduling.tick,
        fired: Callable[[], None] = lambda: None,
    ) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler

        self._app = app
        self._leader = leader or leader_of(app)
        self._tick = tick
        self._fired = fired
        self._busy = threading.Lock()
        self.beat_at: datetime | None = None
        self._clock = BackgroundScheduler(
            timezone=UTC,
            # Lateness is our own policy (approval.latest_minutes); the library's one second of
            # grace would lose due runs. Two at once only so that a look during a long one is not
            # reported as skipped; `_busy` keeps them apart.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 2},
        )

    def start(self) -> None:
        """Looks at once, which is the catch-up after an outage, and then every `EVERY`."""
        self._clock.add_job(
            self.beat,
            "interval",
            seconds=EVERY.total_seconds(),
            next_run_time=real_now(),
            id="beat",
        )
        self._clock.start()

    def stop(self) -> None:
        """Ends the clock after the step that is running, and lets the lead go."""
        if self._clock.running:
            self._clock.shutdown(wait=True)
        self._leader.resign()

    def beat(self) -> list[str]:
        """One look; gives the steps that were done. An error is logged and the clock goes on."""
        if not self._busy.acquire(blocking=False):
            return []
        try:
            self.beat_at = real_now()
            done = self._look() if self._leads() else ()
        finally:
            self._busy.release()
        if done:
            self._fired()
        return list(done)

    def _leads(self) -> bool:
        try:
            return self._leader.lead()
        except Exception:
            # As below; who does not lead has tried nothing, and says nothing of how it goes.
            log.exception("the clock cannot tell whether it leads")
            return False

    def _look(self) -> Sequence[str]:
        done: Sequence[str] = ()
        try:
            done = self._tick(self._app)
            troubles.over(self._app)
        except scheduling.Fallen as fallen:
            done = fallen.done
            self._fell(fallen)
        except Exception as fault:  # noqa: BLE001 - logged with its trace by `_fell`
            # The boundary of the thread: whatever falls in a look (a bug of ours, of a library),
            # the next one is due all the same, and a person must hear of it without the log.
            self._fell(fault)
        return done

    def _fell(self, fault: Exception) -> None:
        if troubles.foreseen(fault):
            log.error("the clock: %s", fault, exc_info=fault)
            return
        log.error("the clock met an error that nobody foresaw", exc_info=fault)
        try:
            troubles.failing(self._app, fault)
        except DigestError as error:
            log.exception("nor could that be kept for the desk: %s", error.what)
