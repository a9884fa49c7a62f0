"""What the edition's page shows, worked out before the template: steps, findings, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions import dispatching, editions, reviewing, scheduling
from digest.bulgarian.typography import count
from digest.clock import zone
from digest.errors import DigestError, Finding
from digest.gathered import Version
from digest.model import (
    Article,
    ArticleId,
    Edition,
    EditionState,
    EditionStory,
    Ledger,
    Sentence,
)

if TYPE_CHECKING:
    from digest.actions.app import App

PLANNED = frozenset({EditionState.QUEUED, EditionState.SENT, EditionState.CANCELLED})
WAITING = frozenset({EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sentence stands: the outlet, the article, and the characters of its text."""

    outlet: str
    title: str
    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """Facts about an edition that are not in the edition itself."""

    deadline: str
    due: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    ledger: Ledger | None
    articles: Mapping[ArticleId, Article]
    altered: Mapping[ArticleId, tuple[Version, ...]]

    def alterations(self, story: EditionStory) -> tuple[str, ...]:
        """What outlets altered in the articles of a story, a sentence each with its outlet."""
        ids = dict.fromkeys(sentence.article_id for sentence in story.sentences)
        return tuple(
            f"{self._outlet(one)}: {change.sentence}"
            for one in ids
            for version in self.altered.get(one, ())
            for change in version.changes
        )

    def _outlet(self, article_id: ArticleId) -> str:
        article = self.articles.get(article_id)
        return article.outlet if article is not None and article.outlet else "източникът"

    def origin(self, sentence: Sentence) -> Origin | None:
        """The source of one sentence; None when its article is no longer kept."""
        article = self.articles.get(sentence.article_id)
        if article is None:
            return None
        outlet = article.outlet or article.site_name or article.source
        address = article.canonical_url or article.url
        return Origin(outlet, article.title, address, sentence.start, sentence.end)


def edition_view(app: App, edition: Edition) -> EditionView:
    """Gathers the facts; nothing is changed."""
    findings = _findings(app, edition)
    return EditionView(
        deadline=_step(app, edition, "decide"),
        due=_step(app, edition, "queue"),
        findings=findings,
        notes=_notes(edition, findings),
        ledger=dispatching.ledger(app, edition.id) if edition.state in PLANNED else None,
        articles=editions.articles_of(app, edition),
        altered=editions.alterations(app, edition),
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
