"""Amazon SNS and SES as they post: envelopes signed by a key of our own, and its certificate."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from digest.errors import Unavailable

TOPIC = "arn:aws:sns:eu-central-1:111122223333:digest"
HOST = "https://sns.eu-central-1.amazonaws.com"
CERTIFICATE = f"{HOST}/SimpleNotificationService-0123456789abcdef.pem"
CONFIRM = f"{HOST}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37"
ORDERS = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ),
}  # fmt: skip
_ids = count(1)


@cache
def key(name: str = "own") -> rsa.RSAPrivateKey:
    """A key by its name, made once a run."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(name: str, begins: datetime, ends: datetime) -> bytes:
    """A self-made certificate of that key, as PEM."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key(name).public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(key(name), hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


@dataclass
class Sns:
    """A topic, and the pages of its host: `fetch` serves them and notes what was asked."""

    now: datetime
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False

    def __post_init__(self) -> None:
        year = timedelta(days=365)
        self.pages.setdefault(CERTIFICATE, certificate("own", self.now - year, self.now + year))
        self.pages.setdefault(CONFIRM, b"<ConfirmSubscriptionResponse/>")

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if self.down or url not in self.pages:
            raise Unavailable("Няма отговор.", "Така е нагласено.", "Опитайте пак.")
        return self.pages[url]

    def envelope(self, message: object, **own: Any) -> dict[str, Any]:
        """A signed notification; `own` members are signed too, `unsigned` ones are put after."""
        text = message if isinstance(message, str) else json.dumps(message)
        made = {
            "Type": "Notification",
            "MessageId": f"00000000-0000-4000-8000-{next(_ids):012d}",
            "TopicArn": TOPIC,
            "Message": text,
            "Timestamp": stamp(self.now),
            "SignatureVersion": "2",
            "SigningCertURL": CERTIFICATE,
        }
        unsigned, signer = own.pop("unsigned", {}), own.pop("signer", "own")
        made |= own
        return made | {"Signature": signature(made, signer)} | unsigned

    def post(self, message: object, **own: Any) -> bytes:
        return json.dumps(self.envelope(message, **own)).encode()

    def confirmation(self, **own: Any) -> bytes:
        words = {"Type": "SubscriptionConfirmation", "Token": "2336412f37", "SubscribeURL": CONFIRM}
        return self.post("You have chosen to subscribe.", **(words | own))


def stamp(at: datetime) -> str:
    """The time as SNS writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def signature(said: dict[str, Any], signer: str) -> str:
    order = ORDERS.get(said["Type"], ORDERS["SubscriptionConfirmation"])
    text = "".join(f"{name}\n{said[name]}\n" for name in order if name in said)
    digest = hashes.SHA1() if said["SignatureVersion"] == "1" else hashes.SHA256()
    signed = key(signer).sign(text.encode("utf-8", "surrogatepass"), PKCS1v15(), digest)
    return base64.b64encode(signed).decode()


def mail(name: str, *addresses: str, how: str = "header") -> dict[str, Any]:
    """The `mail` object: our delivery in a header, in the first Message-ID, or in a tag."""
    headers = [{"name": "From", "value": "pregled@example.bg"}]
    if how == "header":
        headers.append({"name": "X-Digest-Delivery", "value": name})
    if how == "message-id":
        headers.append({"name": "Message-ID", "value": f"<{name}@example.bg>"})
    return {
        "messageId": "0107019b-ses-own-id-000000",
        "destination": [*addresses],
        "headersTruncated": False,
        "headers": headers,
        "commonHeaders": {"messageId": "0107019b-ses-own-id-000000"},
        "tags": {"digest-delivery": [name]} if how == "tag" else {},
    }


def delivered(name: str, address: str, **more: Any) -> dict[str, Any]:
    said = {"recipients": [address], "smtpResponse": f"250 2.0.0 Ok for <{address}>"}
    return {"eventType": "Delivery", "mail": mail(name, address, **more), "delivery": said}


def bounced(
    name: str,
    address: str,
    *,
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 user unknown",
    kind: str = "Permanent",
    sub: str = "General",
) -> dict[str, Any]:
    whom = {"emailAddress": address, "action": "failed", "status": status, "diagnosticCode": said}
    bounce = {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": [whom]}
    return {"eventType": "Bounce", "mail": mail(name, address), "bounce": bounce}


def complained(name: str, address: str, **own: Any) -> dict[str, Any]:
    said = {"complainedRecipients": [{"emailAddress": address}], **own}
    return {"notificationType": "Complaint", "mail": mail(name, address), "complaint": said}
