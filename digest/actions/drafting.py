"""Drafting: from what was collected to the draft of a day.

    gather ─ Inputs ─ group ─ rank ─ summarise ─ compose ─ Edition

`build` gathers, drafts and keeps; `drafted` is the line itself, a pure function of its inputs:
`replaying.py` runs the same line over the inputs that were kept. A language model, where one is
switched on, is asked between two runs of the line's end (`writing.py`); its texts are inputs.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from digest import __version__
from digest.actions import charting, correcting, picturing, writing
from digest.actions.editions import BUILT, EDITED, OPEN, of_day
from digest.clock import zone
from digest.errors import Conflict
from digest.model import Edition, Inputs, RankedStory, Story, StoryId, Summary
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.settings import Publication

log = logging.getLogger(__name__)

LOOK_BACK_DAYS = {"day": 7, "week": 36}
"""Editions of so many days are remembered, so that no story returns without a new fact: a week
of dailies, five weeklies."""
WEEK_HOURS = 7 * 24
BONDS_STAND_DAYS = 30
"""Days for which an editor's word on a story is looked at: longer than any story is told."""
DECIDING: dict[str, bool | set[str]] = {
    "publication": True,
    "collect": {"fresh_hours"},
    "cluster": True,
    "rank": True,
    "summarise": True,
    "compose": True,
}
"""The settings that decide what a draft becomes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, the rank that it was picked from, and the stories of the day."""

    edition: Edition
    ranked: tuple[RankedStory, ...]
    stories: tuple[Story, ...]


def build(app: App, *, day: date | None = None, anew: bool = False) -> Edition:
    """Drafts the edition of that local day from the collected articles.

    Safe to repeat: what is approved, sent, or edited by a person is given back as it stands (the
    latter with the corrections that were made since), and a draft that would print the same stays
    the same revision. `anew` drafts over an editor's changes; for an approved or later edition it
    raises `Conflict`. A day without a single story raises `Refused` and stores nothing.
    """
    wanted = day or app.today()
    earlier = of_day(app, wanted)
    if earlier is not None and (stands := _standing(app, earlier, anew=anew)) is not None:
        return stands
    inputs = gather(app, wanted, earlier)
    made = drafted(inputs)
    if app.settings.summarise.model.enabled:
        inputs = replace(inputs, written=writing.written_for(app, made.edition, made.ranked))
        made = composed(inputs, made.stories, made.ranked)
    place(app, made.stories, inputs)
    shown = charting.drawn(app, picturing.pictured(app, made.edition, made.ranked))
    draft = replace(shown, revision=earlier.revision + 1) if earlier else shown
    if earlier is not None and reads_alike(draft, earlier) and _made_alike(draft, earlier):
        return earlier
    _keep(app, draft, earlier, made.ranked, inputs)
    return draft


def _standing(app: App, earlier: Edition, *, anew: bool) -> Edition | None:
    """The day's edition when it is not composed again."""
    if earlier.state not in OPEN:
        if anew:
            raise _settled(earlier)
        return earlier
    return correcting.taken_in(app, earlier) if not anew and edited(app, earlier) else None


def gather(app: App, day: date, earlier: Edition | None = None) -> Inputs:
    """Everything that decides the draft of a day, read in one transaction."""
    from digest.cluster.neural import choose

    own, at = app.settings.publication, moment_of(app, day)
    since = at - timedelta(hours=fresh_hours(app.settings), days=app.settings.cluster.window_days)
    with app.store.reading() as work:
        number = earlier.number if earlier else work.editions.next_number(own.id, own.first_number)
        articles = work.articles.since(since)
        printed = work.editions.printed_before(own.id, day, LOOK_BACK_DAYS[own.period])
        known = work.stories.of([one.id for one in articles])
        settled = work.stories.seen(known.values())
        bonds = work.stories.bonds(at - timedelta(days=BONDS_STAND_DAYS))
        rulings = work.rulings.on(own.id, day)
        accepted = work.learning.accepted(own.id, at)
        corrections = work.corrections.pending(own.id, day, at)[: correcting.MOST_CORRECTIONS]
    return Inputs(
        publication=own.id,
        day=day,
        moment=at,
        number=number,
        program=__version__,
        settings=app.settings.model_dump_json(include=DECIDING),
        newsroom=app.newsroom,
        # What was cut from an article decides nothing and is a third of its size.
        articles=tuple(replace(one, removed=(), related=()) for one in articles),
        printed=tuple(printed),
        known=known,
        settled=tuple(sorted(settled)),
        bonds=tuple(bonds),
        rulings=tuple(rulings),
        accepted=accepted,
        corrections=tuple(corrections),
        embedder=choose(app.settings.cluster).name,
    )


def drafted(inputs: Inputs) -> Draft:
    """The whole line; the same inputs give the same draft."""
    settings = Settings.model_validate_json(inputs.settings)
    stories = group(inputs, settings)
    return composed(inputs, stories, rank_day(stories, inputs, settings, _local(inputs, settings)))


def composed(inputs: Inputs, stories: Sequence[Story], ranked: Sequence[RankedStory]) -> Draft:
    """The end of the line: what is summarised and printed of ranked stories."""
    from digest.compose.edition import compose

    settings = Settings.model_validate_json(inputs.settings)
    edition = compose(
        ranked,
        writing.merged(summaries_of(ranked, settings), ranked, inputs.written),
        publication=inputs.publication,
        day=inputs.day,
        number=inputs.number,
        now=_local(inputs, settings),
        newsroom=inputs.newsroom,
        options=settings.compose,
        period=settings.publication.period,
        pinned=pinned(inputs),
        corrections=inputs.corrections,
    )
    return Draft(edition, tuple(ranked), tuple(stories))


def _local(inputs: Inputs, settings: Settings) -> datetime:
    """The moment in the publication's own zone."""
    return inputs.moment.astimezone(zone(settings.publication.timezone))


def pinned(inputs: Inputs) -> dict[StoryId, int]:
    """Stories that editors pinned → their places, from 1."""
    return {one.story: one.place for one in inputs.rulings if one.kind == "pin"}


def group(inputs: Inputs, settings: Settings) -> list[Story]:
    """The stories of the day's articles; those that stood in a story stay in it.

    Older articles are looked at only so that a story goes on under its name. They are told apart
    by the embedder that `inputs` names, where this machine has it.
    """
    from digest.cluster.neural import named
    from digest.cluster.stories import cluster

    return cluster(
        inputs.articles,
        newsroom=inputs.newsroom,
        options=settings.cluster,
        embedder=named(inputs.embedder, settings.cluster),
        known=inputs.known,
        settled=inputs.settled,
        bonds=inputs.bonds,
        since=inputs.moment - timedelta(hours=fresh_hours(settings)),
    )


def rank_day(
    stories: Sequence[Story], inputs: Inputs, settings: Settings, at: datetime
) -> list[RankedStory]:
    """Orders the stories of the day, best first."""
    from digest.rank.chapters import told_once
    from digest.rank.rank import rank

    ranked = rank(
        stories,
        now=at,
        newsroom=inputs.newsroom,
        options=settings.rank,
        previous=inputs.printed,
        fresh_hours=fresh_hours(settings),
        accepted=inputs.accepted,
        rulings=inputs.rulings,
    )
    return told_once(ranked, at) if settings.publication.period == "week" else ranked


def summaries_of(ranked: Sequence[RankedStory], settings: Settings) -> dict[StoryId, Summary]:
    """A summary for every story that may come to be printed, within its sources' rights."""
    from digest.compose.pick import contenders

    return {
        one.story.id: summary_of(one.story, settings)
        for one in contenders(ranked, settings.compose)
    }


def summary_of(story: Story, settings: Settings) -> Summary:
    """What is printed of a story: sentences past the gate, and „Защо е важно“ if it is said."""
    from digest.summarise.assured import assured
    from digest.summarise.matters import matters
    from digest.summarise.rights import effective

    made = assured(story, rights=effective(story.articles), options=settings.summarise)
    return replace(made, matters=matters(story, made))


def fresh_hours(settings: Settings) -> int:
    """How old news may be: a weekly takes the seven days before its moment."""
    return WEEK_HOURS if settings.publication.period == "week" else settings.collect.fresh_hours


def moment_of(app: App, day: date) -> datetime:
    """The time an edition is judged from: now, or the close of an earlier day's window.

    A draft for another day than today is judged as of that day's sending hour, so that a
    replay of yesterday finds yesterday's news fresh.
    """
    if day == app.today():
        return app.now()
    local = _sending(app.settings.publication, day)
    return min(local, app.now()) if local > app.now() else local


def _sending(own: Publication, day: date) -> datetime:
    hour, minute = (int(part) for part in own.send_at.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone(own.timezone))


def edited(app: App, edition: Edition) -> bool:
    """Whether a person changed the draft since it was last composed."""
    with app.store.reading() as work:
        deeds = work.activity.list(subject=edition.id)
    last = next((one.what for one in deeds if one.what in {BUILT, EDITED}), BUILT)
    return last == EDITED


def reads_alike(one: Edition, other: Edition) -> bool:
    """Whether two drafts print the same; scores move with the clock and are not printed."""
    return printed_of(one) == printed_of(other)


def _made_alike(one: Edition, other: Edition) -> bool:
    """Whether the desk is told the same of how the texts came about."""
    return [s.making for s in one.stories] == [s.making for s in other.stories]


def printed_of(edition: Edition) -> list[object]:
    """What readers would see of a draft, to compare it with another."""
    stories = [
        (
            *(part.slug, s.id, s.title, s.summary, s.one_line, s.tier, s.update, s.disagreement),
            s.matters and s.matters.text,
            s.method == "model",
            s.chart and (s.chart.title, s.chart.points),
        )
        for part in edition.sections
        for s in part.stories
    ]  # fmt: skip
    credits_ = [s.credits for s in edition.stories]
    return [edition.subject, edition.preheader, stories, credits_, edition.corrections]


def _keep(
    app: App,
    draft: Edition,
    earlier: Edition | None,
    ranked: Sequence[RankedStory],
    inputs: Inputs,
) -> None:
    with app.store.work() as work:
        if work.editions.by_date(draft.publication, draft.date) != earlier:
            raise _overtaken(draft)
        work.editions.save(draft)
        work.corrections.carry(draft.id, draft.corrections)
        work.editions.save_printed(draft.id, draft.date, _told(draft, ranked))
        if app.settings.compose.inputs_days:
            work.inputs.keep(draft.id, draft.revision, inputs)
        app.note(work, "digest", BUILT, subject=draft.id, after=f"r{draft.revision}")


def place(app: App, stories: Sequence[Story], inputs: Inputs) -> None:
    """Notes in which story each article stands, so that it stands there tomorrow."""
    placed = {article.id: story.id for story in stories for article in story.articles}
    changed = {name: story for name, story in placed.items() if inputs.known.get(name) != story}
    if changed:
        with app.store.work() as work:
            work.stories.place(changed, inputs.moment)


def _told(draft: Edition, ranked: Sequence[RankedStory]) -> list[tuple[StoryId, str, str]]:
    """What this edition tells of each story, whole texts, for the mornings that follow."""
    printed = {story.id for story in draft.stories}
    return [
        (one.story.id, one.story.lead.title, _whole(one.story))
        for one in ranked
        if one.story.id in printed
    ]


def _whole(story: Story) -> str:
    """All its texts, the lead's first; a fact that stood only in a headline was told as well."""
    rest = (one for one in story.articles if one.id != story.lead_article_id)
    return "\n\n".join((story.lead.text, *(f"{one.title}.\n\n{one.text}" for one in rest)))


def _settled(edition: Edition) -> Conflict:
    return Conflict(
        f"Броят „{edition.id}“ вече е в състояние „{edition.state}“.",
        "Одобрен или изпратен брой не се съставя наново.",
        "Ако трябва промяна, използвайте „digest edition edit“.",
    )


def _overtaken(edition: Edition) -> Conflict:
    return Conflict(
        f"Броят „{edition.id}“ беше променен, докато се съставяше.",
        "Някой го одобри или редактира междувременно, и неговото остава.",
        "Отворете го отново.",
    )
