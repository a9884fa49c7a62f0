"""What a story costs an edition: bytes of the mail and words to read, by tier.

An estimate from what will be printed, a little on the safe side: rendering first and dropping
afterwards would cost hundreds of times as much. The constants are measured on real renders of
the packaged template, and a test holds them against it (tests/integration/test_cost.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.model import Correction, EditionStory, Rights

FRAME, SECTION, BRIEFS_HEAD = 19_600, 2_310, 530
"""Bytes of HTML: around the stories, with a logo; a section's frame, pictogram and line in the
contents; „Накратко“."""
PICTURE = {"lead": 1_800, "full": 660, "brief": 0}
"""Markup of a story's picture and of the table that holds it above or beside the headline."""
FULL, BRIEF = 1_145, 875
"""Markup of one story; an inlined style stands at every line."""
CREDIT, NOTE = 70, 190
"""Markup of one credited outlet and of one line such as „Ново от вчера“."""
CHART, TEXT_CHART = 620, 90
"""Markup of a chart with the address of its drawing; the same in the text part."""
CORRECTIONS, CORRECTION = 2_000, 1_500
TEXT_CORRECTIONS, TEXT_CORRECTION = 200, 200
"""The panel of corrections and one of them, with the address of the wrong edition."""
CORRECTION_WORDS = 9
"""„В броя от 23 ноември 2026 г. Писахме: Вярното е:“."""
TEXT_FRAME, TEXT_STORY, TEXT_CREDIT = 1_400, 110, 24
"""The same in the text part, which has hardly any markup."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Bytes of the HTML and of the text part in UTF-8, and words that a reader meets."""

    html: int = 0
    text: int = 0
    words: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.html + other.html, self.text + other.text, self.words + other.words)


NOTHING = Cost()
EMPTY = Cost(FRAME, TEXT_FRAME, 0)
"""An edition before its first story."""


def of_story(story: EditionStory, tier: str, *, pictured: bool = False) -> Cost:
    """The cost of a story as it would be printed in that tier (lead, full, brief).

    `pictured` says that its source gave a picture; whether it may be shown follows from rights.
    """
    body = story.one_line if tier == "brief" else story.summary
    notes = [one for one in (_matters(story, tier), story.update, story.disagreement) if one]
    shown = _bytes((story.title, body, story.url, *notes))
    named = _bytes(part for c in story.credits for part in (c.outlet, c.url, c.agency or ""))
    credited = len(story.credits)
    drawn = story.chart if tier != "brief" else None
    told = _bytes((drawn.title, *(p.label + p.figure for p in drawn.points))) if drawn else 0
    return Cost(
        (BRIEF if tier == "brief" else FULL)
        + (CHART + told if drawn else 0)
        + shown
        + named
        + CREDIT * credited
        + NOTE * len(notes)
        + (PICTURE[tier] if pictured and story.rights is Rights.LICENSED else 0),
        TEXT_STORY + shown + named + TEXT_CREDIT * credited + (TEXT_CHART + told if drawn else 0),
        words(story, tier),
    )


def of_section(name: str, first: str) -> Cost:
    """What opening a section costs: its heading and its line in the contents with a title."""
    shown = _bytes((name, name, first))
    return Cost(SECTION + BRIEFS_HEAD + shown, 320 + shown, 0)


def of_corrections(those: Sequence[Correction]) -> Cost:
    """What the panel of corrections costs, nothing without one."""
    shown = [_bytes((one.headline, one.said, one.right)) for one in those]
    read = sum(len(f"{one.headline} {one.said} {one.right}".split()) for one in those)
    if not those:
        return NOTHING
    return Cost(
        CORRECTIONS + sum(CORRECTION + size for size in shown),
        TEXT_CORRECTIONS + sum(TEXT_CORRECTION + size for size in shown),
        read + CORRECTION_WORDS * len(those),
    )


def words(story: EditionStory, tier: str) -> int:
    """Words that a reader meets of a story in that tier."""
    body = story.one_line if tier == "brief" else story.summary
    parts = (story.title, body, _matters(story, tier), story.update, story.disagreement)
    return len(" ".join(parts).split())


def _matters(story: EditionStory, tier: str) -> str:
    """The line „Защо е важно“; a one-liner has none."""
    return f"Защо е важно: {story.matters.text}" if story.matters and tier != "brief" else ""


def _bytes(parts: Iterable[str]) -> int:
    return sum(len(part.encode("utf-8")) for part in parts)
