"""The one table from errors to exit codes (the contract's 0, 1, 2, 3)."""

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

OK, RUN_FAILED, WRONG_CALL, SOME_FAILED = 0, 1, 2, 3

EXIT_CODES: dict[type[DigestError], int] = {
    WrongUsage: WRONG_CALL,
    WrongSettings: WRONG_CALL,
    BadInput: SOME_FAILED,
    Refused: SOME_FAILED,
    NotFound: WRONG_CALL,
    Conflict: RUN_FAILED,
    Forbidden: RUN_FAILED,
    Unavailable: RUN_FAILED,
    StorageFault: RUN_FAILED,
}


def exit_code(error: DigestError) -> int:
    """The code of the nearest class in the table; 1 for anything else."""
    return next(
        (EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES), RUN_FAILED
    )
