"""What a mailbox that is full or locked leads to: counted, and given up after five editions.

The same for a report by mail and for a provider's event; the rule is `digest/inbound/soft.py`. One
that is ours, or that only says that a relay gave up, never gets here.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from subscribers.address import parse
from subscribers.errors import AddressRefused, PersonUnknown
from subscribers.model import PersonId

if TYPE_CHECKING:
    from collections.abc import Collection

    from digest.actions.app import App
    from digest.store.ledger import Found
    from digest.store.work import Work
    from subscribers.model import Person

log = logging.getLogger(__name__)

REASON = "soft"
"""Of the suppression."""
NOTED = "временно върнато: отбелязано"
BLOCKED = "адресът е блокиран: кутията не приема писма вече поне две седмици"
OTHERS = "за чужда кутия: нищо не е променено"
GONE = "човекът вече е изтрит"


def returned(app: App, work: Work, found: Found) -> str:
    """Counts a proven delivery that the mailbox would not take; gives what was done.

    The same delivery counts once. What led to a suppression counts no more, so that an address
    that a person has freed is not suppressed again by it.
    """
    from digest.inbound.soft import LOOK_BACK, given_up

    person = reader(work, found)
    if person is None:
        return GONE
    if not work.returned.add(found.delivery, app.now()):
        return ""
    tried = work.returned.tried(found.subscriber_id, app.now() - LOOK_BACK)
    if not given_up(tried, app.now()):
        return NOTED
    work.roll.suppressions.add(person.address, REASON, app.now())
    work.returned.forget(found.subscriber_id)
    log.info("%s: a mailbox that takes nothing any more is suppressed", found.edition_id)
    return BLOCKED


def reader(work: Work, found: Found) -> Person | None:
    """Whose the delivery is; None when the person was erased."""
    try:
        return work.roll.get(PersonId(int(found.subscriber_id)))
    except PersonUnknown:
        return None


def of_others(work: Work, found: Found, recipients: Collection[str]) -> bool:
    """Whether a report names mailboxes and the reader's is not among them.

    Who passes a copy on, by a rule of their mailbox, has reports of the other one come to us.
    """
    person = reader(work, found)
    return person is not None and bool(recipients) and not meant(person, recipients)


def meant(person: Person, recipients: Collection[str]) -> bool:
    """Whether one of the addresses is the person's."""
    return parse(person.address).identity in {_identity(one) for one in recipients}


def _identity(address: str) -> str:
    try:
        return parse(address).identity
    except AddressRefused:
        return ""
