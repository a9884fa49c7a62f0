"""Amazon SES over HTTP: against moto, and against a server that breaks on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digest.deliver.message import Composer
from digest.deliver.ses import Body, SesSpec, SesTransport, parse_ses
from digest.deliver.session import Phase
from digest.deliver.transport import parse_transport
from digest.errors import Unavailable, WrongSettings
from digest.model import Outcome
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered, to
from tests.fakes.ses import CUT, GARBAGE, Refusal, ses

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
MESSAGE = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)

pytestmark = pytest.mark.usefixtures("aws")


@contextmanager
def connected(url: str, *, timeout: float = 10) -> Iterator[SesTransport]:
    """A transport that is closed at the end."""
    transport = parse_transport(url, home=Path("/nonexistent"), timeout=timeout).open()
    assert isinstance(transport, SesTransport)
    try:
        yield transport
    finally:
        transport.close()


@pytest.fixture
def moto(aws: None) -> Iterator[str]:
    """The address of moto's server on loopback, with our domain confirmed."""
    from boto3.session import Session
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = Session().client(
        "sesv2", region_name="eu-central-1", endpoint_url=f"http://{host}:{port}"
    )
    client.create_email_identity(EmailIdentity=MASTHEAD.domain)
    client.close()
    try:
        yield f"ses://eu-central-1?endpoint=http://{host}:{port}"
    finally:
        server.stop()
        assert server._server is not None
        server._server.server_close()


def test_moto_takes_the_message_as_it_was_composed(moto: str) -> None:
    """Raw bytes, our reader, and the id under which SES knows it."""
    from moto.ses.models import ses_backends

    with connected(moto) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)

    [taken] = ses_backends["123456789012"]["eu-central-1"].sent_messages
    assert (result.outcome, result.reason) == (Outcome.ACCEPTED, "accepted")
    assert result.text == taken.id
    assert taken.destinations[0] == DELIVERY.address
    assert taken.raw_data.encode() == MESSAGE


def test_the_request_names_reader_return_path_set_and_delivery() -> None:
    """SES writes Message-ID and return path anew; the tag and the forwarding address remain."""
    with ses() as server, connected(server.url + "&configuration_set=digest") as transport:
        transport.send(DELIVERY, MESSAGE, SENDER)
        transport.send(to("drug@example.bg"), MESSAGE, "")

    first, second = server.asked
    assert first["Destination"] == {"ToAddresses": [DELIVERY.address]}
    assert first["FeedbackForwardingEmailAddress"] == SENDER
    assert first["ConfigurationSetName"] == "digest"
    assert first["EmailTags"] == [{"Name": "digest-delivery", "Value": DELIVERY.id}]
    assert "FeedbackForwardingEmailAddress" not in second


def test_connection_is_kept_from_message_to_message() -> None:
    """Three messages take one; after `close` there is another."""
    with ses() as server, connected(server.url) as transport:
        for number in range(3):
            transport.send(to("chitatel@example.bg", number), MESSAGE, SENDER)
        kept = server.connections
        transport.close()
        transport.send(DELIVERY, MESSAGE, SENDER)

    assert (kept, server.connections) == (1, 2)


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        (Refusal(429, "TooManyRequestsException"), Outcome.RETURNED, "throttle"),
        (Refusal(400, "LimitExceededException"), Outcome.RETURNED, "throttle"),
        (Refusal(400, "ThrottlingException"), Outcome.RETURNED, "throttle"),
        (Refusal(503, "ServiceUnavailable"), Outcome.RETURNED, "throttle"),
        (Refusal(400, "MessageRejected", "virus"), Outcome.REFUSED, "ours"),
        (Refusal(400, "BadRequestException", "Missing final '@domain'"), Outcome.REFUSED, "ours"),
        (Refusal(400, "AccountSuspendedException"), Outcome.RETURNED, "connect"),
        (Refusal(400, "SendingPausedException"), Outcome.RETURNED, "connect"),
        (Refusal(400, "MailFromDomainNotVerifiedException"), Outcome.RETURNED, "connect"),
        (Refusal(404, "NotFoundException"), Outcome.RETURNED, "connect"),
        (Refusal(403, "AccessDeniedException"), Outcome.RETURNED, "connect"),
        (Refusal(403, "SignatureDoesNotMatch"), Outcome.RETURNED, "connect"),
        (Refusal(403, "NobodyKnowsThisOne"), Outcome.RETURNED, "connect"),
        (Refusal(418, "NorThisOne"), Outcome.RETURNED, "connect"),
        (Refusal(500, "InternalFailure"), Outcome.UNKNOWN, "lost"),
        (Refusal(502, ""), Outcome.UNKNOWN, "lost"),
        (Refusal(504, ""), Outcome.UNKNOWN, "lost"),
        (Refusal(302, ""), Outcome.UNKNOWN, "lost"),
        (GARBAGE, Outcome.UNKNOWN, "lost"),
    ],
    ids=lambda one: one.code or str(one.status) if isinstance(one, Refusal) else None,
)
def test_each_answer_has_the_word_that_smtp_would_have(
    said: Refusal | str, outcome: Outcome, reason: str
) -> None:
    """And each is asked for once: the library tries nothing again by itself."""
    with ses(said) as server, connected(server.url) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)
        fault = transport.fault

    assert (result.outcome, result.reason) == (outcome, reason)
    assert isinstance(fault, Unavailable) is (reason == "connect")
    assert len(server.asked) == 1
    assert server.accepted == []


def test_a_sender_who_is_not_confirmed_stops_the_run() -> None:
    """Otherwise the whole list would be refused, one reader after another."""
    failed = "Email address is not verified. The following identities failed the check: {}"
    ours = Refusal(400, "MessageRejected", failed.format(MASTHEAD.from_address))
    reader = Refusal(400, "MessageRejected", failed.format(DELIVERY.address))
    with ses(ours, reader) as server, connected(server.url) as transport:
        stopped = transport.send(DELIVERY, MESSAGE, SENDER)
        fault = transport.fault
        sandbox = transport.send(DELIVERY, MESSAGE, SENDER)

    assert (stopped.outcome, stopped.reason) == (Outcome.RETURNED, "connect")
    assert isinstance(fault, Unavailable)
    assert "publication.from_address" in fault.fix
    assert (sandbox.outcome, sandbox.reason) == (Outcome.REFUSED, "ours")


@pytest.mark.parametrize("attempts", ["5", "standard"])
def test_what_the_machine_says_of_retries_changes_nothing(
    attempts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`AWS_MAX_ATTEMPTS` is for programs that may do a thing twice."""
    name = "AWS_MAX_ATTEMPTS" if attempts.isdigit() else "AWS_RETRY_MODE"
    monkeypatch.setenv(name, attempts)
    with ses(CUT) as server, connected(server.url) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)

    assert result.outcome is Outcome.UNKNOWN
    assert len(server.asked) == 1


def test_no_keys_is_a_fault_that_says_where_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked without them."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with ses() as server, connected(server.url) as transport:
        result = transport.send(DELIVERY, MESSAGE, SENDER)
        fault = transport.fault

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    assert fault is not None
    assert "AWS_ACCESS_KEY_ID" in fault.fix
    assert server.connections == 0


def test_address_beyond_ascii_and_a_message_too_big_never_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both are ours, not the reader's."""
    monkeypatch.setattr("digest.deliver.ses.MAX_BYTES", len(MESSAGE))
    cyrillic = replace(DELIVERY, address="пощальон@пример.test")
    with ses() as server, connected(server.url) as transport:
        results = [
            transport.send(cyrillic, MESSAGE, SENDER),
            transport.send(DELIVERY, MESSAGE[:-9] + "днес".encode(), SENDER),
            transport.send(DELIVERY, MESSAGE + b"x", SENDER),
        ]

    assert [(one.outcome, one.reason, one.status) for one in results] == [
        (Outcome.REFUSED, "ours", "5.6.7"),
        (Outcome.REFUSED, "ours", "5.6.7"),
        (Outcome.REFUSED, "ours", "5.3.4"),
    ]
    assert server.connections == 0


def test_body_tells_the_last_block_from_those_before() -> None:
    """The mark stands when the last block is handed out, not when the end is asked for."""
    body = Body(b"abcde")
    phases = [body.phase]
    blocks = []
    for _ in range(4):
        blocks.append(body.read(2))
        phases.append(body.phase)

    assert blocks == [b"ab", b"cd", b"e", b""]
    assert phases == [Phase.ENVELOPE, Phase.DATA, Phase.DATA, Phase.DOT, Phase.DOT]


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("ses://eu-central-1", SesSpec("eu-central-1", 5)),
        ("ses://us-gov-west-1/", SesSpec("us-gov-west-1", 5)),
        ("ses://eu-north-1?configuration_set=d_1", SesSpec("eu-north-1", 5, "d_1")),
        (
            "ses://eu-west-1?endpoint=https://ses.example.bg",
            SesSpec("eu-west-1", 5, "", "https://ses.example.bg"),
        ),
    ],
)
def test_address_names_region_set_and_endpoint(text: str, spec: SesSpec) -> None:
    """And nothing else."""
    assert parse_ses(text, 5) == spec


@pytest.mark.parametrize(
    "text",
    [
        "ses://",
        "ses://region",
        "ses://AKIAKLJUCH:taina@eu-central-1",
        "ses://eu-central-1/path",
        "ses://eu-central-1:443",
        "ses://eu-central-1?key=taina",
        "ses://eu-central-1?configuration_set=",
        "ses://eu-central-1?configuration_set=a b",
        "ses://eu-central-1?endpoint=http://ses.example.bg",
        "ses://eu-central-1?endpoint=https://ime:taina@ses.example.bg",
        "ses://eu-central-1?endpoint=http://127.0.0.1.example.bg",
    ],
)
def test_address_that_is_none_is_refused_without_its_secrets(text: str) -> None:
    """Keys have no place in it, and mail goes to no stranger in the clear."""
    with pytest.raises(WrongSettings) as caught:
        parse_ses(text, 5)

    assert "taina" not in str(caught.value)


def test_without_the_extra_the_settings_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the first message, not at it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(WrongSettings) as caught:
        parse_ses("ses://eu-central-1", 5)

    assert "digest[ses]" in caught.value.fix


def test_connections_on_several_threads_do_not_share_a_client() -> None:
    """Each has its own session: those are not made for sharing."""
    with ses() as server:

        def lane(number: int) -> None:
            with connected(server.url) as transport:
                for place in range(5):
                    one = to("chitatel@example.bg", number * 10 + place)
                    results.append(transport.send(one, MESSAGE, SENDER).outcome)

        results: list[Outcome] = []
        threads = [threading.Thread(target=lane, args=(number,)) for number in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    assert results == [Outcome.ACCEPTED] * 20
    assert server.connections == 4
