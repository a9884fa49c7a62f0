"""An edition of which some deliveries are unknown, for the tests of those who settle them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

from digest.actions import dispatching
from digest.actions.app import App
from digest.model import DeliveryState
from digest.store.ledger import Line
from tests.fakes.transport import CUT_AFTER_DOT, LATER, NEVER, FakeSpec, FakeTransport
from tests.faults.ground import Ground, queued_home

LOST, GONE, WAITS, GOT = (f"chitatel{n}@example.bg" for n in range(4))
"""Readers whose delivery ends unknown, refused for good, deferred, accepted."""

FAULTS = {LOST: CUT_AFTER_DOT, GONE: NEVER, WAITS: LATER}


@contextmanager
def doubtful_home(
    home: Path,
    *,
    on_unknown: str = "hold",
    people: int = 4,
    flags: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[Ground]:
    with queued_home(home, people=people, on_unknown=on_unknown, flags=flags) as ground:
        send(ground.app, FAULTS)
        yield ground


def send(
    app: App, faults: dict[str, str] | None = None, *, over: FakeTransport | None = None
) -> FakeTransport:
    """One run over a relay in memory, or `over` one that is there; gives it with its mail."""
    relay = over or FakeTransport(dict(faults or {}))
    # The one seam of `dispatch` without a parameter: a way out that no address can name.
    with patch.object(dispatching, "open_transport", lambda _app, _text: FakeSpec(relay)):
        dispatching.dispatch(app, connections=1)
    return relay


def line(ground: Ground, address: str) -> Line:
    return next(
        one for one in dispatching.deliveries(ground.app, ground.edition) if one.address == address
    )


def states(ground: Ground) -> Counter[DeliveryState]:
    ledger = ground.ledger()
    assert ledger.balanced
    return Counter(ground.states().values())
