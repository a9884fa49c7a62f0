"""What every transport promises, run over each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.deliver.message import Composer
from digest.deliver.transport import Transport, parse_transport
from digest.errors import DigestError
from digest.model import Outcome, Result
from tests.fakes.carriers import (
    CARRIERS,
    CUT_AFTER,
    CUT_BEFORE,
    FIRST,
    REFUSED,
    STALLED,
    THROTTLE,
    Carrier,
)
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered, to

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
MESSAGE = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)
LONG = MESSAGE + (b"y" * 70 + b"\r\n") * 250_000
"""More than the buffers between two sockets hold, so that a cut in it shows."""


@pytest.fixture(params=CARRIERS, ids=lambda one: one.name)
def carrier(request: pytest.FixtureRequest, aws: None) -> Carrier:
    """Each transport there is."""
    made: Carrier = request.param
    return made


def able(scenario: str) -> pytest.MarkDecorator:
    """The transports to which this can happen at all."""
    some = [one for one in CARRIERS if scenario in one.can]
    return pytest.mark.parametrize("carrier", some, ids=lambda one: one.name)


def two(transport: Transport, first: bytes = MESSAGE) -> list[Result]:
    """One message to each of two readers, the first one met by the scenario."""
    try:
        return [
            transport.send(to(FIRST, 0), first, SENDER),
            transport.send(to("chitatel1@example.bg", 1), MESSAGE, SENDER),
        ]
    finally:
        transport.close()


def test_opening_and_closing_touches_nothing(carrier: Carrier, tmp_path: Path) -> None:
    """A transport that sent nothing has no fault, and closes twice."""
    with carrier.open(tmp_path, "") as road:
        transport: Transport = road.spec.open()
        transport.close()
        transport.close()

        assert transport.fault is None
        assert road.taken() == []


def test_each_message_is_answered_for_its_own_delivery(carrier: Carrier, tmp_path: Path) -> None:
    """The result carries the id it was asked about, and what arrives is what was composed."""
    with carrier.open(tmp_path, "") as road:
        transport = road.spec.open()
        results = two(transport)

        assert [one.delivery_id for one in results] == [to("", 0).id, to("", 1).id]
        assert {(one.outcome, one.reason) for one in results} == {(Outcome.ACCEPTED, "accepted")}
        assert all(one.text for one in results)
        assert transport.fault is None
        assert road.taken() == [MESSAGE, MESSAGE]


def test_closing_twice_after_sending_is_harmless_and_it_opens_again(
    carrier: Carrier, tmp_path: Path
) -> None:
    """`close` ends a connection, not the transport."""
    with carrier.open(tmp_path, "") as road:
        transport = road.spec.open()
        two(transport)
        transport.close()
        again = two(transport)

        assert [one.outcome for one in again] == [Outcome.ACCEPTED] * 2


@pytest.mark.parametrize(
    "carrier", [one for one in CARRIERS if one.envelope], ids=lambda one: one.name
)
def test_an_impossible_address_is_refused_for_that_row_alone(
    carrier: Carrier, aws: None, tmp_path: Path
) -> None:
    """No transport raises for a row, and the next one goes through."""
    with carrier.open(tmp_path, "") as road:
        transport = road.spec.open()
        bad = transport.send(to("ана <evil>@example.bg", 0), MESSAGE, SENDER)
        good = two(transport)

        assert (bad.outcome, bad.reason) == (Outcome.REFUSED, "render")
        assert [one.outcome for one in good] == [Outcome.ACCEPTED] * 2


def test_nobody_there_is_a_fault_that_says_what_to_do(carrier: Carrier, tmp_path: Path) -> None:
    """The row comes back with the reason `connect`, and a person is told."""
    with carrier.open(tmp_path, "") as road:
        transport = road.gone.open()
        result = transport.send(to(FIRST, 0), MESSAGE, SENDER)
        fault = transport.fault
        transport.close()

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    assert isinstance(fault, DigestError)
    assert fault.what
    assert fault.fix


@able(REFUSED)
def test_a_refusal_is_for_its_row_alone(carrier: Carrier, aws: None, tmp_path: Path) -> None:
    """The next message goes through, and there is no fault."""
    with carrier.open(tmp_path, REFUSED) as road:
        transport = road.spec.open()
        first, second = two(transport)

        assert first.outcome is Outcome.REFUSED
        assert second.outcome is Outcome.ACCEPTED
        assert transport.fault is None
        assert road.taken() == [MESSAGE]


@able(THROTTLE)
def test_a_request_to_slow_down_spends_no_attempt(
    carrier: Carrier, aws: None, tmp_path: Path
) -> None:
    """The row comes back with the reason `throttle`, whatever words the provider has for it."""
    with carrier.open(tmp_path, THROTTLE) as road:
        transport = road.spec.open()
        first, second = two(transport)

        assert (first.outcome, first.reason) == (Outcome.RETURNED, "throttle")
        assert second.outcome is Outcome.ACCEPTED
        assert transport.fault is None


@able(CUT_BEFORE)
def test_a_cut_before_the_message_was_whole_gives_the_row_back(
    carrier: Carrier, aws: None, tmp_path: Path
) -> None:
    """Nothing can have been accepted, so it may go again."""
    with carrier.open(tmp_path, CUT_BEFORE) as road:
        first, second = two(road.spec.open(), LONG)

        assert (first.outcome, first.reason) == (Outcome.RETURNED, "lost")
        assert second.outcome is Outcome.ACCEPTED
        assert road.taken() == [MESSAGE]


@able(CUT_AFTER)
def test_a_cut_after_it_was_handed_over_is_unknown(
    carrier: Carrier, aws: None, tmp_path: Path
) -> None:
    """Nobody can say, so nobody sends it again: it is offered to the relay once."""
    with carrier.open(tmp_path, CUT_AFTER) as road:
        first, second = two(road.spec.open())

        assert (first.outcome, first.reason) == (Outcome.UNKNOWN, "lost")
        assert second.outcome is Outcome.ACCEPTED
        assert len(road.taken()) == (2 if carrier.name == "fake" else 1)


@able(STALLED)
def test_an_answer_that_does_not_come_is_unknown(
    carrier: Carrier, aws: None, tmp_path: Path
) -> None:
    """The time-out ends the wait, not the doubt."""
    with carrier.open(tmp_path, STALLED) as road:
        transport = road.spec.open()
        first = transport.send(to(FIRST, 0), MESSAGE, SENDER)
        transport.close()

        assert (first.outcome, first.reason) == (Outcome.UNKNOWN, "lost")
        assert road.taken() == []


def test_name_holds_no_password() -> None:
    """What logs and reports show of a relay."""
    spec = parse_transport("smtps://ime:taina@relay.example.bg", home=Path(), timeout=5)

    assert "taina" not in spec.shown + repr(spec)
