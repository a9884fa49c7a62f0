"""The live line of `digest dispatch`: how far, how fast, how long yet, and what holds it up.

Only on a terminal and never with `--json`. What it shows is worked out in `Pulse`, without a
terminal and with the clock handed in.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from digest.clock import monotonic
from digest.clock import zone as local_zone
from digest.model import Outcome

if TYPE_CHECKING:
    from rich.console import Console

    from digest.actions.app import App
    from digest.store.queues import LaneQueue

Step = Callable[[Outcome], None]

LOOK_SECONDS = 2.0
"""Between two looks at the lanes, and never more than a twentieth of the time is spent looking."""
LOOK_SHARE = 20

WORDS = {
    Outcome.ACCEPTED: "приети",
    Outcome.DEFERRED: "отложени",
    Outcome.REFUSED: "отказани",
    Outcome.UNKNOWN: "неясни",
    Outcome.RETURNED: "върнати в опашката",
}


@dataclass
class Pulse:
    """Counts of a run so far. Seconds are those of the clock that is handed in."""

    total: int
    began: float
    counts: Counter[Outcome] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome] += 1

    @property
    def done(self) -> int:
        """Answers; what went back to the queue has none yet."""
        return self.counts.total() - self.counts[Outcome.RETURNED]

    def rate(self, now: float) -> float:
        """Answers a second since the beginning; 0 before the first moment has passed."""
        return self.done / (now - self.began) if now > self.began else 0.0

    def left(self, now: float) -> float | None:
        """Seconds that the rest takes at this rate; None while nobody can say."""
        rate = self.rate(now)
        return max(0, self.total - self.done) / rate if rate else None

    def in_words(self, now: float) -> str:
        """„120/с, остават 0:04:10 · приети 812, отложени 3“."""
        left = self.left(now)
        parts = [f"{self.rate(now):.0f}/с", f"остават {_clock(left)}" if left is not None else ""]
        counts = ", ".join(
            f"{word} {self.counts[one]}" for one, word in WORDS.items() if self.counts[one]
        )
        pace = ", ".join(one for one in parts if one)
        return f"{pace} · {counts}" if counts else pace


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def held_up(lanes: Sequence[LaneQueue], now: datetime, zone: tzinfo) -> str:
    """Lanes that are stopped, and that with the most left, or until when all of them wait.

    „най-дълъг коридор: gmail (1204)“, „всички чакат, първи abv.bg: до 07:45“, „спрени: dir.bg
    (70)“; empty with no rows.
    """
    going = _longest([one for one in lanes if not one.stopped], now, zone)
    stopped = ", ".join(f"{_named(one)} ({one.waiting})" for one in lanes if one.stopped)
    parts = (going, f"спрени: {stopped}" if stopped else "")
    return "; ".join(part for part in parts if part)


def _longest(lanes: Sequence[LaneQueue], now: datetime, zone: tzinfo) -> str:
    ready = [one for one in lanes if one.next_at <= now]
    if ready:
        longest = max(ready, key=lambda one: one.waiting)
        return f"най-дълъг коридор: {_named(longest)} ({longest.waiting})"
    if lanes:
        first = min(lanes, key=lambda one: one.next_at)
        return f"всички чакат, първи {_named(first)}: до {first.next_at.astimezone(zone):%H:%M}"
    return ""


def _named(one: LaneQueue) -> str:
    return "останалите" if one.lane == "rest" else one.lane


@contextmanager
def bar_of(app: App, edition_id: str | None, *, quiet: bool) -> Iterator[Step]:
    """The bar over what waits in this home, of one edition or of all."""
    if quiet or not terminal():
        yield lambda _outcome: None
        return
    from digest.actions.dispatching import lane_queues, planned_now

    zone = local_zone(app.settings.publication.timezone)
    total = planned_now(app, edition_id)
    with sending(total, lambda: held_up(lane_queues(app, edition_id), app.now(), zone)) as step:
        yield step


@contextmanager
def sending(
    total: int,
    lanes: Callable[[], str],
    *,
    console: Console | None = None,
    clock: Callable[[], float] = monotonic,
) -> Iterator[Step]:
    """A bar on standard error. Gives the step to call with each outcome, from any thread.

    `total` is deliveries; `lanes` says what holds them up.
    """
    from rich.console import Console as Screen
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn(), TextColumn("Изпращане", markup=False), BarColumn(bar_width=24),
        MofNCompleteColumn(), TextColumn("{task.description}", markup=False),
    )  # fmt: skip
    screen = console or Screen(stderr=True)
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=total)
        line = _Line(Pulse(total, clock()), lanes, clock)

        def step(outcome: Outcome) -> None:
            done, words = line.step(outcome)
            bar.update(task, completed=done, description=words)

        yield step


@dataclass
class _Line:
    """What stands beside the bar; the lanes are looked at now and then, by one thread."""

    pulse: Pulse
    lanes: Callable[[], str]
    clock: Callable[[], float]
    lock: threading.Lock = field(default_factory=threading.Lock)
    look_at: float = 0.0
    held: str = ""

    def step(self, outcome: Outcome) -> tuple[int, str]:
        with self.lock:
            self.pulse.add(outcome)
            now = self.clock()
            if now >= self.look_at:
                self._look(now)
            words = self.pulse.in_words(now)
            return self.pulse.done, f"{words} · {self.held}" if self.held else words

    def _look(self, now: float) -> None:
        self.held = self.lanes()
        cost = self.clock() - now
        self.look_at = now + max(LOOK_SECONDS, LOOK_SHARE * cost)


def terminal() -> bool:
    """Whether somebody may be looking at standard error."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
