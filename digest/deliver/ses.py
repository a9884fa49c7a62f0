"""Amazon SES by its HTTP API: `ses://REGION`, one `SendEmail` a message with the raw bytes.

Needs the extra `ses`. Credentials come by boto3's usual chain (environment, profile, role of
the machine), never from the settings. The library's own retries are off: a message may have
left before the answer was lost, and only the ledger knows what may go again.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from digest.deliver.addresses import Mailbox, mailbox
from digest.deliver.outcome import MAX_TEXT, reply
from digest.deliver.ses_answers import refusal, unreachable
from digest.deliver.session import CONNECT_SECONDS, Phase
from digest.errors import BadInput, DigestError, WrongSettings
from digest.model import Delivery, Outcome, Result

MAX_BYTES = 40_000_000
"""Of a whole message as it is sent, by the quotas of the SES v2 API."""

_EXAMPLE = "Пример: ses://eu-central-1?configuration_set=digest."
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_SET = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENDPOINT = re.compile(r"https://[^/@?#]+/?|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?/?")
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SesSpec:
    """A region of SES as the settings name it; `timeout` is in seconds, to connect and to wait."""

    region: str
    timeout: float
    configuration_set: str = ""
    endpoint: str = ""

    @property
    def shown(self) -> str:
        return f"ses://{self.region}"

    def open(self) -> SesTransport:
        """A transport; it connects at its first message."""
        return SesTransport(self)


def parse_ses(text: str, timeout: float) -> SesSpec:
    """The spec of `ses://REGION?configuration_set=…&endpoint=…`.

    Raises `WrongSettings` for anything else, for credentials in the address, and when the extra
    is not installed.
    """
    url = urlsplit(text)
    options = dict(parse_qsl(url.query, keep_blank_values=True))
    if "@" in url.netloc:
        raise _wrong("Ключовете за достъп не се пишат тук: boto3 ги взема от средата или ролята.")
    if not _REGION.fullmatch(url.netloc) or url.path not in {"", "/"} or url.fragment:
        raise _wrong("Липсва регион на Amazon или след него стои друго.")
    strange = sorted(options.keys() - {"configuration_set", "endpoint"})
    if strange:
        raise _wrong(f"Ключът „{strange[0][:20]}“ не е познат; има configuration_set и endpoint.")
    if not _SET.fullmatch(options.get("configuration_set", "none")):
        raise _wrong("configuration_set е до 64 латински букви, цифри и тирета.")
    if not _ENDPOINT.fullmatch(options.get("endpoint", "https://example.bg")):
        raise _wrong("endpoint е адрес с https без път; http може само на тази машина.")
    if importlib.util.find_spec("boto3") is None:
        raise _wrong("Няма библиотека boto3.", 'Инсталирайте я: pip install "digest[ses]".')
    return SesSpec(
        url.netloc, timeout, options.get("configuration_set", ""), options.get("endpoint", "")
    )


class Body:
    """A request's body that knows how far it was handed to the socket.

    The HTTP library asks for a block only when it has sent the one before, so `phase` tells a
    cut before the last block, after which nothing can have been accepted, from a later one.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.phase = Phase.ENVELOPE

    def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size < 0 else self._at + size
        block, self._at = self._data[self._at : end], min(end, len(self._data))
        self.phase = Phase.DOT if self._at == len(self._data) else Phase.DATA
        return block


class _Request(Protocol):
    body: bytes | str | Body


class _Client(Protocol):
    """What is used of boto3's client."""

    def send_email(self, **what: object) -> Mapping[str, object]: ...

    def close(self) -> None: ...


class SesTransport:
    """Sends over one kept connection. Not shared between threads."""

    def __init__(self, spec: SesSpec) -> None:
        self._spec = spec
        self._client: _Client | None = None
        self._body = Body(b"")
        self.fault: DigestError | None = None

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        """See `Transport`. A cut before the end of the request gives the row back, later `unknown`.

        SES writes a return path of its own; reports of failed delivery come to `envelope_from`
        where the account forwards them.
        """
        self.fault, self._body = None, Body(b"")
        try:
            recipient = mailbox(delivery.address)
            sender = mailbox(envelope_from).text if envelope_from else ""
        except BadInput as cause:
            return Result(delivery.id, Outcome.REFUSED, "render", text=cause.what[:MAX_TEXT])
        beyond = _beyond(delivery, recipient, message)
        if beyond is not None:
            return beyond
        try:
            client = self._connected()
            said = client.send_email(**self._request(delivery, recipient, sender, message))
        except Exception as cause:  # noqa: BLE001 - whatever breaks, the phase says what it means
            return self._broken(delivery, cause)
        return _accepted(delivery, said)

    def close(self) -> None:
        """Closes the kept connection, if there is one."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _request(
        self, delivery: Delivery, recipient: Mailbox, sender: str, message: bytes
    ) -> dict[str, object]:
        request: dict[str, object] = {
            "Destination": {"ToAddresses": [recipient.text]},
            "Content": {"Raw": {"Data": message}},
        }
        if sender:
            request["FeedbackForwardingEmailAddress"] = sender
        if self._spec.configuration_set:
            request["ConfigurationSetName"] = self._spec.configuration_set
        if _TAG.fullmatch(delivery.id):
            # SES gives the message an id of its own; its events carry ours as a tag.
            request["EmailTags"] = [{"Name": "digest-delivery", "Value": delivery.id}]
        return request

    def _connected(self) -> _Client:
        if self._client is None:
            self._client = _client(self._spec, self._marked)
        return self._client

    def _marked(self, request: _Request, **_: object) -> None:
        """boto3's `before-send`: the body is counted from here. It answers nothing itself."""
        body = request.body.encode() if isinstance(request.body, str) else request.body
        assert isinstance(body, bytes)
        request.body = self._body = Body(body)

    def _broken(self, delivery: Delivery, cause: Exception) -> Result:
        """What an error means: an answer of SES, a cut with the request on the wire, or neither."""
        answered = refusal(cause, delivery)
        if isinstance(answered, Result):
            return answered
        if answered is None and self._body.phase is not Phase.ENVELOPE:
            self.close()
            _log.warning("%s: cut in %s: %s", self._spec.shown, self._body.phase, cause)
            outcome = Outcome.UNKNOWN if self._body.phase is Phase.DOT else Outcome.RETURNED
            return Result(delivery.id, outcome, "lost", text=reply(0, str(cause)).text)
        self.close()
        self.fault = answered or unreachable(self._spec.shown, cause)
        _log.warning("%s: not sent: %s", self._spec.shown, self.fault.why)
        return Result(delivery.id, Outcome.RETURNED, "connect", text=self.fault.why[:MAX_TEXT])


def _client(spec: SesSpec, before_send: object) -> _Client:
    """A client of its own session: sessions are not shared between threads."""
    from boto3.session import Session
    from botocore.config import Config

    client = Session().client(
        "sesv2",
        region_name=spec.region,
        endpoint_url=spec.endpoint or None,
        config=Config(
            connect_timeout=min(spec.timeout, CONNECT_SECONDS),
            read_timeout=spec.timeout,
            # One attempt in all: a second may be a second message.
            retries={"total_max_attempts": 1, "mode": "standard"},
            max_pool_connections=1,
            tcp_keepalive=True,
        ),
    )
    client.meta.events.register("before-send.sesv2.SendEmail", before_send)
    made: _Client = client
    return made


def _beyond(delivery: Delivery, recipient: Mailbox, message: bytes) -> Result | None:
    """What SES cannot carry is refused for that row, and is not the reader's fault."""
    # A message beyond ASCII has such an address in its head (RFC 6532); bodies are base64.
    if recipient.needs_utf8 or not message.isascii():
        text = "SES takes no addresses beyond ASCII"
        return Result(delivery.id, Outcome.REFUSED, "ours", status="5.6.7", text=text)
    if len(message) > MAX_BYTES:
        text = f"{len(message)} bytes; SES takes {MAX_BYTES}"
        return Result(delivery.id, Outcome.REFUSED, "ours", status="5.3.4", text=text)
    return None


def _accepted(delivery: Delivery, said: Mapping[str, object]) -> Result:
    """The id under which SES knows the message; an answer without one proves nothing."""
    given = said.get("MessageId")
    if not isinstance(given, str) or not given:
        return Result(delivery.id, Outcome.UNKNOWN, "lost", text="an answer without a MessageId")
    return Result(delivery.id, Outcome.ACCEPTED, "accepted", text=reply(200, given).text)


def _wrong(why: str, fix: str = _EXAMPLE) -> WrongSettings:
    return WrongSettings("Изпращането през Amazon SES не може да се използва.", why, fix)
