"""A line a minute in the log of a service that sends: how many, how fast, how it ended."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from digest.clock import monotonic
from digest.model import Outcome

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0


@dataclass
class Headway:
    """Counts outcomes, from any thread, and logs what the last minute came to."""

    clock: Callable[[], float] = monotonic
    counts: Counter[Outcome] = field(default_factory=Counter)
    began: float = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def add(self, outcome: Outcome) -> None:
        """One outcome; the line is written by whoever comes first after the minute."""
        with self.lock:
            self.counts[outcome] += 1
            if self.clock() - self.began >= EVERY_SECONDS:
                self._write()

    def close(self) -> None:
        """The rest, when there is any."""
        with self.lock:
            if self.counts:
                self._write()

    def _write(self) -> None:
        now = self.clock()
        seconds = max(now - self.began, 0.001)
        told = ", ".join(f"{one.value} {n}" for one, n in sorted(self.counts.items()))
        log.info("sent in %.0f s: %s (%.1f/s)", seconds, told, self.counts.total() / seconds)
        self.counts.clear()
        self.began = now


@contextmanager
def logged() -> Iterator[Callable[[Outcome], None]]:
    """What to call with each outcome of a run; the last line is written at its end."""
    headway = Headway()
    try:
        yield headway.add
    finally:
        headway.close()
