"""What an address is: its one identity, whatever the spelling, and how it is hidden.

`Иван@пример.бг` and `иван@xn--e1afmkfd.xn--90ae` are one person. Nothing is asked of the DNS.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from subscribers.errors import AddressRefused

MAX_ADDRESS = 254
"""Octets of a path less its brackets: RFC 5321 §4.5.3.1.3 with erratum 1690."""


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address.

    `text` is for people and the header, `identity` for comparing (ASCII domain, folded case),
    `needs_smtputf8` is True when the local part cannot be written in ASCII (RFC 6531).
    """

    text: str
    identity: str
    needs_smtputf8: bool


def parse(text: str) -> Address:
    """Checks an address by its form alone. Raises `AddressRefused`."""
    from email_validator import EmailNotValidError, validate_email

    bare = text.strip()
    if len(bare) > MAX_ADDRESS:
        raise _refused(bare, f"Адресът е по-дълъг от {MAX_ADDRESS} знака.")
    try:
        found = validate_email(bare, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as cause:
        raise _refused(bare, "Записът не отговаря на правилата за пощенски адрес.") from cause
    domain = found.ascii_domain.lower()
    return Address(
        text=f"{found.local_part}@{found.domain}",
        identity=f"{found.local_part.casefold()}@{domain}",
        needs_smtputf8=found.smtputf8,
    )


def _refused(text: str, why: str) -> AddressRefused:
    return AddressRefused(
        f"„{text[:80]}“ не може да бъде адрес.",
        why,
        "Проверете дали има точно един знак @ и цял домейн, например ime@example.bg.",
    )


def masked(address: str) -> str:
    """The address with its local part hidden but for the first letter: `i***@example.bg`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


@dataclass(frozen=True, slots=True)
class AddressHash:
    """The keyed hash of an identity: 128 bits of HMAC-SHA256 in 32 hexadecimal digits.

    Keyed, since a plain hash of an address can be found by trying all addresses.
    """

    key: bytes

    def of(self, identity: str) -> str:
        """The hash of `Address.identity`."""
        return hmac.digest(self.key, b"address\0" + identity.encode(), hashlib.sha256).hex()[:32]
