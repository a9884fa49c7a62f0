"""The only place that reads the time.

Everything else is handed a `datetime` or a `Clock`. Leases and time-outs run on real time
(`monotonic`, or the database's clock) whatever a fixed clock says.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import WrongUsage


class Clock(Protocol):
    """Tells the time as an aware datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: tests, replay and the demo."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a fixed clock needs an offset")

    def now(self) -> datetime:
        return self.at


def clock_from(iso: str | None) -> Clock:
    """The clock of `--now ISO` (ISO 8601 with an offset), else the machine's.

    Raises `WrongUsage` when the text is not a time with an offset.
    """
    if iso is None:
        return SystemClock()
    try:
        at = datetime.fromisoformat(iso)
    except ValueError as cause:
        raise _not_a_time(iso) from cause
    if at.tzinfo is None:
        raise _not_a_time(iso)
    return FixedClock(at)


def _not_a_time(text: str) -> WrongUsage:
    return WrongUsage(
        f"„{text}“ не е време.",
        "Нужен е запис по ISO 8601 с часово отместване.",
        "Пример: 2026-11-22T06:30:00+02:00.",
    )


def zone(name: str) -> ZoneInfo:
    """The IANA time zone of that name, or `WrongUsage` that names it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise WrongUsage(
            f"Няма часова зона „{name}“.",
            "Името не е в базата IANA.",
            "Напишете например Europe/Sofia.",
        ) from cause


def local_date(now: datetime, zone_name: str) -> date:
    """The calendar day of `now` in that zone: the date of an edition."""
    return now.astimezone(zone(zone_name)).date()


def real_now() -> datetime:
    """Real time in UTC, for leases and signatures, never fixed."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that only runs forward, for durations."""
    return time.monotonic()
