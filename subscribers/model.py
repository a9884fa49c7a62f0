"""A person on the roll and what was agreed, frozen, with their invariants.

Times are aware datetimes. An empty set of sections means all of them; an hour of None means the
publication's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PersonId = NewType("PersonId", int)

NOT_STORED = PersonId(0)
"""The id of a person who is not on the roll yet."""

ALL_SECTIONS = "all"
MAX_NAME = 200
"""Characters: longer than any real name, short enough for one folded header."""

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,40}")


class Status(StrEnum):
    """Where a person stands; only `active` ones, and `paused` ones past their date, get mail."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class Frequency(StrEnum):
    """How often: every day, Monday to Friday, or once a week."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"


class Format(StrEnum):
    """What the mail holds: both parts, or plain text alone."""

    HTML = "html"
    TEXT = "text"


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """True when the IANA database knows a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_section(slug: str) -> bool:
    """True when a text may be the slug of a section."""
    return slug != ALL_SECTIONS and _SLUG.fullmatch(slug) is not None


def sections_key(sections: frozenset[str]) -> str:
    """The slugs sorted and joined by `+`, or `all` for none: also the key of a variant."""
    return "+".join(sorted(sections)) if sections else ALL_SECTIONS


def sections_of(key: str) -> frozenset[str]:
    """The set behind a key."""
    return frozenset() if key == ALL_SECTIONS else frozenset(key.split("+"))


@dataclass(frozen=True, slots=True)
class Person:
    """One reader: address, wishes and standing. `lane` is the pace group of the mail domain."""

    id: PersonId
    address: str
    name: str = ""
    sections: frozenset[str] = frozenset()
    hour: int | None = None
    timezone: str = "Europe/Sofia"
    frequency: Frequency = Frequency.DAILY
    format: Format = Format.HTML
    status: Status = Status.PENDING
    confirmed_at: datetime | None = None
    lane: str = "rest"
    paused_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.hour is not None and not 0 <= self.hour <= 23:
            raise ValueError(f"an hour lies in 0…23, not {self.hour}")
        if not is_zone(self.timezone):
            raise ValueError(f"no such time zone: {self.timezone!r}")
        if len(self.name) > MAX_NAME:
            raise ValueError(f"a name holds at most {MAX_NAME} characters")
        wrong = [s for s in self.sections if not is_section(s)]
        if wrong:
            raise ValueError(f"not a section: {wrong[0]!r}")
        if self.status is Status.ACTIVE and self.confirmed_at is None:
            raise ValueError("an active person has confirmed")


class ConsentStep(StrEnum):
    """What happened to a consent; records are only ever added."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Consent:
    """One record: on what basis, how we know, which words were shown, and when."""

    step: ConsentStep
    basis: str
    evidence: str
    at: datetime
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address that is never to be mailed, known only by its keyed hash."""

    hash: str
    reason: str
    at: datetime
