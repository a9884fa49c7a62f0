"""Lanes that are stopped until a person has looked: the alarm, and what doctor and desk say.

Either too many refusals were ours, or too many readers were said not to exist. Nobody is
suppressed for the one or the other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.bulgarian.moments import moment
from digest.bulgarian.typography import count
from digest.clock import zone
from digest.errors import Finding
from digest.model import LaneState

if TYPE_CHECKING:
    from datetime import datetime

    from digest.actions.app import App
    from digest.store.work import Work

log = logging.getLogger(__name__)

STOPPED, RESUMED = "lane.stop", "lane.resume"
"""In the desk's memory: a lane was stopped, and a person let it go on."""
ANYBODY = "АДРЕС"
"""Stands in a command for the address of whoever will give it."""


def alarm(app: App, work: Work, state: LaneState) -> None:
    """A lane has just been stopped: the log and the desk's memory say why."""
    told = (state.hard, state.seen) if state.doubted else (state.ours, state.answered)
    what = "denied the address" if state.doubted else "were refusals of ours"
    log.error("lane %s is stopped: %d of %d answers %s: %s",
              state.name, *told, what, state.stopped)  # fmt: skip
    app.note(work, "digest", STOPPED, subject=state.name, after=state.stopped[:200])


def stopped(app: App) -> tuple[LaneState, ...]:
    """The lanes that wait for a person."""
    with app.store.reading() as work:
        return tuple(one for one in work.lanes.all().values() if one.stopped)


def since(work: Work, lane: str) -> datetime | None:
    """When a lane was stopped, of which it has not been let go on; None if that is not known."""
    at = None
    for deed in work.activity.list(subject=lane):
        if deed.what == RESUMED:
            break
        at = deed.at if deed.what == STOPPED else at
    return at


def findings(app: App, *, by: str = ANYBODY) -> Iterator[Finding]:
    """A stopped lane is red: people wait, and it does not go on by itself.

    `by` is who will give the commands that the remedy names.
    """
    for one in stopped(app):
        told = _denying if one.doubted else _refusing
        yield told(one, f"е спрян{_since(app, one.name)}", f"digest lanes resume {one.name}", by)


def _since(app: App, lane: str) -> str:
    """„ от днес, 7:02“, or nothing where the hour is not known."""
    with app.store.reading() as work:
        at = since(work, lane)
    local = zone(app.settings.publication.timezone)
    return "" if at is None else f" от {moment(at, now=app.now(), zone=local)}"


def _refusing(one: LaneState, standing: str, resume: str, by: str) -> Finding:
    return Finding(
        "red",
        "lane-stopped",
        f"Коридорът „{one.name}“ {standing}: {count(one.ours, 'отказ')} от "
        f"{count(one.answered, 'отговор')} са заради нас, не заради читателите. "
        f"Последният: {one.stopped}.",
        f"Отстранете причината (SPF, DKIM, черен списък) и пуснете с „{resume} --as {by}“. "
        "Никой не е отписан.",
    )


def _denying(one: LaneState, standing: str, resume: str, by: str) -> Finding:
    return Finding(
        "red",
        "lane-denied",
        f"Коридорът „{one.name}“ {standing}: за {count(one.hard, 'адрес')} пощата отговори, че ги "
        f"няма ({one.stopped}), а отговорите бяха {one.seen}. Толкова наведнъж едва ли е вярно.",
        f"Вижте „digest ledger БРОЙ --missed“. Ако греши пощата, пуснете с „{resume} --as {by}“ "
        f"и пратете пак с „digest queue БРОЙ --missed --as {by}“; ако адресите наистина ги няма – "
        f"с „{resume} --gone --as {by}“. Засега никой не е блокиран.",
    )
