"""Sources of a round in the order of their list, each taken when its turn has come."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from digest.collect.basket import FULL_BYTES
from digest.collect.fetch import Failed, Fetched
from digest.collect.visiting import Note
from digest.model import SourceId

HELD = FULL_BYTES
"""Bytes of answers that may wait for a slow source before them in the list."""


class Turns:
    """Sources in the order of their list, each when all before it have answered.

    When more than `HELD` bytes wait for a slow one, those that have answered go before it.
    """

    def __init__(self, notes: Iterable[Note]) -> None:
        self._line = deque(notes)
        self._ready: set[SourceId] = set()
        self._held = 0

    def answered(self, note: Note, answer: Fetched | Failed) -> list[Note]:
        """The sources whose turn has come with this answer."""
        self._ready.add(note.source.id)
        self._held += len(answer.body) if isinstance(answer, Fetched) else 0
        if self._held > HELD:
            out = [one for one in self._line if one.source.id in self._ready]
            self._line = deque(one for one in self._line if one.source.id not in self._ready)
        else:
            out = []
            while self._line and self._line[0].source.id in self._ready:
                out.append(self._line.popleft())
        if not self._ready.intersection(one.source.id for one in self._line):
            self._held = 0
        return out
