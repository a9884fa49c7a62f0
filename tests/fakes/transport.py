"""A transport in memory, with switches for everything a real one can do to a message."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.errors import DigestError, Unavailable
from digest.model import Delivery, DeliveryId, Outcome, Result

CUT_BEFORE_DOT = "cut before the dot"
CUT_AFTER_DOT = "cut after the dot"
LOST_AFTER_DOT = "lost after the dot"
THROTTLE = "421"
LATER = "451"
NEVER = "550"
BLOCKED = "554"
NO_RELAY = "no relay"

_ANSWERS = {
    CUT_BEFORE_DOT: (Outcome.RETURNED, "lost", 0, ""),
    CUT_AFTER_DOT: (Outcome.UNKNOWN, "lost", 0, ""),
    LOST_AFTER_DOT: (Outcome.UNKNOWN, "lost", 0, ""),
    THROTTLE: (Outcome.RETURNED, "throttle", 421, "4.7.0"),
    LATER: (Outcome.DEFERRED, "greylist", 451, "4.7.1"),
    NEVER: (Outcome.REFUSED, "hard", 550, "5.1.1"),
    BLOCKED: (Outcome.REFUSED, "ours", 554, "5.7.1"),
    NO_RELAY: (Outcome.RETURNED, "connect", 0, ""),
}


@dataclass
class FakeTransport:
    """Keeps what it accepted. `faults` names what happens to an address, each time or once.

    After `CUT_AFTER_DOT` the message is in `accepted` although the caller never hears of it;
    after `LOST_AFTER_DOT` it is not: the two that nobody can tell apart.
    """

    faults: dict[str, str] = field(default_factory=dict)
    once: bool = True
    accepted: list[tuple[DeliveryId, str, bytes]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    fault: DigestError | None = None
    closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        with self._lock:
            return self._send(delivery, message, envelope_from)

    def close(self) -> None:
        self.closed = True

    def _send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        self.fault = None
        self.senders.append(envelope_from)
        said = self.faults.get(delivery.address)
        if said is not None and self.once:
            del self.faults[delivery.address]
        if said == NO_RELAY:
            self.fault = Unavailable("Няма връзка.", "Така е по сценарий.", "Опитайте пак.")
        if said is None or said == CUT_AFTER_DOT:
            self.accepted.append((delivery.id, delivery.address, message))
        if said is None:
            return Result(delivery.id, Outcome.ACCEPTED, "accepted", 250, "2.0.0", "queued")
        outcome, reason, code, status = _ANSWERS[said]
        # As relays do: their words name the address.
        words = f"{said} <{delivery.address}>" if code >= 500 else said
        return Result(delivery.id, outcome, reason, code, status, words)


@dataclass(frozen=True)
class FakeSpec:
    """Names one `FakeTransport` for all threads, so that a test sees everything in one list."""

    transport: FakeTransport
    shown: str = "fake:"

    def open(self) -> FakeTransport:
        return self.transport


def fake(faults: Mapping[str, str] | None = None, *, once: bool = True) -> FakeSpec:
    """A spec whose transport does to each address what `faults` says."""
    return FakeSpec(FakeTransport(dict(faults or {}), once=once))
