"""Reading a written date: ISO, RFC 5322, words of many languages, day-first numbers.

A bare year is no date. Times without an offset are in the zone that the caller names. Relative
words („вчера“) are read in `relative`, lines that are little more than a date in `datelines`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from digest.collect.months import MONTHS

_DAY = (
    r"(?:(?:понеделник|вторник|сряда|четвъртък|петък|събота|неделя|пон|вт|ср|четв|чет|чт|пет|пт"
    r"|съб|сб|нед|нд|mon|tue|wed|thu|fri|sat|sun)[a-zа-я]*\.?\s*,?\s*)?"
)
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_ZONE = (
    r"(?:GMT|UTC)[+-]\d\d?(?![\d:])|(?:(?:GMT|UTC|EEST|EET|CEST|CET|MSK|Z)\s?)?[+-]\d\d:?\d\d"
    r"|Z|GMT|UTC|EEST|EET|CEST|CET|MSK"
)
_CLOCK = (
    r"(?:[\s,/|·•–—-]*(?:в|от|at|um|à|a las)?\s*(?P<hour>[01]?\d|2[0-3])"
    r"(?:\s?ч\.?\s(?P<spoken>[0-5]?\d)\s?мин\b\.?|[:.h](?P<minute>[0-5]\d)(?!\.?\d))"
    r"(?::(?P<second>[0-5]\d)(?:\.\d+)?)?\s*(?:ч(?:аса)?\b\.?|h\b|Uhr\b|(?P<half>[ap]\.?m\b\.?))?"
    rf"(?:\s*(?P<offset>{_ZONE})(?![\w]))?)?"
)
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
_NTH = r"(?:-?(?:ти|ви|ри|ми|и|th|st|nd|rd|er)\b)?"
_OF = r"(?:(?:de|of)\s+)?"
_WORDS = re.compile(
    rf"(?i)(?<![\w.]){_DAY}(?P<day>[0-3]?\d){_NTH}(?:\.\s?|\s+|-){_OF}(?P<month>{_NAME})\b"
    rf"(?:\.\s?|[.,]?[\s-]+){_OF}{_YEAR}\s*(?:г(?:одина)?\b\.?)?,?{_CLOCK}"
)
_US = re.compile(
    rf"(?i)(?<!\w){_DAY}(?P<month>{_NAME})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR},?{_CLOCK}"
)
_NUMBERS = re.compile(
    rf"(?i)(?<![\d.,/]){_DAY}(?P<day>[0-3]?\d)\s?(?P<sep>[./-])\s?(?P<month>[0-3]?\d)\s?(?P=sep)\s?{_YEAR}"
    rf"\s*(?:г(?:одина)?\b\.?)?,?{_CLOCK}"
)
_ISO = re.compile(
    rf"(?i)(?<![\d.]){_YEAR}(?P<sep>[-/.])(?P<month>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d)"
    r"(?:[T\s,]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    rf"\s*(?P<offset>{_ZONE})?)?"
)
_ROMAN = re.compile(
    rf"(?<![\w.]){_DAY}(?P<day>[0-3]?\d)(?:\.\s?|\s)(?P<month>I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})(?:\.\s?|\s){_YEAR}"
    rf"\s*(?:г\.)?,?{_CLOCK}"
)
_SHORT = re.compile(
    rf"(?i)(?<![\d.,/:-]){_DAY}(?P<day>[0-3]?\d)(?P<sep>[./])(?P<month>[01]?\d)(?P=sep)"
    rf"(?P<year>\d\d)(?![\d./:])\s*(?:г\b\.?)?,?{_CLOCK}"
)
"""A year of two digits: read in fields and in lines that are nothing but a date."""
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<offset>{_ZONE})?)?"
)
"""ISO 8601 in its basic form; a field of its own, never a number in a text."""
_UNIX = re.compile(
    rf"(?i)(?:[a-z]{{3,9}},?\s+)?(?P<month>{_NAME})\s+(?P<day>[0-3]?\d)\s+(?P<hour>[01]\d|2[0-3]):"
    rf"(?P<minute>[0-5]\d):(?P<second>[0-5]\d)\s+(?:(?P<offset>{_ZONE})\s+)?{_YEAR}"
)
"""What `date` and asctime(3) print."""
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_PATTERNS = (_ISO, _WORDS, _NUMBERS, _US, _ROMAN)
_ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "EET": 2, "EEST": 3, "CET": 1, "CEST": 2, "MSK": 3}
"""Hours east of Greenwich. feedparser reads EET as UTC, and Bulgarian feeds write EET."""
FIRST_YEAR = 1995
"""No outlet that is read here published on the web before; such a year is an empty field's."""


@dataclass(frozen=True, slots=True)
class When:
    """A written date: the moment, whether an hour was given, and where it stands in the text."""

    at: datetime
    has_time: bool
    start: int = 0
    end: int = 0


def parse_when(text: str, zone: tzinfo, *, month_first: bool = False) -> When | None:
    """The date that a field (`pubDate`, `datePublished`, a label's value) gives, or None.

    `month_first` is for a page in American English; without it the day comes first unless the
    numbers or an „AM/PM“ say otherwise. Years before `FIRST_YEAR` are none.
    """
    text = " ".join(text.split())[:120]
    if not text:
        return None
    found = (
        _epoch(text, zone)
        or _whole(text, zone)
        or _rfc(text, zone)
        or next(iter(find_dates(text, zone, short=True, month_first=month_first)), None)
    )
    return found if found is not None and found.at.year >= FIRST_YEAR else None


def _whole(text: str, zone: tzinfo) -> When | None:
    """A text that is a date in one of the forms which are none inside a sentence."""
    match = _COMPACT.fullmatch(text) or _UNIX.match(text)
    return _when(match, zone) if match else None


def _epoch(text: str, zone: tzinfo) -> When | None:
    """Seconds or milliseconds since 1970, as some metadata has them; from 1995 on."""
    if not re.fullmatch(r"\d{9,10}(?:\d{3})?(?:\.0+)?", text):
        return None
    seconds = int(text[:10])
    if seconds < 788_918_400:  # 1995-01-01
        return None
    return When(datetime.fromtimestamp(seconds, zone), has_time=True, start=0, end=len(text))


def find_dates(
    text: str, zone: tzinfo, *, short: bool = False, month_first: bool = False
) -> list[When]:
    """Every full date (day, month and year) written in a text, in order, without overlaps.

    `short` also takes years of two digits, for texts that are known to be little more than a date.
    """
    found: list[When] = []
    if not re.search(r"\d", text):
        return found
    for pattern in (*_PATTERNS, _SHORT) if short else _PATTERNS:
        for match in pattern.finditer(text):
            when = _when(match, zone, month_first=month_first)
            if when is not None and not any(
                w.start < match.end() and match.start() < w.end for w in found
            ):
                found.append(when)
    return sorted(found, key=lambda when: when.start)


def _when(match: re.Match[str], zone: tzinfo, *, month_first: bool = False) -> When | None:
    parts = match.groupdict()
    day, month = int(parts["day"]), _month(parts["month"] or "")
    american = parts.get("sep") == "/" and match.re is not _ISO
    if american and (month > 12 or ((month_first or parts.get("half")) and day <= 12)):
        day, month = month, day
    try:
        on = date(_century(parts["year"]), month, day)
    except ValueError:
        return None
    where = _offset(parts.get("offset"), zone)
    return When(
        datetime.combine(on, _clock(parts), where),
        parts.get("hour") is not None,
        match.start(),
        match.end(),
    )


def _month(word: str) -> int:
    """The number of a month that is written in digits, Roman digits or words; 0 for none."""
    word = word.lower().rstrip(".")
    if word.isdigit():
        return int(word)
    return _ROMANS.index(word) + 1 if word in _ROMANS else MONTHS.get(word, 0)


def _century(year: str) -> int:
    """A year of two digits by the rule of RFC 5322 §4.3, with 1970 for 1950."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 70 else 2000)


def _clock(parts: dict[str, str | None]) -> time:
    if parts.get("hour") is None:
        return time()
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = parts.get("minute") or parts.get("spoken") or 0
    return time(hour, int(minute), int(parts.get("second") or 0))


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    """The zone that a text names; a number after a name wins („GMT+0200“)."""
    if not text:
        return zone
    number = re.search(r"(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?$", text)
    if number is None:
        return timezone(timedelta(hours=_ZONES[text.strip().upper()]))
    ahead = timedelta(hours=int(number["hours"]), minutes=int(number["minutes"] or 0))
    if ahead >= timedelta(hours=24):
        return zone
    return timezone(-ahead if number["sign"] == "-" else ahead)


_RFC = re.compile(
    r"(?i)(?:[a-z]{3,9},?\s*)?\d{1,2}[\s-][a-z]{3,9}[\s-](?:(?:19|20|21)\d\d|\d\d)"
    r"\s+(?P<hour>\d\d?):\d\d(?::\d\d)?\s*(?P<half>[ap]m\b)?"
    r"\s*(?P<name>[A-Z]{1,4}(?![A-Za-z]))?\s*(?P<offset>[+-]\d\d?(?::?\d\d)?)?\s*(?:\(.*\))?$"
)


def _rfc(text: str, zone: tzinfo) -> When | None:
    """RFC 5322 §3.3 dates with the zone names of Bulgarian feeds."""
    match, parsed = _RFC.match(text), parsedate_tz(text)
    if match is None or parsed is None or match["half"]:
        return None
    name = (match["name"] or "").upper()
    where: tzinfo = zone
    if match["offset"]:
        where = _offset(match["offset"], zone)
    elif name in _ZONES:
        where = timezone(timedelta(hours=_ZONES[name]))
    elif name and parsed[9] is not None:
        where = timezone(timedelta(seconds=parsed[9]))
    midnight = int(match["hour"]) == 24  # ISO 8601 allows it for the end of a day, RFC 5322 not
    fields = (*parsed[:3], 0, *parsed[4:6]) if midnight else parsed[:6]
    try:
        at = datetime(*fields, tzinfo=where) + timedelta(days=int(midnight))
    except ValueError:
        return None
    return When(at, has_time=True, start=0, end=len(text))
