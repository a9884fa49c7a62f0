"""Independent work of a large batch, spread over the processors where that is safe.

A copy of this process (fork) sees everything that was read, so nothing is sent to it; only what it
finds comes back. A process with threads of its own (the web server) is never copied: there, on one
processor, and for a small batch the work is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")

WORTH = 2000
"""Pieces from which a copy pays: it costs about what a hundred stories cost."""

MOST = 4
"""Copies at once: each holds what it alone reads."""

_work: list[Callable[[int], object]] = []
"""What the copies do; they find it here."""


def spread(work: Callable[[int], T], pieces: int) -> list[T]:
    """`work(0)` … `work(pieces - 1)`, in this order. What one raises is raised here."""
    copies = min(MOST, _processors())
    if pieces < WORTH or copies < 2 or threading.active_count() > 1 or not _can_fork():
        return [work(at) for at in range(pieces)]
    _work.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(copies) as pool:
            found = pool.map(_one, range(pieces), chunksize=64)
            return cast("list[T]", found)  # what `work` gave, there
    finally:
        _work.clear()


def _one(at: int) -> object:
    return _work[-1](at)


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _processors() -> int:
    """Those that this process may use, which in a container are fewer than there are."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else (os.cpu_count() or 1)
