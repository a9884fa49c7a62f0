"""Notifying: a correction by mail to exactly those who got the wrong text and still read.

The letter is planned and sent as an edition is: one row a person, unique, claimed, marked before
the first byte, answered once (docs/decisions/0001). `digest ledger`, `pause` and `cancel` take its
name like an edition's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.actions import correcting, reviewing
from digest.actions.app import App
from digest.errors import Conflict
from digest.model import Correction, Edition, EditionId, EditionState, RenderedEdition

if TYPE_CHECKING:
    from digest.store.work import Work

NOTIFIED = "edition.notify"
"""What the activity log calls it."""

EXPIRES_MINUTES = 24 * 60
"""A letter is tried for a day: unlike the morning's news it is as true at noon."""


@dataclass(frozen=True, slots=True)
class Notified:
    """The letter's name, how many it is planned for in all, and how many of them now."""

    notice: EditionId
    planned: int
    new: int


def notify(app: App, wanted: str, *, by: str) -> Notified:
    """Plans the letter on a correction. A second time plans only who got the edition since.

    When nobody is left to write to, nothing is kept and `planned` is 0.
    It goes to those whose copy was accepted, who did not leave and are not suppressed; the
    dispatcher sends it. Raises `NotFound`, `Conflict` for a letter that was cancelled, and
    `Forbidden` for a person who may not approve: it is mail to readers like an edition.
    """
    reviewing.allowed(app, by, "approve")
    with app.store.reading() as work:
        one = work.corrections.get(wanted)
        wrong = work.editions.get(one.edition_id)
        if not work.deliveries.anybody_to_notify(wrong.id, app.now()):
            return Notified(correcting.notice_of(one.id), 0, 0)
    rendered = _letter(app, one, wrong)
    with app.store.work() as work:
        work.corrections.get(one.id)
        _keep(app, work, rendered, by)
        new = work.deliveries.fill_notice(
            rendered.edition_id,
            wrong.id,
            now=app.now(),
            expires_minutes=EXPIRES_MINUTES,
            domain=app.settings.masthead().domain,
        )
        planned = work.deliveries.ledger(rendered.edition_id).planned
        if new:
            work.editions.set_state(rendered.edition_id, EditionState.QUEUED)
            app.announce(work, rendered.edition_id)
        app.note(work, by, NOTIFIED, subject=wrong.id, after=f"{one.id}: {new}")
    return Notified(rendered.edition_id, planned, new)


def _letter(app: App, one: Correction, wrong: Edition) -> RenderedEdition:
    from digest.render.address import ARCHIVE, absolute
    from digest.render.notice import notice

    masthead = app.settings.masthead()
    web = app.links(wrong.id).web() if one.in_archive else absolute(ARCHIVE, masthead)
    name = correcting.notice_of(one.id)
    return notice(one, wrong, masthead, name=name, web_url=web, overrides=app.home / "templates")


def _keep(app: App, work: Work, rendered: RenderedEdition, by: str) -> None:
    """The letter as it is first sent; what was made of it once is not made again."""
    from digest.store.tables import NOTICE

    known = work.editions.find(rendered.edition_id)
    if known is not None and known.state is EditionState.CANCELLED:
        raise Conflict(
            f"Писмото „{known.id}“ е отменено.",
            "Отменено писмо не се изпраща повече.",
            "Ако поправката трябва да стигне по пощата, направете нова.",
        )
    if known is not None:
        return
    letter = Edition(
        id=rendered.edition_id,
        publication=rendered.edition_id,
        date=app.today(),
        subject=rendered.subject,
        preheader="",
        sections=(),
        state=EditionState.QUEUED,
        created_at=app.now(),
        approved_by=by,
        approved_at=app.now(),
        content_hash=rendered.content_hash,
    )
    work.editions.save(letter, NOTICE)
    work.editions.save_rendered(rendered)
