"""A domain's signing keys, its DNS in a dictionary, and an independent verifier (dkimpy)."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import dkim
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.deliver.dkim import Signer, SigningKey
from digest.deliver.dkim_keys import record
from tests.fakes.mail import NOW

DOMAIN = "news.example.bg"


@cache
def pair() -> tuple[SigningKey, SigningKey]:
    """RSA under `s1`, Ed25519 under `e1`; made once a run."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return SigningKey("s1", private), SigningKey("e1", Ed25519PrivateKey.generate())


def signer(domain: str = DOMAIN) -> Signer:
    return Signer(domain, pair())


def pem(key: SigningKey) -> bytes:
    """The private key as a file holds it."""
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def verified(message: bytes, by: Signer | None = None, *, at: datetime = NOW) -> list[bool]:
    """What a receiver says of each signature on the message, from the top."""
    known = by or signer()
    records = [record(key, known.domain) for key in known.keys]
    zone = {f"{one.name}.".encode(): one.value.encode() for one in records}

    def ask(name: bytes, timeout: float = 5) -> bytes | None:
        return zone.get(name)

    def holds(number: int) -> bool:
        try:
            return bool(dkim.DKIM(message).verify(idx=number, dnsfunc=ask))
        except dkim.DKIMException:
            return False

    count = message.partition(b"\r\n\r\n")[0].count(b"DKIM-Signature:")
    with time_machine.travel(at):
        return [holds(number) for number in range(count)]
