"""An edition that fits its bytes: the lowest-ranked stories become one line, then they go.

Compose seats stories by what they are estimated to cost (`cost.py`). An edition from a file, or
one that an editor filled up, has nobody who counted: here it is made lighter, never clipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from digest.compose import cost
from digest.compose.edition import inbox_lines, reading_minutes
from digest.model import Dropped, Edition, EditionStory, StoryId

REASON = "не се побира: писмото би станало твърде дълго"
TOLD = 6
"""Stories below the lead that keep their text before any other leaves: an edition of nothing but
lines has no front page."""


def lighter(edition: Edition, excess: int) -> Edition:
    """The edition less at least `excess` estimated bytes of HTML, or as light as it can be made.

    From the lowest-ranked story up, each full one but the first `TOLD` is told in one line; where
    that is not enough they leave from the lowest up. The lead stays as it is. What left is among
    the dropped.
    """
    if excess <= 0:
        return edition
    shortened, left = _shortened(edition, excess)
    gone = _gone(edition, shortened, left) if left > 0 else frozenset()
    sections = tuple(
        replace(part, stories=kept)
        for part in edition.sections
        if (kept := tuple(_as(one, shortened) for one in part.stories if one.id not in gone))
    )
    dropped = (Dropped(one.id, one.title, REASON) for one in edition.stories if one.id in gone)
    changed = replace(edition, sections=sections, dropped=(*edition.dropped, *dropped))
    return _retold(edition, changed)


def told(before: Edition, after: Edition) -> tuple[str, ...]:
    """A sentence for each story that was shortened or left out, in the order of the edition."""
    tiers = {one.id: one.tier for one in after.stories}
    return tuple(
        f"Новината „{one.title}“ отпадна: {REASON}."
        if one.id not in tiers
        else f"Новината „{one.title}“ остана само с един ред, за да се побере писмото."
        for one in before.stories
        if tiers.get(one.id) != one.tier
    )


def _shortened(edition: Edition, excess: int) -> tuple[frozenset[StoryId], int]:
    """Whom one line must do, and the bytes that are still too many."""
    found: set[StoryId] = set()
    ranked = tuple(_from_the_lowest(edition))
    for one in ranked[: max(0, len(ranked) - TOLD)]:
        if excess <= 0:
            break
        saved = cost.of_story(one, one.tier).html - cost.of_story(one, "brief").html
        if one.tier != "brief" and saved > 0:
            found.add(one.id)
            excess -= saved
    return frozenset(found), excess


def _gone(edition: Edition, shortened: frozenset[StoryId], excess: int) -> frozenset[StoryId]:
    gone: set[StoryId] = set()
    for one in _from_the_lowest(edition):
        if excess <= 0:
            break
        gone.add(one.id)
        excess -= cost.of_story(one, "brief" if one.id in shortened else one.tier).html
    return frozenset(gone)


def _from_the_lowest(edition: Edition) -> Iterator[EditionStory]:
    """All but the lead, by score; of equal ones the last printed first."""
    stories = edition.stories
    lead = next((one for one in stories if one.tier == "lead"), stories[0])
    ranked = sorted(enumerate(stories), key=lambda pair: (pair[1].score, -pair[0]))
    return (one for _, one in ranked if one.id != lead.id)


def _as(story: EditionStory, shortened: frozenset[StoryId]) -> EditionStory:
    return replace(story, tier="brief") if story.id in shortened else story


def _retold(before: Edition, after: Edition) -> Edition:
    """Subject and preheader tell how many stories there are, unless a person wrote them."""
    for period in ("day", "week"):
        was = inbox_lines(before.sections, before.date, period)
        if (before.subject, before.preheader) == was:
            subject, preheader = inbox_lines(after.sections, after.date, period)
            after = replace(after, subject=subject, preheader=preheader)
    # What a file said of its reading time is not made longer.
    least = min(before.reading_minutes, reading_minutes(after.sections, after.corrections))
    return replace(after, reading_minutes=least)
