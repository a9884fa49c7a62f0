"""What DNS says: the TXT records of a name, and the names and addresses of servers.

The one place of `digest doctor` that asks a resolver; everything else is handed the function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from digest.errors import Unavailable

SECONDS = 3.0
"""For the whole question: a doctor who waits longer is not asked again."""

Kind: TypeAlias = Literal["TXT", "A", "AAAA", "PTR"]
Ask: TypeAlias = Callable[[str, Kind], tuple[str, ...]]
"""Name and kind → its records; none for a name without any. The strings of a TXT record are
joined, names end without a dot. Raises `Unavailable` when nobody answers."""
AskTxt: TypeAlias = Callable[[str], tuple[str, ...]]
"""The same for TXT records alone."""


def ask_txt(name: str) -> tuple[str, ...]:
    """The TXT records of a name by the system's resolver; see `AskTxt`."""
    return ask_dns(name, "TXT")


def ask_dns(name: str, kind: Kind) -> tuple[str, ...]:
    """The records of a name by the system's resolver; see `Ask`."""
    from dns import exception, resolver

    try:
        answer = resolver.resolve(name, kind, lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return ()
    except (exception.DNSException, OSError) as cause:
        raise Unavailable(
            f"DNS не отговори за {name}.",
            f"Причина: {type(cause).__name__}.",
            "Проверете мрежата и повторете „digest doctor“.",
        ) from cause
    if kind == "TXT":
        return tuple(b"".join(one.strings).decode("utf-8", "replace") for one in answer)
    return tuple(one.to_text().rstrip(".") for one in answer)
