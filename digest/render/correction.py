"""Corrections as mail, text, archive page and feeds print them.

Takes a `Correction`, gives a `PrintedCorrection`: cleaned strings and a safe address. What editors
type is untrusted like any other text; templates escape it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from digest.bulgarian.dates import day_month
from digest.clock import zone
from digest.model import Correction, Issue, Masthead
from digest.render.address import edition_address
from digest.render.words import clean

SAID, RIGHT = "Писахме:", "Вярното е:"


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """One correction.

    `of` is the day of the wrong edition („23 ноември 2026 г.“), `url` its page in the archive or
    empty, `headline` the story's or empty for a mistake of the whole edition; `when` is the day on
    which it was put right, `moment` the same as ISO 8601 with an offset.
    """

    of: str
    url: str
    headline: str
    said: str
    right: str
    when: str
    moment: str

    @property
    def words(self) -> int:
        """How many words a reader meets, as digest/compose/cost.py counts them."""
        told = f"В броя от {self.of} {self.headline} {SAID} {self.said} {RIGHT} {self.right}"
        return len(told.split(" "))

    @property
    def sentence(self) -> str:
        """All in one line, for what shows no markup."""
        about = f"{self.headline} – " if self.headline else ""
        return f"{about}{SAID} {self.said} {RIGHT} {self.right}"


def printed(
    those: Sequence[Correction], masthead: Masthead, publication: str
) -> tuple[PrintedCorrection, ...]:
    """The corrections of a publication's editions, in the order given."""
    return tuple(_printed(one, masthead, publication) for one in those)


def _printed(one: Correction, masthead: Masthead, publication: str) -> PrintedCorrection:
    at = corrected_at(one, masthead)
    wrong = Issue(one.edition_id, publication, one.date)
    return PrintedCorrection(
        of=day(one.date),
        url=edition_address(wrong, masthead) if one.in_archive else "",
        headline=clean(one.headline),
        said=clean(one.said),
        right=clean(one.right),
        when=day(at.date()),
        moment=at.isoformat(),
    )


def corrected_at(one: Correction, masthead: Masthead) -> datetime:
    """When it was made, in the publication's zone, to the second."""
    return one.at.astimezone(zone(masthead.timezone)).replace(microsecond=0)


def day(one: date) -> str:
    """„23 ноември 2026 г.“ with no-break spaces within the date."""
    return f"{day_month(one)} {one.year}\u00a0г."
