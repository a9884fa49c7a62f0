"""Dispatching: planning one delivery for each reader, and sending what is due.

`queue` fills the ledger in one transaction. `drain_slice` is the one function that sends: the
embedded threads, `digest dispatch` and the jobs on many machines all run it. An intent is
committed before the first byte of DATA and each answer at once, so a crash leaves at most the
window in flight `unknown` (docs/decisions/0001).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions import editions
from digest.actions.app import App
from digest.clock import monotonic, real_now, zone
from digest.errors import Conflict, DigestError, Unavailable
from digest.model import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Edition,
    EditionId,
    EditionState,
    Ledger,
    Outcome,
    RenderedEdition,
    Result,
)

if TYPE_CHECKING:
    from digest.deliver.message import Composer
    from digest.deliver.transport import Transport, TransportSpec
    from digest.store.ledger import Line
    from digest.store.work import Work

log = logging.getLogger(__name__)

RETRY_MINUTES = (5, 15, 45, 120, 360)
"""After the n-th deferral; jitter of up to a fifth is added so that rows do not march in step."""

WINDOW = 2
"""Rows a connection may have in `sending` at once: what a crash can leave unknown."""

THROTTLE_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QueueReport:
    """What was planned: deliveries by lane and the number of variants."""

    edition: EditionId
    planned: int
    variants: int
    lanes: dict[str, int]


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


def queue(app: App, wanted: str) -> QueueReport:
    """Plans a delivery for every confirmed reader of this edition. A second time plans nothing."""
    edition = editions.get(app, wanted)
    editions.refuse_empty(edition)
    if edition.state not in {EditionState.APPROVED, EditionState.QUEUED, EditionState.SENT}:
        raise Conflict(
            f"Броят „{edition.id}“ не е одобрен.",
            f"Състоянието му е „{edition.state}“.",
            f"Одобрете го с „digest approve {edition.id} --as АДРЕС“.",
        )
    rendered = _complete_variants(app, edition)
    with app.store.work() as work:
        work.editions.save_rendered(rendered)
        planned = work.deliveries.fill(
            edition,
            slots=_slots(app, edition, work.deliveries.distinct_slots(app.now())),
            now=app.now(),
            expires_minutes=app.settings.approval.latest_minutes,
            domain=app.settings.masthead().domain,
            on_unknown=app.settings.approval.on_unknown,
        )
        if edition.state is EditionState.APPROVED:
            work.editions.set_state(edition.id, EditionState.QUEUED)
        lanes = work.deliveries.lanes(edition.id)
        app.note(work, "digest", "edition.queue", subject=edition.id, after=str(planned))
    return QueueReport(edition.id, planned, len(rendered.variants), lanes)


def _complete_variants(app: App, edition: Edition) -> RenderedEdition:
    """The approved bytes, and the same blocks joined for sets of sections chosen since.

    Raises `Conflict` when rendering today gives other bytes than those that were approved.
    """
    from digest.render.render import render as compile_mail

    with app.store.reading() as work:
        kept = work.editions.rendered(edition.id, edition.revision)
        sets = editions.section_sets(app, work)
    if kept.content_hash != edition.content_hash:
        raise Conflict(
            f"Одобреното съдържание на „{edition.id}“ липсва.",
            "Записаните байтове не отговарят на подписа.",
            "Прегледайте и одобрете броя отново.",
        )
    if {"+".join(sorted(one)) or "all" for one in sets} <= set(kept.variants):
        return kept
    fresh = compile_mail(
        edition,
        app.settings.masthead(),
        section_sets=sets,
        newsroom=app.newsroom,
        overrides=app.home / "templates",
    )
    if any(
        fresh.variants.get(key, kept.variants[key]) != kept.variants[key] for key in kept.variants
    ):
        raise Conflict(
            f"Шаблонът или настройките са сменени след одобрението на „{edition.id}“.",
            "Новите варианти не биха били същите байтове.",
            "Одобрете броя отново.",
        )
    return replace(
        fresh, variants={**fresh.variants, **kept.variants}, content_hash=kept.content_hash
    )


def _slots(
    app: App, edition: Edition, pairs: Collection[tuple[str, int | None]]
) -> dict[tuple[str, int | None], datetime]:
    """When each (zone, hour) is due, in UTC. Without an hour: as soon as it is queued.

    A gap on a change night moves to the next valid minute, a repeated hour takes the first
    (fold=0); an hour already past is due at once.
    """
    now = app.now()
    due: dict[tuple[str, int | None], datetime] = {}
    for zone_name, hour in pairs:
        at = now
        if hour is not None:
            local = datetime(
                edition.date.year,
                edition.date.month,
                edition.date.day,
                hour,
                tzinfo=zone(zone_name),
            )
            at = max(now, local)
        due[zone_name, hour] = at
    return due


@dataclass
class _Tally:
    """Outcomes of a run, counted by the threads under one lock."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    trouble: DigestError | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, outcome: Outcome) -> None:
        with self.lock:
            self.counts[outcome] += 1

    def fail(self, error: DigestError) -> None:
        with self.lock:
            self.trouble = self.trouble or error


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
    edition = editions.get(app, edition_id).id if edition_id else None
    tally = _Tally()
    began = monotonic()
    halt = stop or (lambda: False)

    def lane(number: int) -> None:
        sender = _Sender(app, spec, worker=f"w{number}", tally=tally, progress=progress)
        try:
            while not halt() and tally.trouble is None and sender.slice(edition) and until_empty:
                pass
        except DigestError as error:
            tally.fail(error)
        finally:
            sender.close()

    threads = [
        threading.Thread(target=lane, args=(n,), name=f"dispatch-{n}")
        for n in range(connections or app.settings.dispatch.connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _report(app, tally, monotonic() - began, edition)


def _report(app: App, tally: _Tally, seconds: float, edition: EditionId | None) -> DispatchReport:
    done = sum(tally.counts[one] for one in Outcome if one is not Outcome.RETURNED)
    with app.store.work() as work:
        waiting, next_due = work.deliveries.waiting(edition, app.now())
        _close_finished(work)
    return DispatchReport(
        accepted=tally.counts[Outcome.ACCEPTED],
        deferred=tally.counts[Outcome.DEFERRED],
        refused=tally.counts[Outcome.REFUSED],
        unknown=tally.counts[Outcome.UNKNOWN],
        seconds=round(seconds, 3),
        per_second=round(done / seconds, 1) if seconds > 0 else 0.0,
        waiting=waiting,
        next_due=next_due,
        trouble=tally.trouble,
    )


def _close_finished(work: Work) -> None:
    """Editions of which nothing waits any more are sent; what is unknown stays visible."""
    for edition in work.editions.list(10):
        if edition.state is EditionState.QUEUED:
            counts = work.deliveries.ledger(edition.id)
            if counts.planned and not counts.queued + counts.sending + counts.deferred:
                work.editions.set_state(edition.id, EditionState.SENT)


def open_transport(app: App, text: str | None) -> TransportSpec:
    """The way out: the flag, else the settings, else the folder `outbox` in the home."""
    from digest.deliver.transport import parse_transport

    said = text or app.settings.dispatch.transport or "folder:outbox"
    return parse_transport(said, home=app.home, timeout=app.settings.dispatch.smtp_timeout_seconds)


def drain_slice(
    app: App, spec: TransportSpec, edition_id: EditionId | None = None, worker: str = "job"
) -> int:
    """Sends one slice of what is due: what a queue's job runs. Gives how many rows it took."""
    tally = _Tally()
    sender = _Sender(app, spec, worker=worker, tally=tally, progress=None)
    try:
        return sender.slice(edition_id)
    finally:
        sender.close()


class _Sender:
    """One connection's worth of sending: claims rows, marks intent, sends, records answers."""

    def __init__(
        self,
        app: App,
        spec: TransportSpec,
        *,
        worker: str,
        tally: _Tally,
        progress: Callable[[Outcome], None] | None,
    ) -> None:
        self._app = app
        self._spec = spec
        self._worker = worker
        self._tally = tally
        self._progress = progress
        self._transport: Transport | None = None
        self._composers: dict[tuple[EditionId, int], Composer] = {}

    def slice(self, edition: EditionId | None) -> int:
        """Claims a slice and sees every row of it through. 0: nothing can be claimed now."""
        options = self._app.settings.dispatch
        with self._app.store.work() as work:
            claimed = work.deliveries.claim(
                edition,
                worker=self._worker,
                limit=max(WINDOW, options.slice // max(1, options.connections)),
                now=self._app.now(),
                lease_seconds=options.lease_seconds,
                real_now=real_now(),
            )
        left = list(claimed)
        try:
            while left and self._tally.trouble is None:
                window, left = left[:WINDOW], left[WINDOW:]
                self._window(window)
        finally:
            self._give_back(left)
        return len(claimed)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _window(self, window: list[Delivery]) -> None:
        """Composes first, so that a bad row is refused before anything is on the wire."""
        ready: list[tuple[Delivery, bytes]] = []
        for delivery in window:
            message = self._compose(delivery)
            if isinstance(message, Result):
                self._settle(delivery, message)
            else:
                ready.append((delivery, message))
        with self._app.store.work() as work:
            owned = work.deliveries.intend(
                [delivery for delivery, _ in ready],
                now=self._app.now(),
                real_now=real_now(),
                lease_seconds=self._app.settings.dispatch.lease_seconds,
            )
        messages = {delivery.id: message for delivery, message in ready}
        for delivery in owned:
            self._settle(delivery, self._send(delivery, messages[delivery.id]))

    def _compose(self, delivery: Delivery) -> bytes | Result:
        """One message, or `refused(render)` for this row alone.

        What is wrong with the edition itself (its headers, its stored bytes) raises: that would
        refuse everybody.
        """
        return self._composer(delivery).compose_or_refuse(delivery)

    def _composer(self, delivery: Delivery) -> Composer:
        from digest.deliver.message import Composer

        key = (delivery.edition_id, delivery.revision)
        if key not in self._composers:
            with self._app.store.work() as work:
                rendered = work.editions.rendered(*key)
            self._composers[key] = Composer(
                rendered,
                self._app.settings.masthead(),
                self._app.links(delivery.edition_id),
                date=self._app.now(),
            )
        return self._composers[key]

    def _send(self, delivery: Delivery, message: bytes) -> Result:
        if self._transport is None:
            self._transport = self._spec.open()
        return self._transport.send(delivery, message, self._envelope_from(delivery))

    def _envelope_from(self, delivery: Delivery) -> str:
        """A signed return path, so that a bounce names its delivery."""
        from digest.deliver.verp import return_path

        masthead = self._app.settings.masthead()
        return return_path(delivery.id, key=self._app.key, domain=masthead.domain)

    def _settle(self, delivery: Delivery, result: Result) -> None:
        """Commits one answer at once. A fenced-out worker's answer changes nothing."""
        now = self._app.now()
        with self._app.store.work() as work:
            mine = work.deliveries.answer(
                delivery, result, now=now, retry_at=retry_at(delivery, result, now)
            )
        if not mine:
            log.warning("delivery %s: a late answer was refused", delivery.id)
            return
        self._tally.add(result.outcome)
        if self._progress is not None:
            self._progress(result.outcome)
        if result.outcome is Outcome.RETURNED and result.reason == "connect":
            fault = self._transport.fault if self._transport else None
            self._tally.fail(
                fault
                or Unavailable(
                    "Пощенският сървър не отговаря.",
                    f"{self._spec.shown}: {result.text or 'няма връзка'}.",
                    "Проверете адреса и сървъра; никой не е изгубен – повторете „digest dispatch“.",
                )
            )

    def _give_back(self, rows: list[Delivery]) -> None:
        if rows:
            with self._app.store.work() as work:
                work.deliveries.release(rows)


def retry_at(delivery: Delivery, result: Result, now: datetime) -> datetime:
    """When a deferred or returned row may go again; the jitter comes from its id."""
    if result.outcome is Outcome.RETURNED:
        return now if result.reason == "connect" else now + THROTTLE_PAUSE
    minutes = RETRY_MINUTES[min(delivery.attempts, len(RETRY_MINUTES) - 1)]
    spread = sha256(f"{delivery.id}{delivery.attempts}".encode()).digest()[0] / 255
    return now + timedelta(minutes=minutes * (1 + 0.2 * spread))


def ledger(app: App, wanted: str) -> Ledger:
    """The edition's counts, from its rows."""
    edition = editions.get(app, wanted)
    with app.store.work() as work:
        return work.deliveries.ledger(edition.id)


def deliveries(app: App, wanted: str) -> Iterator[Line]:
    """Each delivery of an edition as one line, in the order they were planned."""
    edition = editions.get(app, wanted)
    with app.store.work() as work:
        yield from work.deliveries.lines(edition.id)


def pause(app: App, wanted: str, *, by: str) -> None:
    """Stops claiming rows of this edition; what is in flight finishes."""
    _flag(app, wanted, by=by, what="pause")


def resume(app: App, wanted: str, *, by: str) -> None:
    """Lets a paused edition go on."""
    _flag(app, wanted, by=by, what="resume")


def cancel(app: App, wanted: str, *, by: str) -> None:
    """Cancels what has not left yet; the counts say how much had."""
    _flag(app, wanted, by=by, what="cancel")


def _flag(app: App, wanted: str, *, by: str, what: str) -> None:
    edition = editions.get(app, wanted)
    with app.store.work() as work:
        if what == "cancel":
            work.deliveries.cancel(edition.id, app.now())
            work.editions.set_state(edition.id, EditionState.CANCELLED)
        elif what == "pause":
            work.editions.pause(edition.id)
        else:
            work.editions.resume(edition.id)
        app.note(work, by, f"edition.{what}", subject=edition.id)


def send_test(
    app: App, wanted: str, addresses: list[str], *, transport: str | None = None
) -> list[Result]:
    """Sends the edition to the named addresses by the real path, subject marked `[ТЕСТ]`.

    Nothing of it is in the ledger; unsubscribe addresses in it belong to nobody.
    """
    from digest.deliver.message import Composer

    edition = editions.get(app, wanted)
    editions.refuse_empty(edition)
    spec = open_transport(app, transport)
    composer = Composer(
        editions.render(app, edition),
        app.settings.masthead(),
        app.links(edition.id),
        date=app.now(),
        subject_prefix="[ТЕСТ] ",
    )
    sender = spec.open()
    try:
        return [
            sender.send(one, composer.compose(one), app.settings.masthead().from_address)
            for one in (_test_delivery(app, edition, address) for address in addresses)
        ]
    finally:
        sender.close()


def _test_delivery(app: App, edition: Edition, address: str) -> Delivery:
    sample = editions.sample_delivery(app, edition, None)
    token = sha256(f"{address}{app.now().isoformat()}".encode()).hexdigest()[:12]
    return replace(
        sample,
        id=DeliveryId(f"test-{token}"),
        address=address,
        state=DeliveryState.SENDING,
        message_id=f"<test-{token}@{app.settings.masthead().domain}>",
    )


def planned_now(app: App) -> int:
    """How many rows wait to be sent, due or not: the length of a progress bar."""
    with app.store.work() as work:
        return work.deliveries.waiting(None, app.now())[0]
