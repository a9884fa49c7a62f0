"""An edition of many days tells each event once, as it stands last.

Stories are grouped over a few days; what goes on for a week comes as several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from digest.model import EditionId, Printed, RankedStory, Story, StoryId
from digest.rank.continuity import Archive

CHAPTER = "По-късното развитие на същата история е в този брой."


def told_once(ranked: Sequence[RankedStory], now: datetime) -> list[RankedStory]:
    """The same rank with each event in its latest state; its earlier chapters are held.

    For an edition that covers more days than a story is grouped over.
    """
    order = sorted(
        (one for one in ranked if one.held is None),
        key=lambda one: (-_newest(one.story, now), one.story.id),
    )
    age = {one.story.id: place for place, one in enumerate(order)}
    chapters = [
        Printed(now.date(), EditionId(""), one.story.id, one.story.lead.title, one.story.lead.text)
        for one in order
    ]
    archive = Archive(chapters, [one.story for one in order])
    held: set[StoryId] = set()

    def later(than: StoryId, chapter: Printed) -> bool:
        return age[chapter.story_id] < age[than] and chapter.story_id not in held

    for one in order:
        if archive.alike(one.story, partial(later, one.story.id)) is not None:
            held.add(one.story.id)
    return [replace(one, held=CHAPTER) if one.story.id in held else one for one in ranked]


def _newest(story: Story, now: datetime) -> float:
    times = [a.published_at for a in story.articles if a.published_at and a.published_at <= now]
    return max(times).timestamp() if times else 0.0
