"""One hand writes for all the connections of a process: what waits is committed together.

SQLite lets one write at a time, and who finds it busy sleeps; PostgreSQL pays for each commit. So
the first connection that has something to write leads: it takes what all others ask for in the
meantime, commits it in one transaction, and hands the lead on. Nobody goes on before their own
lines are committed, so an intent is still on disk before the first byte of DATA, and each answer
as soon as it can be.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from digest.clock import real_now
from digest.model import Delivery, Result
from digest.store.answers import Answer

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.store.work import Work

T = TypeVar("T")


@dataclass(eq=False)
class _Slip:
    """What one connection waits for. `gate` is held shut until it is done or has to lead."""

    window: Sequence[Delivery] = ()
    answer: Answer | None = None
    act: Callable[[Work], object] | None = None
    gate: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    result: object = None
    error: BaseException | None = None


class Clerk:
    """Writes for the threads of one process; each call returns when its lines are committed.

    Raises what the writing raised, to everybody whose lines were in it.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._guard = threading.Lock()
        self._waiting: list[_Slip] = []
        self._busy = False

    def intend(self, window: Sequence[Delivery]) -> list[Delivery]:
        """Marks a window `sending`; gives those that may go on the wire."""
        return cast("list[Delivery]", self._written(_Slip(window=window)))

    def answer(self, delivery: Delivery, result: Result, retry_at: datetime) -> bool:
        """Writes one answer; False when the row is no longer the caller's."""
        return cast("bool", self._written(_Slip(answer=Answer(delivery, result, retry_at))))

    def do(self, act: Callable[[Work], T]) -> T:
        """Runs something else in a transaction of its own, in its turn."""
        return cast("T", self._written(_Slip(act=act)))

    def _written(self, slip: _Slip) -> object:
        slip.gate.acquire()
        with self._guard:
            self._waiting.append(slip)
            slip.leads, self._busy = not self._busy, True
        if not slip.leads:
            slip.gate.acquire()
        if slip.leads:
            self._lead(slip)
        if slip.error is not None:
            raise slip.error
        return slip.result

    def _lead(self, own: _Slip) -> None:
        with self._guard:
            batch, self._waiting = self._waiting, []
        try:
            self._write(batch)
        finally:
            with self._guard:
                heir = self._waiting[0] if self._waiting else None
                self._busy = heir is not None
            for one in batch:
                if one is not own:
                    one.gate.release()
            if heir is not None:
                heir.leads = True
                heir.gate.release()

    def _write(self, batch: Sequence[_Slip]) -> None:
        """Intents and answers in one transaction, whatever else there is each in its own."""
        lines = [one for one in batch if one.act is None]
        if lines:
            _tried(lines, lambda: self._together(lines))
        for one in batch:
            if one.act is not None:
                _tried([one], partial(self._alone, one))

    def _together(self, lines: Sequence[_Slip]) -> None:
        now, options = self._app.now(), self._app.settings.dispatch
        wanted = [delivery for one in lines for delivery in one.window]
        answers = [one for one in lines if one.answer is not None]
        with self._app.store.work() as work:
            owned = (
                work.deliveries.intend(
                    wanted,
                    now=now,
                    real_now=real_now(),
                    lease_seconds=options.lease_seconds,
                )
                if wanted
                else []
            )
            given = [one.answer for one in answers if one.answer is not None]
            taken = work.deliveries.answer_all(given, now=now) if given else []
        mine = {delivery.id: delivery for delivery in owned}
        for one in lines:
            one.result = [mine[row.id] for row in one.window if row.id in mine]
        for one, was in zip(answers, taken, strict=True):
            one.result = was

    def _alone(self, one: _Slip) -> None:
        assert one.act is not None
        with self._app.store.work() as work:
            one.result = one.act(work)


def _tried(slips: Sequence[_Slip], write: Callable[[], None]) -> None:
    """Writes; a fault is everybody's whose lines were in it, and each raises it in its thread."""
    try:
        write()
    except BaseException as fault:
        for one in slips:
            one.error = fault
        if not isinstance(fault, Exception):
            raise
