"""The port of the hooks: what a provider tells of a message, once it is proven to be the provider.

An adapter checks who speaks, that it is fresh and meant for us, and gives events in these words.
Whose delivery is meant, and what follows, is decided in `digest/actions/hooks.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from digest.model import DeliveryState

Fetch: TypeAlias = Callable[[str], bytes]
"""The bytes at an https address, no redirect followed; raises `DigestError` without them."""

OLDEST = timedelta(hours=1)
"""An older request is turned away: SNS gives up on an endpoint after an hour
(https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html)."""
AHEAD = timedelta(minutes=5)
"""How far a provider's clock may be ahead of ours."""
SETTLES = frozenset({DeliveryState.ACCEPTED, DeliveryState.REFUSED})
MAX_WORDS = 300


class Kind(StrEnum):
    """What an event says of a message."""

    DELIVERED = "delivered"
    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `event_id` is the provider's and stays the same when it is told again.

    `names` are what the message may be known by (a delivery id, a Message-ID), the most trusted
    first; they and `recipients` are claims. `ends` is what a delivery in doubt has come to; None:
    nothing for certain. `words` are the remote side's own, one line without anybody's address.
    """

    event_id: str
    kind: Kind
    at: datetime
    names: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str | None = None
    reason: str = ""
    words: str = ""
    ends: DeliveryState | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends not in SETTLES:
            raise ValueError(f"an event does not make a delivery {self.ends}")


@dataclass(frozen=True, slots=True)
class Heard:
    """A request that is the provider's: its events, and an address to visit, if it asks for one."""

    events: tuple[Event, ...] = ()
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """A request that is not believed; `why` is for the log alone, in English."""

    why: str


class Hook(Protocol):
    """A provider that tells of what it did with our messages."""

    @property
    def name(self) -> str:
        """The provider in lower-case letters: the end of its address, `/hooks/NAME`."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Heard | Denied:
        """What a POST says. `headers` have lower-case names; `now` is aware.

        Raises `DigestError` only when something it needs cannot be had now, so that the provider
        asks again; any other bytes are heard or denied.
        """
