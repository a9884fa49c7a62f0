"""The one place where the errors of `subscribers/` become the newsroom's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from digest.errors import BadInput, Conflict, DigestError, NotFound, WrongUsage
from subscribers.errors import (
    AddressRefused,
    ConsentMissing,
    PeopleError,
    PersonKnown,
    PersonUnknown,
    TokenRefused,
    TransferRefused,
)

KINDS: dict[type[PeopleError], type[DigestError]] = {
    AddressRefused: BadInput,
    ConsentMissing: WrongUsage,
    PersonKnown: Conflict,
    PersonUnknown: NotFound,
    TokenRefused: NotFound,
    TransferRefused: BadInput,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raises what `subscribers/` raises as the matching error of the newsroom."""
    try:
        yield
    except PeopleError as cause:
        kind = KINDS.get(type(cause), DigestError)
        raise kind(cause.what, cause.why, cause.fix) from cause
