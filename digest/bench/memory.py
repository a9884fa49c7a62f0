"""Memory of this process and its children while something runs.

`getrusage` alone will not do: its peak never falls, and a child inherits its parent's at exec, so
each worker would seem as large as the whole product. On Linux the resident pages are read from
/proc twenty times a second; elsewhere the peaks of `getrusage` are added as an upper bound.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.05
_MB = 1024 * 1024


@dataclass
class Memory:
    """Megabytes at the start of a block and at its highest, children included."""

    before: float
    peak: float


@contextmanager
def watched() -> Iterator[Memory]:
    """Watches a block; the figures stand when it has ended."""
    start = held_mb()
    memory, done = Memory(start, start), threading.Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            memory.peak = max(memory.peak, held_mb())

    thread = threading.Thread(target=watch, name="memory")
    thread.start()
    try:
        yield memory
    finally:
        done.set()
        thread.join()
        memory.peak = max(memory.peak, held_mb())


def held_mb() -> float:
    """What this process and its children hold now, in MB; pages they share count for each."""
    if not (_PROC / "self" / "statm").exists():
        return _peaks()
    page = resource.getpagesize()
    return sum(_pages(pid) for pid in _family(os.getpid())) * page / _MB


def _family(pid: int) -> Iterator[int]:
    yield pid
    for listed in _PROC.glob(f"{pid}/task/*/children"):
        for child in _words(listed):
            yield from _family(int(child))


def _pages(pid: int) -> int:
    """Resident pages: the second number of statm (proc(5))."""
    words = _words(_PROC / str(pid) / "statm")
    return int(words[1]) if len(words) > 1 else 0


def _words(file: Path) -> list[str]:
    try:
        return file.read_text("ascii").split()
    except OSError:
        # The process ended between the two looks; it holds nothing any more.
        return []


def peak_mb() -> float:
    """The most that this process has held so far, in MB; its copies (fork) share those pages.

    Taken without a thread, for work that is spread over copies only where there is none.
    """
    return _most(resource.RUSAGE_SELF)


def _peaks() -> float:
    return _most(resource.RUSAGE_SELF) + _most(resource.RUSAGE_CHILDREN)


def _most(who: int) -> float:
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, KiB elsewhere
    return resource.getrusage(who).ru_maxrss * unit / _MB
