"""A reader's pause: no mail until a day of their choosing, then it comes again by itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.people import translated
from digest.actions.subscribing import holder
from digest.errors import Refused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from subscribers.model import Person

WEEKS = (1, 2, 4)
"""What the page offers; a longer absence is a leave, which is as easy."""


def pause(app: App, token: str, *, weeks: int) -> Person:
    """Holds the mail of the token's holder until the morning so many weeks from today.

    `Refused` for a length that is not offered, and for who is no active subscriber.
    """
    from subscribers.model import Status

    if weeks not in WEEKS:
        raise Refused(
            "Паузата не може да се запише.",
            "Избрана е продължителност, каквато не се предлага.",
            "Отворете предпочитанията отново и изберете от показаното.",
        )
    with translated(), app.store.work() as work:
        person = holder(work, token)
        if person.status not in {Status.ACTIVE, Status.PAUSED}:
            raise Refused(
                "Няма какво да се спре за малко.",
                "За този адрес няма действащ абонамент.",
                "Върнете абонамента от страницата за отписване и опитайте отново.",
            )
        work.roll.pause(person.id, _morning(app, weeks))
        return work.roll.get(person.id)


def resume(app: App, token: str) -> Person:
    """Ends a pause before its time. Who is not paused stays as they are, above all who has left."""
    from subscribers.model import Status

    with translated(), app.store.work() as work:
        person = holder(work, token)
        if person.status is Status.PAUSED:
            work.roll.resubscribe(person.id, app.now(), "resume")
        return work.roll.get(person.id)


def until(app: App, person: Person) -> date | None:
    """The day on which mail comes again, while a pause lasts; None for everybody else."""
    from subscribers.model import Status

    end = person.paused_until
    if person.status is not Status.PAUSED or end is None or end <= app.now():
        return None
    return end.astimezone(_zone(app)).date()


def _morning(app: App, weeks: int) -> datetime:
    """The first moment of that day where the publication lives: its edition is already sent on."""
    here = app.now().astimezone(_zone(app))
    return datetime.combine(here.date() + timedelta(weeks=weeks), time.min, here.tzinfo)


def _zone(app: App) -> ZoneInfo:
    from digest.clock import zone

    return zone(app.settings.publication.timezone)
