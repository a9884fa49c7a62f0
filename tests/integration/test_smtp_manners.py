"""What SMTP asks of a client clause by clause, and relays that keep to none of it."""

from __future__ import annotations

import socket
import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digest.deliver.message import Composer
from digest.deliver.smtp import SmtpTransport
from digest.deliver.transport import parse_transport
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, Outcome, Result
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, certificate, rendered, to
from tests.fakes.rude import ENDLESS, SILENT, rude
from tests.fakes.sink import sink

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
MESSAGE = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)
HELLO = b"220 relay.test ready\r\n"
OFFERS_TLS = b"250-relay.test\r\n250 STARTTLS\r\n"


@contextmanager
def connected(url: str, *, timeout: float = 10, messages: int = 500) -> Iterator[SmtpTransport]:
    """A transport that is closed at the end."""
    spec = parse_transport(url, home=Path("/nonexistent"), timeout=timeout, messages=messages)
    transport = spec.open()
    assert isinstance(transport, SmtpTransport)
    try:
        yield transport
    finally:
        transport.close()


def outcome(
    url: str, *, timeout: float = 10, delivery: Delivery = DELIVERY
) -> tuple[Result, DigestError | None]:
    """One message, and the fault it left."""
    with connected(url, timeout=timeout) as transport:
        return transport.send(delivery, MESSAGE, SENDER), transport.fault


def stopped(result: Result, fault: DigestError | None) -> bool:
    """Nothing was sent, the row comes back, and a person is told what to do."""
    returned = (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    return returned and isinstance(fault, Unavailable) and bool(fault.fix)


# TLS


@pytest.mark.parametrize(
    ("address", "required"),
    [
        ("smtp://relay.example.bg", True),
        ("smtp://10.0.0.1", True),
        ("lmtp://relay.example.bg", True),
        ("smtp://relay.example.bg?tls=off", False),
        ("smtp://127.0.0.1", False),
        ("smtp://[::1]", False),
        ("smtp://127.0.0.1?tls=required", True),
    ],
)
def test_tls_is_required_by_default_away_from_the_loopback(address: str, *, required: bool) -> None:
    """Only `?tls=off` says otherwise, in so many words."""
    spec = parse_transport(address, home=Path("/nonexistent"), timeout=5)

    assert getattr(spec, "tls_required", None) is required


@pytest.mark.parametrize("answer", [b"454 4.7.0 later\r\n", b"501 no\r\n", b"220\r\ngarbage\r\n"])
@pytest.mark.parametrize("policy", ["", "?tls=required"])
def test_starttls_that_is_offered_and_fails_is_no_reason_to_go_on_in_the_clear(
    answer: bytes, policy: str
) -> None:
    """Not even on loopback: what was offered and taken back smells of somebody in between."""
    with rude(HELLO, OFFERS_TLS, answer, b"250 go\r\n", b"250 go\r\n") as relay:
        result, fault = outcome(relay.url + policy, timeout=2)

    assert stopped(result, fault)
    assert not [line for line in relay.heard if line.startswith(b"MAIL")]


def test_expired_certificate_under_required_sends_nothing(tmp_path: Path) -> None:
    """Also when its issuer is known."""
    context, pem = certificate(tmp_path, days=-1)
    with sink(tls=context) as server:
        result, fault = outcome(f"{server.url()}?tls=required&ca={pem}")

    assert stopped(result, fault)
    assert fault is not None
    assert "изтекло" in fault.why
    assert server.commands == []


def test_certificate_of_another_machine_under_required_sends_nothing(tmp_path: Path) -> None:
    """The name is checked, not only the issuer."""
    context, pem = certificate(tmp_path, address="127.0.0.9")
    with sink(tls=context) as server:
        result, fault = outcome(f"{server.url()}?tls=required&ca={pem}")

    assert stopped(result, fault)
    assert fault is not None
    assert "друг адрес" in fault.why
    assert server.commands == []


@pytest.mark.parametrize(
    "steps",
    [(SILENT,), (HELLO, SILENT), (HELLO, OFFERS_TLS, SILENT), (HELLO, OFFERS_TLS, HELLO, SILENT)],
    ids=["greeting", "EHLO", "STARTTLS", "TLS handshake"],
)
def test_stalled_handshake_ends_with_the_time_out(steps: tuple[bytes, ...]) -> None:
    """Wherever it stalls nothing was sent."""
    with rude(*steps) as relay:
        result, fault = outcome(relay.url, timeout=0.2)

    assert stopped(result, fault)


def test_stalled_handshake_of_smtps_ends_with_the_time_out() -> None:
    """TLS from the first byte, to a server that speaks none."""
    with rude(SILENT) as relay:
        result, fault = outcome(relay.url.replace("smtp://", "smtps://"), timeout=0.2)

    assert stopped(result, fault)


def test_a_relay_that_never_answers_a_connection_is_not_waited_for_as_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten minutes for each answer, and all the same an end at once when nobody is there."""
    monkeypatch.setattr("digest.deliver.session.CONNECT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as stack:
        # A queue that nobody empties: the next connection hears nothing.
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        result, fault = outcome(f"smtp://127.0.0.1:{full.getsockname()[1]}", timeout=600)

    assert stopped(result, fault)


def test_answers_have_the_time_that_the_settings_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short wait is for the connection alone."""
    monkeypatch.setattr("digest.deliver.session.CONNECT_SECONDS", 0.1)
    with sink() as server, connected(server.url(), timeout=7) as transport:
        transport.send(DELIVERY, MESSAGE, SENDER)
        session = transport._session
        assert session is not None
        assert session.sock is not None
        for which in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            given = session.sock.getsockopt(socket.SOL_SOCKET, which, struct.calcsize("ll"))
            assert struct.unpack("ll", given) == (7, 0)


# AUTH


@pytest.mark.parametrize(
    "steps",
    [
        (b"250 relay.test\r\n",),
        (b"250-relay.test\r\n250 AUTH CRAM-MD5\r\n", b"334 \xff%%%a\r\n", b"535 no\r\n"),
        (b"250-relay.test\r\n250 AUTH PLAIN\r\n", b"535 5.7.8 wrong\r\n"),
        (b"250-relay.test\r\n250 AUTH PLAIN\r\n", b"hello there\r\n"),
    ],
    ids=["not offered", "challenge is garbage", "refused", "answer is garbage"],
)
def test_login_that_cannot_be_done_sends_nothing_and_says_no_password(
    steps: tuple[bytes, ...], caplog: pytest.LogCaptureFixture
) -> None:
    """No message leaves without the login that was asked for."""
    with rude(HELLO, *steps) as relay:
        url = relay.url.replace("//", "//poshta:zagadka@")
        result, fault = outcome(url + "?tls=off")

    assert stopped(result, fault)
    assert "zagadka" not in f"{result}{fault}{caplog.text}"
    assert not [line for line in relay.heard if line.startswith(b"MAIL")]


def test_password_that_the_library_cannot_say_is_a_fault_and_no_traceback() -> None:
    """Cyrillic in it; the password itself is not shown."""
    with rude(HELLO, b"250-relay.test\r\n250 AUTH PLAIN\r\n", SILENT) as relay:
        url = relay.url.replace("//", "//poshta:загадка@")
        result, fault = outcome(url + "?tls=off")

    assert stopped(result, fault)
    assert fault is not None
    assert "латин" in fault.why + fault.fix
    assert "загадка" not in f"{result}{fault}"


# What is declared, and where


def test_eight_bits_are_declared_where_offered_and_go_nowhere_else() -> None:
    """RFC 6152: without the offer a message beyond ASCII is refused, and it is not the reader."""
    eight = MESSAGE.replace(b"Precedence: bulk", "Precedence: днес".encode())
    with sink(utf8=True) as server, connected(server.url()) as transport:
        transport.send(to("edin@example.bg", 1), MESSAGE, SENDER)
        taken = transport.send(to("dva@example.bg", 2), eight, SENDER)
        session = transport._session
        assert session is not None
        # The sink's library always offers it.
        del session.esmtp_features["8bitmime"]
        refused = transport.send(to("tri@example.bg", 3), eight, SENDER)

    assert taken.outcome is Outcome.ACCEPTED
    assert ["BODY=8BITMIME" in one.options for one in server.accepted] == [False, True]
    assert (refused.outcome, refused.reason, refused.status) == (Outcome.REFUSED, "ours", "5.6.3")


@pytest.mark.parametrize("offered", [True, False])
def test_reports_are_asked_for_where_offered(*, offered: bool) -> None:
    """RFC 3461: headers only, with our own id, of failure and delay; elsewhere not a word."""
    offer = b"250-relay.test\r\n250 DSN\r\n" if offered else b"250 relay.test\r\n"
    with rude(HELLO, offer, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n") as relay:
        outcome(relay.url)
    mail, rcpt = relay.heard[1], relay.heard[2]

    ours = f" RET=HDRS ENVID={DELIVERY.id}".encode()
    assert mail.rstrip().endswith(ours if offered else b">")
    assert rcpt.rstrip().endswith(b" NOTIFY=FAILURE,DELAY" if offered else b">")


@pytest.mark.parametrize("most", [1, 2, 500])
def test_a_connection_is_made_anew_after_so_many_messages(most: int) -> None:
    """The setting bounds it."""
    with sink() as server, connected(server.url(), messages=most) as transport:
        for number in range(4):
            transport.send(to(f"chitatel{number}@example.bg", number), MESSAGE, SENDER)

        assert server.connections == -(-4 // most)
        assert len(server.accepted) == 4


# Garbage


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        bytes(range(256)) + b"\r\n",
        b"\x00" * 100_000 + b"\r\n",
        b"2" * 100_000,
        b"",
        b"999 what\r\n",
        b"220-first\r\n",
    ],
    ids=["http", "ssh", "bytes", "zeros", "no end", "nothing", "no such code", "half"],
)
def test_greeting_that_is_garbage_sends_nothing(greeting: bytes) -> None:
    """Whatever speaks there is not believed to be a relay."""
    with rude(greeting or b"\r\n") as relay:
        result, fault = outcome(relay.url, timeout=2)

    assert stopped(result, fault)


@pytest.mark.parametrize("words", [b"\xff\xfe\x00\r\n", b"2\r\n", b"100 hm\r\n", b"354 go\r\n"])
@pytest.mark.parametrize("place", range(3))
def test_garbage_before_the_message_gives_the_row_back(words: bytes, place: int) -> None:
    """At MAIL, RCPT or DATA; a code of another command among it is no consent."""
    fine = [b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    if fine[place] == words:
        words = b"250 ok\r\n"
    steps = [*fine[:place], words, *fine[place + 1 :]]
    with rude(HELLO, b"250 relay.test\r\n", *steps) as relay:
        result, _ = outcome(relay.url, timeout=2)

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "lost")


@pytest.mark.parametrize("before", [(), (HELLO,), (HELLO, b"250 relay.test\r\n")])
def test_reply_without_end_is_cut_off(before: tuple[bytes, ...]) -> None:
    """The library would read it for ever, and keep every line."""
    tracemalloc.start()
    with rude(*before, ENDLESS) as relay:
        result, _ = outcome(relay.url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert result.outcome is Outcome.RETURNED
    assert peak < 5_000_000


# Bad rows


@pytest.mark.parametrize(
    "address",
    ["@@TO@@", "", "@", "a@", "@example.bg", "a@[", "a@[127.0.0.1", "\r\nDATA\r\n@example.bg",
     "a" * 10_000_000 + "@example.bg", "a@" + "b" * 10_000_000, "a@" + "й" * 100_000 + ".test"],
    ids=lambda one: one[:12],
)  # fmt: skip
def test_address_that_nothing_can_carry_touches_nobody_else(address: str) -> None:
    """Among them one that makes the standard library raise IndexError, and 10 MB of one."""
    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW)
    delivery = replace(to("", 1), address=address)
    with sink() as server, connected(server.url()) as transport:
        refused = composer.compose_or_refuse(delivery)
        sent = transport.send(delivery, MESSAGE, SENDER)
        after = transport.send(to("zdrav@example.bg", 2), MESSAGE, SENDER)

    assert isinstance(refused, Result)
    for one in (refused, sent):
        assert (one.outcome, one.reason) == (Outcome.REFUSED, "render")
        assert len(one.text) <= 500
    assert after.outcome is Outcome.ACCEPTED


def test_name_of_ten_megabytes_is_refused_for_its_row_alone() -> None:
    """It never becomes a header."""
    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW)

    refused = composer.compose_or_refuse(replace(DELIVERY, name="я" * 10_000_000))
    fine = composer.compose_or_refuse(DELIVERY)

    assert isinstance(refused, Result)
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "render")
    assert fine == MESSAGE
