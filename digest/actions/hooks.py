"""What providers tell of deliveries at `/hooks/…`, and what follows from it.

The same door as for a report by mail (`inbound.py`): hard suppresses, a complaint unsubscribes, a
delivery in doubt is settled, and nothing that was settled otherwise is turned round. An event
counts for a delivery when it carries a name of ours and went to its reader. One that comes while
the delivery is still open changes nothing of it; should it end in doubt (a worker died in the
middle), the event is there and settles it (`settle_kept`).
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING

from digest.actions import inbound, softly
from digest.actions.people import translated
from digest.clock import monotonic
from digest.errors import Conflict, NotFound, Unavailable
from digest.inbound.hooks.port import Denied, Kind
from digest.model import DeliveryState
from digest.replies import POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.actions.app import App
    from digest.inbound.hooks.port import Event, Fetch, Hook
    from digest.store.hooks import Waiting
    from digest.store.ledger import Found
    from digest.store.work import Work
    from subscribers.model import Person

log = logging.getLogger(__name__)

SEEN = "вече видяно"
FETCHES = 10
"""Fetches in a window: a certificate a region and a confirmation a topic are a few, and what a
stranger makes us ask for is bounded."""
WINDOW_SECONDS = 300.0
MAX_ANSWER = 20_000
"""Bytes of a certificate or a confirmation; both are about 2 KB."""
FETCH_SECONDS = 10.0
"""SNS waits fifteen seconds for our answer."""


def open_hooks(app: App, fetch: Fetch) -> dict[str, Hook]:
    """The hooks that the settings switch on, by name."""
    from digest.inbound.hooks.ses import SesHook

    topics = app.settings.hooks.ses_topics
    return {SesHook.name: SesHook(topics, fetch)} if topics else {}


def take(app: App, hook: Hook, headers: Mapping[str, str], body: bytes, *, fetch: Fetch) -> bool:
    """Hears a request and does what follows; False when it is not believed, which is logged.

    Raises `DigestError` when it cannot be heard now: the provider is to ask again.
    """
    heard = hook.read(headers, body, app.now())
    if isinstance(heard, Denied):
        log.warning("a request to the hook %s was turned away: %s", hook.name, heard.why)
        return False
    if heard.visit:
        fetch(heard.visit)
        log.info("the hook %s confirmed its subscription", hook.name)
        with app.store.work() as work:
            app.note(work, "inbound", "hook.confirm", subject=hook.name)
    for event in heard.events:
        acted = _heard(app, hook.name, event)
        log.info("%s: %s: %s", hook.name, event.kind, acted or "nothing to do")
    return True


def _heard(app: App, provider: str, event: Event) -> str:
    """Keeps an event and acts by it, in one transaction; one that was kept before does nothing."""
    if _idle(app, event):
        return ""
    with translated(), app.store.work() as work:
        if not work.hooks.add(provider, event.event_id, event.kind.value, app.now()):
            return SEEN
        found = _found(work, event)
        if found is None:
            return inbound.UNPROVEN
        person = softly.reader(work, found)
        if person is not None and not _meant(person, event):
            return inbound.UNPROVEN
        acted = _act(app, work, provider, event, found, known=person is not None)
        if acted:
            app.note(work, "inbound", event.kind.value, subject=provider, after=acted)
        return acted


def _idle(app: App, event: Event) -> bool:
    """Whether nothing can follow, so that nothing is written: of a large list nearly all events."""
    from digest.store.hooks import OPEN

    if event.kind is not Kind.DELIVERED:
        return event.kind is Kind.OTHER
    with app.store.reading() as work:
        found = _found(work, event)
    return found is None or found.state not in {DeliveryState.UNKNOWN, *OPEN}


def _act(app: App, work: Work, provider: str, event: Event, found: Found, *, known: bool) -> str:
    from digest.inbound.soft import closed
    from digest.store.hooks import OPEN, Waiting

    said = _said(provider, event)
    if event.ends is not None and found.state in OPEN:
        late = Waiting(provider, event.event_id, found.delivery, event.ends, said)
        work.hooks.wait(late)
    # Of who was erased nothing is written any more that might name them.
    words = event.words if known else ""
    shut = known and closed(event.kind.value, event.reason, event.status)
    return inbound.follow(
        app, work, event.kind.value, found, event.ends, said, words=words, shut=shut
    )


def _said(provider: str, event: Event) -> str:
    """The evidence in the ledger's manner: the word for why, a status, a reason, who told."""
    ours = event.kind is Kind.SOFT and event.reason == POLICY
    word = "ours" if ours else event.kind.value
    reason = "" if event.reason == word else event.reason
    parts = (f"{word}:", event.status or "", reason, f"[{provider}]")
    return " ".join(one for one in parts if one)


def _found(work: Work, event: Event) -> Found | None:
    """The delivery that one of the names is a signed name of."""
    for name in event.names:
        try:
            return work.deliveries.find(name)
        except NotFound:
            continue
    return None


def _meant(person: Person, event: Event) -> bool:
    """Whether the event is about mail to this reader.

    A reader knows the names of their own deliveries, and other mail leaves through the same
    account: a form that passes headers on must not speak for us.
    """
    return softly.meant(person, event.recipients)


def settle_kept(app: App) -> int:
    """Settles what fell into doubt after its event had come; gives how many deliveries.

    Repeating it does nothing more. The caller asks whenever something may have been settled.
    """
    with app.store.reading() as work:
        if not work.hooks.ripe():
            return 0
    with app.store.work() as work:
        ripe = work.hooks.ripe()
        work.hooks.done(ripe)
        return sum(_settled(app, work, one) for one in ripe)


def _settled(app: App, work: Work, one: Waiting) -> bool:
    found = work.deliveries.find(one.delivery)
    if found.state is not DeliveryState.UNKNOWN:
        return False
    try:
        inbound.settled(app, work, found, one.ends, one.said)
    except Conflict:
        return False  # somebody settled it at this very moment
    return True


class Sparing:
    """Fetches through another, but a few times in a window; shared between threads."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._times: deque[float] = deque(maxlen=FETCHES)
        self._lock = threading.Lock()

    def __call__(self, url: str) -> bytes:
        """Raises `Unavailable` when there were too many."""
        with self._lock:
            now = monotonic()
            if len(self._times) == FETCHES and self._times[0] > now - WINDOW_SECONDS:
                raise _too_often()
            self._times.append(now)
        return self._fetch(url)


def fetcher(app: App, *, trusted: frozenset[str] = frozenset()) -> Fetch:
    """Fetches by the collector's own guarded client: public addresses only, short and small.

    `trusted` are `host:port` of places that may be private, as in `Request`.
    """
    limits = app.settings.collect.model_copy(
        update={
            "max_redirects": 0,
            "timeout_seconds": FETCH_SECONDS,
            "max_bytes": MAX_ANSWER,
            "mirrors": {},
        }
    )

    def fetch(url: str) -> bytes:
        from digest.collect.fetch import Failed, Request, fetch_now

        answer = fetch_now([Request(url, trusted=trusted)], limits)[0]
        if isinstance(answer, Failed):
            raise _unreachable() from answer.error
        return answer.body

    return fetch


def _too_often() -> Unavailable:
    return Unavailable(
        "Известието на доставчика чака.",
        f"За пет минути бяха поискани {FETCHES} адреса, повече не са нужни.",
        "Доставчикът ще повтори известието; ако се случва често, вижте дневника на сайта.",
    )


def _unreachable() -> Unavailable:
    return Unavailable(
        "Известието на доставчика не може да се провери.",
        "Удостоверението или потвърждението му не се отвори.",
        "Проверете изхода на машината към amazonaws.com; доставчикът ще повтори известието.",
    )
