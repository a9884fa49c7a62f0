"""Puts an edition together: sections in the newsroom's order, one lead, everything worded.

Takes ranked stories and their summaries, gives a draft `Edition` with what was left out and why.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from digest.bulgarian.dates import date_in_words
from digest.bulgarian.typography import tidy
from digest.compose import lines
from digest.compose.pick import Chosen, Pick, pick
from digest.compose.subject import preheader, subject
from digest.errors import Refused
from digest.model import (
    Edition,
    EditionId,
    EditionStory,
    Newsroom,
    RankedStory,
    Section,
    StoryId,
    Summary,
)
from digest.settings import Compose

WORDS_A_MINUTE = 180
"""Reading speed of news on a phone, on the slow side so that the promise is kept."""


def compose(
    ranked: Sequence[RankedStory],
    summaries: Mapping[StoryId, Summary],
    *,
    publication: str,
    day: date,
    number: int,
    now: datetime,
    newsroom: Newsroom,
    options: Compose,
) -> Edition:
    """The draft of one publication on one local date.

    Raises `Refused` when fewer than `options.min_stories` stories are left; the message names
    the first reasons why stories were dropped.
    """
    picked = pick(ranked, summaries, options)
    if len(picked.chosen) < options.min_stories:
        raise _too_few(picked, options)
    sections = _sections(picked.chosen, day, newsroom)
    titles = [tidy(one.summary.title) for one in picked.chosen]
    lead = picked.chosen[0]
    spare = (lines.printed_one_line(lead.summary), date_in_words(day))
    return Edition(
        id=EditionId(f"{publication}-{day.isoformat()}"),
        publication=publication,
        date=day,
        subject=subject(titles[0], len(titles) - 1),
        preheader=preheader(titles[1:], spare),
        sections=sections,
        number=number,
        created_at=now,
        warnings=_warnings(sections),
        dropped=picked.dropped,
        reading_minutes=reading_minutes(sections),
    )


def inbox_lines(sections: Sequence[Section], day: date) -> tuple[str, str]:
    """Subject and preheader of what stands in the sections now: after an editor's change."""
    stories = [story for part in sections for story in part.stories]
    lead = next((one for one in stories if one.tier == "lead"), stories[0])
    rest = [one.title for one in stories if one.id != lead.id]
    return subject(lead.title, len(rest)), preheader(rest, (lead.one_line, date_in_words(day)))


def reading_minutes(sections: Sequence[Section]) -> int:
    """Whole minutes, at least one, for what is printed of the stories."""
    words = sum(len(_read(story).split()) for part in sections for story in part.stories)
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def _read(story: EditionStory) -> str:
    body = story.one_line if story.tier == "brief" else story.summary
    return f"{story.title} {body} {story.update} {story.disagreement}"


def _too_few(picked: Pick, options: Compose) -> Refused:
    reasons = list(dict.fromkeys(one.reason for one in picked.dropped))[:3]
    why = f"Отпаднали: {len(picked.dropped)} ({'; '.join(reasons)})." if reasons else ""
    return Refused(
        f"Броят не може да се състави: новините са {len(picked.chosen)}, "
        f"а трябват поне {options.min_stories}.",
        why or "Няма нито една подредена новина.",
        "Съберете отново източниците или намалете „compose.min_stories“.",
    )


def _sections(chosen: Sequence[Chosen], day: date, newsroom: Newsroom) -> tuple[Section, ...]:
    """The lead's section first, then the topics' order; unknown topics at the end."""
    order = {topic.slug: place for place, topic in enumerate(newsroom.topics)}
    first = chosen[0].topic
    slugs = sorted(
        dict.fromkeys(one.topic for one in chosen),
        key=lambda slug: (slug != first, order.get(slug, len(order))),
    )
    tiers = {"lead": 0, "full": 1, "brief": 2}
    return tuple(
        Section(
            slug,
            newsroom.section_name(slug),
            tuple(
                _story(one, day)
                for one in sorted(chosen, key=lambda c: tiers[c.tier])
                if one.topic == slug
            ),
        )
        for slug in slugs
    )


def _story(one: Chosen, day: date) -> EditionStory:
    story, summary = one.ranked.story, one.summary
    return EditionStory(
        id=story.id,
        title=tidy(summary.title).strip(),
        url=lines.address(story.lead),
        summary=lines.printed_summary(summary),
        one_line=lines.printed_one_line(summary),
        tier=one.tier,
        sentences=summary.sentences,
        credits=lines.credits_of(story),
        independent_sources=story.independent_sources,
        disagreement=lines.disagreement_line(story),
        update=lines.update_line(one.ranked.development, day),
        method=summary.method,
        rights=summary.rights,
        score=one.ranked.score,
        reasons=one.ranked.reasons,
        published_at=story.lead.published_at,
    )


def _warnings(sections: Sequence[Section]) -> tuple[str, ...]:
    """What an editor should know before reading the draft."""
    stories = [story for part in sections for story in part.stories]
    alone = [s.title for s in stories if not any(c.url for c in s.credits)]
    found = [f"Без връзка към източник: {title}" for title in alone]
    if len(stories) < 3:
        found.append(
            f"Броят е кратък: {len(stories)} новини."
            if len(stories) > 1
            else "Броят е кратък: една новина."
        )
    return tuple(found)
