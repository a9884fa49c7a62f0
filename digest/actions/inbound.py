"""Inbound: what a returned message, a complaint or a letter „stop“ leads to.

hard → the address is suppressed; complaint and unsubscribe → the person leaves at once; soft →
counted where it speaks of the mailbox (`softly.py`); what is *ours* (policy, blocklists,
authentication) never counts against a reader. A delivery that was unknown is settled by what a
report proves of it. A report acts only on the delivery that it proves: by the signed return path
it came to, or by the signed Message-ID it quotes. What it merely claims about an address is shown
and changes nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions import softly
from digest.actions.app import App
from digest.actions.people import translated
from digest.actions.subscribing import holder
from digest.errors import NotFound
from digest.model import BounceFact, DeliveryState
from subscribers.errors import PersonUnknown, TokenRefused

if TYPE_CHECKING:
    from digest.store.ledger import Found
    from digest.store.work import Work


UNPROVEN = "без доказана доставка: нищо не е променено"


def receive(app: App, data: bytes, *, source: str) -> dict[str, object]:
    """Classifies one raw message and does what follows. Gives the contract's keys and `acted`.

    The same message twice acts once: each is remembered by the hash of its bytes.
    """
    from digest.inbound.classify import classify
    from digest.inbound.stage import fact_dict

    fact = classify(data, source)
    with translated(), app.store.work() as work:
        seen = f"inbound:{sha256(data).hexdigest()}"
        acted = "вече видяно" if work.marks.get(seen) else _act(app, work, fact, data)
        work.marks.set(seen, fact.kind)
        if acted:
            app.note(work, "inbound", fact.kind, subject=source, after=acted)
    return {**fact_dict(fact), "acted": acted}


def _act(app: App, work: Work, fact: BounceFact, data: bytes) -> str:
    from digest.inbound.soft import closed

    if fact.kind == "unsubscribe":
        return _leave_by_letter(app, work, data)
    ends = _end(fact)
    shut = closed(fact.kind, fact.reason, fact.status, delayed=fact.delayed)
    if fact.kind not in {"hard", "complaint"} and ends is None and not shut:
        return ""
    found = _proven(app, work, fact, data)
    if found is None:
        return UNPROVEN
    if shut and softly.of_others(work, found, fact.recipients):
        return softly.OTHERS
    said = f"{fact.kind}: {fact.status or ''} {fact.reason}".replace("  ", " ")
    return follow(app, work, fact.kind, found, ends, said, shut=shut)


def follow(
    app: App,
    work: Work,
    kind: str,
    found: Found,
    ends: DeliveryState | None,
    said: str,
    *,
    words: str = "",
    shut: bool = False,
) -> str:
    """What a report of such a kind on a proven delivery leads to; gives what was done.

    `said` is the evidence; `words`, which may name the reader, go into the ledger alone. `shut`:
    the mailbox would not take the letter now, which counts (`softly`).
    """
    done = [softly.returned(app, work, found) if shut else _shut(app, work, kind, found)]
    if ends is not None and found.state is DeliveryState.UNKNOWN:
        done.append(settled(app, work, found, ends, said, words=words))
    return "; ".join(one for one in done if one)


def _end(fact: BounceFact) -> DeliveryState | None:
    """What a report says of a delivery whose fate was not known; None: nothing for certain.

    „Delivered“ and „relayed“ are RFC 3464 §2.3.3; who complains of a letter has got it. A soft
    failure may still be tried, so the doubt stays.
    """
    if fact.kind == "hard":
        return DeliveryState.REFUSED
    got = fact.kind == "complaint" or (fact.kind, fact.reason) == ("not-a-bounce", "delivered")
    return DeliveryState.ACCEPTED if got else None


def _shut(app: App, work: Work, kind: str, found: Found) -> str:
    """Suppresses the address of a dead mailbox, and of who complained."""
    if kind not in {"hard", "complaint"}:
        return ""
    person = softly.reader(work, found)
    if person is None:
        return softly.GONE
    if kind == "complaint":
        work.roll.leave(person.id, app.now(), "complaint")
    work.roll.suppressions.add(person.address, kind, app.now())
    return "адресът е блокиран"


def settled(
    app: App, work: Work, found: Found, state: DeliveryState, said: str, *, words: str = ""
) -> str:
    """Ends the doubt about a delivery. Raises `Conflict` when there is none any more."""
    evidence = f"{said} ({words})" if words else said
    work.deliveries.settle(found.delivery, state, evidence=evidence, now=app.now())
    app.note(
        work, "inbound", "delivery.settle", subject=found.edition_id,
        before=found.state, after=f"{state} {found.delivery}: {said}",
    )  # fmt: skip
    refused = state is DeliveryState.REFUSED
    return "доставката е отказана" if refused else "доставката е приета"


def _proven(app: App, work: Work, fact: BounceFact, data: bytes) -> Found | None:
    """The delivery the report is about, by a signature of ours; None when there is none."""
    from digest.deliver.verp import delivery_of
    from digest.inbound.classify import addressed_to

    names: list[str] = [
        name
        for name in (delivery_of(one, keys=[app.key]) for one in addressed_to(data))
        if name is not None
    ]
    if fact.original_message_id:
        names.append(fact.original_message_id)
    for name in names:
        try:
            return work.deliveries.find(name)
        except NotFound:
            continue
    return None


def _leave_by_letter(app: App, work: Work, data: bytes) -> str:
    from digest.inbound.classify import leave_token

    token = leave_token(data)
    if token is None:
        return ""
    try:
        person = holder(work, token)
    except (TokenRefused, PersonUnknown):
        return ""
    work.roll.leave(person.id, app.now(), "mailto")
    return "отписан по писмо"
