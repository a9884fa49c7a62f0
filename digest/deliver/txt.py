"""What DNS says: the TXT records of a name.

The one place that asks a resolver; everything else is handed the function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from digest.errors import Unavailable

SECONDS = 3.0
"""For the whole question: a doctor who waits longer is not asked again."""

AskTxt: TypeAlias = Callable[[str], tuple[str, ...]]
"""Name → its TXT records, each with its strings joined; none for a name without any. Raises
`Unavailable` when nobody answers."""


def ask_txt(name: str) -> tuple[str, ...]:
    """The TXT records of a name by the system's resolver; see `AskTxt`."""
    from dns import exception, resolver

    try:
        answer = resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return ()
    except (exception.DNSException, OSError) as cause:
        raise Unavailable(
            f"DNS не отговори за {name}.",
            f"Причина: {type(cause).__name__}.",
            "Проверете мрежата и повторете „digest doctor“.",
        ) from cause
    return tuple(b"".join(one.strings).decode("utf-8", "replace") for one in answer)
