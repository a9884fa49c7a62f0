"""Amazon SNS: an envelope is opened when its signature, its topic and its hour are right.

The rules are those of „Verifying the signatures of Amazon SNS messages“
(https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). The certificate
is fetched only from the SNS host of the topic's own region, over https and without redirects: that
host vouches for it. Cheap checks come first, so that a stranger makes us fetch nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from digest.inbound.hooks.port import AHEAD, OLDEST, Fetch
from digest.inbound.hooks.untrusted import Garbage, parsed
from digest.setting_hooks import TOPIC

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

NOTIFICATION, CONFIRMATION = "Notification", "SubscriptionConfirmation"
_SUBSCRIPTION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
SIGNED = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    CONFIRMATION: _SUBSCRIPTION,
    "UnsubscribeConfirmation": _SUBSCRIPTION,
}
"""What is signed of each type, in this order: the name, a line feed, the value, a line feed."""
_OPTIONAL = frozenset({"Subject"})
_FILE = re.compile(r"/[A-Za-z0-9_-]{1,100}\.pem")
_ROOT = re.compile("/?")
_ID = re.compile(r"[A-Za-z0-9-]{1,100}")
_VERSIONS = frozenset({"1", "2"})
MOST_CERTIFICATES = 8
"""A region has one certificate at a time, and another after it is renewed."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What SNS posted, with every member that is signed as text; nothing of it is proven yet."""

    kind: str
    members: dict[str, str]
    at: datetime
    version: str
    signature: bytes
    certificate: str

    @property
    def topic(self) -> str:
        return self.members["TopicArn"]

    @property
    def message(self) -> str:
        return self.members["Message"]

    @property
    def event_id(self) -> str:
        """Unique for each message published, the same when SNS tries again."""
        return self.members["MessageId"]

    @property
    def signed(self) -> bytes:
        """The string to sign. Raises `Garbage` for what is no Unicode."""
        named = (
            f"{name}\n{self.members[name]}\n"
            for name in SIGNED[self.kind]
            if name in self.members
        )  # fmt: skip
        try:
            return "".join(named).encode()
        except UnicodeEncodeError as cause:
            raise Garbage("no Unicode") from cause


@dataclass(frozen=True, slots=True)
class _Certificate:
    key: RSAPublicKey
    begins: datetime
    ends: datetime


class Sns:
    """Opens envelopes of these topics; keeps the certificates it has met."""

    def __init__(self, topics: Collection[str], fetch: Fetch) -> None:
        self._topics = frozenset(topics)
        self._fetch = fetch
        self._known: dict[str, _Certificate] = {}

    def open(self, body: bytes, now: datetime) -> Envelope:
        """A proven envelope. Raises `Garbage`, and whatever fetching the certificate raises."""
        found = _sealed(parsed(body))
        if found.topic not in self._topics:
            raise Garbage("another topic")
        if not now - OLDEST <= found.at <= now + AHEAD:
            raise Garbage(f"its time is {found.at.isoformat()}")
        if not on_host(found.certificate, found.topic, _FILE) or "?" in found.certificate:
            raise Garbage("a certificate from elsewhere")
        certificate = self._certificate(found.certificate)
        if not certificate.begins <= now <= certificate.ends:
            raise Garbage("an expired certificate")
        _verify(found, certificate.key)
        return found

    def _certificate(self, url: str) -> _Certificate:
        known = self._known.get(url)
        if known is None:
            known = _read(self._fetch(url))
            if len(self._known) >= MOST_CERTIFICATES:
                self._known.clear()
            self._known[url] = known
        return known


def confirming(envelope: Envelope) -> str:
    """The address that confirms the subscription to this very topic. Raises `Garbage`."""
    url = envelope.members["SubscribeURL"]
    if not on_host(url, envelope.topic, _ROOT):
        raise Garbage("a confirmation elsewhere")
    asked = parse_qsl(urlsplit(url).query)
    wanted = {("Action", "ConfirmSubscription"), ("TopicArn", envelope.topic)}
    if not wanted <= set(asked) or len(dict(asked)) != len(asked):
        raise Garbage("a confirmation of something else")
    return url


def on_host(url: str, topic: str, path: re.Pattern[str]) -> bool:
    """Whether an address is of the SNS of the topic's region, over https, with such a path."""
    arn = TOPIC.fullmatch(topic)
    if arn is None or not url.isascii() or re.search(r"[\s\\#@\x00-\x1f]", url):
        return False
    end = "amazonaws.com.cn" if arn["partition"] == "aws-cn" else "amazonaws.com"
    start = f"https://sns.{arn['region']}.{end}"
    rest = url.removeprefix(start)
    return rest != url and path.fullmatch(rest.partition("?")[0]) is not None


def _sealed(said: dict[str, object]) -> Envelope:
    kind = said.get("Type")
    if not isinstance(kind, str) or kind not in SIGNED:
        raise Garbage("no envelope of SNS")
    own = {name: _text(said, name) for name in SIGNED[kind] if _there(said, name)}
    if not _ID.fullmatch(own["MessageId"]):
        raise Garbage("no id")
    version = _text(said, "SignatureVersion")
    if version not in _VERSIONS:
        raise Garbage("another version of the signature")
    signature = _signature(_text(said, "Signature"))
    certificate = _text(said, "SigningCertURL")
    return Envelope(kind, own, _moment(own["Timestamp"]), version, signature, certificate)


def _there(said: dict[str, object], name: str) -> bool:
    return name not in _OPTIONAL or said.get(name) is not None


def _text(said: dict[str, object], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise Garbage(f"no {name}")
    return value


def _moment(text: str) -> datetime:
    """The time in UTC, as SNS writes it: `2026-11-23T04:20:00.123Z`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as cause:
        raise Garbage("no time") from cause
    if at.tzinfo is None:
        raise Garbage("a time without its zone")
    return at


def _signature(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as cause:
        raise Garbage("no base64") from cause


def _read(data: bytes) -> _Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        found = x509.load_pem_x509_certificate(data)
        key = found.public_key()
    except Exception as cause:
        # The library promises no types for broken ASN.1.
        raise Garbage("no certificate") from cause
    if not isinstance(key, RSAPublicKey):
        raise Garbage("a certificate without an RSA key")
    return _Certificate(key, found.not_valid_before_utc, found.not_valid_after_utc)


def _verify(envelope: Envelope, key: RSAPublicKey) -> None:
    """PKCS #1 v1.5 over SHA-1 (version 1) or SHA-256 (version 2)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

    # Version 1 is what a new topic has. To forge one, SHA-1 would have to be broken for a text
    # that is given (a second preimage), which it is not.
    digest: HashAlgorithm = hashes.SHA256() if envelope.version == "2" else hashes.SHA1()  # noqa: S303
    try:
        key.verify(envelope.signature, envelope.signed, PKCS1v15(), digest)
    except InvalidSignature as cause:
        raise Garbage("a forged signature") from cause
