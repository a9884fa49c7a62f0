"""Every transport on a road that can be broken: what the contract suite runs over.

Another provider is one more function here, and its name in `CARRIERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.deliver.relays import Relay, RelaysSpec
from digest.deliver.transport import TransportSpec, parse_transport
from tests.fakes import ses as amazon
from tests.fakes.sink import CUT, SILENCE, Fault, Sink, sink
from tests.fakes.transport import CUT_AFTER_DOT, CUT_BEFORE_DOT, NEVER, NO_RELAY, fake
from tests.fakes.transport import THROTTLE as FAKE_THROTTLE

REFUSED = "refused for this message"
THROTTLE = "asked to slow down"
CUT_BEFORE = "cut before the message was whole"
CUT_AFTER = "cut after the message was handed over"
STALLED = "no answer after the message was handed over"
EVERYTHING = (REFUSED, THROTTLE, CUT_BEFORE, CUT_AFTER, STALLED)

FIRST = "chitatel0@example.bg"
"""Whom the suite writes to first: the one that the scenario is about."""
PATIENCE = 0.3
"""Seconds that a stalled relay is waited for; nothing else here is slow."""


@dataclass(frozen=True)
class Road:
    """A transport with its other end: what was taken, and the same transport with nobody there."""

    spec: TransportSpec
    taken: Callable[[], list[bytes]]
    gone: TransportSpec


@dataclass(frozen=True)
class Carrier:
    """`open(folder, scenario)` makes a road on which the scenario meets the first message.

    `can` are the scenarios that there are on it; `envelope`: the address is looked at again.
    """

    name: str
    open: Callable[[Path, str], AbstractContextManager[Road]]
    can: tuple[str, ...] = EVERYTHING
    envelope: bool = True


_FAULTS = {
    REFUSED: Fault("rcpt", "550 5.7.1 Blocked by policy"),
    THROTTLE: Fault("dot", "454 4.7.0 Throttling failure: maximum sending rate exceeded"),
    CUT_BEFORE: Fault("rcpt", CUT),
    CUT_AFTER: Fault("dot", CUT),
    STALLED: Fault("dot", SILENCE),
}
_REFUSALS: dict[str, str | amazon.Refusal] = {
    REFUSED: amazon.Refusal(400, "MessageRejected", "Transaction failed: virus found"),
    THROTTLE: amazon.Refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    CUT_BEFORE: amazon.CUT_EARLY,
    CUT_AFTER: amazon.CUT,
    STALLED: amazon.SILENCE,
}
_FAKES = {
    REFUSED: NEVER,
    THROTTLE: FAKE_THROTTLE,
    CUT_BEFORE: CUT_BEFORE_DOT,
    CUT_AFTER: CUT_AFTER_DOT,
}


def _named(text: str, scenario: str = "", home: Path = Path()) -> TransportSpec:
    return parse_transport(text, home=home, timeout=PATIENCE if scenario == STALLED else 10)


def _nobody(scheme: str = "smtp") -> str:
    with sink() as server:
        return server.url(scheme)


@contextmanager
def _serving(scenario: str, *, lmtp: bool = False) -> Iterator[Sink]:
    faults = [_FAULTS[scenario]] if scenario else []
    with sink(*faults, lmtp=lmtp) as server:
        yield server


@contextmanager
def _smtp(folder: Path, scenario: str) -> Iterator[Road]:
    with _serving(scenario) as server:
        spec, gone = _named(server.url(), scenario), _named(_nobody())
        yield Road(spec, lambda: [one.message for one in server.accepted], gone)


@contextmanager
def _lmtp(folder: Path, scenario: str) -> Iterator[Road]:
    with _serving(scenario, lmtp=True) as server:
        spec, gone = _named(server.url("lmtp"), scenario), _named(_nobody("lmtp"))
        yield Road(spec, lambda: [one.message for one in server.accepted], gone)


@contextmanager
def _relays(folder: Path, scenario: str) -> Iterator[Road]:
    """The first of two is not there, so every message goes round it."""
    with _serving(scenario) as server:
        dead = Relay("dead", _named(_nobody()), weight=2)
        alive = Relay("alive", _named(server.url(), scenario))
        gone = RelaysSpec((dead, Relay("dead too", _named(_nobody()))))
        spec = RelaysSpec((dead, alive))
        yield Road(spec, lambda: [one.message for one in server.accepted], gone)


@contextmanager
def _ses(folder: Path, scenario: str) -> Iterator[Road]:
    script = [_REFUSALS[scenario]] if scenario else []
    with amazon.ses() as nobody:
        gone = _named(nobody.url)
    with amazon.ses(*script) as server:
        yield Road(_named(server.url, scenario), lambda: server.accepted, gone)


@contextmanager
def _folder(folder: Path, scenario: str) -> Iterator[Road]:
    (folder / "file").write_bytes(b"")

    def taken() -> list[bytes]:
        return [one.read_bytes() for one in sorted((folder / "out").glob("*.eml"))]

    spec, gone = (_named(f"folder:{name}", home=folder) for name in ("out", "file/out"))
    yield Road(spec, taken, gone)


@contextmanager
def _fake(folder: Path, scenario: str) -> Iterator[Road]:
    spec = fake({FIRST: _FAKES[scenario]} if scenario else None)
    gone = fake({FIRST: NO_RELAY}, once=False)
    yield Road(spec, lambda: [message for _, _, message in spec.transport.accepted], gone)


CARRIERS = (
    Carrier("folder", _folder, can=(), envelope=False),
    Carrier("smtp", _smtp),
    Carrier("lmtp", _lmtp),
    Carrier("relays", _relays),
    Carrier("ses", _ses),
    Carrier("fake", _fake, can=tuple(_FAKES), envelope=False),
)
