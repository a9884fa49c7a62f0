"""The one table from errors to HTTP statuses (RFC 9110 §15)."""

from __future__ import annotations

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

FAULT = 500

STATUSES: dict[type[DigestError], int] = {
    WrongUsage: 400,
    BadInput: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Refused: 422,
    WrongSettings: FAULT,
    StorageFault: FAULT,
    Unavailable: 503,
}


def status_of(error: DigestError) -> int:
    """The status of the nearest class in the table; 500 for anything else."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), FAULT)
