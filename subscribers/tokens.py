"""Signed words that travel in links and headers: short, lower case, no table behind them.

A token is a body in base32, a hyphen and a cut HMAC-SHA256. Base32 in lower case survives mail
systems that fold case; the purpose is part of what is signed, so that a token of one kind never
passes for another.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from subscribers.errors import TokenRefused
from subscribers.model import PersonId

SEAL = 16
"""Base32 characters of a seal: 80 bits, beyond guessing over the network."""


_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
"""The alphabet of RFC 4648 §6 in lower case: no 0, 1, 8 or 9 to be mistaken for letters."""


def to_base32(number: int, width: int = 1) -> str:
    """A whole number ≥ 0 in digits of base 32, the shortest form of at least `width` digits."""
    digits = ""
    while number or len(digits) < width:
        number, digit = divmod(number, 32)
        digits = _DIGITS[digit] + digits
    return digits


def from_base32(text: str) -> int:
    """The number behind `to_base32`; raises `ValueError` for anything else, other forms too."""
    number = 0
    for letter in text:
        number = number * 32 + _DIGITS.index(letter)
    if to_base32(number) != text:
        raise ValueError("not the shortest form")
    return number


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals texts for one purpose under one key."""

    key: bytes
    purpose: str
    length: int = SEAL

    def seal(self, body: str) -> str:
        """`body-SEAL`."""
        return f"{body}-{self._of(body)}"

    def open(self, token: str) -> str:
        """The body of a sealed token, compared in constant time. Raises `TokenRefused`."""
        body, hyphen, seal = token.strip().lower().rpartition("-")
        if not hyphen or not seal.isascii() or not hmac.compare_digest(seal, self._of(body)):
            raise refused_token()
        return body

    def _of(self, body: str) -> str:
        message = f"{self.purpose}\0{body}".encode()
        digest = hmac.digest(self.key, message, hashlib.sha256)
        return to_base32(int.from_bytes(digest[:10], "big"), SEAL)[: self.length]


def refused_token() -> TokenRefused:
    """The one answer to every bad token: it does not tell what was wrong with it."""
    return TokenRefused(
        "Връзката не важи.",
        "Подписът ѝ не съвпада или срокът ѝ е изтекъл.",
        "Отворете връзката от последното писмо или поискайте нова.",
    )


@dataclass(frozen=True, slots=True)
class Leave:
    """Who may leave with a token, and by which mailing (0: none in particular)."""

    person: PersonId
    mailing: int


class Tokens:
    """Makes and reads the tokens of people."""

    def __init__(self, key: bytes) -> None:
        self._leave = Sealer(key, "leave")
        self._confirm = Sealer(key, "confirm")

    def leave(self, person: PersonId, mailing: int = 0) -> str:
        """The token of leaving and of the preferences; it does not expire (RFC 8058 §3.1)."""
        return self._leave.seal(f"{to_base32(person)}.{to_base32(mailing)}")

    def read_leave(self, token: str) -> Leave:
        """Raises `TokenRefused`."""
        person, mailing = _numbers(self._leave.open(token))
        return Leave(PersonId(person), mailing)

    def confirm(self, person: PersonId, expires: datetime) -> str:
        """The token of confirming a subscription, good until `expires` (whole seconds)."""
        return self._confirm.seal(f"{to_base32(person)}.{to_base32(int(expires.timestamp()))}")

    def read_confirm(self, token: str, now: datetime) -> PersonId:
        """Who confirms. Raises `TokenRefused`, also past the expiry."""
        person, expires = _numbers(self._confirm.open(token))
        if now > datetime.fromtimestamp(expires, UTC):
            raise refused_token()
        return PersonId(person)


def _numbers(body: str) -> tuple[int, int]:
    first, _, second = body.partition(".")
    try:
        return from_base32(first), from_base32(second)
    except ValueError as cause:
        raise refused_token() from cause
