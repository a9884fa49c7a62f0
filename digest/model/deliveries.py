"""What became of each copy of an edition: deliveries, outcomes, the ledger, returned mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.base import DeliveryId, EditionId, SubscriberId


class DeliveryState(StrEnum):
    """Where a delivery stands (docs/decisions/0001)."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the ledger with what is needed to write to one person.

    `leave_token` is the signed part of the unsubscribe address. `format` is `html` or `text`.
    """

    id: DeliveryId
    edition_id: EditionId
    revision: int
    subscriber_id: SubscriberId
    address: str
    name: str
    variant: str
    lane: str
    state: DeliveryState
    attempts: int
    epoch: int
    message_id: str
    leave_token: str
    format: str = "html"


class Outcome(StrEnum):
    """What one attempt came to; mapped to a state by the ledger."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a transport for one delivery.

    `code` is the SMTP reply code (0 when there was none), `status` the enhanced status (RFC
    3463), `reason` a word (`accepted, hard, soft, ours, throttle, greylist, render, lost`), and
    `text` what the relay said, cut to 500 characters and without control characters. `relay`
    names the relay that answered, where there are several.
    """

    delivery_id: DeliveryId
    outcome: Outcome
    reason: str = ""
    code: int = 0
    status: str = ""
    text: str = ""
    relay: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts of one edition, from its rows alone."""

    edition_id: EditionId
    planned: int
    queued: int = 0
    sending: int = 0
    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    suppressed: int = 0
    unknown: int = 0
    cancelled: int = 0

    @property
    def balanced(self) -> bool:
        """True when every planned delivery is in exactly one outcome."""
        return self.planned == (
            self.queued
            + self.sending
            + self.accepted
            + self.deferred
            + self.refused
            + self.suppressed
            + self.unknown
            + self.cancelled
        )


@dataclass(frozen=True, slots=True)
class BounceFact:
    """What a returned message says. `kind` is one of the contract's seven words.

    `delayed`: it is no end, whoever writes it still tries.
    """

    source: str
    kind: str
    recipients: tuple[str, ...] = ()
    status: str | None = None
    reason: str = ""
    original_message_id: str | None = None
    delayed: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """One edition that was sent to a reader: when, and whether their mailbox would not take it."""

    at: datetime
    returned: bool
