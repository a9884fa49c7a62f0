"""Subscribing: who reads, on what basis, what they chose, and leaving as easily as joining."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.people import translated
from digest.errors import Refused, WrongUsage

if TYPE_CHECKING:
    from digest.store.work import Work
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
    from subscribers.transfer import import_csv

    if not basis or not evidence:
        raise WrongUsage(
            "Не е казано на какво основание се добавят хората.",
            "Без основание и доказателство не бива да им се пише (чл. 7 от GDPR).",
            "Пример: --basis consent --evidence „форма на сайта, 2026-11“.",
        )
    topics = app.newsroom.topics
    with translated(), app.store.work() as work:
        done = import_csv(
            work.roll, data, basis=basis, evidence=evidence, confirmed=confirmed,
            now=app.now(), lane_of=lane_of, sections={topic.slug for topic in topics},
            section_names={topic.name.casefold(): topic.slug for topic in topics},
        )  # fmt: skip
        app.note(work, "cli", "subscribers.import", after=f"{done.added}+{done.updated}")
    return done


def add_person(
    app: App, address: str, *, basis: str | None, evidence: str | None, confirmed: bool
) -> Imported:
    """Adds one person by address."""
    from subscribers.sheet import write_row

    # One cell on one line, so that a comma or a line break in it smuggles nobody in.
    rows = b"address\r\n" + write_row([" ".join(address.split())])
    return import_people(app, rows, basis=basis, evidence=evidence, confirmed=confirmed)


def export_people(app: App) -> Iterator[bytes]:
    """Everybody as CSV in UTF-8: a piece for the header, then one for each person.

    Cells that a spreadsheet would run as formulas are disarmed.
    """
    from subscribers.transfer import export_csv

    with app.store.reading() as work:
        yield from export_csv(work.roll.everyone(), suppressed=work.roll.suppressed())


def list_people(app: App) -> Iterator[tuple[Person, bool]]:
    """Everybody in the order they came, and whether their address is suppressed."""
    with app.store.reading() as work:
        suppressed = work.roll.suppressed()
        yield from ((one, one.id in suppressed) for one in work.roll.everyone())


def suppress(app: App, addresses: Sequence[str], *, reason: str) -> int:
    """Never mail these again, whatever a list says. Gives how many were not suppressed before."""
    with translated(), app.store.work() as work:
        done = sum(work.roll.suppressions.add(one, reason, app.now()) for one in addresses)
        app.note(work, "cli", "subscribers.suppress", after=str(done))
    return done


def unsuppress(app: App, addresses: Sequence[str]) -> int:
    """Lifts a suppression. Gives how many there were."""
    with translated(), app.store.work() as work:
        done = sum(work.roll.suppressions.remove(one) for one in addresses)
        app.note(work, "cli", "subscribers.unsuppress", after=str(done))
    return done


def erase(app: App, addresses: Sequence[str]) -> int:
    """Removes people and their records; a keyed hash remains so that they stay unmailed."""
    with translated(), app.store.work() as work:
        done = sum(work.erase(one, app.now()).person_id is not None for one in addresses)
        app.note(work, "cli", "subscribers.erase", after=str(done))
    return done


def leave_page(app: App, token: str) -> LeavePage:
    """Who a leave address belongs to, masked. Changes nothing. `NotFound` on a forged token."""
    with translated(), app.store.reading() as work:
        return _page(app, holder(work, token))


def leave(app: App, token: str, *, how: str) -> LeavePage:
    """Unsubscribes the holder of the token; a second time is harmless."""
    with translated(), app.store.work() as work:
        person = holder(work, token)
        work.roll.leave(person.id, app.now(), how)
        return _page(app, work.roll.get(person.id))


def rejoin(app: App, token: str) -> LeavePage:
    """Takes back a leave, on the page that followed it."""
    with translated(), app.store.work() as work:
        person = holder(work, token)
        work.roll.resubscribe(person.id, app.now(), "undo")
        return _page(app, work.roll.get(person.id))


def holder(work: Work, token: str) -> Person:
    """Whose a leave token is. Raises `TokenRefused` or `PersonUnknown`, to be translated."""
    return work.roll.get(work.signer.reader_of(token))


def _page(app: App, person: Person) -> LeavePage:
    from subscribers.address import masked

    return LeavePage(masked(person.address), app.settings.publication.name, str(person.status))


def preferences(app: App, token: str) -> Person:
    """What the holder of the token chose so far. Changes nothing."""
    with translated(), app.store.reading() as work:
        return holder(work, token)


def save_preferences(
    app: App,
    token: str,
    *,
    sections: Sequence[str],
    hour: int | None,
    frequency: str,
    format: str,  # noqa: A002 - the column's name
) -> Person:
    """What a reader chose on the page of their own link. Unknown values are `Refused`."""
    from subscribers.model import Format, Frequency

    unknown = set(sections) - {topic.slug for topic in app.newsroom.topics}
    try:
        wishes = (Frequency(frequency), Format(format))
    except ValueError as cause:
        raise _no_such_choice() from cause
    if unknown or not (hour is None or 0 <= hour <= 23):
        raise _no_such_choice()
    with translated(), app.store.work() as work:
        person = holder(work, token)
        return work.roll.set_preferences(
            replace(
                person,
                sections=frozenset(sections),
                hour=hour,
                frequency=wishes[0],
                format=wishes[1],
            )
        )


def _no_such_choice() -> Refused:
    return Refused(
        "Изборът не може да се запише.",
        "В него има рубрика, час, честота или вид, каквито няма.",
        "Отворете страницата отново и изберете от показаното.",
    )
