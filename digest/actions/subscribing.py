"""Subscribing: who reads, on what basis, what they chose, and leaving as easily as joining."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.errors import BadInput, NotFound, Refused, WrongUsage

if TYPE_CHECKING:
    from subscribers.model import Person
    from subscribers.transfer import Imported


@dataclass(frozen=True, slots=True)
class LeavePage:
    """What the leave page may show: never the whole address. `state`: active, paused, left."""

    masked_address: str
    publication: str
    state: str


def import_people(
    app: App, data: bytes, *, basis: str | None, evidence: str | None, confirmed: bool
) -> Imported:
    """Adds and updates people from CSV (columns in docs/formats.md), each row on its own.

    The basis and the evidence for it are kept with every person (GDPR art. 7(1)); without them
    nothing is imported. Suppressed and erased addresses stay out.
    """
    from digest.deliver.lanes import lane_of
    from subscribers.errors import PeopleError
    from subscribers.transfer import import_csv

    if not basis or not evidence:
        raise WrongUsage(
            "Не е казано на какво основание се добавят хората.",
            "Без основание и доказателство не бива да им се пише (чл. 7 от GDPR).",
            "Пример: --basis consent --evidence „форма на сайта, 2026-11“.",
        )
    with app.store.work() as work:
        try:
            done = import_csv(
                work.roll,
                data,
                basis=basis,
                evidence=evidence,
                confirmed=confirmed,
                now=app.now(),
                lane_of=lane_of,
                timezone=app.settings.publication.timezone,
            )
        except PeopleError as cause:
            raise BadInput(cause.what, cause.why, cause.fix) from cause
        work.activity.note(
            who="cli", what="subscribers.import", before="", after=str(done.added), at=app.now()
        )
    return done


def add_person(
    app: App, address: str, *, basis: str | None, evidence: str | None, confirmed: bool
) -> Imported:
    """Adds one person by address."""
    row = f"address\n{address}\n".encode()
    return import_people(app, row, basis=basis, evidence=evidence, confirmed=confirmed)


def export_people(app: App) -> bytes:
    """Everybody as CSV in UTF-8; cells that a spreadsheet would run as formulas are disarmed."""
    from subscribers.transfer import export_csv

    with app.store.work() as work:
        return export_csv(work.roll)


def list_people(app: App) -> Iterator[Person]:
    """Everybody in the order they came."""
    with app.store.work() as work:
        yield from work.roll.list()


def suppress(app: App, addresses: Sequence[str], *, reason: str) -> int:
    """Never mail these again, whatever a list says. Gives how many were not suppressed before."""
    with app.store.work() as work:
        done = work.roll.suppress(addresses, reason=reason, now=app.now())
        work.activity.note(who="cli", what="subscribers.suppress", before="", after=str(done), at=app.now())
    return done


def unsuppress(app: App, addresses: Sequence[str]) -> int:
    """Lifts a suppression."""
    with app.store.work() as work:
        done = work.roll.unsuppress(addresses)
        work.activity.note(who="cli", what="subscribers.unsuppress", before="", after=str(done), at=app.now())
    return done


def erase(app: App, addresses: Sequence[str]) -> int:
    """Removes people and their records; a keyed hash remains so that they stay unmailed."""
    with app.store.work() as work:
        done = work.roll.erase(addresses, now=app.now())
        work.activity.note(who="cli", what="subscribers.erase", before="", after=str(done), at=app.now())
    return done


def leave_page(app: App, token: str) -> LeavePage:
    """Who a leave address belongs to, masked. Changes nothing. `NotFound` on a forged token."""
    with app.store.work() as work:
        return _page(app, _holder(app, work.roll.by_leave_token(token)))


def leave(app: App, token: str, *, how: str) -> LeavePage:
    """Unsubscribes the holder of the token; a second time is harmless."""
    with app.store.work() as work:
        person = _holder(app, work.roll.by_leave_token(token))
        work.roll.leave(person.id, now=app.now(), how=how)
        return _page(app, _holder(app, work.roll.get(person.id)))


def rejoin(app: App, token: str) -> LeavePage:
    """Takes back a leave, on the page that followed it."""
    with app.store.work() as work:
        person = _holder(app, work.roll.by_leave_token(token))
        work.roll.rejoin(person.id, now=app.now())
        return _page(app, _holder(app, work.roll.get(person.id)))


def _holder(app: App, person: Person | None) -> Person:
    if person is None:
        raise NotFound(
            "Този адрес за отписване не е наш или е повреден.",
            "Подписът в него не отговаря на нито един абонамент.",
            f"Отворете връзката направо от писмото или пишете на {app.settings.publication.reply_to}.",
        )
    return person


def _page(app: App, person: Person) -> LeavePage:
    from subscribers.address import mask

    return LeavePage(mask(person.address), app.settings.publication.name, person.status)


def save_preferences(
    app: App,
    token: str,
    *,
    sections: Sequence[str],
    hour: int | None,
    frequency: str,
    format: str,
) -> Person:
    """What a reader chose on the page of their own link. Unknown values are `Refused`."""
    known = {topic.slug for topic in app.newsroom.topics}
    if set(sections) - known or frequency not in {"daily", "weekdays", "weekly"}:
        raise Refused(
            "Изборът не може да се запише.",
            "В него има рубрика или честота, които не съществуват.",
            "Отворете страницата отново и изберете от показаното.",
        )
    with app.store.work() as work:
        person = _holder(app, work.roll.by_leave_token(token))
        work.roll.set_preferences(
            person.id, sections=frozenset(sections), hour=hour, frequency=frequency, format=format
        )
        return _holder(app, work.roll.get(person.id))
