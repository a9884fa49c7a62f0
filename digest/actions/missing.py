"""Who has not got an edition and why, and another try for those of whom it makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.bulgarian.dates import date_in_words
from digest.clock import zone
from digest.model import DeliveryState, EditionId

if TYPE_CHECKING:
    from digest.store.ledger import Line
    from digest.store.missed import Unplanned

MISSED = frozenset(DeliveryState) - {DeliveryState.ACCEPTED}

DEEDS = 1000
"""Acts on one edition that are looked through for its queueing, the newest first."""

NOT_PLANNED = "not-planned"
"""The state, in the ledger's words, of a reader whom the edition has no row for."""

OF_STATE = {
    DeliveryState.QUEUED: "чака реда си",
    DeliveryState.CLAIMED: "чака реда си",
    DeliveryState.SENDING: "изпраща се в момента",
    DeliveryState.DEFERRED: "пощата помоли за по-късно, ще бъде опитано пак",
    DeliveryState.REFUSED: "пощата отказа писмото",
    DeliveryState.UNKNOWN: "няма отговор след предаването, може да е получено",
    DeliveryState.SUPPRESSED: "адресът е блокиран, на пауза или отписан",
    DeliveryState.CANCELLED: "изпращането беше отменено",
}
OF_WORD = {
    "expired": "не стигна ред преди крайния час",
    "hard": "няма такава пощенска кутия",
    "denied": "пощата отрече твърде много адреси наведнъж, не е сигурно, че кутията я няма",
    "soft": "кутията не можеше да приеме писмото",
    "ours": "пощата отказа нас, а не получателя",
    "throttle": "пощата искаше по-бавно темпо",
    "greylist": "пощата искаше повторен опит, а времето изтече",
    "render": "за този адрес не може да се състави писмо",
}
"""The word a refusal's `last_error` opens with (`digest.model.Result.reason`) → what it means."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One reader without an accepted delivery; `delivery` is empty where none was planned."""

    address: str
    state: str
    reason: str
    attempts: int = 0
    last_error: str | None = None
    delivery: str = ""


def missed(app: App, wanted: str) -> Iterator[Missed]:
    """One for each reader who has not got the edition: those planned first, then the others."""
    edition = editions.get(app, wanted)
    with app.store.reading() as work:
        for line in work.deliveries.lines(edition.id, MISSED):
            yield _planned(line)
        deeds = work.activity.list(subject=edition.id, limit=DEEDS)
        queued = next((one.at for one in deeds if one.what == "edition.queue"), None)
        for one in work.deliveries.unplanned(edition.id):
            why = _why_not(one, edition.date, app.now(), queued, app)
            yield Missed(one.address, NOT_PLANNED, why)


def _planned(line: Line) -> Missed:
    from digest.store.missed import reason_of

    reason = OF_STATE[line.state]
    if line.state is DeliveryState.REFUSED:
        reason = OF_WORD.get(reason_of(line.last_error), reason)
    return Missed(
        line.address, str(line.state), reason, line.attempts, line.last_error, line.delivery
    )


def _why_not(one: Unplanned, day: date, now: datetime, queued: datetime | None, app: App) -> str:
    from subscribers.model import Frequency, Status

    if one.confirmed_at is None or one.status is Status.PENDING:
        return "още не е потвърдил абонамента си"
    if one.suppressed:
        return "адресът е блокиран"
    if one.status is Status.PAUSED and one.paused_until and one.paused_until > now:
        until = one.paused_until.astimezone(zone(app.settings.publication.timezone)).date()
        return f"на пауза до {date_in_words(until)}"
    if one.frequency is Frequency.WEEKDAYS and day.weekday() > 4:
        return "получава броя само в работни дни"
    if one.frequency is Frequency.WEEKLY and day.weekday() != 0:
        return "получава броя само в понеделник"
    if queued is None:
        return "броят още не е нареден"
    if one.confirmed_at > queued:
        return "записа се, след като броят беше нареден"
    return "не беше сред получателите, когато броят беше нареден"


@dataclass(frozen=True, slots=True)
class Again:
    """How many deliveries of an edition were given another try."""

    edition: EditionId
    again: int


def send_to_missed(app: App, wanted: str, *, by: str) -> Again:
    """Gives those refused for a passing reason another try.

    Never those who got it, of whom it is not known, who are suppressed or whose mailbox does not
    exist. Repeating it does nothing while they wait. Raises `Conflict` for a cancelled edition,
    `Forbidden` for a person of the desk who may not approve.
    """
    edition = editions.get(app, wanted)
    reviewing.allowed(app, by, "approve")
    with app.store.work() as work:
        again = work.deliveries.send_again(
            edition.id, now=app.now(), expires_minutes=app.settings.approval.latest_minutes
        )
        if again:
            app.note(work, by, "edition.send-missed", subject=edition.id, after=str(again))
            app.announce(work, edition.id)
    return Again(edition.id, again)


def would_resend(app: App, wanted: str) -> int:
    """How many `send_to_missed` would try again now."""
    from digest.store.missed import passing

    edition = editions.get(app, wanted)
    with app.store.reading() as work:
        refused = work.deliveries.lines(edition.id, {DeliveryState.REFUSED})
        return sum(passing(one.last_error) for one in refused)
