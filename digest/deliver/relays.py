"""Several relays as one transport: connections spread by weight, and a way round one that is down.

Takes the relays of `[[dispatch.relays]]`; gives a `TransportSpec`. A connection keeps to its
relay, so that what is kept open stays open. Only a relay that cannot be reached at all is gone
round: then nothing was on the wire. A message in doubt never goes to a second relay.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.clock import monotonic
from digest.deliver.foresight import Coming, Foresighted, nothing
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, Outcome, Result

if TYPE_CHECKING:
    from digest.deliver.transport import Transport, TransportSpec

REST_SECONDS = (60, 120, 300)
"""How long a relay is left alone after its n-th failure in a row; the last one goes on."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Relay:
    """One way out: its name in the ledger, its transport, and its share of the connections."""

    name: str
    spec: TransportSpec
    weight: int = 1


@dataclass
class _State:
    """`failures` in a row; `trial`: one connection is trying the relay again just now."""

    failures: int = 0
    until: float = 0.0
    trial: bool = False


class Board:
    """Which relays are set aside, for all connections of a run; safe to share between threads."""

    def __init__(
        self, names: Sequence[str], *, first: int = 0, now: Callable[[], float] = monotonic
    ) -> None:
        self._now = now
        self._states = {name: _State() for name in names}
        self._lock = threading.Lock()
        self._opened = first

    def turn(self) -> int:
        """The number of a new connection, from `first`."""
        with self._lock:
            self._opened += 1
            return self._opened - 1

    def admits(self, name: str) -> int | None:
        """Whether a connection may use the relay now: its count of failures, else None.

        Of a relay whose rest is over a single connection takes the trial.
        """
        with self._lock:
            state = self._states[name]
            if not state.failures:
                return 0
            if state.trial or self._now() < state.until:
                return None
            state.trial = True
            return state.failures

    def failed(self, name: str, admitted: int) -> None:
        """Sets a relay aside. Connections that fail at the same time count as one failure."""
        with self._lock:
            state = self._states[name]
            if state.failures == admitted:
                rest = REST_SECONDS[min(admitted, len(REST_SECONDS) - 1)]
                state.failures, state.until = admitted + 1, self._now() + rest
            if admitted:
                state.trial = False

    def answered(self, name: str, admitted: int) -> None:
        """A relay that was on trial has answered; all connections may come back to it."""
        if admitted:
            with self._lock:
                self._states[name] = _State()


def spread(weights: Sequence[int]) -> tuple[int, ...]:
    """The places of the relays in the order in which connections take them, over one round.

    Smooth weighted round robin: 3 and 1 give (0, 0, 1, 0), not (0, 0, 0, 1), so that a few
    connections are spread as many would be.
    """
    owed = [0] * len(weights)
    round_ = []
    for _ in range(sum(weights)):
        owed = [have + more for have, more in zip(owed, weights, strict=True)]
        place = max(range(len(owed)), key=owed.__getitem__)
        owed[place] -= sum(weights)
        round_.append(place)
    return tuple(round_)


@dataclass(frozen=True)
class RelaysSpec:
    """All relays of the settings, one at least, each under a name of its own.

    `first` is the number of the first connection: jobs that open one each count on from it.
    """

    relays: tuple[Relay, ...]
    now: Callable[[], float] = monotonic
    first: int = 0
    board: Board = field(init=False, repr=False, compare=False)
    round: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [one.name for one in self.relays]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"relays need names, each its own: {names}")
        object.__setattr__(self, "board", Board(names, first=self.first, now=self.now))
        object.__setattr__(self, "round", spread([one.weight for one in self.relays]))

    @property
    def shown(self) -> str:
        return ", ".join(f"{one.name} ({one.spec.shown})" for one in self.relays)

    def open(self) -> RelaysTransport:
        """The next connection; its relay follows from its number alone."""
        start = self.board.turn() % len(self.round)
        places = dict.fromkeys(self.round[start:] + self.round[:start])
        return RelaysTransport([self.relays[place] for place in places], self.board)


class RelaysTransport:
    """One connection: its own relay first, the others for as long as that one is set aside."""

    def __init__(self, relays: Sequence[Relay], board: Board) -> None:
        self._relays = relays
        self._board = board
        self._open: dict[str, Transport] = {}
        self.coming: Coming = nothing
        self.fault: DigestError | None = None

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        """See `Transport`. The reason is `connect` only when no relay can be reached."""
        self.fault = None
        faults: list[DigestError] = []
        for relay, admitted in self._admitted():
            result = self._through(relay, admitted, delivery, message, envelope_from)
            fault = self._open[relay.name].fault
            if not _unreached(result):
                return replace(result, relay=relay.name)
            _log.warning("relay %s is set aside: %s", relay.name, result.text)
            faults += [fault] if fault else []
        self.fault = faults[0] if len(self._relays) == 1 and faults else _all_down(faults)
        return Result(delivery.id, Outcome.RETURNED, "connect", text=self.fault.why[:500])

    def _opened(self, relay: Relay) -> Transport:
        made = relay.spec.open()
        if isinstance(made, Foresighted):
            made.coming = self._follows
        return made

    def _follows(self) -> tuple[Delivery, bytes, str] | None:
        return self.coming()

    def close(self) -> None:
        """Closes what was opened, at every relay."""
        opened, self._open = self._open, {}
        for one in opened.values():
            one.close()

    def _admitted(self) -> Iterator[tuple[Relay, int]]:
        """The relays that may be tried, each asked for only when its turn comes."""
        for relay in self._relays:
            admitted = self._board.admits(relay.name)
            if admitted is not None:
                yield relay, admitted

    def _through(
        self, relay: Relay, admitted: int, delivery: Delivery, message: bytes, sender: str
    ) -> Result:
        """One try; whatever comes of it, the board hears of it, so that no trial hangs."""
        reached = False
        try:
            if relay.name not in self._open:
                self._open[relay.name] = self._opened(relay)
            result = self._open[relay.name].send(delivery, message, sender)
            reached = not _unreached(result)
        finally:
            tell = self._board.answered if reached else self._board.failed
            tell(relay.name, admitted)
        return result


def ledger_name(spec: TransportSpec) -> str:
    """What the ledger calls a transport without a name; a folder's place is not told."""
    return "folder" if spec.shown.startswith("folder:") else spec.shown


def _unreached(result: Result) -> bool:
    """Nothing was on the wire, and it was not about the message."""
    return result.outcome is Outcome.RETURNED and result.reason == "connect"


def _all_down(faults: Sequence[DigestError]) -> Unavailable:
    told = " ".join(f"{one.what} {one.why}" for one in faults)
    return Unavailable(
        "Никой от сървърите за изпращане не отговаря.",
        told or "Всички бяха опитани преди малко и почиват.",
        faults[0].fix if faults else "Проверете сървърите; писмата чакат реда си в опашката.",
    )
