"""The SMTP transport against a real server on loopback that misbehaves on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digest.deliver.message import Composer
from digest.deliver.smtp import SmtpTransport
from digest.deliver.transport import parse_transport
from digest.errors import Unavailable, WrongSettings
from digest.model import Outcome, Result
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, certificate, rendered, to
from tests.fakes.sink import CUT, SILENCE, Fault, Sink, sink

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
MESSAGE = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)


@contextmanager
def connected(url: str, *, timeout: float = 10) -> Iterator[SmtpTransport]:
    """A transport that is closed at the end."""
    transport = parse_transport(url, home=Path("/nonexistent"), timeout=timeout).open()
    assert isinstance(transport, SmtpTransport)
    try:
        yield transport
    finally:
        transport.close()


def send(
    server: Sink, *, times: int = 1, timeout: float = 10, message: bytes = MESSAGE
) -> list[Result]:
    """So many messages over one transport."""
    with connected(server.url(), timeout=timeout) as transport:
        return [
            transport.send(to(f"chitatel{n}@example.bg", n), message, SENDER) for n in range(times)
        ]


def test_message_arrives_byte_for_byte_with_its_envelope() -> None:
    """What was composed is what the server logs, under the signed return path."""
    with sink() as server:
        [result] = send(server)

    assert (result.outcome, result.reason, result.code) == (Outcome.ACCEPTED, "accepted", 250)
    assert server.accepted[0].message == MESSAGE
    assert server.accepted[0].sender == SENDER
    assert server.accepted[0].recipient == "chitatel0@example.bg"


@pytest.mark.parametrize("offers", [("PIPELINING",), ("ENHANCEDSTATUSCODES",)])
def test_connection_is_kept_from_message_to_message(offers: tuple[str, ...]) -> None:
    """Three messages take one connection, with and without PIPELINING."""
    with sink(offers=offers) as server:
        results = send(server, times=3)

    assert [one.outcome for one in results] == [Outcome.ACCEPTED] * 3
    assert server.connections == 1


@pytest.mark.parametrize("offers", [("PIPELINING",), ("ENHANCEDSTATUSCODES",)])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        ("421 4.7.0 Try later", Outcome.RETURNED, "throttle"),
        ("454 4.7.0 Too many messages", Outcome.RETURNED, "throttle"),
        ("451 4.7.1 Greylisted", Outcome.DEFERRED, "greylist"),
        ("452 4.3.1 Insufficient storage", Outcome.DEFERRED, "soft"),
    ],
)
def test_temporary_refusal_at_any_command_leaves_the_next_message_free(
    offers: tuple[str, ...], stage: str, answer: str, outcome: Outcome, reason: str
) -> None:
    """The refused one comes back or waits; the next goes through."""
    with sink(Fault(stage, answer), offers=offers) as server:
        first, second = send(server, times=2)

    assert (first.outcome, first.reason) == (outcome, reason)
    assert second.outcome is Outcome.ACCEPTED
    assert [one.recipient for one in server.accepted] == ["chitatel1@example.bg"]


def test_unknown_user_is_refused_for_that_row_only() -> None:
    """550 5.1.1 is hard; the connection is reset and goes on."""
    with sink(Fault("rcpt", "550 5.1.1 No such user here")) as server:
        first, second = send(server, times=2)

    assert (first.outcome, first.reason, first.status) == (Outcome.REFUSED, "hard", "5.1.1")
    assert second.outcome is Outcome.ACCEPTED
    assert server.connections == 1


def test_policy_refusal_is_ours() -> None:
    """5.7.1 never speaks of the reader."""
    with sink(Fault("dot", "550 5.7.1 Blocked by DMARC policy")) as server:
        [result] = send(server)

    assert (result.outcome, result.reason) == (Outcome.REFUSED, "ours")


@pytest.mark.parametrize("offers", [("PIPELINING",), ("ENHANCEDSTATUSCODES",)])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_cut_in_the_envelope_gives_the_row_back(offers: tuple[str, ...], stage: str) -> None:
    """Nothing of the message left, so it may be queued again."""
    with sink(Fault(stage, CUT), offers=offers) as server:
        first, second = send(server, times=2)

    assert (first.outcome, first.reason) == (Outcome.RETURNED, "lost")
    assert second.outcome is Outcome.ACCEPTED
    assert server.connections == 2


def test_cut_in_the_middle_of_a_long_message_gives_the_row_back() -> None:
    """More than the buffers hold, so the break shows before the dot."""
    long = MESSAGE + b"x" * 70 + b"\r\n"
    long += (b"y" * 70 + b"\r\n") * 400_000
    with sink(Fault("body", CUT)) as server:
        [result] = send(server, message=long)

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "lost")
    assert server.accepted == []


@pytest.mark.parametrize("keeps", [True, False])
def test_cut_after_the_dot_is_unknown_whether_or_not_it_was_taken(*, keeps: bool) -> None:
    """The client cannot know, so it says so."""
    with sink(Fault("dot", CUT, keeps=keeps)) as server:
        first, second = send(server, times=2)

    assert (first.outcome, first.reason) == (Outcome.UNKNOWN, "lost")
    assert second.outcome is Outcome.ACCEPTED
    assert len(server.accepted) == 1 + keeps


def test_silence_after_the_dot_is_unknown() -> None:
    """An answer that does not come in time leaves the question open."""
    with sink(Fault("dot", SILENCE, keeps=True)) as server:
        [result] = send(server, timeout=0.2)

    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "lost")


def test_silence_in_the_envelope_gives_the_row_back() -> None:
    """Before the dot a time-out is safe."""
    with sink(Fault("rcpt", SILENCE)) as server:
        [result] = send(server, timeout=0.2)

    assert result.outcome is Outcome.RETURNED


def test_garbage_after_the_dot_is_unknown() -> None:
    """A reply that is none says nothing about the message."""
    with sink(Fault("dot", "hello there")) as server:
        [result] = send(server)

    assert result.outcome is Outcome.UNKNOWN


def test_garbage_in_the_envelope_gives_the_row_back() -> None:
    """A reply that is none, before anything left."""
    with sink(Fault("mail", "hello there")) as server:
        [result] = send(server)

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "lost")


def test_idle_connection_that_was_closed_is_opened_again_without_a_word() -> None:
    """A relay that hangs up between messages costs nobody an attempt."""
    with sink() as server, connected(server.url()) as transport:
        first = transport.send(to("edin@example.bg", 1), MESSAGE, SENDER)
        session = transport._session
        assert session is not None
        assert session.sock is not None
        session.sock.shutdown(2)
        second = transport.send(to("dva@example.bg", 2), MESSAGE, SENDER)

    assert [first.outcome, second.outcome] == [Outcome.ACCEPTED] * 2
    assert server.connections == 2


def test_message_over_the_offered_size_never_leaves() -> None:
    """SIZE is believed: refused as ours, and MAIL is not said."""
    with sink(size=1000) as server:
        [result] = send(server)

    assert (result.outcome, result.reason, result.status) == (Outcome.REFUSED, "ours", "5.3.4")
    assert server.commands == []


def test_size_is_declared_where_offered() -> None:
    """MAIL carries the size of the message."""
    with sink() as server:
        send(server)

    assert f"SIZE={len(MESSAGE)}" in server.accepted[0].options


@pytest.mark.parametrize(("utf8", "outcome"), [(False, Outcome.REFUSED), (True, Outcome.ACCEPTED)])
def test_cyrillic_local_part_goes_only_where_smtputf8_is_offered(
    *, utf8: bool, outcome: Outcome
) -> None:
    """Elsewhere that row alone is refused."""
    delivery = replace(DELIVERY, address="пощальон@пример.test")
    message = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(delivery)
    with sink(utf8=utf8) as server, connected(server.url()) as transport:
        result = transport.send(delivery, message, SENDER)

    assert result.outcome is outcome
    if utf8:
        assert server.accepted[0].recipient == "пощальон@xn--e1afmkfd.test"
        assert "SMTPUTF8" in server.accepted[0].options


def test_a_head_beyond_ascii_goes_only_where_smtputf8_is_offered() -> None:
    """An editor's Cyrillic address in Reply-To: a relay that was not asked may spoil it."""
    masthead = replace(MASTHEAD, reply_to="редакция@example.bg")
    message = Composer(rendered(), masthead, LINKS, date=NOW).compose(DELIVERY)
    with sink() as server, connected(server.url()) as transport:
        refused = transport.send(DELIVERY, message, SENDER)
    with sink(utf8=True) as server, connected(server.url()) as transport:
        taken = transport.send(DELIVERY, message, SENDER)

    assert (refused.outcome, refused.status) == (Outcome.REFUSED, "5.6.7")
    assert taken.outcome is Outcome.ACCEPTED
    assert "SMTPUTF8" in server.accepted[0].options


def test_cyrillic_domain_travels_in_its_ascii_form_everywhere() -> None:
    """A-labels need no SMTPUTF8."""
    with sink() as server, connected(server.url()) as transport:
        result = transport.send(to("ana@пример.test"), MESSAGE, SENDER)

    assert result.outcome is Outcome.ACCEPTED
    assert server.accepted[0].recipient == "ana@xn--e1afmkfd.test"


def test_impossible_address_is_refused_without_a_connection() -> None:
    """A poison row touches nobody else."""
    with sink() as server, connected(server.url()) as transport:
        result = transport.send(to("ана <evil>@example.bg"), MESSAGE, SENDER)

    assert (result.outcome, result.reason) == (Outcome.REFUSED, "render")
    assert server.connections == 0


def test_lmtp_takes_the_answer_of_its_recipient() -> None:
    """After the dot LMTP answers for each recipient; ours is one."""
    with (
        sink(Fault("dot", "550 5.1.1 User unknown"), lmtp=True) as server,
        connected(server.url("lmtp")) as transport,
    ):
        first = transport.send(to("nyama@example.bg", 1), MESSAGE, SENDER)
        second = transport.send(to("ima@example.bg", 2), MESSAGE, SENDER)

    assert (first.outcome, first.reason) == (Outcome.REFUSED, "hard")
    assert second.outcome is Outcome.ACCEPTED
    assert [one.recipient for one in server.accepted] == ["ima@example.bg"]


def test_stripped_starttls_under_required_sends_nothing() -> None:
    """No silent fall-back: the row comes back and the fault says what to do."""
    with sink() as server, connected(server.url() + "?tls=required") as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)
        fault = transport.fault

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    assert isinstance(fault, Unavailable)
    assert "?tls=off" in fault.fix
    assert server.commands == []


def test_starttls_is_used_when_offered_and_checked_when_required(tmp_path: Path) -> None:
    """With the issuer named, required TLS goes through; the message travels encrypted."""
    context, pem = certificate(tmp_path)
    url_end = f"?tls=required&ca={pem}"
    with sink(tls=context) as server, connected(server.url() + url_end) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)

    assert result.outcome is Outcome.ACCEPTED
    assert server.accepted[0].encrypted


def test_unknown_issuer_under_required_sends_nothing(tmp_path: Path) -> None:
    """A certificate nobody vouches for is no TLS."""
    context, _ = certificate(tmp_path)
    with sink(tls=context) as server, connected(server.url() + "?tls=required") as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    assert server.accepted == []


def test_starttls_on_loopback_is_opportunistic_and_can_be_switched_off(tmp_path: Path) -> None:
    """Offered, it is used without asking who answers; `tls=off` stays in the clear."""
    context, _ = certificate(tmp_path)
    with sink(tls=context) as server:
        for end in ("", "?tls=off"):
            with connected(server.url() + end) as transport:
                transport.send(DELIVERY, MESSAGE, SENDER)

    assert [one.encrypted for one in server.accepted] == [True, False]


def test_login_from_the_address_is_used_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    """A refused login is a fault with a remedy; the password is in no text."""
    with sink(login=("poshta", "тайна-1".encode().hex())) as server:
        with connected(server.url(rest=f"poshta:{'тайна-1'.encode().hex()}@")) as transport:
            good = transport.send(DELIVERY, MESSAGE, SENDER)
        with connected(server.url(rest="poshta:greshna-parola@")) as transport:
            bad = transport.send(DELIVERY, MESSAGE, SENDER)
            fault = transport.fault
            shown = repr(transport._spec) + transport._spec.shown

    assert good.outcome is Outcome.ACCEPTED
    assert (bad.outcome, bad.reason) == (Outcome.RETURNED, "connect")
    assert "greshna-parola" not in f"{fault}{bad}{shown}{caplog.text}"


def test_relay_that_is_not_there_is_a_fault_and_not_the_readers() -> None:
    """The row comes back with the reason `connect`."""
    with sink() as server:
        url = server.url()
    with connected(url) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)

        assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
        assert isinstance(transport.fault, Unavailable)


def test_unreadable_certificates_are_wrong_settings(tmp_path: Path) -> None:
    """The file is named in the fault."""
    context, _ = certificate(tmp_path)
    with sink(tls=context) as server, connected(server.url() + "?ca=/nonexistent.pem") as transport:
        transport.send(DELIVERY, MESSAGE, SENDER)

        assert isinstance(transport.fault, WrongSettings)


def test_early_refusal_in_the_body_is_heard() -> None:
    """A relay that refuses before the dot is believed, and has not taken the message."""
    with sink(Fault("early", "552 5.3.4 Too big")) as server:
        [result] = send(server)

    assert result.outcome is Outcome.REFUSED
    assert server.accepted == []


def test_no_thread_is_left_behind() -> None:
    """Leaving the block ends the server."""
    before = threading.active_count()
    with sink() as server:
        send(server)

    assert threading.active_count() == before
