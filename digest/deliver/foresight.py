"""What a connection may know of the message after the present one.

Over a line with a long way there and back, half of the time goes into asking for an envelope; a
relay that takes commands in groups (RFC 2920) can be asked with the end of the message before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias, runtime_checkable

from digest.model import Delivery

Coming: TypeAlias = Callable[[], tuple[Delivery, bytes, str] | None]
"""What most likely follows: a delivery whose intent is committed, its message, its return path."""


def nothing() -> None:
    """Nothing is known to follow."""


@runtime_checkable
class Foresighted(Protocol):
    """A transport that is faster when it knows what follows.

    It may ask `coming` while it sends; None when nothing is certain enough. What it is told need
    not come.
    """

    coming: Coming
