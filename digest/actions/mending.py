"""Before an edition leaves without a person: no sentence in it that the gate does not confirm.

An outlet may have altered an article since the draft was made, and an editor may have saved a text
that the sources do not confirm and then not approved it. Such a story is told anew from its
articles as they read now; when nothing of them passes, headline and link are left. A chart whose
figures its article no longer tells falls away. The reason
stands at the story, among the edition's warnings and in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.actions import checking, editions
from digest.actions.drafting import summary_of
from digest.model import (
    Article,
    ArticleId,
    CheckedSentence,
    Edition,
    EditionStory,
    Story,
    StoryId,
)

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.checking import Checked
    from digest.settings import Settings

log = logging.getLogger(__name__)

MENDED = "edition.mend"
"""What the activity log calls it."""


def mended(app: App, edition: Edition) -> Edition:
    """The edition as it may leave without a person; a new revision when a story had to change."""
    found = checking.checked(app, edition)
    wrong = {story: one for story, one in found.items() if not one.passes}
    articles = editions.articles_of(app, edition)
    drawn = {one.id: _uncharted(one, articles) for one in edition.stories}
    changed = {
        story.id: _mended(drawn[story.id], wrong[story.id], articles, app.settings)
        if story.id in wrong
        else drawn[story.id]
        for story in edition.stories
        if story.id in wrong or drawn[story.id] != story
    }
    if not changed:
        return edition
    whole = _with(edition, changed, app)
    with app.store.work() as work:
        work.editions.save(whole)
        for story in changed.values():
            log.warning("edition %s, story %s: %s", edition.id, story.id, story.note)
            app.note(work, "digest", MENDED, subject=edition.id, before=story.id, after=story.note)
    return whole


def _uncharted(story: EditionStory, articles: Mapping[ArticleId, Article]) -> EditionStory:
    """The story without a chart that its article does not bear out any more."""
    from digest.compose.charts import holds

    if story.chart is None or holds(story.chart, articles):
        return story
    return replace(story, chart=None, note="Статията вече не казва данните и графиката отпадна.")


def _with(edition: Edition, changed: Mapping[StoryId, EditionStory], app: App) -> Edition:
    sections = tuple(
        replace(part, stories=tuple(changed.get(one.id, one) for one in part.stories))
        for part in edition.sections
    )
    notes = tuple(f"{one.note}: {one.title}" for one in changed.values())
    whole = replace(
        edition,
        sections=sections,
        revision=edition.revision + 1,
        created_at=app.now(),
        warnings=(*edition.warnings, *notes),
    )
    return editions.with_lines(edition, whole, app.settings.publication.period)


def _mended(
    story: EditionStory,
    found: Checked,
    articles: Mapping[ArticleId, Article],
    settings: Settings,
) -> EditionStory:
    if not found.failing:
        return replace(story, matters=None, note="„Защо е важно“ не мина проверката и отпадна.")
    told = [articles[one] for one in editions.told_by(story) if one in articles]
    why = _why(found.failing)
    return _anew(story, told, why, settings) if told else _alone(story, why)


def _why(failing: tuple[CheckedSentence, ...]) -> str:
    from digest.summarise.assured import reason

    return f"Текстът не мина проверката за вярност ({'; '.join(map(reason, failing))})"


def _anew(story: EditionStory, told: list[Article], why: str, settings: Settings) -> EditionStory:
    """The story told from its articles as they read now, under its headline."""
    from digest.compose import lines

    lead = next((one for one in told if lines.address(one) == story.url), told[0])
    source = Story(story.id, tuple(told), lead.id)
    made = summary_of(source, settings)
    text = lines.printed_summary(made)
    if not text:
        return _alone(story, why)
    return replace(
        story,
        summary=text,
        one_line=lines.printed_one_line(made),
        sentences=made.sentences,
        method=made.method,
        rights=made.rights,
        matters=made.matters,
        note=f"{why} и е заменен с изречения от източниците.",
    )


def _alone(story: EditionStory, why: str) -> EditionStory:
    return replace(
        story,
        summary="",
        one_line=story.title,
        sentences=(),
        method="none",
        matters=None,
        note=f"{why}; остават заглавието и връзката.",
    )
