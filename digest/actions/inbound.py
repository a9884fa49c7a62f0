"""Inbound: what a returned message, a complaint or a letter „stop“ leads to.

hard → the address is suppressed; complaint and unsubscribe → the person leaves at once; soft →
counted; what is *ours* (policy, blocklists, authentication) never counts against a reader.
"""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.people import translated
from digest.actions.subscribing import holder
from digest.model import BounceFact
from subscribers.errors import AddressRefused, PersonUnknown, TokenRefused

if TYPE_CHECKING:
    from digest.store.work import Work
    from subscribers.model import Person

log = logging.getLogger(__name__)

TOKEN = re.compile(rb"\bu\+([a-z0-9.-]{8,})@", re.IGNORECASE)
SUBJECT_TOKEN = re.compile(rb"^Subject: unsubscribe ([a-z0-9.-]{8,})", re.IGNORECASE | re.MULTILINE)


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
    if fact.kind == "unsubscribe":
        return _leave_by_token(app, work, data)
    if fact.kind not in {"hard", "complaint"}:
        return ""
    people = [one for one in (_person(work, address) for address in fact.recipients) if one]
    for person in people:
        if fact.kind == "complaint":
            work.roll.leave(person.id, app.now(), "complaint")
        work.roll.suppressions.add(person.address, fact.kind, app.now())
    return f"блокирани адреси: {len(people)}" if people else ""


def _person(work: Work, address: str) -> Person | None:
    """Only people of the roll: a forged report can suppress nobody else."""
    try:
        return work.roll.by_address(address)
    except (AddressRefused, PersonUnknown):
        return None


def _leave_by_token(app: App, work: Work, data: bytes) -> str:
    found = TOKEN.search(data) or SUBJECT_TOKEN.search(data)
    if found is None:
        return ""
    try:
        person = holder(work, found.group(1).decode("ascii"))
    except (TokenRefused, PersonUnknown):
        return ""
    work.roll.leave(person.id, app.now(), "mailto")
    return "отписан по писмо"
