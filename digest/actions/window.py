"""The rolling window of one connection: what is on the wire, and what is ready to follow it.

Every post carries the answer of one message and the intent of another; while it is written, the
row ahead of it, whose intent is committed, goes out. So never more than `WINDOW` rows of a
connection are `sending`, and the wire seldom waits for the disk.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias

from digest.actions.clerk import Clerk, Slip
from digest.errors import Retry, StorageFault
from digest.model import Delivery, Outcome, Result
from digest.store.answers import Answer

log = logging.getLogger(__name__)

WINDOW = 2
"""Rows a connection may have in `sending` at once: what a crash can leave unknown."""

TRIES = 3
"""An answer that is not written makes a delivery unknown, so a busy database is asked again."""


Ready: TypeAlias = tuple[Delivery, bytes | Result]
"""A row and its message, or why it can have none."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A row that is composed, and whose intent is asked for."""

    delivery: Delivery
    message: bytes | Result
    slip: Slip


class Window:
    """Asks the clerk for intents and answers, in the order of the wire. For one thread.

    `take` gives at most so many further rows with their messages, composed first, so that a bad
    row is refused before anything is on the wire. `count` hears of each answer, and whether it
    was written.
    """

    def __init__(
        self,
        clerk: Clerk,
        *,
        take: Callable[[int], Sequence[Ready]],
        count: Callable[[Answer, bool], None],
    ) -> None:
        self._clerk = clerk
        self._take = take
        self._count = count
        self._ahead: deque[Ahead] = deque()
        self._told: deque[Slip] = deque()
        self._unsent: list[Delivery] = []

    @property
    def ahead(self) -> Sequence[Ahead]:
        """The rows whose intent is asked for, the next one first."""
        return self._ahead

    def ask(self, answer: Answer | None = None, *, most: int = 1) -> None:
        """Posts an answer, with the intents of the next rows where there are any.

        Raises what `take` raises; the answer is posted all the same.
        """
        ready: Sequence[Ready] = ()
        try:
            ready = self._take(most)
        finally:
            if ready or answer is not None:
                self._post(answer, ready)

    def _post(self, answer: Answer | None, ready: Sequence[Ready]) -> None:
        slip = self._clerk.post(answer=answer, window=[delivery for delivery, _ in ready])
        if not ready:
            self._told.append(slip)
        self._ahead.extend(Ahead(*one, slip) for one in ready)

    def first(self) -> tuple[Delivery | None, bytes | Result]:
        """The next row, once its intent is committed, and its message; it leaves the window.

        None when it may not go on the wire. After an error it is still in the window.
        """
        one = self._ahead[0]
        mine = self._owned(one)
        self._ahead.popleft()
        return mine, one.message

    def coming(self) -> Ahead | None:
        """The next row, if its intent is committed by now; waits for nothing."""
        one = self._ahead[0] if self._ahead else None
        if one is None or not one.slip.done or one.slip.error is not None:
            return None
        return one if any(row.id == one.delivery.id for row in one.slip.owned) else None

    def settle(self, answer: Answer) -> None:
        """Writes an answer before anything else goes out."""
        self._written(self._clerk.post(answer=answer))

    def close(self, now: datetime) -> None:
        """Waits for what was posted, and takes back intents of which nothing was on the wire.

        Every row is seen to; the first error is raised at the end.
        """
        steps: list[Callable[[], object]] = [partial(self._written, slip) for slip in self._told]
        steps += [partial(self._take_back, one, now) for one in self._ahead]
        self._unsent.extend(one.delivery for one in self._ahead)
        self._told.clear()
        self._ahead.clear()
        faults: list[Exception] = []
        for step in steps:
            try:
                step()
            except Exception as fault:  # noqa: BLE001 - raised below, when all are seen to
                log.warning("a window is not closed as it should be: %r", fault)
                faults.append(fault)
        if faults:
            raise faults[0]

    def _take_back(self, ahead: Ahead, now: datetime) -> None:
        if ahead.slip.given_up:
            return
        mine = self._owned(ahead)
        if mine is not None:
            untouched = Result(mine.id, Outcome.RETURNED, "untouched")
            self._written(self._clerk.post(answer=Answer(mine, untouched, now)), aloud=False)

    def unsent(self) -> Sequence[Delivery]:
        """The rows that were asked for and did not go out; some may still be claimed."""
        rows, self._unsent = self._unsent, []
        return rows

    def _owned(self, ahead: Ahead) -> Delivery | None:
        slip = self._written(ahead.slip)
        return next((one for one in slip.owned if one.id == ahead.delivery.id), None)

    def _written(self, slip: Slip, *, aloud: bool = True) -> Slip:
        """Waits until a slip is committed; its answer is tried again, and counted once."""
        asked = slip
        for left in reversed(range(TRIES)):
            try:
                self._clerk.wait(slip)
                break
            except StorageFault as error:
                if slip.answer is None or error.retry is not Retry.SOON or not left:
                    asked.given_up = True
                    raise
                log.warning("delivery %s: the answer waits: %s", slip.answer.delivery.id, error.why)
                slip = self._clerk.post(answer=slip.answer, window=slip.window)
        if slip.answer is not None and aloud and not slip.counted:
            slip.counted = True
            self._count(slip.answer, slip.taken)
        return slip
