"""Scheduling: what is due now, made once for each publication and local date.

The clock that calls `tick` may call it late, twice or after an outage: every step first claims a
unique row (publication, local date, step), so it happens once; a step whose time passed more
than `approval.latest_minutes` ago waits for a person instead of mailing readers late.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from digest.actions import collecting, dispatching, drafting, editions, reviewing, rounds
from digest.actions.app import App
from digest.clock import zone
from digest.errors import DigestError, Retry, StorageFault
from digest.model import EditionState

log = logging.getLogger(__name__)

OVER = frozenset(
    {EditionState.QUEUED, EditionState.SENT, EditionState.SKIPPED, EditionState.CANCELLED}
)

DRAFT_AHEAD = timedelta(minutes=60)
DECIDE_AHEAD = timedelta(minutes=15)
QUIET = timedelta(minutes=10)
"""No round of collecting begins so near before a step: it must not make the step late."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A coming step: when, which (`build`, `decide`, `queue`), and a note such as a holiday."""

    at: datetime
    what: str
    note: str = ""


def coming(app: App, days: int = 7) -> list[Firing]:
    """The steps of the next days in order, in the publication's zone."""
    first = app.today()
    now = app.now()
    steps = [
        firing
        for offset in range(days + 1)
        for firing in _steps(app, first + timedelta(days=offset))
    ]
    return [one for one in steps if one.at > now and one.at <= now + timedelta(days=days)]


def _steps(app: App, day: date) -> tuple[Firing, ...]:
    """The steps of a day in order; a weekly has none but on its own day."""
    own = app.settings.publication
    if own.period == "week" and day.isoweekday() != own.weekday:
        return ()
    hour, minute = (int(part) for part in own.send_at.split(":"))
    due = datetime.combine(day, time(hour, minute), tzinfo=zone(own.timezone))
    return (
        Firing(due - DRAFT_AHEAD, "build"),
        Firing(due - DECIDE_AHEAD, "decide"),
        Firing(due, "queue"),
    )


class Fallen(ExceptionGroup[Exception]):
    """Steps that fell; `done` names the others, which had their turn."""

    done: Sequence[str] = ()


def tick(app: App) -> list[str]:
    """Does every step that is due and was not done. Gives what it did, for the log.

    A step is marked after it is done, and every step is safe to repeat: a machine that dies in
    the middle does it again. One leader at a time calls this (digest/jobs/leader.py). A step that
    falls holds up no other, and no collecting; `Fallen` is raised after them.
    """
    days = (app.today() - timedelta(days=1), app.today())
    due = [(day, what) for day in days for what in _due(app, day)]
    done: list[str] = []
    faults: list[Exception] = []
    for day, what in due:
        try:
            if _once(app, day, what):
                done.append(what)
        except Exception as fault:  # noqa: BLE001 - raised below, when the others had their turn
            faults.append(fault)
    done = done or _between(app)
    if faults:
        fallen = Fallen("steps of the morning", faults)
        fallen.done = done
        raise fallen
    return done


def _between(app: App) -> list[str]:
    """A round of collecting between mornings, when one is due and no step is near.

    Feeds hold a few dozen entries; a busy outlet pushes them out before the next morning.
    """
    every = timedelta(minutes=app.settings.collect.every_minutes)
    if not every or any(one.at <= app.now() + QUIET for one in coming(app, 1)):
        return []
    try:
        if rounds.tend(app):
            return []
        last = collecting.last_round(app)
        if last is not None and app.now() - last < every:
            return []
        if not rounds.begin(app, urgent=False):
            collecting.collect(app, urgent=False)
    except DigestError as error:
        log.warning("collecting between mornings: %s", error)
        return []
    return ["collect"]


def _due(app: App, day: date) -> list[str]:
    """The day's steps whose time has come and is not over; a late evening reaches past midnight."""
    steps = _steps(app, day)
    if not steps:
        return []
    latest = steps[-1].at + timedelta(minutes=app.settings.approval.latest_minutes)
    return [step.what for step in steps if step.at <= app.now() < latest]


def _once(app: App, day: date, what: str) -> bool:
    """Does a step unless it was done; True when it is done now.

    A step that has to wait (nobody approved yet, the database is busy) is tried again at the
    next tick, until its time is over.
    """
    publication = app.settings.publication.id
    with app.store.reading() as work:
        if work.marks.fired(publication, day, what):
            return False
    if not _do(app, what, day):
        return False
    log.info("done: %s of %s", what, day)
    with app.store.work() as work:
        return work.marks.fire_once(publication, day, what, app.now())


def _do(app: App, what: str, day: date) -> bool:
    """Whether the step is finished, for good or because trying again cannot help."""
    try:
        return STEPS[what](app, day)
    except DigestError as error:
        # The scheduler goes on; the desk and the log show what a person must do.
        log.warning("%s of %s: %s", what, day, error)
        final = error.retry is Retry.NO and not isinstance(error, StorageFault)
        if final:
            with app.store.work() as work:
                app.note(work, "digest", f"alarm.{what}", subject=str(day), after=str(error))
        return final


def _build(app: App, day: date) -> bool:
    if editions.of_day(app, day) is None:
        rounds.collect(app)
        drafting.build(app, day=day)
    return True


def _decide(app: App, day: date) -> bool:
    edition = editions.of_day(app, day)
    if edition is not None and edition.state is EditionState.DRAFT:
        reviewing.decide(app, edition)
    return edition is not None


def _queue(app: App, day: date) -> bool:
    edition = editions.of_day(app, day)
    if edition is None or edition.state is not EditionState.APPROVED:
        return edition is not None and edition.state in OVER
    dispatching.queue(app, edition.id)
    return True


STEPS: dict[str, Callable[[App, date], bool]] = {
    "build": _build,
    "decide": _decide,
    "queue": _queue,
}
