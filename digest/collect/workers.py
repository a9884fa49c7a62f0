"""Extracting documents in worker processes, each with a limit of time and memory.

A worker reads one document at a time, in the order they came to it, so it is known which one it
died of: that one is tried once more and then given up. A worker that does not answer is ended.
Documents are taken as they are needed, so memory does not grow with their number. One worker is
kept warm between streams: starting it costs more than reading a page.
"""

from __future__ import annotations

import atexit
import gc
import logging
import multiprocessing
import os
import resource
import signal
import socket
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType, TracebackType
from typing import Self, TypeAlias

from digest.clock import monotonic
from digest.collect.extract import SECONDS, Job, JobResult, Unread, run_job

log = logging.getLogger(__name__)

FEW = 8
"""Up to so many documents one worker is enough: starting more costs more than it saves."""
MOST_READ = 2000
"""Documents after which a worker is not kept: its libraries hold on to memory."""
GRACE = 10
"""Seconds beyond a document's own limit after which a silent worker is ended: it sits in a library
that does not hear signals."""
MEMORY_BYTES = 2_500_000_000
"""Address space of a worker: the interpreter, the language models and a page of 3 MB."""
TRIES = 2
LINE = 2
"""Documents a worker has at once: it reads one while the next waits in its pipe."""

Work: TypeAlias = Callable[[Job], JobResult]


def extract_one(job: Job) -> JobResult:
    """One document."""
    return next(extract_stream([job], 1))


def extract_stream(jobs: Iterable[Job], workers: int, *, ahead: int = 4) -> Iterator[JobResult]:
    """The results in the order of the jobs; at most `workers` × `ahead` of them are under way."""
    with Extractor(workers) as extractor:
        yield from extractor.stream(jobs, ahead=ahead)


@dataclass(slots=True)
class _Task:
    """A document, its place in the order, how often it was tried."""

    place: int
    job: Job
    tries: int = 0


@dataclass(slots=True)
class _Hand:
    """A worker process and the documents it has: one under way, perhaps one more at its door."""

    process: BaseProcess
    pipe: Connection
    room: int = 0
    """Bytes of a document that may wait in the pipe. A larger one would hold up who sends it, and
    a worker that answers meanwhile would wait for a reader for ever."""
    line: deque[_Task] = field(default_factory=deque)
    since: float = 0.0
    read: int = 0

    def takes(self, task: _Task) -> bool:
        """Whether the document can be sent now."""
        return not self.line or (len(self.line) < LINE and len(task.job.data) <= self.room)

    def give(self, task: _Task) -> None:
        """Sends a document; a worker that is gone is found out when its answer is read."""
        if not self.line:
            self.since = monotonic()
        task.tries += 1
        self.line.append(task)
        self.read += 1
        try:
            self.pipe.send(task.job)
        except OSError as cause:
            log.warning("an extraction worker was gone: %s", cause)

    def done(self) -> _Task:
        """The document that was under way; the clock of the next one starts."""
        self.since = monotonic()
        return self.line.popleft()


class _Kept:
    """At most one idle worker, from one stream to the next; safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hand: _Hand | None = None

    def take(self) -> _Hand | None:
        """The worker, if there is one and it lives."""
        with self._lock:
            hand, self._hand = self._hand, None
        if hand is not None and not hand.process.is_alive():
            _end(hand)
            return None
        return hand

    def give(self, hand: _Hand) -> bool:
        """Keeps a worker; False when there is one already, or this one has read enough."""
        with self._lock:
            if self._hand is not None or hand.read >= MOST_READ or not hand.process.is_alive():
                return False
            self._hand = hand
            return True

    def close(self) -> None:
        """Ends the worker."""
        hand = self.take()
        if hand is not None:
            _end(hand)


KEPT = _Kept()
atexit.register(KEPT.close)


@dataclass(slots=True)
class Extractor:
    """Worker processes for as long as the block lasts. `work` must be importable by name.

    The second worker begins when more than `FEW` documents came.
    """

    workers: int
    work: Work = field(default_factory=lambda: timed_job)
    patience: float = SECONDS + GRACE
    _taken: int = 0
    _hands: list[_Hand] = field(default_factory=list)
    _waiting: deque[_Task] = field(default_factory=deque)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            if hand.line or self.work is not timed_job or not KEPT.give(hand):
                _end(hand)
        self._hands.clear()

    def stream(self, jobs: Iterable[Job], *, ahead: int = 4) -> Iterator[JobResult]:
        """The results in order. Ends its workers when it is left early."""
        line = enumerate(jobs)
        ready: dict[int, JobResult] = {}
        out, most, more = 0, self.workers * ahead, True
        while True:
            more = more and self._fill(line, len(ready), most)
            self._hand_out()
            while out in ready:
                yield ready.pop(out)
                out += 1
            busy = [hand for hand in self._hands if hand.line]
            if not busy and not more:
                return
            if busy:
                ready.update(self._collect(busy))

    def _fill(self, line: Iterator[tuple[int, Job]], ready: int, most: int) -> bool:
        """Gives the hands work while one of them takes more; False when there is no more."""
        while self._hand_out() and self._under_way() + ready < most:
            following = next(line, None)
            if following is None:
                return False
            self._taken += 1
            self._waiting.append(_Task(*following))
        return True

    def _under_way(self) -> int:
        return len(self._waiting) + sum(len(hand.line) for hand in self._hands)

    def _hand_out(self) -> bool:
        """Sends what waits; True when nothing waits any more and a hand has room."""
        while self._waiting:
            hand = self._hand_for(self._waiting[0])
            if hand is None:
                return False
            hand.give(self._waiting.popleft())
        return len(self._hands) < self._hands_wanted() or any(
            len(hand.line) < LINE for hand in self._hands
        )

    def _hands_wanted(self) -> int:
        return self.workers if self._taken >= FEW else 1

    def _hand_for(self, task: _Task) -> _Hand | None:
        """An idle hand, else a new one, else one that has room at its door."""
        idle = next((hand for hand in self._hands if not hand.line), None)
        if idle is not None:
            return idle
        if len(self._hands) < self._hands_wanted():
            kept = KEPT.take() if self.work is timed_job else None
            self._hands.append(kept or _begin(self.work))
            return self._hands[-1]
        return next((hand for hand in self._hands if hand.takes(task)), None)

    def _collect(self, busy: list[_Hand]) -> Iterator[tuple[int, JobResult]]:
        """What has finished, died or run out of time since the last look."""
        first = min(hand.since for hand in busy) + self.patience
        readable = wait([hand.pipe for hand in busy], max(0.0, first - monotonic()))
        for hand in busy:
            if hand.pipe in readable:
                yield from self._hear(hand)
            elif monotonic() - hand.since >= self.patience:
                task = self._drop(hand)
                log.warning("an extraction worker gave no answer on %s", task.job.source)
                yield task.place, _too_long(task.job)

    def _hear(self, hand: _Hand) -> Iterator[tuple[int, JobResult]]:
        try:
            result: JobResult | _Fault = hand.pipe.recv()
        except (EOFError, OSError):
            task = self._drop(hand)
            log.warning("an extraction worker died of %s, try %d", task.job.source, task.tries)
            if task.tries < TRIES:
                self._waiting.appendleft(task)
            else:
                yield task.place, _killer(task.job)
            return
        task = hand.done()
        if isinstance(result, _Fault):
            log.error("reading %s failed unexpectedly:\n%s", task.job.source, result.trace)
            result = _unforeseen(task.job)
        yield task.place, result

    def _drop(self, hand: _Hand) -> _Task:
        """Ends a worker and gives back the document it read; the one at its door waits again."""
        self._hands.remove(hand)
        _end(hand)
        task = hand.line.popleft()
        for other in reversed(hand.line):
            other.tries -= 1
            self._waiting.appendleft(other)
        return task


def _begin(work: Work) -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_serve, args=(theirs, work), daemon=True, name="digest-extract"
    )
    process.start()
    theirs.close()
    return _Hand(process, ours, _room(ours))


def _room(pipe: Connection) -> int:
    """Half of what the socket under a pipe holds: its own bookkeeping counts too (socket(7))."""
    with socket.socket(fileno=os.dup(pipe.fileno())) as under:
        return under.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 2


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


def _unforeseen(job: Job) -> Unread:
    return Unread(
        f"„{job.source}“ не се прочете.",
        "При разбора стана неочаквана грешка; подробностите са в дневника.",
        "Изпратете адреса и дневника на поддръжката; останалите страници са прочетени.",
    )


# ---- in the worker


RARELY = (20_000, 20, 20)
"""Thresholds of the cycle collector in a worker: with Python's own it looks at every module of the
process several times a page."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """What a worker sends home in place of a result: the trace of an unforeseen exception."""

    trace: str


def _serve(pipe: Connection, work: Work) -> None:
    """Answers until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    # A page makes many objects and few cycles; libraries and tables never become garbage.
    gc.set_threshold(*RARELY)
    frozen = False
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result: JobResult | _Fault = work(job)
        except MemoryError:
            result = _killer(job)
        except Exception:  # noqa: BLE001  one document may not take the others with it; home logs it
            result = _Fault(traceback.format_exc())
        pipe.send(result)
        if not frozen:  # `gc.get_freeze_count` would count half a million objects at every page
            gc.freeze()
            frozen = True


class _TooLong(BaseException):
    """Raised inside a document's work when its time is up.

    No `Exception`: the libraries at work catch all of those and would go on.
    """


def timed_job(job: Job) -> JobResult:
    """`run_job` with its time limit; for the main thread of a process, which hears signals."""
    try:
        with _limit(SECONDS):
            return run_job(job)
    except _TooLong:
        return _too_long(job)


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
