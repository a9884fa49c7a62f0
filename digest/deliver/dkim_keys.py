"""Keys of DKIM: read and made as PEM, and the DNS record that publishes their public half.

Takes bytes and a selector, gives a `SigningKey` or a `Record`; opens no file and asks nobody. No
message of an error holds anything of a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from digest.deliver.dkim import SigningKey
from digest.errors import WrongSettings

Kind: TypeAlias = Literal["rsa", "ed25519"]

NEW_BITS = 2048
"""RFC 8301 §3.2; its record still fits one DNS answer by UDP."""
LEAST_BITS, MOST_BITS = 2048, 4096
"""Shorter is refused by RFC 8301 §3.2 for new signers; longer is more than verifiers must take."""

_TXT_STRING = 255
"""Octets of one string of a TXT record, RFC 1035 §3.3.14."""


@dataclass(frozen=True, slots=True)
class Record:
    """What stands in DNS for a key: `name` without the last dot, `value` in one piece."""

    name: str
    value: str

    @property
    def zone(self) -> str:
        """The line of a zone file; long values in strings of at most 255 octets."""
        cut = range(0, len(self.value), _TXT_STRING)
        strings = " ".join(f'"{self.value[at : at + _TXT_STRING]}"' for at in cut)
        return f"{self.name}. IN TXT ( {strings} )"


def record(key: SigningKey, domain: str) -> Record:
    """The record of RFC 6376 §3.6.2.1 for a key of a domain in A-labels."""
    kind = key.algorithm.partition("-")[0]
    return Record(f"{key.selector}._domainkey.{domain}", f"v=DKIM1; k={kind}; p={key.public}")


def new_key(kind: Kind) -> bytes:
    """A fresh private key as PEM (PKCS #8, no password: nobody is there to type it at seven)."""
    made: RSAPrivateKey | Ed25519PrivateKey
    if kind == "rsa":
        made = rsa.generate_private_key(public_exponent=65537, key_size=NEW_BITS)
    else:
        made = Ed25519PrivateKey.generate()
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_key(pem: bytes, *, selector: str, kind: Kind, setting: str) -> SigningKey:
    """The key of a PEM; raises `WrongSettings` that names `setting` when it cannot sign.

    The library's own error is not chained: what it says of the input goes into no log.
    """
    try:
        private = load_pem_private_key(pem, password=None)
    except TypeError:
        raise _unfit(setting, "Ключът е заключен с парола, която няма кой да въведе.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise _unfit(setting, "Във файла няма частен ключ във вида PEM.") from None
    if kind == "ed25519":
        if not isinstance(private, Ed25519PrivateKey):
            raise _unfit(setting, "Ключът не е Ed25519.")
        return SigningKey(selector, private)
    if not isinstance(private, RSAPrivateKey):
        raise _unfit(setting, "Ключът не е RSA.")
    if not LEAST_BITS <= private.key_size <= MOST_BITS:
        why = f"Ключът е от {private.key_size} бита, а трябва да е от {LEAST_BITS} до {MOST_BITS}."
        raise _unfit(setting, why)
    return SigningKey(selector, private)


def tags(text: str) -> dict[str, str]:
    """The tag list of a record (RFC 6376 §3.2), white space inside values left out."""
    pairs = (one.partition("=") for one in text.split(";") if "=" in one)
    return {name.strip(): re.sub(r"\s+", "", value) for name, _, value in pairs}


def mismatch(published: tuple[str, ...], key: SigningKey) -> str:
    """Why receivers cannot verify `key` by what is published, in Bulgarian; empty: they can.

    `published` are the TXT records of its name, each in one piece.
    """
    if not published:
        return "в DNS няма такъв запис"
    if len(published) > 1:
        # RFC 6376 §3.6.2.2: what happens then is undefined.
        return f"записите са {len(published)}, а трябва да е един"
    found = tags(published[0])
    kind = key.algorithm.partition("-")[0]
    if found.get("v", "DKIM1") != "DKIM1" or "p" not in found:
        return "записът не е на ключ за DKIM"
    if not found["p"]:
        return "ключът е отменен (p= е празно)"
    if found.get("k", "rsa") != kind:
        return f"записът е за ключ {found.get('k', 'rsa')}, а нашият е {kind}"
    if found["p"] != key.public:
        return "публикуваният ключ е друг"
    return _limits(found)


def _limits(found: dict[str, str]) -> str:
    """Tags by which a right key still does not count (RFC 6376 §3.6.1)."""
    if "h" in found and "sha256" not in found["h"].split(":"):
        return "записът не допуска SHA-256 (h=)"
    if "s" in found and not {"*", "email"} & set(found["s"].split(":")):
        return "записът не е за поща (s=)"
    if "y" in found.get("t", "").split(":"):
        return "записът е пробен (t=y) и получателите не го зачитат"
    return ""


def _unfit(setting: str, why: str) -> WrongSettings:
    return WrongSettings(
        f"С ключа от „{setting}“ не може да се подписва.",
        why,
        "Направете нов с „digest dkim new --selector s1“ и публикувайте записа му.",
    )
