"""What can go wrong with people, said in three parts: what, why, what to do.

The same shape as the newsroom's errors, and none of its classes: whoever calls translates.
"""

from __future__ import annotations


class PeopleError(Exception):
    """Base of everything raised here on purpose; the three parts are whole Bulgarian sentences."""

    def __init__(self, what: str, why: str, fix: str) -> None:
        super().__init__(f"{what} {why} {fix}")
        self.what = what
        self.why = why
        self.fix = fix


class AddressRefused(PeopleError):
    """The text is not an address that mail can reach."""


class PersonUnknown(PeopleError):
    """Nobody on the roll has that id or address."""


class PersonKnown(PeopleError):
    """Somebody on the roll already has that address."""


class TokenRefused(PeopleError):
    """A token is forged, damaged, of another kind or past its time."""


class ConsentMissing(PeopleError):
    """People may not be taken in without a basis and its evidence (GDPR art. 7(1))."""


class TransferRefused(PeopleError):
    """A file of people cannot be read as a whole."""
