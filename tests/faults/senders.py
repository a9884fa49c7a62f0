"""Connections of the real sending path, one at a time, with a relay in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from digest.actions.app import App
from digest.actions.clerk import Clerk
from digest.actions.composing import Composers
from digest.actions.sending import Sender, Tally
from digest.model import Delivery, DeliveryState, Result
from tests.fakes.transport import FakeSpec, FakeTransport
from tests.faults.ground import Ground


@dataclass
class Hooked(FakeTransport):
    """Calls back before each message, as a relay that takes its time or breaks."""

    before: Callable[[Delivery], None] = field(default=lambda _: None)

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        self.before(delivery)
        return super().send(delivery, message, envelope_from)


_clerks: list[Clerk] = []


def go_home() -> None:
    """Every clerk of a test goes home at its end."""
    while _clerks:
        _clerks.pop().__exit__(None, None, None)


def sender(
    app: App,
    spec: FakeSpec,
    worker: str = "w",
    *,
    clerk: Clerk | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Sender:
    """One connection, with a clerk of its own unless one is given; `go_home` at the end."""
    hand = (clerk or Clerk(app)).__enter__()
    _clerks.append(hand)
    return Sender(
        app,
        spec,
        worker=worker,
        tally=Tally(),
        progress=None,
        stop=stop,
        clerk=hand,
        composers=Composers(app),
    )


def counted(ground: Ground) -> dict[DeliveryState, int]:
    """How many rows stand where."""
    states = list(ground.states().values())
    return {state: states.count(state) for state in set(states)}
