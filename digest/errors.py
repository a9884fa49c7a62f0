"""What can go wrong, said to a person: what happened, why, and what to do about it.

A message of three parts in Bulgarian travels with every error; the English cause stays in the
exception chain and the log. Which exit code, web status or back-off an error means is decided by
one table each in `digest/cli/exits.py`, `digest/web/statuses.py` and `digest/jobs/backoff.py`,
keyed by the classes below, and nowhere else.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum


class Retry(StrEnum):
    """Whether trying the same thing again may help."""

    NO = "no"
    SOON = "soon"
    LATER = "later"


class DigestError(Exception):
    """Base of everything this product raises on purpose.

    `what` names the thing that failed, `why` the cause as far as it is known, `fix` the next
    thing a person can do. All three are whole Bulgarian sentences without a machine's phrase.
    """

    def __init__(self, what: str, why: str, fix: str, *, retry: Retry = Retry.NO) -> None:
        super().__init__(f"{what} {why} {fix}")
        self.what = what
        self.why = why
        self.fix = fix
        self.retry = retry

    def as_dict(self) -> dict[str, str]:
        """The `error` object of the command-line contract."""
        return {"what": self.what, "why": self.why, "fix": self.fix}


class WrongUsage(DigestError):
    """The command was called with words it does not take."""


class WrongSettings(DigestError):
    """A settings file, variable or flag holds something that cannot be used."""


class BadInput(DigestError):
    """One input (a page, a feed, a row) cannot be read; the others can go on."""


class NotFound(DigestError):
    """The named edition, source, subscriber or story does not exist."""


class Conflict(DigestError):
    """The state forbids the step: an old revision, an approval that is void."""


class Refused(DigestError):
    """A rule forbids the step: rights, an empty edition, an unsafe address."""


class Forbidden(DigestError):
    """The person may not do this."""


class Unavailable(DigestError):
    """A relay, a source or a database does not answer now; trying later may help."""

    def __init__(self, what: str, why: str, fix: str, *, retry: Retry = Retry.LATER) -> None:
        super().__init__(what, why, fix, retry=retry)


class StorageFault(DigestError):
    """The database or the disk cannot hold what must be kept (full, newer, damaged)."""


_CAUSES = {
    errno.ENOENT: "няма такъв файл или папка",
    errno.ENOTDIR: "това не е папка",
    errno.EISDIR: "това е папка, а не файл",
    errno.EACCES: "няма права за достъп",
    errno.EPERM: "няма права за достъп",
    errno.EIO: "дискът даде грешка",
    errno.ENOSPC: "няма свободно място",
    errno.ELOOP: "препратките се въртят в кръг",
    errno.ENAMETOOLONG: "името е твърде дълго",
    errno.EMFILE: "отворени са твърде много файлове",
    errno.ECONNREFUSED: "сървърът отказа връзката",
    errno.ECONNRESET: "сървърът прекъсна връзката",
    errno.EPIPE: "сървърът прекъсна връзката",
    errno.ETIMEDOUT: "сървърът не отговори навреме",
    errno.EHOSTUNREACH: "няма път до сървъра",
    errno.ENETUNREACH: "няма път до мрежата",
    errno.EADDRNOTAVAIL: "адресът не може да се ползва от тази машина",
}


def cause_of(error: OSError) -> str:
    """A Bulgarian clause for what the operating system said, by its number."""
    if isinstance(error, TimeoutError):
        return _CAUSES[errno.ETIMEDOUT]
    known = _CAUSES.get(error.errno or 0)
    return known or f"операционната система отказа (грешка {error.errno or 'без номер'})"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth saying that is not a failure: a warning with its remedy.

    `level` is `red`, `yellow` or `green`; `code` is a stable word for machines.
    """

    level: str
    code: str
    what: str
    fix: str = ""

    def __post_init__(self) -> None:
        if self.level not in {"red", "yellow", "green"}:
            raise ValueError(f"level must be red, yellow or green, not {self.level!r}")
