"""Inbound: what a returned message, a complaint or a letter „stop“ leads to.

hard → the address is suppressed; complaint and unsubscribe → the person leaves at once; soft →
counted; what is *ours* (policy, blocklists, authentication) never counts against a reader.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.model import BounceFact

if TYPE_CHECKING:
    from digest.store.work import Work

log = logging.getLogger(__name__)

TOKEN = re.compile(rb"\bu\+([a-z0-9-]{8,})@", re.IGNORECASE)
SUBJECT_TOKEN = re.compile(rb"^Subject: unsubscribe ([a-z0-9-]{8,})", re.IGNORECASE | re.MULTILINE)


def receive(app: App, data: bytes, *, source: str) -> dict[str, object]:
    """Classifies one raw message and does what follows. Gives the contract's keys and `acted`.

    The same message twice acts once: each is remembered by the hash of its bytes.
    """
    from digest.inbound.classify import classify
    from digest.inbound.stage import fact_dict

    fact = classify(data, source)
    with app.store.work() as work:
        first = work.marks.first_time("inbound", data)
        acted = _act(app, work, fact, data) if first else "вече видяно"
        if acted:
            work.activity.note(who="inbound", what=fact.kind, before="", after=acted, at=app.now())
    return {**fact_dict(fact), "acted": acted}


def _act(app: App, work: Work, fact: BounceFact, data: bytes) -> str:
    if fact.kind == "unsubscribe":
        return _leave_by_token(app, work, data)
    if fact.kind not in {"hard", "complaint"}:
        return ""
    addresses = _ours(work, fact)
    if not addresses:
        return ""
    if fact.kind == "complaint":
        for address in addresses:
            person = work.roll.by_address(address)
            if person is not None:
                work.roll.leave(person.id, now=app.now(), how="complaint")
    done = work.roll.suppress(addresses, reason=fact.kind, now=app.now())
    return f"блокирани адреси: {done}"


def _ours(work: Work, fact: BounceFact) -> list[str]:
    """Only people of the roll: a forged report can suppress nobody else."""
    return [one for one in fact.recipients if work.roll.by_address(one) is not None]


def _leave_by_token(app: App, work: Work, data: bytes) -> str:
    found = TOKEN.search(data) or SUBJECT_TOKEN.search(data)
    person = work.roll.by_leave_token(found.group(1).decode("ascii").lower()) if found else None
    if person is None:
        return ""
    work.roll.leave(person.id, now=app.now(), how="mailto")
    return "отписан по писмо"
