"""DKIM: what a message's head and body are signed with, so that a receiver knows whose they are.

Takes composed bytes with CRLF and keys that were read; gives `DKIM-Signature` lines to stand on
top (RFC 6376, relaxed/simple; Ed25519 by RFC 8463). No clock is read: `t=` is the moment of the
Date header, so the same message has the same signature.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OVERSIGNED = (
    *("from", "to", "cc", "subject", "date", "message-id", "reply-to"),
    *("list-unsubscribe", "list-unsubscribe-post"),
    *("mime-version", "content-type"),
)
"""Named once more than they occur, so that one added on the way breaks the signature (RFC 6376
§8.15): a second From or To is how a signed message is sent on to strangers. RFC 8058 §4 wants
both List-Unsubscribe lines under it."""
SIGNED = (
    *OVERSIGNED,
    *("content-transfer-encoding", "list-id", "list-help", "list-archive"),
    *("feedback-id", "auto-submitted", "precedence"),
)
"""Content-Transfer-Encoding is not oversigned: a relay may add one to a multipart that has none.
Feedback-ID counts at Gmail only when the domain of `d=` has signed it."""

VALID = timedelta(days=7)
"""`x=` after `t=`: a relay may hold a message for five days (RFC 5321 §4.5.4.1), and a forwarder
needs some; a message that is replayed later verifies no more."""

_FIELD_END = re.compile(rb"\r\n(?![ \t])")
_SPACE = re.compile(rb"[ \t\r\n]+")
_COLUMNS = 72
_BASE64_PER_LINE = re.compile(rf".{{1,{_COLUMNS}}}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the selector under which its public half is published."""

    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)

    @property
    def algorithm(self) -> str:
        """The value of `a=`."""
        return "rsa-sha256" if isinstance(self.private, RSAPrivateKey) else "ed25519-sha256"

    @property
    def public(self) -> str:
        """The value of `p=` in DNS: a SubjectPublicKeyInfo for RSA, 32 raw octets for Ed25519."""
        if isinstance(self.private, RSAPrivateKey):
            der = self.private.public_key().public_bytes(
                Encoding.DER, PublicFormat.SubjectPublicKeyInfo
            )
        else:
            der = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return b64encode(der).decode("ascii")

    def sign(self, data: bytes) -> str:
        """Base64 of the signature; Ed25519 signs the SHA-256 of `data` (RFC 8463 §3)."""
        if isinstance(self.private, RSAPrivateKey):
            raw = self.private.sign(data, padding.PKCS1v15(), SHA256())
        else:
            raw = self.private.sign(sha256(data).digest())
        return b64encode(raw).decode("ascii")


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs messages of one domain (A-labels) with each of its keys; shared between threads.

    The body is hashed once for all keys. It is not kept from message to message: SHA-256 runs
    from the front, and what differs first stands in the text part, before most of the body
    (docs/decisions/0040).
    """

    domain: str
    keys: tuple[SigningKey, ...]

    def signed(self, message: bytes, *, at: datetime) -> bytes:
        """The message with a `DKIM-Signature` field for each key before it.

        `at` is the aware moment of its Date header.
        """
        start = message.index(b"\r\n\r\n")
        names, fields = _chosen(_fields(message[:start]))
        digest = body_hash(message, start + 4)
        lines = [self._line(key, names, fields, digest, at) for key in self.keys]
        return b"".join([*lines, message])

    def _line(
        self, key: SigningKey, names: Sequence[str], fields: bytes, digest: str, at: datetime
    ) -> bytes:
        since = int(at.timestamp())
        until = since + int(VALID.total_seconds())
        bare = "\r\n ".join(
            (
                f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/simple;",
                f"d={self.domain};",
                f"s={key.selector}; t={since}; x={until};",
                f"h={_folded(names)};",
                f"bh={digest};",
                "b=",
            )
        ).encode("ascii")
        # RFC 6376 §3.7: itself last, with an empty b= and without its CRLF.
        proof = key.sign(fields + relaxed(bare).removesuffix(b"\r\n"))
        return bare + "\r\n ".join(_BASE64_PER_LINE.findall(proof)).encode("ascii") + b"\r\n"


def relaxed(line: bytes) -> bytes:
    """One header field as RFC 6376 §3.4.2 has it, with CRLF at the end.

    Octets beyond ASCII stay as they are (RFC 8616 §4: the field is hashed in UTF-8).
    """
    name, _, value = line.partition(b":")
    return name.strip().lower() + b":" + _SPACE.sub(b" ", value).strip(b" ") + b"\r\n"


def body_hash(message: bytes, start: int) -> str:
    """Base64 of the SHA-256 of the body, which begins at `start`.

    Empty last lines are left out and one CRLF stands at the end (RFC 6376 §3.4.3). The body is
    looked at where it lies: with pictures it is half a megabyte.
    """
    end = len(message)
    while message.endswith(b"\r\n\r\n", start, end):
        end -= 2
    digest = sha256(memoryview(message)[start:end])
    if not message.endswith(b"\r\n", start, end):
        digest.update(b"\r\n")
    return b64encode(digest.digest()).decode("ascii")


def _fields(head: bytes) -> list[tuple[str, bytes]]:
    """Names in lower case and whole fields, from the last to the first (§5.4.2)."""
    found = _FIELD_END.split(head)
    return [(one.partition(b":")[0].decode("ascii").strip().lower(), one) for one in found[::-1]]


def _chosen(fields: Sequence[tuple[str, bytes]]) -> tuple[list[str], bytes]:
    """The names of `h=`, and the fields they stand for as they are hashed.

    A name that has run out of fields stands for nothing (§3.5, `h=`).
    """
    held: dict[str, list[bytes]] = {name: [] for name in SIGNED}
    for name, one in fields:
        if name in held:
            held[name].append(one)
    names = [n for n, found in held.items() for _ in range(len(found) + (n in OVERSIGNED))]
    return names, b"".join(relaxed(one) for found in held.values() for one in found)


def _folded(names: Sequence[str]) -> str:
    """`a:b:c` in lines of at most 72 letters, broken after a colon."""
    lines = [""]
    for name in names[:-1]:
        if len(lines[-1]) + len(name) >= _COLUMNS:
            lines.append("")
        lines[-1] += name + ":"
    return "\r\n ".join([*lines[:-1], lines[-1] + names[-1]])
