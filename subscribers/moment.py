"""A point in time as both databases keep it: whole microseconds since 1970 in UTC.

An integer compares, indexes and adds alike on SQLite and PostgreSQL, and cannot lose its zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(at: datetime) -> int:
    """Microseconds since 1970; raises `ValueError` for a time without an offset."""
    if at.tzinfo is None:
        raise ValueError("a stored time needs an offset")
    return (at - _EPOCH) // _TICK


def from_ticks(number: int) -> datetime:
    """The aware datetime, in UTC."""
    return _EPOCH + timedelta(microseconds=number)


class Moment(TypeDecorator[datetime]):
    """A column of aware datetimes; they come back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else ticks(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else from_ticks(value)
