"""When was it published: ranked claims, each with its basis and a confidence.

The order is that of `DateBasis`: JSON-LD, meta, time tag, feed, address, labelled text. The day
of a page's own header is the crawl day and never a date; a bare year and `dateModified` are none
either; nothing lies after the moment of fetching. No claim left means null, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from digest.collect.datelabels import Label
from digest.collect.datelines import Dated
from digest.collect.months import MONTHS
from digest.collect.relative import find_relative
from digest.collect.when import FIRST_YEAR, When, parse_when
from digest.model import UNDATED, DateBasis, DateClaim

CONFIDENCE: dict[DateBasis, float] = {
    DateBasis.JSON_LD: 0.95,
    DateBasis.META: 0.9,
    DateBasis.TIME: 0.85,
    DateBasis.FEED: 0.85,
    DateBasis.URL: 0.75,
    DateBasis.TEXT: 0.7,
    DateBasis.PAGE_HEADER: 0.1,
    DateBasis.UNKNOWN: 0.0,
}
"""How sure a claim alone is. Only this table says so."""

ONLY_UPDATED = 0.4
"""A text that states the day of its last change and no other."""
RELATIVE = 0.5
"""A relative date: it is as right as the moment of fetching, and pages are cached."""
UNLABELLED, BARE_DAY = 0.02, 0.05
"""Taken off a line's date without a label, and off one without an hour too."""
DISPUTED = 0.5
"""Factor when two bases lie more than two days apart: the page was probably dated anew."""
AGREEMENT = 0.03
"""Added for each further basis that names the same day, up to 0.99."""
IN_SLUG = 0.5
"""A day at the end of a slug."""
WEAK = 0.5
"""A claim no surer than this stands behind all surer ones, whatever its basis."""
TOLERANCE = timedelta(minutes=15)
_ORDER = {basis: place for place, basis in enumerate(DateBasis)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The claim that stands, and Bulgarian warnings about what was not believed."""

    claim: DateClaim
    warnings: tuple[str, ...] = ()


def claim(
    when: When | None, basis: DateBasis, evidence: str, *, updated: bool = False
) -> DateClaim | None:
    """A claim from a written date; None when nothing could be read.

    A date without an hour stands for the local midnight of its day.
    """
    if when is None:
        return None
    if basis is DateBasis.PAGE_HEADER:
        return DateClaim(None, basis, CONFIDENCE[basis], evidence)
    sure = ONLY_UPDATED if updated else CONFIDENCE[basis]
    return DateClaim(when.at, basis, sure, evidence)


def claim_of(
    text: str, basis: DateBasis, zone: tzinfo, *, month_first: bool = False
) -> DateClaim | None:
    """A claim from the text of a field (`datePublished`, a time tag, a label's value)."""
    return claim(parse_when(text, zone, month_first=month_first), basis, text.strip()[:120])


def line_claim(dated: Dated, text: str, *, clock: bool = False) -> DateClaim | None:
    """A claim from a date in a line of its own; `clock` for one in the page's header."""
    when = dated.when
    if when.at.year < FIRST_YEAR:
        return None
    if clock:
        return claim(when, DateBasis.PAGE_HEADER, text)
    found = claim(when, DateBasis.TEXT, text, updated=dated.label is Label.UPDATED)
    if found is None or dated.label is not None:
        return found
    return found.weakened(found.confidence - (UNLABELLED if when.has_time else BARE_DAY))


def relative_claim(text: str, now: datetime, zone: tzinfo) -> DateClaim | None:
    """A claim of „преди 2 часа“: weaker than a date that is written."""
    when = find_relative(text, now, zone)
    return None if when is None else DateClaim(when.at, DateBasis.TEXT, RELATIVE, text)


_MONTHS_IN_PATHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_PATH_DATE = (
    re.compile(rf"/(?P<year>20\d\d|199\d)/(?P<month>0?[1-9]|1[0-2])/{_DAY}(?:/|$|-)"),
    re.compile(rf"/(?P<year>20\d\d)/(?P<month>{_MONTHS_IN_PATHS})/{_DAY}(?:/|$|-)"),
    re.compile(rf"/(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-{_DAY}(?=/|$|-\d|[_-][a-z])"),
    re.compile(r"[/_-](?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:[/_.-]|$)"),
)  # fmt: skip
_SLUG_DATE = re.compile(
    rf"[_-](?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-{_DAY}(?=$|/|\.\w{{2,5}}$|-\d+(?:$|\.))"
)
"""A day at the end of a slug: often the article's, sometimes that of a concert."""


def url_claim(url: str, zone: tzinfo) -> DateClaim | None:
    """The day that an address itself names (`/2022/12/30/`, `/2022-12-30-…`, `_20221230.`).

    One at the end of a slug is a weak claim, one in its middle is the day of an event and none.
    """
    path = url.partition("?")[0].lower()
    for pattern in (*_PATH_DATE, _SLUG_DATE):
        match = pattern.search(path)
        if match:
            month = match["month"]
            number = int(month) if month.isdigit() else MONTHS[month]
            try:
                at = datetime(int(match["year"]), number, int(match["day"]), tzinfo=zone)
            except ValueError:
                continue
            sure = IN_SLUG if pattern is _SLUG_DATE else CONFIDENCE[DateBasis.URL]
            return DateClaim(at, DateBasis.URL, sure, match.group().strip("/-_."))
    return None


def rank(claims: Iterable[DateClaim | None], *, fetched_at: datetime) -> Ranking:
    """The best claim that can be true at `fetched_at`.

    A claim from the future is dropped with a warning; one up to 15 minutes ahead is a clock that
    runs fast and counts as now. Bases that agree on the day strengthen the claim, bases that lie
    more than two days apart halve it.
    """
    given = [one for one in claims if one is not None]
    dated = [one for one in given if one.at is not None]
    real = [_not_ahead(one, fetched_at) for one in dated if _possible(one, fetched_at)]
    warnings = [
        f"Датата „{one.evidence}“ е след изтеглянето и не се приема."
        for one in dated
        if not _possible(one, fetched_at)
    ]
    if not real:
        header = next((one for one in given if one.basis is DateBasis.PAGE_HEADER), None)
        return Ranking(header or UNDATED, (*warnings, _unknown(header)))
    best = min(real, key=lambda one: (one.confidence <= WEAK, _ORDER[one.basis], -one.confidence))
    if best.confidence <= ONLY_UPDATED:
        warnings.append(f"Показан е само денят на последната промяна: „{best.evidence}“.")
    others = [one for one in real if one.confidence > ONLY_UPDATED]
    best, note = _in_its_zone(_same_day_with_hour(best, others), others)
    sure, notes = _agreement(best, others)
    return Ranking(replace(best, confidence=sure), (*warnings, *note, *notes))


def _possible(one: DateClaim, fetched_at: datetime) -> bool:
    return one.at is not None and one.at <= fetched_at + TOLERANCE


def _not_ahead(one: DateClaim, fetched_at: datetime) -> DateClaim:
    assert one.at is not None
    return replace(one, at=fetched_at.astimezone(one.at.tzinfo)) if one.at > fetched_at else one


def _same_day_with_hour(best: DateClaim, claims: list[DateClaim]) -> DateClaim:
    """The best claim with the hour of another that names the same day, when it has none.

    A local midnight may be written in universal time (`T22:00:00Z`), so each is compared in the
    zone of the other.
    """
    assert best.at is not None
    for other in claims:
        if other.at is None or not (other.at.hour or other.at.minute):
            continue
        day = best.at.astimezone(other.at.tzinfo)
        midnight = (0, 0) in {(best.at.hour, best.at.minute), (day.hour, day.minute)}
        if midnight and other.at.date() in {day.date(), best.at.date()} and other is not best:
            return replace(best, at=other.at)
    return best


def _in_its_zone(best: DateClaim, claims: list[DateClaim]) -> tuple[DateClaim, tuple[str, ...]]:
    """A local time that a page's data label as universal: the same clock stands in its text."""
    assert best.at is not None
    for other in claims:
        if (
            other.at is not None
            and other.basis is DateBasis.TEXT
            and not best.at.utcoffset()
            and other.at.utcoffset()
            and other.at.replace(tzinfo=None, second=0)
            == best.at.replace(tzinfo=None, second=0, microsecond=0)
        ):
            said = f"Часът „{best.evidence}“ е местен, макар да е обозначен като световен."
            return replace(best, at=other.at), (said,)
    return best, ()


def _agreement(best: DateClaim, claims: list[DateClaim]) -> tuple[float, tuple[str, ...]]:
    assert best.at is not None
    others = [one for one in claims if one.basis is not best.basis and one.at is not None]
    apart = [one for one in others if one.at and abs(one.at - best.at) > timedelta(days=2)]
    if apart:
        said = f"{apart[0].evidence} ({apart[0].basis.value})"
        return round(best.confidence * DISPUTED, 2), (
            f"Датите не съвпадат: {best.evidence} ({best.basis.value}) и {said}.",
        )
    return round(min(0.99, best.confidence + AGREEMENT * len({o.basis for o in others})), 2), ()


def _unknown(header: DateClaim | None) -> str:
    if header is None:
        return "Датата на статията не е известна."
    return (
        f"Датата на статията не е известна: „{header.evidence}“ стои в заглавната част на "
        "страницата и показва деня на изтеглянето."
    )
