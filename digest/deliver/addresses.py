"""What can stand in an envelope: one mailbox, taken apart and checked.

Takes an address as it is stored, gives local part and ASCII domain. Only what SMTP can carry
without quoting is let through; no look-up is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.errors import BadInput

MAX_LOCAL = 64
"""Octets of a local part, RFC 5321 §4.5.3.1.1."""
MAX_ADDRESS = 254
"""Octets of a whole address, RFC 5321 §4.5.3.1.3 less the angle brackets."""

# RFC 5322 atext and dots; RFC 6532 adds everything beyond ASCII but controls and separators.
_LOCAL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u00a1-\u1fff\u2070-\u2fef\u3001-\ud7ff\uf900-\ufffc]+"
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A local part and a domain in A-labels (RFC 5890), lower case."""

    local: str
    domain: str

    @property
    def text(self) -> str:
        """The address as it is written in an envelope and between angle brackets."""
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """True when only SMTPUTF8 (RFC 6531) can carry it."""
        return not self.local.isascii()


# Asked for a recipient's address in the head and again in the envelope.
@lru_cache(maxsize=4096)
def mailbox(address: str) -> Mailbox:
    """Takes an address apart; raises `BadInput` when no envelope could carry it."""
    if len(address) > MAX_ADDRESS:
        # Before anything is looked for in it: the library's IDNA is slow with long names.
        raise _impossible(address)
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local.encode()) > MAX_LOCAL:
        raise _impossible(address)
    ascii_domain = _ascii(domain, address)
    if (
        not _DOMAIN.fullmatch(ascii_domain)
        or len(local.encode()) + len(ascii_domain) >= MAX_ADDRESS
    ):
        raise _impossible(address)
    return Mailbox(local, ascii_domain)


def _ascii(domain: str, address: str) -> str:
    if domain.isascii():
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError as cause:
        raise _impossible(address) from cause


def _impossible(address: str) -> BadInput:
    return BadInput(
        f"Адресът {address[:80]!r} не може да получи писмо.",
        "Не е във вида име@домейн или съдържа непозволени знаци.",
        "Поправете адреса в списъка с абонати.",
    )
