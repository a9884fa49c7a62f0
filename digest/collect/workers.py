"""Extracting many documents: in this process when they are few, in worker processes when many.

A worker that dies takes nothing along: what it left is done again one at a time, and only the
document that kills a worker of its own is given up.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType

from digest.collect.extract import SECONDS, Job, JobResult, Unread, run_job

log = logging.getLogger(__name__)

FEW = 8
"""Up to so many documents, starting workers costs more than it saves."""


def extract_all(
    jobs: Sequence[Job], workers: int, done: Callable[[int], None] | None = None
) -> list[JobResult]:
    """The documents in order. `done` hears how many are finished."""
    if len(jobs) <= FEW or workers < 2:
        return [_told(timed_job(job), place, done) for place, job in enumerate(jobs, 1)]
    results: list[JobResult | None] = [None] * len(jobs)
    try:
        with _pool(workers) as pool:
            for place, result in enumerate(pool.map(timed_job, jobs, chunksize=4)):
                results[place] = _told(result, place + 1, done)
    except BrokenProcessPool:
        log.warning("an extraction worker died; doing the rest one at a time")
    return [
        result if result is not None else _alone(job)
        for job, result in zip(jobs, results, strict=True)
    ]


def _told(result: JobResult, count: int, done: Callable[[int], None] | None) -> JobResult:
    if done is not None:
        done(count)
    return result


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _alone(job: Job) -> JobResult:
    try:
        with _pool(1) as pool:
            return pool.submit(timed_job, job).result()
    except BrokenProcessPool:
        return Unread(
            f"„{job.source}“ не се прочете.",
            "Разборът на страницата спря процеса, който я четеше.",
            "Отворете адреса в браузър; вероятно кодът ѝ е враждебен.",
        )


class _TooLong(Exception):
    """Raised inside a document's work when its time is up."""


def timed_job(job: Job) -> JobResult:
    """`run_job` with a time limit where signals can give one (the main thread of a process)."""
    try:
        with _limit(SECONDS):
            return run_job(job)
    except _TooLong:
        return Unread(
            f"„{job.source}“ не се прочете навреме.",
            f"Разборът надхвърли {SECONDS} секунди.",
            "Отворете адреса в браузър; вероятно страницата не е статия.",
        )


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # size guards bound the work; a thread cannot be interrupted
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
