"""The one table from errors to how long a job waits before it tries again."""

from __future__ import annotations

from datetime import timedelta

from digest.errors import (
    BadInput,
    Conflict,
    DigestError,
    Forbidden,
    NotFound,
    Refused,
    StorageFault,
    Unavailable,
    WrongSettings,
    WrongUsage,
)

BACKOFF: dict[type[DigestError], timedelta | None] = {
    Unavailable: timedelta(seconds=30),
    StorageFault: timedelta(minutes=2),
    # Trying the same again changes nothing: a person must act first.
    WrongUsage: None,
    WrongSettings: None,
    BadInput: None,
    NotFound: None,
    Conflict: None,
    Refused: None,
    Forbidden: None,
}

LONGEST = timedelta(minutes=15)
"""A relay that was down for hours is noticed within this."""


def backoff(error: DigestError, failures: int = 1) -> timedelta | None:
    """How long to wait after the n-th failure in a row (n ≥ 1), doubling up to `LONGEST`.

    None: do not try again by yourself.
    """
    first = next((BACKOFF[kind] for kind in type(error).__mro__ if kind in BACKOFF), None)
    if first is None:
        return None
    return min(LONGEST, first * (1 << min(max(failures, 1) - 1, 10)))
