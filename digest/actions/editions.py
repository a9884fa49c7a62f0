"""Editions as they are kept: found, rendered once, shown exactly as they would leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.illustrating import pictures_of
from digest.actions.people import translated
from digest.errors import NotFound, Refused
from digest.model import (
    Article,
    ArticleId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Edition,
    EditionState,
    EditionStory,
    RenderedEdition,
    SubscriberId,
)

if TYPE_CHECKING:
    from digest.store.work import Work

BUILT, EDITED = "edition.build", "edition.edit"
"""What the activity log calls composing a draft and a person's change of it."""

OPEN = frozenset({EditionState.DRAFT, EditionState.HELD})
"""States in which a rebuild may replace the draft."""


def of_day(app: App, day: date) -> Edition | None:
    """The newest revision of that day's edition, if there is one."""
    with app.store.reading() as work:
        return work.editions.by_date(app.settings.publication.id, day)


def get(app: App, wanted: str) -> Edition:
    """The newest revision of an edition by id, by date, or `latest`. Raises `NotFound`."""
    with app.store.reading() as work:
        return work.editions.get(wanted)


def list_editions(app: App, limit: int = 30) -> tuple[Edition, ...]:
    """The newest editions first."""
    with app.store.reading() as work:
        return tuple(work.editions.list(limit))


def articles_of(app: App, edition: Edition) -> dict[ArticleId, Article]:
    """The stored articles of the stories, as they read now; one that is not kept is missing."""
    wanted = {name for story in edition.stories for name in told_by(story)}
    with app.store.reading() as work:
        return {article.id: article for article in work.articles.get(sorted(wanted))}


def told_by(story: EditionStory) -> tuple[ArticleId, ...]:
    """The articles of a story, those that its sentences and its chart rest on first."""
    charted = (story.chart.said,) if story.chart else ()
    names = (s.article_id for s in (*story.sentences, *charted))
    return tuple(dict.fromkeys((*names, *(o.article_id for o in story.origins))))


def with_lines(before: Edition, after: Edition, period: str) -> Edition:
    """Reading time follows every change; subject and preheader the lead, unless it is the same."""
    from digest.compose.edition import inbox_lines, reading_minutes

    def heads(edition: Edition) -> list[tuple[str, str, str]]:
        return [
            (story.title, story.tier, story.one_line if story.tier == "lead" else "")
            for story in edition.stories
        ]

    after = replace(after, reading_minutes=reading_minutes(after.sections, after.corrections))
    if heads(before) == heads(after) or not after.stories:
        return after
    subject, preheader = inbox_lines(after.sections, after.date, period)
    return replace(after, subject=subject, preheader=preheader)


def render(app: App, edition: Edition) -> RenderedEdition:
    """The edition compiled for every set of sections that its readers chose.

    What was stored for this revision is returned as it is: approved bytes are never made again.
    """
    from digest.render.render import render as compile_mail

    with app.store.reading() as work:
        if edition.state not in OPEN:
            return work.editions.rendered(edition.id, edition.revision)
        sets = section_sets(app, work)
    return compile_mail(
        edition,
        app.settings.masthead(),
        section_sets=sets,
        newsroom=app.newsroom,
        overrides=app.home / "templates",
        pictures=pictures_of(app, edition),
    )


def section_sets(app: App, work: Work) -> set[frozenset[str]]:
    """The distinct sets of sections that readers chose; the empty set is „all“."""
    return {frozenset(one) for one in work.roll.section_sets(app.now())} | {frozenset()}


def preview(
    app: App, edition: Edition, *, subscriber: str | None = None, kind: str = "html"
) -> bytes:
    """Exactly the bytes that would be sent to a subscriber, or to a sample reader of all sections.

    `kind` is `eml` (the whole message), `html` or `text` (its part).
    """
    from digest.deliver.message import Composer

    rendered = render(app, edition)
    delivery = sample_delivery(app, edition, subscriber)
    composer = Composer(
        rendered,
        app.settings.masthead(),
        app.links(edition.id),
        date=app.now(),
        # A key that cannot sign must not hide the text from who reads it.
        signer=app.signer if kind == "eml" else None,
    )
    message = composer.compose(delivery)
    return message if kind == "eml" else part_of(message, kind)


def viewable(app: App, edition: Edition, *, subscriber: str | None = None) -> bytes:
    """The HTML part as a file that any browser shows: the pictures of the mail are inside it."""
    from digest.render.pictures import unpacked

    html = preview(app, edition, subscriber=subscriber, kind="html")
    return unpacked(html, render(app, edition).pictures)


def part_of(message: bytes, kind: str) -> bytes:
    """The `html` or `text` part of a composed message, decoded, as a mail program reads it."""
    from email import message_from_bytes, policy

    wanted = "plain" if kind == "text" else kind
    for part in message_from_bytes(message, policy=policy.SMTP).walk():
        if part.get_content_type() == f"text/{wanted}":
            body = part.get_payload(decode=True)
            return body if isinstance(body, bytes) else b""
    raise NotFound(
        "Писмото няма такава част.",
        "Този абонат получава само текст.",
        "Прегледайте частта „text“.",
    )


def sample_delivery(app: App, edition: Edition, address: str | None) -> Delivery:
    with translated(), app.store.reading() as work:
        person = work.roll.by_address(address) if address else None
        planned = work.deliveries.of_person(edition.id, person.id) if person else None
    if planned is not None:
        return planned
    masthead = app.settings.masthead()
    return Delivery(
        id=DeliveryId("preview"),
        edition_id=edition.id,
        revision=edition.revision,
        subscriber_id=SubscriberId(str(person.id) if person else "preview"),
        address=person.address if person else f"chitatel@{masthead.domain}",
        name=person.name if person else "",
        variant="+".join(sorted(person.sections)) if person and person.sections else "all",
        lane="rest",
        state=DeliveryState.QUEUED,
        attempts=0,
        epoch=0,
        message_id=f"<preview.{edition.id}@{masthead.domain}>",
        leave_token="preview",  # noqa: S106 - opens nothing
        format=str(person.format) if person else "html",
    )


def export(app: App, wanted: str) -> dict[str, object]:
    """The edition as the JSON that `digest render` reads (docs/formats.md)."""
    from digest.compose.exchange import to_json

    return to_json(get(app, wanted))


def refuse_empty(edition: Edition) -> None:
    """No empty mail ever leaves."""
    if not edition.stories:
        raise Refused(
            f"Броят „{edition.id}“ е празен.",
            "В него няма нито една новина.",
            "Съберете новини отново или пропуснете деня.",
        )
