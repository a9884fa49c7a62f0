"""What the edition's page shows of corrections: those that were made, and the form for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.actions import correcting, staff
from digest.bulgarian.moments import moment
from digest.clock import zone
from digest.errors import DigestError
from digest.model import RIGHT_LIMIT, SAID_LIMIT, Correction, Edition

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.correcting import Standing
    from digest.store.editors import Editor

LONGEST_SENT = 2000
"""Characters of a field that are read at all; the action says what is too long in its own words."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form: nothing, or what was typed and why it was not taken."""

    story: str = ""
    said: str = ""
    right: str = ""
    error: DigestError | None = None


BLANK = Filled()


@dataclass(frozen=True, slots=True)
class Row:
    """A correction with when it was made, in words, and what has become of it."""

    standing: Standing
    when: str

    @property
    def correction(self) -> Correction:
        return self.standing.correction


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """`can_correct`, `can_notify`: what this person may do. The limits are characters."""

    rows: tuple[Row, ...]
    can_correct: bool
    can_notify: bool
    filled: Filled
    said_limit: int = SAID_LIMIT
    right_limit: int = RIGHT_LIMIT


def corrections_view(app: App, edition: Edition, editor: Editor, filled: Filled) -> CorrectionsView:
    """Gathers the facts; nothing is changed."""
    local = zone(app.settings.publication.timezone)
    rows = tuple(
        Row(one, moment(one.correction.at, now=app.now(), zone=local))
        for one in correcting.standing(app, edition.id)
    )
    can = staff.may(editor, "edit") and correcting.open_to_correction(app, edition)
    return CorrectionsView(rows, can, can and staff.may(editor, "approve"), filled)
