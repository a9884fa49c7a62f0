"""What went wrong where no person was looking: on the clock that makes the morning.

Kept in the database, since the clock and the desk may be on different machines; doctor and the
desk say it until it is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from digest.bulgarian.moments import moment
from digest.clock import zone
from digest.errors import DigestError, Finding

if TYPE_CHECKING:
    from digest.actions.app import App

FAILING = "scheduler.failing"
"""The mark while the clock cannot do its work: since when, and the kind of error."""
FAILED = "alarm.scheduler"
"""What the activity log calls the beginning of it."""


def failing(app: App, cause: BaseException) -> None:
    """The clock met an error that nobody foresaw; the first one in a row counts."""
    kind = type(_first(cause)).__name__
    with app.store.work() as work:
        if work.marks.get(FAILING) is None:
            work.marks.set(FAILING, f"{app.now().isoformat()} {kind}")
            app.note(work, "digest", FAILED, after=kind)


def over(app: App) -> None:
    """The clock did its work again, whichever process or machine had failed at it."""
    with app.store.reading() as work:
        standing = work.marks.get(FAILING) is not None
    if standing:
        with app.store.work() as work:
            work.marks.drop(FAILING)


def foreseen(cause: BaseException) -> bool:
    """Whether all of it is of a kind that says by itself what is wrong and passes or is told."""
    if isinstance(cause, BaseExceptionGroup):
        return all(map(foreseen, cause.exceptions))
    return isinstance(cause, DigestError)


def findings(app: App) -> Iterator[Finding]:
    """Red while the clock is failing: without it no edition is made, approved or queued."""
    with app.store.reading() as work:
        mark = work.marks.get(FAILING)
    if mark is None:
        return
    since, _, kind = mark.partition(" ")
    local = zone(app.settings.publication.timezone)
    at = moment(datetime.fromisoformat(since), now=app.now(), zone=local)
    yield Finding(
        "red",
        "scheduler-failing",
        f"Часовникът на редакцията не си върши работата от {at}: вътрешна грешка ({kind}).",
        "Пробва отново на всеки двадесет секунди, а следата е в дневника на услугата: пратете я на "
        "поддръжката. Дотогава броят може да тръгне и на ръка: „digest build“, „digest approve“ и "
        "„digest queue“.",
    )


def _first(cause: BaseException) -> BaseException:
    """Of several errors of one look the first."""
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    return cause
