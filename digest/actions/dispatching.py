"""Dispatching: sending what is due, and what the ledger says of it.

A slice of `sending.Sender` is the one thing that sends: the embedded threads, `digest dispatch` and
the jobs on many machines all run it.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from digest.actions import denials, editions, pacing
from digest.actions.app import App
from digest.actions.clerk import Clerk
from digest.actions.composing import Composers
from digest.actions.hooks import settle_kept
from digest.actions.queueing import QueueReport, mark_sent, queue
from digest.actions.sending import Sender, Tally
from digest.clock import monotonic, real_now
from digest.errors import Conflict, DigestError, WrongSettings
from digest.model import (
    EditionId,
    EditionState,
    Ledger,
    Outcome,
)

if TYPE_CHECKING:
    from digest.deliver.transport import TransportSpec
    from digest.store.ledger import Line
    from digest.store.queues import LaneQueue

__all__ = ["DispatchReport", "QueueReport", "dispatch", "drain_slice", "ledger", "queue"]


@dataclass(frozen=True, slots=True)
class DispatchReport:
    """Outcomes of one run; `waiting` rows are due later, the first at `next_due`."""

    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    unknown: int = 0
    seconds: float = 0.0
    per_second: float = 0.0
    waiting: int = 0
    next_due: datetime | None = None
    trouble: DigestError | None = None


Stop = Callable[[], bool]


def dispatch(
    app: App,
    *,
    transport: str | None = None,
    connections: int | None = None,
    until_empty: bool = True,
    edition_id: str | None = None,
    stop: Stop | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> DispatchReport:
    """Sends what is due now over `connections` kept connections, and says what it came to.

    Returns when nothing can be claimed (`until_empty`) or after one slice a connection. A relay
    that cannot be reached ends the run with `trouble` set; its rows wait untouched.
    """
    spec = open_transport(app, transport)
    edition = _id_of(app, edition_id)
    guard_restored(app)
    refuse_unsigned(app)
    tally, composers = Tally(), Composers(app)
    began = monotonic()
    ended = threading.Event()

    def halt() -> bool:
        return ended.is_set() or (stop is not None and stop())

    def lane(clerk: Clerk, number: int) -> None:
        sender = Sender(app, spec, worker=worker_name(f"w{number}"), tally=tally,
                        progress=progress, stop=halt, clerk=clerk, composers=composers)  # fmt: skip
        try:
            while not halt() and tally.trouble is None and sender.slice(edition) and until_empty:
                pass
        except DigestError as error:
            tally.fail(error)
        except BaseException:
            ended.set()
            raise
        finally:
            sender.close()

    with Clerk(app) as clerk:
        count = connections or app.settings.dispatch.connections
        _in_threads(partial(lane, clerk), count, ended)
    return _report(app, tally, monotonic() - began, edition)


def worker_name(part: str) -> str:
    """One connection's name among those of all machines: the cap of a lane counts them."""
    return f"{socket.gethostname()}:{os.getpid()}:{part}"


def _in_threads(lane: Callable[[int], None], count: int, ended: threading.Event) -> None:
    """Runs the lanes to their end; Ctrl-C and a fault of our own end them after their window."""
    with ThreadPoolExecutor(count, thread_name_prefix="dispatch") as pool:
        running = [pool.submit(lane, number) for number in range(count)]
        try:
            for one in running:
                one.result()
        except BaseException:
            ended.set()
            raise


def _report(app: App, tally: Tally, seconds: float, edition: EditionId | None) -> DispatchReport:
    done = sum(tally.counts[one] for one in Outcome if one is not Outcome.RETURNED)
    with app.store.work() as work:
        waiting, next_due = work.deliveries.waiting(edition, app.now())
        mark_sent(app, work)
    denials.judge(app)
    settle_kept(app)
    rested = [one for one in (next_due, pacing.rested(app)) if one is not None]
    return DispatchReport(
        accepted=tally.counts[Outcome.ACCEPTED],
        deferred=tally.counts[Outcome.DEFERRED],
        refused=tally.counts[Outcome.REFUSED],
        unknown=tally.counts[Outcome.UNKNOWN],
        seconds=round(seconds, 3),
        per_second=round(done / seconds, 1) if seconds > 0 else 0.0,
        waiting=waiting,
        next_due=min(rested) if waiting and rested else next_due,
        trouble=tally.trouble,
    )


def guard_restored(app: App) -> None:
    """A restored copy does not know what left after it was made: a person says go on.

    Raises `Conflict` until `confirm_restored` was called.
    """
    with app.store.reading() as work:
        copy = work.marks.restored()
    if copy is not None:
        raise Conflict(
            "Базата е върната от копие и не изпраща сама.",
            f"Копието „{copy}“ не знае какво е тръгнало след него.",
            "Проверете отчета и разрешете с „digest db confirm --as АДРЕС“.",
        )


def refuse_unsigned(app: App) -> None:
    """Reads the keys before a row is claimed; raises `WrongSettings` for one that cannot sign."""
    _ = app.signer


def confirm_restored(app: App, *, by: str) -> None:
    """A person says that a restored database may send again."""
    with app.store.work() as work:
        work.marks.confirm_restored()
        app.note(work, by, "db.confirm")


def close_finished(app: App) -> None:
    """What `dispatch` does at its end, for those who drain by slices."""
    with app.store.work() as work:
        mark_sent(app, work)
    denials.judge(app)
    settle_kept(app)


def open_transport(app: App, text: str | None, *, first: int = 0) -> TransportSpec:
    """The way out: the flag, else the settings' one or several, else `outbox` in the home.

    `first` is the number of its first connection, by which several relays are spread.
    Raises `WrongSettings` for what cannot be a way out, and for two answers to one question.
    """
    from digest.deliver.relays import Relay, RelaysSpec
    from digest.deliver.transport import parse_transport

    options = app.settings.dispatch

    def named(said: str) -> TransportSpec:
        return parse_transport(
            said,
            home=app.home,
            timeout=options.smtp_timeout_seconds,
            messages=options.messages_per_connection,
        )

    if text or not options.relays:
        return named(text or options.transport or "folder:outbox")
    if options.transport:
        raise _two_ways()
    relays = tuple(Relay(one.name, named(one.transport), one.weight) for one in options.relays)
    return RelaysSpec(relays, first=first)


def _two_ways() -> WrongSettings:
    return WrongSettings(
        "Не е ясно по кой път да тръгнат писмата.",
        "В настройките има и dispatch.transport, и [[dispatch.relays]].",
        "Оставете само едното; за един път наведнъж има „digest dispatch --transport“.",
    )


def drain_slice(
    app: App,
    spec: TransportSpec,
    edition_id: EditionId | None = None,
    worker: str | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> int:
    """Sends one slice of what is due; gives how many rows it took. Raises as `draining` does."""
    with draining(app, spec, worker=worker, progress=progress) as one_slice:
        return one_slice(edition_id)


@contextmanager
def draining(
    app: App,
    spec: TransportSpec,
    *,
    worker: str | None = None,
    progress: Callable[[Outcome], None] | None = None,
    clerk: Clerk | None = None,
) -> Iterator[Callable[[EditionId | None], int]]:
    """One kept connection for slice after slice: what a queue's job runs.

    A slice raises what stood in the way (`Unavailable` for a relay that cannot be reached), so
    that the job backs off instead of taking the same rows again at once. `clerk` writes for the
    other jobs of the process too.
    """
    guard_restored(app)
    refuse_unsigned(app)
    tally = Tally()
    name = worker or worker_name(f"job{threading.get_ident()}")
    with Clerk(app) if clerk is None else nullcontext(clerk) as hand:
        sender = Sender(app, spec, worker=name, tally=tally, progress=progress, clerk=hand,
                        composers=Composers(app))  # fmt: skip

        def one_slice(edition_id: EditionId | None) -> int:
            taken = sender.slice(edition_id)
            if tally.trouble is not None:
                raise tally.trouble
            return taken

        try:
            yield one_slice
        finally:
            sender.close()


def ledger(app: App, wanted: str) -> Ledger:
    """The edition's counts, from its rows."""
    edition = editions.get(app, wanted)
    with app.store.reading() as work:
        return work.deliveries.ledger(edition.id)


def deliveries(app: App, wanted: str) -> Iterator[Line]:
    """Each delivery of an edition as one line, in the order they were planned."""
    edition = editions.get(app, wanted)
    with app.store.reading() as work:
        yield from work.deliveries.lines(edition.id)


def pause(app: App, wanted: str, *, by: str) -> None:
    """Stops claiming rows of this edition; what is in flight finishes."""
    _flag(app, wanted, by=by, paused=True)


def resume(app: App, wanted: str, *, by: str) -> None:
    """Lets a paused edition go on."""
    _flag(app, wanted, by=by, paused=False)


def _flag(app: App, wanted: str, *, by: str, paused: bool) -> None:
    edition = editions.get(app, wanted)
    with app.store.work() as work:
        (work.editions.pause if paused else work.editions.resume)(edition.id)
        if not paused:
            app.announce(work, edition.id)
        app.note(work, by, "edition.pause" if paused else "edition.resume", subject=edition.id)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a cancelling came to: rows called off by it, and the account after it."""

    stopped: int
    ledger: Ledger

    @property
    def left(self) -> int:
        """How many have got it or may have: accepted, on the wire, in doubt."""
        return self.ledger.accepted + self.ledger.sending + self.ledger.unknown


def cancel(app: App, wanted: str, *, by: str) -> Cancelled:
    """Calls off what has not left yet; the counts say how much had.

    An edition that was sent stays so, and only its rows for another try are called off. Raises
    `Conflict` when nothing of it waits.
    """
    edition = editions.get(app, wanted)
    sent = edition.state is EditionState.SENT
    with app.store.work() as work:
        stopped = work.deliveries.cancel(edition.id, app.now())
        if sent and not stopped:
            raise _all_left(edition.id)
        if not sent:
            work.editions.set_state(edition.id, EditionState.CANCELLED)
        app.note(work, by, "edition.cancel", subject=edition.id, after=str(stopped))
        return Cancelled(stopped, work.deliveries.ledger(edition.id))


def _all_left(edition_id: EditionId) -> Conflict:
    return Conflict(
        f"Броят „{edition_id}“ вече е изпратен.",
        "Няма неизпратени писма, които да се отменят.",
        "За грешка в текста изпратете поправка със следващия брой.",
    )


def anything_due(app: App) -> bool:
    """Whether a claim could take a row now: a read that waits for no writer."""
    with app.store.reading() as work:
        return work.deliveries.anything_due(app.now(), real_now())


def planned_now(app: App, edition_id: str | None = None) -> int:
    """How many rows wait to be sent, due or not: the length of a progress bar."""
    with app.store.reading() as work:
        return work.deliveries.waiting(_id_of(app, edition_id), app.now())[0]


def lane_queues(app: App, edition_id: str | None = None) -> Sequence[LaneQueue]:
    """What waits in each lane now, and from when."""
    return pacing.queues(app, _id_of(app, edition_id))


def _id_of(app: App, wanted: str | None) -> EditionId | None:
    return editions.get(app, wanted).id if wanted else None
