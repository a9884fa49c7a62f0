"""Drains the outbox in this process: a thread that looks every few seconds and can be stopped.

Stopping finishes the window that is on the wire and gives the rest of the claimed rows back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.actions import denials, dispatching, hooks
from digest.errors import DigestError, Unavailable
from digest.jobs.backoff import LONGEST, backoff
from digest.jobs.headway import logged

if TYPE_CHECKING:
    from digest.actions.app import App

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=3)
"""Between two looks at an idle outbox: an hour's choice is met to the second or so."""

Drain = Callable[["App", Callable[[], bool]], DigestError | None]


def drain(app: App, stop: Callable[[], bool]) -> DigestError | None:
    """Sends all that is due now; gives what stood in the way, if anything."""
    if not dispatching.anything_due(app):
        # What a crash left between the last answer and its consequences.
        denials.judge(app)
        hooks.settle_kept(app)
        return None
    with logged() as progress:
        return dispatching.dispatch(app, stop=stop, progress=progress).trouble


class Dispatcher:
    """The thread; `wake` makes it look at once."""

    def __init__(self, app: App, *, work: Drain = drain) -> None:
        self._app = app
        self._work = work
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self.run, name="dispatcher")
        self._failures = 0

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was queued."""
        self._wake.set()

    def stop(self) -> None:
        """Ends after the window in flight; returns when the thread is gone."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join()

    def ask_to_stop(self) -> None:
        """The same without waiting; also fit for a signal handler."""
        self._stop.set()
        self._wake.set()

    def run(self) -> None:
        """Looks until stopped; what the thread does, and what `digest worker` does itself."""
        while not self._stop.is_set():
            self._wake.clear()
            pause = self.look()
            if not self._stop.is_set():
                self._wake.wait(pause.total_seconds())

    def look(self) -> timedelta:
        """One drain; gives how long to rest after it."""
        error = self._drained()
        if error is None:
            self._failures = 0
            return EVERY
        self._failures += 1
        pause = backoff(error, self._failures) or LONGEST
        log.error("the outbox rests for %s: %s", pause, error)
        return pause

    def _drained(self) -> DigestError | None:
        try:
            return self._work(self._app, self._stop.is_set)
        except DigestError as error:
            return error
        except Exception as cause:
            # Because a thread that died in silence would leave readers waiting: say it, come back.
            log.exception("the outbox failed")
            return Unavailable(
                "Изпращането спря.",
                f"Вътрешна грешка: {type(cause).__name__}.",
                "Вижте дневника; опитва се отново само.",
            )
