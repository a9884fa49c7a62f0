"""Editions: drafted from what was collected, rendered once, shown exactly as they would leave."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.people import translated
from digest.clock import zone
from digest.errors import Conflict, NotFound, Refused
from digest.model import (
    Article,
    ArticleId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Edition,
    EditionId,
    EditionState,
    RankedStory,
    RenderedEdition,
    StoryId,
    SubscriberId,
    Summary,
)

if TYPE_CHECKING:
    from digest.rank.continuity import Printed
    from digest.store.work import Work

log = logging.getLogger(__name__)

LOOK_BACK_DAYS = 7
"""Stories of the last week are remembered, so that none returns without a new fact."""

BUILT, EDITED = "edition.build", "edition.edit"
"""What the activity log calls composing a draft and a person's change of it."""

OPEN = frozenset({EditionState.DRAFT, EditionState.HELD})
"""States in which a rebuild may replace the draft."""


def build(app: App, *, day: date | None = None, anew: bool = False) -> Edition:
    """Drafts the edition of that local day from the collected articles.

    Safe to repeat: what is approved, sent, or edited by a person is given back as it stands, and
    a draft that would print the same stays the same revision. `anew` drafts over an editor's
    changes; for an approved or later edition it raises `Conflict`. A day without a single story
    raises `Refused` and stores nothing.
    """
    wanted = day or app.today()
    earlier = of_day(app, wanted)
    if earlier is not None and earlier.state not in OPEN and anew:
        raise _settled(earlier)
    if earlier is not None and not anew and (earlier.state not in OPEN or edited(app, earlier)):
        return earlier
    at = moment_of(app, wanted)
    ranked = rank_day(app, wanted, at)
    draft = _compose(app, ranked, wanted, at, earlier)
    if earlier is not None and _reads_alike(draft, earlier):
        return earlier
    with app.store.work() as work:
        if work.editions.by_date(draft.publication, wanted) != earlier:
            raise _overtaken(draft)
        work.editions.save(draft)
        work.editions.save_printed(draft.id, wanted, _told(draft, ranked))
        app.note(work, "digest", BUILT, subject=draft.id, after=f"r{draft.revision}")
    return draft


def edited(app: App, edition: Edition) -> bool:
    """Whether a person changed the draft since it was last composed."""
    with app.store.reading() as work:
        deeds = work.activity.list(subject=edition.id)
    last = next((one.what for one in deeds if one.what in {BUILT, EDITED}), BUILT)
    return last == EDITED


def _reads_alike(one: Edition, other: Edition) -> bool:
    """Whether two drafts print the same; scores move with the clock and are not printed."""

    def printed(edition: Edition) -> list[object]:
        stories = [
            (part.slug, s.id, s.title, s.summary, s.one_line, s.tier, s.update, s.disagreement)
            for part in edition.sections
            for s in part.stories
        ]
        return [edition.subject, edition.preheader, stories, [s.credits for s in edition.stories]]

    return printed(one) == printed(other)


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


def _told(draft: Edition, ranked: Sequence[RankedStory]) -> list[tuple[StoryId, str, str]]:
    """What this edition tells of each story, whole texts, for the mornings that follow."""
    printed = {story.id for story in draft.stories}
    return [
        (one.story.id, one.story.lead.title, "\n\n".join(a.text for a in one.story.articles))
        for one in ranked
        if one.story.id in printed
    ]


def of_day(app: App, day: date) -> Edition | None:
    """The newest revision of that day's edition, if there is one."""
    with app.store.reading() as work:
        return work.editions.by_date(app.settings.publication.id, day)


def moment_of(app: App, day: date) -> datetime:
    """The time an edition is judged from: now, or the close of an earlier day's window.

    A draft for another day than today is judged as of that day's sending hour, so that a
    replay of yesterday finds yesterday's news fresh.
    """
    if day == app.today():
        return app.now()
    own = app.settings.publication
    hour, minute = (int(part) for part in own.send_at.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone(own.timezone))
    return min(local, app.now()) if local > app.now() else local


def rank_day(app: App, day: date, at: datetime) -> list[RankedStory]:
    """Groups and orders what was collected up to `at`, best first."""
    from digest.cluster.stories import cluster
    from digest.rank.rank import rank

    options = app.settings
    since = at - timedelta(hours=options.collect.fresh_hours)
    with app.store.reading() as work:
        articles = work.articles.since(since)
        previous = _printed(
            work.editions.printed_before(options.publication.id, day, LOOK_BACK_DAYS)
        )
        accepted = work.learning.accepted(options.publication.id, at)
        rulings = work.rulings.on(options.publication.id, day)
    stories = cluster(articles, newsroom=app.newsroom, options=options.cluster)
    return rank(
        stories,
        now=at,
        newsroom=app.newsroom,
        options=options.rank,
        previous=previous,
        fresh_hours=options.collect.fresh_hours,
        accepted=accepted,
        rulings=rulings,
    )


def _printed(rows: Sequence[tuple[date, str, str, str, str]]) -> tuple[Printed, ...]:
    from digest.rank.continuity import Printed

    return tuple(
        Printed(
            date=day, edition=EditionId(edition), story_id=StoryId(story), title=title, text=text
        )
        for day, edition, story, title, text in rows
    )


def summaries_of(app: App, ranked: Sequence[RankedStory]) -> dict[StoryId, Summary]:
    """A summary for every story that may be printed, within its sources' rights."""
    from digest.summarise.extractive import summarise
    from digest.summarise.rights import effective

    return {
        one.story.id: summarise(
            one.story, rights=effective(one.story.articles), options=app.settings.summarise
        )
        for one in ranked
        if one.held is None
    }


def _compose(
    app: App, ranked: Sequence[RankedStory], day: date, at: datetime, earlier: Edition | None
) -> Edition:
    from digest.compose.edition import compose

    own = app.settings.publication
    with app.store.reading() as work:
        number = earlier.number if earlier else work.editions.next_number(own.id, own.first_number)
    draft = compose(
        ranked,
        summaries_of(app, ranked),
        publication=own.id,
        day=day,
        number=number,
        now=at,
        newsroom=app.newsroom,
        options=app.settings.compose,
    )
    return replace(draft, revision=earlier.revision + 1) if earlier else draft


def get(app: App, wanted: str) -> Edition:
    """The newest revision of an edition by id, by date, or `latest`. Raises `NotFound`."""
    with app.store.reading() as work:
        return work.editions.get(wanted)


def list_editions(app: App, limit: int = 30) -> tuple[Edition, ...]:
    """The newest editions first."""
    with app.store.reading() as work:
        return tuple(work.editions.list(limit))


def articles_of(app: App, edition: Edition) -> dict[ArticleId, Article]:
    """The stored articles that the sentences point at; one that is no longer kept is missing."""
    wanted = {one.article_id for story in edition.stories for one in story.sentences}
    with app.store.reading() as work:
        return {article.id: article for article in work.articles.get(sorted(wanted))}


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
    composer = Composer(rendered, app.settings.masthead(), app.links(edition.id), date=app.now())
    message = composer.compose(delivery)
    return message if kind == "eml" else part_of(message, kind)


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


def archive_page(app: App, wanted: str) -> str:
    """The public page of an edition that was queued or sent; others are not public."""
    edition = get(app, wanted)
    if edition.state not in {EditionState.QUEUED, EditionState.SENT}:
        raise NotFound(
            "Този брой още не е публикуван.",
            "В архива влизат само изпратените броеве.",
            "Опитайте след часа на изпращане.",
        )
    return render(app, edition).web_html


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
