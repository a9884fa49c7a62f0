"""Puts an edition together: sections in the newsroom's order, one lead, everything worded.

Takes ranked stories and their summaries, gives a draft `Edition` with what was left out and why.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from digest.bulgarian.dates import date_in_words, week_in_words
from digest.bulgarian.typography import count, tidy
from digest.compose import charts, cost, lines
from digest.compose.pick import NO_PINS, Chosen, Pick, pick
from digest.compose.subject import preheader, subject
from digest.errors import Refused
from digest.model import (
    WORDS_A_MINUTE,
    Correction,
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
    period: str = "day",
    pinned: Mapping[StoryId, int] = NO_PINS,
    corrections: Sequence[Correction] = (),
) -> Edition:
    """The draft of one publication on one local date.

    `period` is what it covers (`day` or `week`), `pinned` the places that editors gave.
    `corrections` of earlier editions are printed whatever they cost. Raises `Refused` when fewer
    than `options.min_stories` stories are left; the message names the first reasons why stories
    were dropped.
    """
    picked = pick(
        ranked,
        summaries,
        options,
        price=lambda one, summary, tier: cost.of_story(
            _story(Chosen(one, summary, tier), day, period),
            tier,
            pictured=bool(one.story.shown.image) and options.pictures != "never",
        ),
        names={topic.slug: topic.name for topic in newsroom.topics},
        pinned=pinned,
        taken=cost.of_corrections(corrections),
    )
    if len(picked.chosen) < options.min_stories:
        raise _too_few(picked, options)
    sections = charts.limited(_sections(picked.chosen, day, period, newsroom))
    titles = [tidy(one.summary.title) for one in picked.chosen]
    lead = picked.chosen[0]
    spare = (lines.printed_one_line(lead.summary), _covered(day, period))
    return Edition(
        id=EditionId(f"{publication}-{day.isoformat()}"),
        publication=publication,
        date=day,
        subject=subject(titles[0], len(titles) - 1),
        preheader=preheader(titles[1:], spare),
        sections=sections,
        number=number,
        created_at=now,
        warnings=_warnings(sections, picked, options),
        dropped=picked.dropped,
        reading_minutes=reading_minutes(sections, corrections),
        corrections=tuple(corrections),
    )


def _covered(day: date, period: str) -> str:
    return f"седмицата {week_in_words(day)}" if period == "week" else date_in_words(day)


def inbox_lines(sections: Sequence[Section], day: date, period: str) -> tuple[str, str]:
    """Subject and preheader of what stands in the sections now: after an editor's change."""
    stories = [story for part in sections for story in part.stories]
    lead = next((one for one in stories if one.tier == "lead"), stories[0])
    rest = [one.title for one in stories if one.id != lead.id]
    return subject(lead.title, len(rest)), preheader(rest, (lead.one_line, _covered(day, period)))


def reading_minutes(sections: Sequence[Section], corrections: Sequence[Correction] = ()) -> int:
    """Whole minutes, at least one, for what is printed of the stories and of corrections."""
    read = sum(cost.words(story, story.tier) for part in sections for story in part.stories)
    return max(1, math.ceil((read + cost.of_corrections(corrections).words) / WORDS_A_MINUTE))


def _too_few(picked: Pick, options: Compose) -> Refused:
    reasons = list(dict.fromkeys(one.reason for one in picked.dropped))[:3]
    why = f"Отпаднали: {len(picked.dropped)} ({'; '.join(reasons)})." if reasons else ""
    return Refused(
        f"Броят не може да се състави: новините са {len(picked.chosen)}, "
        f"а трябват поне {options.min_stories}.",
        why or "Няма нито една подредена новина.",
        "Съберете отново източниците или намалете „compose.min_stories“.",
    )


def _sections(
    chosen: Sequence[Chosen], day: date, period: str, newsroom: Newsroom
) -> tuple[Section, ...]:
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
                _story(one, day, period)
                for one in sorted(chosen, key=lambda c: tiers[c.tier])
                if one.topic == slug
            ),
        )
        for slug in slugs
    )


def _story(one: Chosen, day: date, period: str) -> EditionStory:
    story = one.ranked.story
    summary = lines.told_once(one.summary, one.ranked.development)
    if one.tier != "lead":
        summary = lines.within(summary)
    return EditionStory(
        id=story.id,
        title=tidy(summary.title).strip(),
        url=lines.address(story.shown),
        summary=lines.printed_summary(summary),
        one_line=lines.printed_one_line(summary),
        tier=one.tier,
        sentences=summary.sentences,
        credits=lines.credits_of(story),
        independent_sources=story.independent_sources,
        disagreement=lines.disagreement_line(story),
        update=lines.update_line(one.ranked.development, day, period),
        method=summary.method,
        rights=summary.rights,
        score=one.ranked.score,
        reasons=one.ranked.reasons,
        published_at=story.shown.published_at,
        making=summary.making,
        origins=lines.origins_of(story, summary.sentences),
        matters=summary.matters,
        note=summary.note,
        chart=charts.chart(story) if one.tier != "brief" else None,
    )


def _warnings(sections: Sequence[Section], picked: Pick, options: Compose) -> tuple[str, ...]:
    """What an editor should know before reading the draft."""
    stories = [story for part in sections for story in part.stories]
    alone = [s.title for s in stories if not any(c.url for c in s.credits)]
    found = [f"Без връзка към източник: {title}" for title in alone]
    found += [
        tidy(
            f"Вместо подвеждащото заглавие „{one.summary.original_title}“ стои изречение от "
            f"статията: {one.summary.title}"
        )
        for one in picked.chosen
        if one.summary.original_title
    ]
    found += _without_model(stories)
    if len(stories) < max(3, options.max_stories // 3):
        found.append(_short(len(stories), picked.weak))
    if (read := sum(cost.words(one, one.tier) for one in stories)) > (
        options.reading_minutes * WORDS_A_MINUTE
    ):
        found.append(
            f"Водещата новина сама надхвърля времето за четене: {count(read, 'дума')} "
            f"за {count(options.reading_minutes, 'минута')}."
        )
    return tuple(found)


def _without_model(stories: Sequence[EditionStory]) -> list[str]:
    """That a model was asked in vain, for how many stories, and the reason most of them share."""
    reasons = Counter(s.making for s in stories if s.making and s.method != "model")
    if not reasons:
        return []
    (most, times), total = reasons.most_common(1)[0], reasons.total()
    rest = "" if times == total else " При другите причината е друга."
    return [f"Без текст от езиковия модел: {count(total, 'новина')}. {most}{rest}"]


def _short(printed: int, weak: int) -> str:
    """An honest short edition says that it is one; weak stories never pad it."""
    line = f"Броят е кратък: {count(printed, 'новина')}."
    if not weak:
        return line
    return f"{line} Под прага му {'остана' if weak == 1 else 'останаха'} {weak}."
