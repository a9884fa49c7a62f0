"""Extracting many documents: in this process when they are few, in worker processes when many.

Each worker has one document at a time, so it is known which one it died of: that one is tried
once more in a worker of its own kind and then given up. A worker that does not answer is ended.
Documents are taken as they are needed, so memory does not grow with their number.
"""

from __future__ import annotations

import logging
import multiprocessing
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType, TracebackType
from typing import Self, TypeAlias

from digest.clock import monotonic
from digest.collect.extract import SECONDS, Job, JobResult, Unread, run_job

log = logging.getLogger(__name__)

FEW = 8
"""Up to so many documents, starting workers costs more than it saves."""
GRACE = 10
"""Seconds beyond a document's own limit after which a silent worker is ended: it sits in a library
that does not hear signals."""
MEMORY_BYTES = 2_500_000_000
"""Address space of a worker: the interpreter, the language models and a page of 3 MB."""
TRIES = 2

Work: TypeAlias = Callable[[Job], JobResult]


def extract_all(
    jobs: Sequence[Job], workers: int, done: Callable[[int], None] | None = None
) -> list[JobResult]:
    """The documents in order. `done` hears how many are finished."""
    results = []
    for result in extract_stream(jobs, workers):
        results.append(result)
        if done is not None:
            done(len(results))
    return results


def extract_stream(jobs: Iterable[Job], workers: int, *, ahead: int = 4) -> Iterator[JobResult]:
    """The results in the order of the jobs; at most `workers` × `ahead` of them are under way."""
    line = iter(jobs)
    first = list(islice(line, FEW + 1)) if workers > 1 else []
    if len(first) <= FEW and workers > 1:
        yield from map(timed_job, first)
    elif workers < 2:
        yield from map(timed_job, line)
    else:
        with Extractor(workers) as extractor:
            yield from extractor.stream(chain(first, line), ahead=ahead)


@dataclass(slots=True)
class _Hand:
    """A worker process and the document it has."""

    process: BaseProcess
    pipe: Connection
    place: int = -1
    job: Job | None = None
    since: float = 0.0
    tries: int = 0


@dataclass(slots=True)
class Extractor:
    """Worker processes for as long as the block lasts. `work` must be importable by name."""

    workers: int
    work: Work = field(default_factory=lambda: timed_job)
    patience: float = SECONDS + GRACE
    _hands: list[_Hand] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            _end(hand)
        self._hands.clear()

    def stream(self, jobs: Iterable[Job], *, ahead: int = 4) -> Iterator[JobResult]:
        """The results in order. Ends its workers when it is left early."""
        line = enumerate(jobs)
        ready: dict[int, JobResult] = {}
        out, most, more = 0, self.workers * ahead, True
        while True:
            more = more and self._fill(line, len(ready), most)
            while out in ready:
                yield ready.pop(out)
                out += 1
            busy = [hand for hand in self._hands if hand.job is not None]
            if not busy and not more:
                return
            if busy:
                ready.update(self._collect(busy))

    def _fill(self, line: Iterator[tuple[int, Job]], waiting: int, most: int) -> bool:
        """Gives idle hands work; False when there is no more."""
        while True:
            busy = sum(1 for hand in self._hands if hand.job is not None)
            if busy >= self.workers or busy + waiting >= most:
                return True
            following = next(line, None)
            if following is None:
                return False
            place, job = following
            self._give(self._idle(), place, job, tries=1)

    def _idle(self) -> _Hand:
        found = next((hand for hand in self._hands if hand.job is None), None)
        if found is None:
            found = _begin(self.work)
            self._hands.append(found)
        return found

    def _give(self, hand: _Hand, place: int, job: Job, tries: int) -> None:
        hand.place, hand.job, hand.tries, hand.since = place, job, tries, monotonic()
        try:
            hand.pipe.send(job)
        except OSError as cause:
            log.warning("an extraction worker was gone: %s", cause)  # seen as its end when read

    def _collect(self, busy: list[_Hand]) -> Iterator[tuple[int, JobResult]]:
        """What has finished, died or run out of time since the last look."""
        first = min(hand.since for hand in busy) + self.patience
        readable = wait([hand.pipe for hand in busy], max(0.0, first - monotonic()))
        for hand in busy:
            if hand.pipe in readable:
                yield from self._hear(hand)
            elif monotonic() - hand.since >= self.patience:
                job = self._drop(hand)
                log.warning("an extraction worker gave no answer on %s", job.source)
                yield hand.place, _too_long(job)

    def _hear(self, hand: _Hand) -> Iterator[tuple[int, JobResult]]:
        try:
            result: JobResult = hand.pipe.recv()
        except (EOFError, OSError):
            job = self._drop(hand)
            log.warning("an extraction worker died of %s, try %d", job.source, hand.tries)
            if hand.tries < TRIES:
                self._give(self._idle(), hand.place, job, hand.tries + 1)
            else:
                yield hand.place, _killer(job)
            return
        hand.job = None
        yield hand.place, result

    def _drop(self, hand: _Hand) -> Job:
        """Ends a worker and gives back the document it had."""
        self._hands.remove(hand)
        _end(hand)
        assert hand.job is not None
        return hand.job


def _begin(work: Work) -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_serve, args=(theirs, work), daemon=True, name="digest-extract"
    )
    process.start()
    theirs.close()
    return _Hand(process, ours)


def _end(hand: _Hand) -> None:
    hand.pipe.close()
    hand.process.kill()
    hand.process.join(5)
    hand.process.close()


def _killer(job: Job) -> Unread:
    return Unread(
        f"„{job.source}“ не се прочете.",
        "Разборът на страницата спря процеса, който я четеше.",
        "Отворете адреса в браузър; вероятно кодът ѝ е враждебен.",
    )


def _too_long(job: Job) -> Unread:
    return Unread(
        f"„{job.source}“ не се прочете навреме.",
        f"Разборът надхвърли {SECONDS} секунди.",
        "Отворете адреса в браузър; вероятно страницата не е статия.",
    )


# ---- in the worker


def _serve(pipe: Connection, work: Work) -> None:
    """Answers until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = work(job)
        except MemoryError:
            result = _killer(job)
        pipe.send(result)


class _TooLong(Exception):
    """Raised inside a document's work when its time is up."""


def timed_job(job: Job) -> JobResult:
    """`run_job` with a time limit where signals can give one (the main thread of a process)."""
    try:
        with _limit(SECONDS):
            return run_job(job)
    except _TooLong:
        return _too_long(job)


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
