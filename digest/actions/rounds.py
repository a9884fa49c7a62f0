"""A round of collecting that the workers of all machines share, slice by slice.

    begin ─ jobs ─ take ─ ask ─ end … close

The rows of the slices are the truth: a job only says where to look, and one that is lost or run
twice loses and asks nothing twice. Whoever ends the last slice closes the round; what nobody
takes, or its taker died of, is asked by the machine with the clock.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions import collecting
from digest.clock import real_now
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import Source
    from digest.store.rounds import Brought, Slice

log = logging.getLogger(__name__)

RENEWED = 0.25
"""The part of a lease after which it is renewed: two renewals may fail."""
UNTAKEN = timedelta(minutes=2)
"""So long a slice waits for a worker; then the machine with the clock asks its sources. Two full
minutes, so that a sweep lies between."""
LOOK = timedelta(seconds=1)
"""How often a morning looks whether the slices of others have ended."""


def begin(app: App, *, urgent: bool) -> bool:
    """Opens a round in slices and tells the workers; False where one process asks all sources.

    That is without `collect.slices`, without PostgreSQL, and before any worker has ever run.
    A round that is open stays the one. What lies on this machine's own disk is asked before this
    returns.
    """
    if not app.settings.collect.slices or app.herald is None:
        return False
    with app.store.work() as work:
        if work.rounds.open():
            return True
        planned = _planned(app, work.sources.list(active_only=True), urgent=urgent)
        shared = [one.n for one in planned if not one.here]
        if not shared or not app.herald.opened(work.connection, {planned[0].round: shared}):
            return False
        work.rounds.begin(planned)
    log.info("a round of collecting in %d slices", len(planned))
    for one in planned:
        if one.here:
            take(app, one)
    return True


def tend(app: App) -> bool:
    """Whether a round is open. What has waited too long for a worker is asked here, a slice a call.

    Called by the machine with the clock.
    """
    for one in waiting(app):
        if one.here or real_now() - max(one.began, one.lease or one.began) > UNTAKEN:
            take(app, one)
            break
    close(app)
    return bool(_open(app))


def collect(app: App) -> None:
    """A whole round before a build: shared where it can be, and never waiting without an end.

    This process takes slices as the workers do. What others are asking it waits for as long as
    one host may keep a round, and a lease more; then it asks those sources itself.
    """
    left = _open(app)
    if left:
        _finish(app)
    if any(one.urgent for one in left):
        return
    if begin(app, urgent=True):
        _finish(app)
    else:
        collecting.collect(app)


def waiting(app: App) -> list[Slice]:
    """Slices that nobody is asking now."""
    return [one for one in _open(app) if one.free(real_now())]


def asked_elsewhere(app: App) -> list[Slice]:
    """Slices that somebody holds now."""
    return [one for one in _open(app) if one.held(real_now())]


def take(app: App, wanted: Slice) -> bool:
    """Asks the sources of a slice, if it is still as it was read; closes the round after the last.

    Raises what the store raises; the slice is then free again when its lease runs out.
    """
    with app.store.work() as work:
        mine = work.rounds.take(wanted, until=real_now() + _lease(app))
    if mine is None:
        return False
    with _kept(app, mine):
        brought = _asked(app, mine)
    with app.store.work() as work:
        if not work.rounds.end(mine, brought):
            log.warning("slice %d of %s was another's by its end", mine.n, mine.round)
    close(app)
    return True


def close(app: App) -> bool:
    """Ends the oldest open round if all its slices have ended; True for exactly one caller."""
    now, slices = real_now(), _open(app)
    ended = [one for one in slices if one.round == slices[0].round]
    if not ended or not all(one.done or one.lost(now) for one in ended):
        return False
    collecting.housekeeping(app)
    with app.store.work() as work:
        if not work.rounds.close(ended):
            return False
        collecting.mark_round(app, work)
    _tell(ended)
    return True


def _planned(app: App, sources: Sequence[Source], *, urgent: bool) -> list[Slice]:
    from digest.collect.slicing import is_here, sliced
    from digest.store.rounds import Slice

    began = real_now()
    own = tuple(one.id for one in sources if is_here(one))
    shared = sliced([one for one in sources if not is_here(one)], app.settings.collect.slices)
    parts = [(True, own)] if own else []
    parts += [(False, one) for one in shared]
    name = began.isoformat(timespec="milliseconds")
    return [
        Slice(name, n, began, urgent=urgent, here=here, sources=ids)
        for n, (here, ids) in enumerate(parts)
    ]


def _lease(app: App) -> timedelta:
    return timedelta(seconds=app.settings.collect.lease_seconds)


def _open(app: App) -> Sequence[Slice]:
    with app.store.reading() as work:
        return work.rounds.open()


def _asked(app: App, mine: Slice) -> Brought:
    """The sources of a slice that are still followed, asked now."""
    from digest.store.rounds import Brought

    with app.store.reading() as work:
        followed = work.sources.list(active_only=True)
    wanted = set(mine.sources)
    report = collecting.ask(app, [one for one in followed if one.id in wanted], urgent=mine.urgent)
    return Brought(**{one.name: getattr(report, one.name) for one in fields(Brought)})


def _finish(app: App) -> None:
    """Takes slices until no round is open; others are given time for theirs, not for ever."""
    patience = timedelta(seconds=app.settings.collect.host_seconds) + _lease(app)
    idle_since: datetime | None = None
    while slices := _open(app):
        now = real_now()
        free = [one for one in slices if one.free(now)]
        held = [one for one in slices if one.held(now)]
        if not free and idle_since is not None and now - idle_since > patience:
            log.warning("%d slices are taken over from others", len(held))
            free = held
        if free:
            idle_since = None if take(app, free[0]) else idle_since
        elif not close(app):
            idle_since = idle_since or now
            threading.Event().wait(LOOK.total_seconds())


@contextmanager
def _kept(app: App, mine: Slice) -> Iterator[None]:
    """Renews the lease of a slice while its sources are asked."""
    over = threading.Event()
    # Whoever hangs lets go at last: no slice takes so long that is not stuck.
    longest = real_now() + 3 * timedelta(seconds=app.settings.collect.host_seconds) + _lease(app)
    renewing = threading.Thread(target=_renew, args=(app, mine, over, longest), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _renew(app: App, mine: Slice, over: threading.Event, longest: datetime) -> None:
    pause = RENEWED * _lease(app).total_seconds()
    while not over.wait(pause) and real_now() < longest:
        try:
            with app.store.work() as work:
                if not work.rounds.renew(mine, until=real_now() + _lease(app)):
                    return
        except DigestError as error:
            log.warning("the lease of slice %d is not renewed: %s", mine.n, error)


def _tell(ended: Sequence[Slice]) -> None:
    """A round's end in the log, with the sources that nobody could ask."""
    brought = [one.done for one in ended if one.done is not None]
    log.info(
        "a round in %d slices has ended: %d sources, %d failed, %d new articles",
        len(ended),
        sum(one.sources for one in brought),
        sum(one.failed for one in brought),
        sum(one.articles_new for one in brought),
    )
    for one in ended:
        if one.done is None:
            log.error("nobody could ask: %s (each process that tried has died)", one.sources)
