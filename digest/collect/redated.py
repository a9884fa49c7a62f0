"""The date of an article that is stored already, when it is read another time.

What the archive knows stands: nothing was published after it was first seen. A stored date gives
way to a better reading of ours only, an article without one may learn a date of before its first
day, and a date that comes later is evidence that old news was put out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from digest.bulgarian.dates import MONTHS
from digest.collect.dates import rank
from digest.model import UNDATED, Article, DateBasis, DateClaim

_NAMED = frozenset({DateBasis.JSON_LD, DateBasis.META, DateBasis.TIME, DateBasis.FEED})
"""Bases that name an article's own day: from others no date is learned when these say a later."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The date that a known article keeps, and why it is old news; empty: nothing says so."""

    date: DateClaim
    renewed: str = ""


def settled(
    before: Article,
    after: Article,
    claims: Sequence[DateClaim],
    *,
    first: datetime,
    again: bool,
    fresh: timedelta,
    zone: tzinfo,
) -> Settled:
    """The date of a known article after another reading.

    `first` is when it was first seen; `again` tells that we read the bytes of then better. A
    text that was whole the second time only (`before.partial`) may turn out older, never younger.
    """
    at, stands = after.published_at, before.published_at
    if again and (at is None or at <= first):
        return Settled(after.date)
    if stands is not None:
        older = before.partial and not after.partial and at is not None and at < stands
        return Settled(after.date if older else before.date)
    if at is None or at <= first:
        return Settled(after.date)
    named = [one for one in claims if one.basis in _NAMED]
    learned = rank(named, fetched_at=first).claim
    if learned.at is not None:
        return Settled(learned)
    return Settled(UNDATED, _renewed(first, at, zone) if at - first >= fresh else "")


def _renewed(first: datetime, at: datetime, zone: tzinfo) -> str:
    seen, said = (_day(one.astimezone(zone)) for one in (first, at))
    return f"Пусната е наново: събрана е още на {seen}, а сега носи дата {said}."


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year} г."
