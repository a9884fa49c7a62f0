"""The addresses a message carries: leaving, preferences, the archive, and leaving by mail.

Takes the signed token of a subscriber, gives addresses; makes and checks no tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from digest.deliver.addresses import MAX_LOCAL

_PLAIN = re.compile(r"[a-z0-9.-]+")


class Links(Protocol):
    """What a message needs to know of the public site."""

    def leave(self, token: str) -> str:
        """The page that takes the one-click POST (RFC 8058)."""

    def prefs(self, token: str) -> str:
        """The page of sections, hour and pause."""

    def web(self) -> str:
        """The archive page of this edition; it holds no token."""

    def mailto(self, token: str) -> str:
        """`mailto:` address to which any letter means: no more."""


@dataclass(frozen=True, slots=True)
class PublicLinks:
    """Links under one public address; `{}` in a path stands for the token."""

    public_url: str
    web_url: str
    mail_domain: str
    leave_path: str = "/u/{}"
    prefs_path: str = "/p/{}"

    def leave(self, token: str) -> str:
        return self._at(self.leave_path, token)

    def prefs(self, token: str) -> str:
        return self._at(self.prefs_path, token)

    def web(self) -> str:
        return self.web_url

    def mailto(self, token: str) -> str:
        local = f"u+{token}"
        if len(local) <= MAX_LOCAL:
            return f"mailto:u+{_quoted(token)}@{self.mail_domain}?subject=unsubscribe"
        # A local part ends at 64 octets; the subject has room.
        return f"mailto:u@{self.mail_domain}?subject=unsubscribe%20{quote(token, safe='')}"

    def _at(self, path: str, token: str) -> str:
        return self.public_url.rstrip("/") + path.format(_quoted(token))


def _quoted(token: str) -> str:
    """As in a path; our own tokens need nothing, and asking costs less than quoting."""
    return token if _PLAIN.fullmatch(token) else quote(token, safe="-._~")
