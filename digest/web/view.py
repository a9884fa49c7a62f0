"""What the edition's page shows, worked out before the template: steps, findings, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import zip_longest
from typing import TYPE_CHECKING

from digest.actions import altered, checking, editions, reviewing, scheduling
from digest.bulgarian.moments import moment
from digest.bulgarian.typography import count
from digest.clock import zone
from digest.compose.cost import words
from digest.errors import DigestError, Finding
from digest.gathered import Change, ChangeKind
from digest.model import (
    Article,
    ArticleId,
    Edition,
    EditionState,
    EditionStory,
    StoryId,
)
from digest.render.view import reading_short
from digest.web.evidence import (
    MeterRow,
    SentenceRow,
    chart_row,
    matters_row,
    meters,
    sentence_rows,
)

if TYPE_CHECKING:
    from digest.actions.altered import Alteration
    from digest.actions.app import App
    from digest.actions.checking import Checked

WAITING = frozenset({EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED})


@dataclass(frozen=True, slots=True)
class Sides:
    """A change: its sentence, and what stood and stands, passage beside passage."""

    sentence: str
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AlterationRow:
    """One alteration as the page shows it: whose, when, since what first reading, and what."""

    outlet: str
    url: str
    when: str
    first: str
    changes: tuple[Sides, ...]


@dataclass(frozen=True, slots=True)
class EditionView:
    """Facts about an edition that are not in the edition itself."""

    deadline: str
    due: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    articles: Mapping[ArticleId, Article]
    told: Mapping[StoryId, Checked]
    altered: Mapping[StoryId, tuple[Alteration, ...]]
    now: datetime
    zone: tzinfo

    def alterations(self, story: EditionStory) -> tuple[AlterationRow, ...]:
        """What outlets altered in the articles of a story since they were first read."""
        return tuple(self._row(one) for one in self.altered.get(story.id, ()))

    def _row(self, one: Alteration) -> AlterationRow:
        when = moment(one.at, now=self.now, zone=self.zone)
        first = moment(one.first_at, now=self.now, zone=self.zone)
        return AlterationRow(one.outlet, one.url, when, first, tuple(map(_sides, one.changes)))

    def sentences(self, story: EditionStory) -> tuple[SentenceRow, ...]:
        """Each sentence of a summary with its source and what the gate says of it."""
        return sentence_rows(story, self.told[story.id], self.articles)

    def matters(self, story: EditionStory) -> SentenceRow | None:
        """The line „Защо е важно“ in the same form."""
        return matters_row(story, self.told[story.id], self.articles)

    def chart(self, story: EditionStory) -> SentenceRow | None:
        """The chart's figures in the same form; a one-liner prints none."""
        return chart_row(story, self.articles) if story.tier != "brief" else None

    def meters(self, story: EditionStory) -> tuple[MeterRow, ...]:
        """How much of each source is repeated, and how much may be."""
        return meters(story, self.articles)

    def reading(self, story: EditionStory) -> str:
        """How long the story takes to read."""
        return reading_short(words(story, story.tier))


def _sides(change: Change) -> Sides:
    """Dates are told by their sentence; the rest is shown both ways."""
    if change.kind is ChangeKind.DATE:
        return Sides(change.sentence, ())
    pairs = zip_longest(change.before.split("\n"), change.after.split("\n"), fillvalue="")
    return Sides(change.sentence, tuple(pair for pair in pairs if any(pair)))


def edition_view(app: App, edition: Edition) -> EditionView:
    """Gathers the facts; nothing is changed."""
    findings = _findings(app, edition)
    articles = editions.articles_of(app, edition)
    return EditionView(
        deadline=_step(app, edition, "decide"),
        due=_step(app, edition, "queue"),
        findings=findings,
        notes=_notes(edition, findings),
        articles=articles,
        told={
            one.id: checking.of_story(one, articles, app.institutions) for one in edition.stories
        },
        altered=altered.alterations(app, edition),
        now=app.now(),
        zone=zone(app.settings.publication.timezone),
    )


def _notes(edition: Edition, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The draft's own warnings, less those that a finding says with its remedy."""
    said = " ".join(one.what for one in findings)
    titles = ((one, one.partition(": ")[2]) for one in edition.warnings)
    return tuple(one for one, title in titles if not title or title not in said)


def _findings(app: App, edition: Edition) -> tuple[Finding, ...]:
    """The preflight; a template or rule that fails is itself a red finding, not a dead page."""
    try:
        return reviewing.findings(app, edition)
    except DigestError as error:
        return (Finding("red", "preflight", f"{error.what} {error.why}", error.fix),)


def _step(app: App, edition: Edition, what: str) -> str:
    """„06:45 ч., след 1 ч. 20 мин.“, that it has passed, or nothing for an edition that left."""
    if edition.state not in WAITING:
        return ""
    local = zone(app.settings.publication.timezone)
    coming = (
        one.at.astimezone(local)
        for one in scheduling.coming(app, 7)
        if one.what == what and one.at.astimezone(local).date() == edition.date
    )
    at = next(coming, None)
    return "мина" if at is None else f"{at:%H:%M}\u00a0ч., след {_in_words(at, app.now())}"


def _in_words(at: datetime, now: datetime) -> str:
    minutes = max(0, int((at - now) / timedelta(minutes=1)))
    days, rest = divmod(minutes, 24 * 60)
    if days:
        return f"{count(days, 'ден')} и {rest // 60}\u00a0ч."
    hours, left = divmod(rest, 60)
    return f"{hours}\u00a0ч. {left}\u00a0мин." if hours else f"{left}\u00a0мин."
