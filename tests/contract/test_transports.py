"""What every transport promises, run over each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.deliver.message import Composer
from digest.deliver.transport import Transport, TransportSpec, parse_transport
from digest.model import Outcome
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered, to
from tests.fakes.sink import sink
from tests.fakes.transport import fake

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
MESSAGE = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)


@pytest.fixture(params=["folder", "smtp", "lmtp", "fake"])
def spec(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TransportSpec]:
    """One transport of each kind."""
    if request.param == "fake":
        yield fake()
    elif request.param == "folder":
        yield parse_transport("folder:out", home=tmp_path, timeout=5)
    else:
        with sink(lmtp=request.param == "lmtp") as server:
            yield parse_transport(server.url(request.param), home=tmp_path, timeout=5)


def test_opening_and_closing_touches_nothing(spec: TransportSpec) -> None:
    """A transport that sent nothing has no fault, and closes twice."""
    transport: Transport = spec.open()

    transport.close()
    transport.close()

    assert transport.fault is None


def test_each_message_is_answered_for_its_own_delivery(spec: TransportSpec) -> None:
    """The result carries the id it was asked about."""
    transport = spec.open()
    deliveries = [to(f"chitatel{n}@example.bg", n) for n in range(3)]

    results = [transport.send(one, MESSAGE, SENDER) for one in deliveries]
    transport.close()

    assert [one.delivery_id for one in results] == [one.id for one in deliveries]
    assert {(one.outcome, one.reason) for one in results} == {(Outcome.ACCEPTED, "accepted")}
    assert transport.fault is None


def test_name_holds_no_password() -> None:
    """What logs and reports show of a relay."""
    spec = parse_transport("smtps://ime:taina@relay.example.bg", home=Path(), timeout=5)

    assert "taina" not in spec.shown + repr(spec)
