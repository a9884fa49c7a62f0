"""A mistake that readers were sent, and what is right: what corrections are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from digest.model.base import EditionId, StoryId, aware

CorrectionId = NewType("CorrectionId", str)

SAID_LIMIT = 300
"""Characters of what the edition said: one sentence of it, not the whole story again."""
RIGHT_LIMIT = 500
"""Characters of what is right: it may need a reason, and stays shorter than a story."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an edition said wrongly (`said`) and what is right, in one line of plain text each.

    `edition_id` and `date` are those of the edition that was wrong, `headline` that of its story
    as it was sent; a mistake of the whole edition (`story_id` is None) has an empty one. `at` is
    when `by`, a person of the desk, said so. `in_archive` is whether the wrong edition can be
    read in the archive: a cancelled one of which some had left cannot.
    """

    id: CorrectionId
    edition_id: EditionId
    story_id: StoryId | None
    said: str
    right: str
    at: datetime
    by: str
    date: date
    headline: str = ""
    in_archive: bool = True

    def __post_init__(self) -> None:
        aware("Correction.at", self.at)
        if not self.said.strip() or not self.right.strip():
            raise ValueError("a correction says what was wrong and what is right")
        if not self.by.strip():
            raise ValueError("a correction is somebody's")
