"""Lanes that are stopped until a person has looked: the alarm, and what doctor and desk say.

Either too many refusals were ours, or too many readers were said not to exist. Nobody is
suppressed for the one or the other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.bulgarian.typography import count
from digest.errors import Finding
from digest.model import LaneState

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.store.work import Work

log = logging.getLogger(__name__)

STOPPED = "lane.stop"


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


def findings(app: App) -> Iterator[Finding]:
    """A stopped lane is red: people wait, and it does not go on by itself."""
    for one in stopped(app):
        yield _denying(one) if one.doubted else _refusing(one)


def _refusing(one: LaneState) -> Finding:
    return Finding(
        "red",
        "lane-stopped",
        f"Коридорът „{one.name}“ е спрян: {count(one.ours, 'отказ')} от "
        f"{count(one.answered, 'отговор')} са заради нас, не заради читателите. "
        f"Последният: {one.stopped}.",
        f"Отстранете причината (SPF, DKIM, черен списък) и пуснете с „digest lanes resume "
        f"{one.name} --as АДРЕС“. Никой не е отписан.",
    )


def _denying(one: LaneState) -> Finding:
    return Finding(
        "red",
        "lane-denied",
        f"Коридорът „{one.name}“ е спрян: за {count(one.hard, 'адрес')} пощата отговори, че ги "
        f"няма ({one.stopped}), а отговорите бяха {one.seen}. Толкова наведнъж едва ли е вярно.",
        f"Вижте „digest ledger БРОЙ --missed“. Ако греши пощата, пуснете с „digest lanes resume "
        f"{one.name} --as АДРЕС“ и пратете пак с „digest queue БРОЙ --missed“; ако адресите "
        f"наистина ги няма – с „digest lanes resume {one.name} --gone --as АДРЕС“. "
        f"Засега никой не е блокиран.",
    )
