"""What a measurement gives, and the tools that take it: durations, medians."""

from __future__ import annotations

import resource
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from digest.clock import monotonic


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing.

    `ratio` is its cost divided by that of `ratio_to`, measured in the same run. `floor` is a
    promise in words and `holds` whether it was kept. `more` holds further figures by name.
    """

    what: str
    seconds: float
    units: int
    ratio: float
    ratio_to: str
    floor: str = ""
    holds: bool | None = None
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return self.units / self.seconds if self.seconds > 0 else 0.0

    def as_dict(self) -> dict[str, object]:
        """The row as it is printed; a promise only where there is one."""
        promise = {"floor": self.floor, "holds": self.holds} if self.floor else {}
        return {
            "what": self.what,
            "seconds": _figures(self.seconds),
            "units": self.units,
            "per_second": _figures(self.per_second),
            "ratio": _figures(self.ratio),
            "ratio_to": self.ratio_to,
            **promise,
            **self.more,
        }


def _figures(value: float) -> float:
    """Four significant figures: more would be noise."""
    return float(f"{value:.4g}")


@dataclass
class Watch:
    """What a block cost, once it has ended: seconds, and seconds of processors' work.

    The second counts this process and the children that have ended; on a busy machine it says
    more than the first.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Watch]:
    """Measures a block of code."""
    watch = Watch()
    began, worked = monotonic(), _worked()
    try:
        yield watch
    finally:
        watch.seconds = max(monotonic() - began, 1e-9)
        watch.cpu_seconds = max(round(_worked() - worked, 4), 1e-4)


def _worked() -> float:
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cost_of(act: Callable[[], object]) -> Watch:
    """What one call costs."""
    with timed() as watch:
        act()
    return watch


def seconds_of(act: Callable[[], object]) -> float:
    """How long one call takes."""
    return cost_of(act).seconds


def medians(acts: Sequence[Callable[[], object]], rounds: int) -> list[Watch]:
    """The median cost of each act; they take turns, so that a busy moment hits them all."""
    taken = [[cost_of(act) for act in acts] for _ in range(rounds)]
    return [
        Watch(
            statistics.median(one.seconds for one in column),
            statistics.median(one.cpu_seconds for one in column),
        )
        for column in zip(*taken, strict=True)
    ]


def note(text: str) -> None:
    """A word of progress, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
