"""Dates in a dump: lines under the title that date the text, lines above it that show a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from digest.collect.datelabels import Label
from digest.collect.datelines import BYLINE_WORDS, is_date_line, read_line
from digest.collect.dates import line_claim, relative_claim
from digest.collect.draft import Draft

_STATED = re.compile(r"(?i)^(?:публикува\w*|публ\.|published|posted)\b")
"""A label at the start of a line; „последна новина публикувана на“ is the page's own clock."""
_PARTS = re.compile(r"\s[|·•–]\s|^(?:от|автор|by)\b|^\d", re.IGNORECASE)
"""Marks between the parts of a line of facts; a sentence with a date in it has none."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How a dump's dates are read: the zone of naive ones, when it was fetched (if known)."""

    zone: tzinfo
    now: datetime | None = None

    def is_date(self, text: str) -> bool:
        """True for a line that is a date and next to nothing else."""
        return is_date_line(text, self.zone)

    def is_dated(self, text: str) -> bool:
        """As `is_date`, and for a by-line with a date in it, and „преди 2 часа“."""
        if self.is_date(text) or self._ago(text):
            return True
        return bool(_PARTS.search(text) and read_line(text, self.zone, words=BYLINE_WORDS))

    def states(self, text: str) -> bool:
        """True when a line says of its date that it is the day of publication."""
        said = read_line(text, self.zone)
        return any(one.label is Label.PUBLISHED for one in said) and bool(_STATED.search(text))

    def file(self, text: str, draft: Draft, *, header: bool) -> None:
        """Files a line's dates: as claims of the text, or as the clock of the page's header."""
        dated = read_line(text, self.zone, words=BYLINE_WORDS)
        found = [line_claim(one, text[:120], clock=header) for one in dated]
        if self.now is not None and not header and not dated:
            found = [relative_claim(text, self.now, self.zone)]
        draft.claims += [one for one in found if one is not None]
        draft.remove("page-header" if header else "date", text)

    def _ago(self, text: str) -> bool:
        return self.now is not None and relative_claim(text, self.now, self.zone) is not None
