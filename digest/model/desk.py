"""What editors decide about stories, what their choices teach, and the weights they accept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from digest.model.base import EditionId, StoryId, aware

RULINGS = frozenset({"pin", "veto", "boost"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """An editor's word on one story for the editions dated `first` to `last`, both included.

    `kind` is `pin` (to a `place`, from 1), `veto` (out, for a `reason`) or `boost` (`value`, −1…1
    without 0, added to the score).
    """

    kind: str
    story: StoryId
    first: date
    last: date
    by: str
    at: datetime
    place: int = 0
    value: float = 0.0
    reason: str = ""

    def __post_init__(self) -> None:
        aware("Ruling.at", self.at)
        if self.kind not in RULINGS:
            raise ValueError(f"no such ruling: {self.kind!r}")
        if self.last < self.first:
            raise ValueError("a ruling does not end before it begins")
        if not self.by.strip():
            raise ValueError("a ruling is somebody's")
        if (self.kind == "pin") != (self.place >= 1):
            raise ValueError("a pin has a place from 1, nothing else has one")
        if (self.kind == "boost") != (0 < abs(self.value) <= 1):
            raise ValueError("a boost has a value in −1…1 without 0, nothing else has one")
        if self.kind == "veto" and not self.reason.strip():
            raise ValueError("a veto says why")


@dataclass(frozen=True, slots=True)
class Choice:
    """An editor preferred one story of an edition to another; the signals are those it printed.

    `kind` is `drop`, `pin` or `move`; `revision` is the one the editor looked at. Signals go by
    name, each 0…1.
    """

    edition: EditionId
    revision: int
    at: datetime
    who: str
    kind: str
    preferred: StoryId
    passed: StoryId
    preferred_signals: Mapping[str, float]
    passed_signals: Mapping[str, float]

    def __post_init__(self) -> None:
        aware("Choice.at", self.at)
        if self.kind not in {"drop", "pin", "move"}:
            raise ValueError(f"no such choice: {self.kind!r}")
        if self.preferred == self.passed:
            raise ValueError("a choice is between two stories")


@dataclass(frozen=True, slots=True)
class AcceptedWeights:
    """Weights that a person accepted, by signal, with what spoke for them.

    Of `choices` that the fit had not seen, the weights before explained `old_right` and these
    `new_right`.
    """

    weights: Mapping[str, float]
    by: str
    at: datetime
    choices: int
    old_right: int
    new_right: int

    def __post_init__(self) -> None:
        aware("AcceptedWeights.at", self.at)
        if not 0 <= max(self.old_right, self.new_right) <= self.choices:
            raise ValueError("no more choices are explained than there are")
