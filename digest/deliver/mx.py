"""Whose servers take the mail of a domain: the lane of a domain that has no provider in its name.

Takes the names of MX records (RFC 5321 §5.1), gives a lane; `ask_mx` is the one place that asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from digest.errors import Unavailable

SECONDS = 3.0
"""For the whole question."""
SYSTEM = "system"
"""The resolver of this machine."""

_SERVERS = (
    ("google.com", "gmail"),
    ("googlemail.com", "gmail"),
    ("outlook.com", "outlook"),
    ("hotmail.com", "outlook"),
    ("yahoodns.net", "yahoo"),
    ("abv.bg", "abv.bg"),
    ("mail.bg", "mail.bg"),
    ("dir.bg", "dir.bg"),
)
"""Domain of a mail server → the lane of what it serves."""

AskMx: TypeAlias = Callable[[str], tuple[str, ...]]
"""Domain → the names of its mail servers, the first to be tried first; none for a domain without
any. Raises `Unavailable` when nobody answers."""


def lane_of_servers(servers: Sequence[str]) -> str:
    """The lane of the first server that is a known provider's; `rest` without one."""
    for server in servers:
        name = server.strip().rstrip(".").lower()
        for domain, lane in _SERVERS:
            if name == domain or name.endswith(f".{domain}"):
                return lane
    return "rest"


def asking(server: str) -> AskMx:
    """Asks the system's resolver (`system`) or the one at an IP address."""

    def ask(name: str) -> tuple[str, ...]:
        return _ask(name, server)

    return ask


def _ask(name: str, server: str) -> tuple[str, ...]:
    from dns import exception, resolver

    try:
        who = resolver.Resolver(configure=server == SYSTEM)
        if server != SYSTEM:
            who.nameservers = [server]
        answer = who.resolve(name, "MX", lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return ()
    except (exception.DNSException, OSError, ValueError, UnicodeError) as cause:
        raise Unavailable(
            f"DNS не отговори за {name[:80]}.",
            f"Причина: {type(cause).__name__}.",
            "Проверете „dispatch.resolver“ и мрежата; домейнът остава в „rest“.",
        ) from cause
    return tuple(one.exchange.to_text() for one in sorted(answer, key=lambda one: one.preference))
