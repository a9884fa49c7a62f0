"""The next envelope goes with the final dot: what is announced, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from digest.deliver.foresight import Coming, nothing
from digest.deliver.relays import Relay, RelaysSpec
from digest.deliver.smtp import SmtpTransport
from digest.deliver.transport import parse_transport
from digest.model import Delivery, Outcome, Result
from tests.fakes.mail import certificate, to
from tests.fakes.sink import CUT, Fault, Sink, sink
from tests.integration.test_smtp_transport import MESSAGE, SENDER

PEOPLE = [to(f"chitatel{number}@example.bg", number) for number in range(4)]


@contextmanager
def connected(
    server: Sink, *, messages: int = 500, scheme: str = "smtp"
) -> Iterator[SmtpTransport]:
    """A transport that is closed at the end."""
    made = parse_transport(
        server.url(scheme), home=Path("/nonexistent"), timeout=10, messages=messages
    )
    transport = made.open()
    assert isinstance(transport, SmtpTransport)
    try:
        yield transport
    finally:
        transport.close()


def says(following: Delivery) -> Coming:
    return lambda: (following, MESSAGE, SENDER)


def announcing(transport: SmtpTransport, people: list[Delivery]) -> list[Result]:
    """Sends to each, and says each time who comes next; the last one of the list is not sent."""
    results = []
    for one, following in pairwise(people):
        transport.coming = says(following)
        results.append(transport.send(one, MESSAGE, SENDER))
    return results


def names(server: Sink) -> list[str]:
    return [one.recipient for one in server.accepted]


def test_the_next_envelope_goes_with_the_dot() -> None:
    """Nobody waits for its answers before the message before it is answered."""
    with sink() as server, connected(server) as transport:
        results = announcing(transport, PEOPLE)

        assert [one.outcome for one in results] == [Outcome.ACCEPTED] * 3
        assert names(server) == [one.address for one in PEOPLE[:3]]
        # The fourth was announced and never sent: its envelope is known there.
        assert transport._session is not None
        assert transport._session.promised
        heard(server, 12)
        assert server.commands == ["MAIL", "RCPT", "DATA"] * 4
        assert server.connections == 1


def heard(server: Sink, commands: int) -> None:
    """Until the server has read so many commands: they are on the wire already."""
    until = time.monotonic() + 30
    while len(server.commands) < commands:
        assert time.monotonic() < until, server.commands


def test_without_pipelining_nothing_is_announced() -> None:
    """A relay that takes one command at a time gets one at a time."""
    with sink(offers=("ENHANCEDSTATUSCODES",)) as server, connected(server) as transport:
        announcing(transport, PEOPLE)

        assert names(server) == [one.address for one in PEOPLE[:3]]
        assert server.commands == ["MAIL", "RCPT", "DATA"] * 3


def test_inside_tls_it_goes_the_same_way(tmp_path: Path) -> None:
    """There the time-outs are the library's; what is announced is announced."""
    context, _ = certificate(tmp_path)
    with sink(tls=context) as server, connected(server) as transport:
        announcing(transport, PEOPLE)
        heard(server, 12)

    assert {one.encrypted for one in server.accepted} == {True}
    assert names(server) == [one.address for one in PEOPLE[:3]]


def test_a_mail_store_is_told_as_well() -> None:
    """LMTP demands pipelining of everybody (RFC 2033 §4.2)."""
    with sink(lmtp=True) as server, connected(server, scheme="lmtp") as transport:
        results = announcing(transport, PEOPLE)
        heard(server, 12)

    assert [one.outcome for one in results] == [Outcome.ACCEPTED] * 3


def test_who_is_announced_and_does_not_come_gets_nothing() -> None:
    """Another goes over a new connection; no word of ours becomes a line of the message."""
    with sink() as server:
        with connected(server) as transport:
            announcing(transport, PEOPLE[:2])
            transport.coming = nothing
            other = transport.send(PEOPLE[3], MESSAGE, SENDER)
        with connected(server) as transport:
            announcing(transport, PEOPLE[2:])

    assert other.outcome is Outcome.ACCEPTED
    assert names(server) == [PEOPLE[place].address for place in (0, 3, 2)]
    assert {one.message for one in server.accepted} == {MESSAGE}
    assert server.connections == 3


def test_an_announced_recipient_that_is_refused_is_refused_for_himself() -> None:
    """His refusal comes with the answer before it, and the one after him goes through."""
    script = (Fault("dot", "250 2.0.0 taken", keeps=True), Fault("rcpt", "550 5.1.1 No such user"))
    with sink(*script) as server, connected(server) as transport:
        results = announcing(transport, PEOPLE)

    assert [one.outcome for one in results] == [
        Outcome.ACCEPTED,
        Outcome.REFUSED,
        Outcome.ACCEPTED,
    ]
    assert results[1].reason == "hard"
    assert names(server) == [PEOPLE[0].address, PEOPLE[2].address]


@pytest.mark.parametrize("answer", ["451 4.3.0 later", "550 5.7.1 policy", "452 4.3.1 full"])
def test_a_message_refused_at_its_dot_takes_the_announced_one_with_it_nowhere(answer: str) -> None:
    """No RSET is said into the next envelope; it goes on as if nothing were."""
    with sink(Fault("dot", answer)) as server, connected(server) as transport:
        first, *others = announcing(transport, PEOPLE)

    assert first.outcome in {Outcome.DEFERRED, Outcome.REFUSED}
    assert [one.outcome for one in others] == [Outcome.ACCEPTED] * 2
    assert "RSET" not in server.commands
    assert server.connections == 1


def test_a_pause_asked_for_at_the_dot_ends_the_connection() -> None:
    """421: the announced one is not sent over it, and goes over a new one when it may."""
    with sink(Fault("dot", "421 4.7.0 slow down")) as server, connected(server) as transport:
        first, *others = announcing(transport, PEOPLE)

    assert (first.outcome, first.reason) == (Outcome.RETURNED, "throttle")
    assert [one.outcome for one in others] == [Outcome.ACCEPTED] * 2
    assert server.connections == 2


def test_a_cut_between_two_messages_costs_nobody_a_doubt() -> None:
    """The first was answered and the second not begun: it goes over a new connection, once."""
    script = (Fault("dot", "250 2.0.0 taken", keeps=True), Fault("mail", CUT))
    with sink(*script) as server, connected(server) as transport:
        results = announcing(transport, PEOPLE)

    assert [one.outcome for one in results] == [Outcome.ACCEPTED] * 3
    assert names(server) == [one.address for one in PEOPLE[:3]]


def test_a_cut_at_the_dot_is_in_doubt_for_its_own_message_alone() -> None:
    """The envelope that went with the dot had no message yet."""
    with sink(Fault("dot", CUT, keeps=True)) as server, connected(server) as transport:
        first, *others = announcing(transport, PEOPLE)

    assert first.outcome is Outcome.UNKNOWN
    assert [one.outcome for one in others] == [Outcome.ACCEPTED] * 2
    assert names(server) == [one.address for one in PEOPLE[:3]]


def test_nothing_is_announced_beyond_what_a_connection_may_carry() -> None:
    """The last message of a connection announces nobody; QUIT can be said."""
    with sink() as server, connected(server, messages=2) as transport:
        results = announcing(transport, PEOPLE)

    assert [one.outcome for one in results] == [Outcome.ACCEPTED] * 3
    assert server.connections == 2
    assert names(server) == [one.address for one in PEOPLE[:3]]


def test_an_address_that_no_envelope_can_carry_is_not_announced() -> None:
    """It is refused when its turn comes; the connection stays good."""
    odd = to("without-an-at", 9)
    with sink() as server, connected(server) as transport:
        results = announcing(transport, [PEOPLE[0], odd, PEOPLE[1], PEOPLE[2]])

    assert [one.outcome for one in results] == [
        Outcome.ACCEPTED,
        Outcome.REFUSED,
        Outcome.ACCEPTED,
    ]
    assert server.connections == 1


def test_several_relays_hand_on_what_follows() -> None:
    """The connection to the relay that has the present message hears of the next one."""
    with sink() as server:
        spec = parse_transport(server.url(), home=Path("/nonexistent"), timeout=10)
        transport = RelaysSpec((Relay("first", spec, 1),)).open()
        transport.coming = says(PEOPLE[1])
        transport.send(PEOPLE[0], MESSAGE, SENDER)
        heard(server, 6)
        transport.close()

    assert server.commands == ["MAIL", "RCPT", "DATA"] * 2
    assert names(server) == [PEOPLE[0].address]
