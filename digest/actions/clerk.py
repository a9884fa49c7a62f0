"""One hand writes for all the connections of a process: what waits is committed together.

SQLite lets one write at a time, and who finds it busy sleeps; PostgreSQL pays for each commit. So
what the connections have to write is posted to one thread, which commits all that lies there in
one transaction: as soon as somebody stands waiting for it, else after `LINGER`. A connection posts
the answer of one message with the intent of the next but one and goes on with what is intended
already; nobody sends what is not committed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar, cast

from digest.clock import real_now
from digest.errors import DigestError, Unavailable
from digest.model import Delivery
from digest.store.answers import Answer

if TYPE_CHECKING:
    from types import TracebackType

    from digest.actions.app import App
    from digest.store.work import Hand, Work

log = logging.getLogger(__name__)

T = TypeVar("T")

LINGER = 0.002
"""Seconds that a post waits for company when nobody waits for it: less than a message takes."""


GONE = "the clerk has gone home"


@dataclass(eq=False)
class Slip:
    """What one connection posted: rows to intend, an answer, or something else to do."""

    window: Sequence[Delivery] = ()
    answer: Answer | None = None
    act: Callable[[Work], object] | None = None
    gate: threading.Lock = field(default_factory=threading.Lock)
    done: bool = False
    owned: Sequence[Delivery] = ()
    """Of the window, those that may go on the wire."""
    taken: bool = False
    """Whether the answer was written; False when the row is no longer the caller's."""
    result: object = None
    error: BaseException | None = None
    counted: bool = False
    """Whether somebody has heard what became of the answer."""
    given_up: bool = False
    """Whether it was tried as often as it is worth."""

    @property
    def accepts(self) -> bool:
        return self.answer is not None and self.answer.accepted


class Clerk:
    """Writes for the threads of one process, in a thread of its own while it is entered."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._guard = threading.Condition(threading.Lock())
        self._waiting: list[Slip] = []
        self._urgent = False
        self._ended = False
        self._last = datetime.min.replace(tzinfo=UTC)
        self._thread = threading.Thread(target=self._run, name="clerk", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._ended = True
            self._guard.notify()
        self._thread.join()

    def post(self, *, answer: Answer | None = None, window: Sequence[Delivery] = ()) -> Slip:
        """Asks for an answer to be written and for rows to be marked `sending`; waits for nothing.

        `wait` gives the slip back when both are committed.
        """
        return self._posted(Slip(window=window, answer=answer))

    def wait(self, slip: Slip) -> Slip:
        """Returns when the slip's lines are committed. Raises what the writing raised."""
        if not slip.done:
            with self._guard:
                self._urgent = True
                self._guard.notify()
            slip.gate.acquire()
        if slip.error is not None:
            raise slip.error
        return slip

    def do(self, act: Callable[[Work], T]) -> T:
        """Runs something else in a transaction of its own, in its turn."""
        return cast("T", self.wait(self._posted(Slip(act=act))).result)

    def _posted(self, slip: Slip) -> Slip:
        slip.gate.acquire()
        with self._guard:
            if self._ended:
                raise RuntimeError(GONE)
            if not self._waiting:
                self._guard.notify()
            self._waiting.append(slip)
        return slip

    def _run(self) -> None:
        try:
            with self._app.store.hand() as hand:
                while batch := self._next():
                    self._write(hand, batch)
                    _done(batch)
        finally:
            # Whatever ends the thread, nobody waits for ever.
            with self._guard:
                self._ended, left = True, self._waiting
            for one in left:
                one.error = RuntimeError(GONE)
            _done(left)

    def _next(self) -> Sequence[Slip]:
        """All that was posted, when it is time to write it; nothing at the end of the day."""
        with self._guard:
            while not self._waiting and not self._ended:
                self._guard.wait()
            if not self._urgent and not self._ended:
                self._guard.wait(LINGER)
            batch, self._waiting, self._urgent = self._waiting, [], False
        return batch

    def _write(self, hand: Hand, batch: Sequence[Slip]) -> None:
        """Intents and acceptances in one statement; other answers, and whatever else, apart.

        Each has its own faults: what is committed stays so, whatever becomes of the rest.
        """
        now = self._app.now()
        marks = [one for one in batch if one.window or one.accepts]
        if marks:
            _tried(marks, lambda: self._mark(hand, marks, now))
        others = [one for one in batch if one.answer is not None and not one.accepts]
        if others:
            _tried(others, lambda: _answer(hand, others, now))
        for one in batch:
            if one.act is not None:
                _tried([one], partial(_alone, hand, one))

    def _mark(self, hand: Hand, slips: Sequence[Slip], now: datetime) -> None:
        wanted = [delivery for one in slips for delivery in one.window]
        accepted = [one for one in slips if one.accepts]
        answers = [one.answer for one in accepted if one.answer is not None]
        with hand.statement() as work:
            marked = work.deliveries.mark(wanted, answers, until=self._lease(), now=now)
        # By identity: a row may be in it twice, as one knows it who has lost it, and as it is.
        mine = {id(delivery) for delivery in marked.owned}
        for one in slips:
            one.owned = [row for row in one.window if id(row) in mine]
        for one, taken in zip(accepted, marked.taken, strict=True):
            one.taken = taken
        unwritten = [row for row in wanted if id(row) not in mine]
        if unwritten:
            _give_up(hand, unwritten, now)

    def _lease(self) -> datetime:
        """The end of a lease that begins now; no two calls get the same."""
        seconds = self._app.settings.dispatch.lease_seconds
        until = real_now() + timedelta(seconds=seconds)
        # A clock that was put back an hour must not make leases an hour longer.
        if timedelta(0) <= self._last - until < timedelta(seconds=1):
            until = self._last + timedelta.resolution
        self._last = until
        return until


def _done(batch: Sequence[Slip]) -> None:
    for one in batch:
        one.done = True
        one.gate.release()


def _answer(hand: Hand, slips: Sequence[Slip], now: datetime) -> None:
    """Answers that are no acceptance."""
    answers = [one.answer for one in slips if one.answer is not None]
    with hand.work() as work:
        taken = work.deliveries.answer_all(answers, now=now)
    for one, was in zip(slips, taken, strict=True):
        one.taken = was


def _give_up(hand: Hand, rows: Sequence[Delivery], now: datetime) -> None:
    """Closes or returns rows whose intent was not written. A fault leaves them to their lease."""
    try:
        with hand.work() as work:
            work.deliveries.give_up(rows, now)
    except DigestError as fault:
        log.warning("%d rows wait for the end of their lease: %s", len(rows), fault.why)


def _alone(hand: Hand, one: Slip) -> None:
    assert one.act is not None
    with hand.work() as work:
        one.result = one.act(work)


def _tried(slips: Sequence[Slip], write: Callable[[], None]) -> None:
    """Writes; a fault is everybody's whose lines were in it, and each raises it in its thread.

    A database server that came back has closed the kept connection: once more on a new one. What
    the first try may have committed after all is refused by the second, as any late line is.
    """
    try:
        try:
            write()
        except Unavailable:
            write()
    except BaseException as fault:  # noqa: BLE001 - each raises it where its lines came from
        for one in slips:
            one.error = fault
