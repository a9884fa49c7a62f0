"""Slows down guessing of passwords: a few failures from one address, then a pause."""

from __future__ import annotations

import threading
from collections import defaultdict, deque

from digest.clock import monotonic
from digest.errors import Forbidden

ALLOWED = 10
"""Failures in the window: more than a person with a bad memory makes, few for a machine."""

WINDOW_SECONDS = 300.0
MAX_PLACES = 10_000


class Attempts:
    """Failed sign-ins by place (the client's network address), in memory of this process."""

    def __init__(self) -> None:
        self._failures: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def check(self, place: str) -> None:
        """Raises `Forbidden` when this place has failed too often."""
        with self._lock:
            failures = self._recent(place)
            if len(failures) >= ALLOWED:
                raise Forbidden(
                    "Твърде много неуспешни опити за вход.",
                    f"От вашия адрес има {len(failures)} за последните пет минути.",
                    "Изчакайте пет минути и опитайте отново.",
                )

    def failed(self, place: str) -> None:
        """Remembers a failure."""
        with self._lock:
            if len(self._failures) >= MAX_PLACES:
                self._failures.clear()
            self._recent(place).append(monotonic())

    def _recent(self, place: str) -> deque[float]:
        failures = self._failures[place]
        while failures and failures[0] < monotonic() - WINDOW_SECONDS:
            failures.popleft()
        if not failures:
            self._failures.pop(place)
            failures = self._failures[place]
        return failures
