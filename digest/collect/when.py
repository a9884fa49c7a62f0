"""Reading a written date: ISO, RFC 5322, Bulgarian words, day-first numbers, and relative words.

„днес“, „вчера“, „преди 2 часа“ are read by `find_relative` alone, against the moment when a page
was really fetched: resolving them against any other clock is how an old text becomes news. A bare
year is no date. Times without an offset are in the zone that the caller names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

_BG = [
    "януари",
    "февруари",
    "март",
    "април",
    "май",
    "юни",
    "юли",
    "август",
    "септември",
    "октомври",
    "ноември",
    "декември",
]
_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_DE = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
]
_ABBREVIATED = {
    "яну": 1, "ян": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "юн": 6, "юл": 7, "авг": 8,
    "сеп": 9, "септ": 9, "окт": 10, "ное": 11, "ноем": 11, "дек": 12, "сент": 9, "нояб": 11,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12, "mär": 3,
}  # fmt: skip
MONTHS: dict[str, int] = {
    name: number for names in (_BG, _EN, _RU, _DE) for number, name in enumerate(names, 1)
} | _ABBREVIATED

_DAY = (
    r"(?:(?:понеделник|вторник|сряда|четвъртък|петък|събота|неделя|пон|вт|ср|четв|чет|чт|пет|пт"
    r"|съб|сб|нед|нд|mon|tue|wed|thu|fri|sat|sun)[a-zа-я]*\.?\s*,?\s*)?"
)
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_CLOCK = (
    r"(?:[\s,/|·•–—-]*(?:в|от|at|um)?\s*(?P<hour>[01]?\d|2[0-3])(?P<colon>[:.])(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d))?\s*(?:ч(?:аса)?\.?|часа|h|Uhr|(?P<half>[ap]\.?m\b\.?))?"
    r"(?:\s*(?P<offset>[+-]\d\d:?\d\d|Z|GMT|UTC|EET|EEST)\b)?)?"
)
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
_WORDS = re.compile(
    rf"(?i)(?<![\w.]){_DAY}(?P<day>[0-3]?\d)\.?(?:\s+|-)(?P<month>{_NAME})\.?,?[\s-]+{_YEAR}"
    rf"\s*(?:г(?:одина)?\b\.?)?,?{_CLOCK}"
)
_US = re.compile(
    rf"(?i)(?<!\w){_DAY}(?P<month>{_NAME})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR},?{_CLOCK}"
)
_NUMBERS = re.compile(
    rf"(?i)(?<![\d.,/]){_DAY}(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep){_YEAR}"
    rf"\s*(?:г(?:одина)?\b\.?)?,?{_CLOCK}"
)
_ISO = re.compile(
    rf"(?i)(?<![\d.]){_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)"
    r"(?:[T\s]+(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<offset>[+-]\d\d:?\d\d|Z|EET|EEST|UTC|GMT)?)?"
)
_ROMAN = re.compile(
    rf"(?<![\w.]){_DAY}(?P<day>[0-3]?\d)\.\s?(?P<month>I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})\.\s?{_YEAR}"
    rf"\s*(?:г\.)?,?{_CLOCK}"
)
_SHORT = re.compile(
    rf"(?i)(?<![\d.,/:-]){_DAY}(?P<day>[0-3]?\d)(?P<sep>[./])(?P<month>[01]?\d)(?P=sep)"
    rf"(?P<year>\d\d)(?![\d./:])\s*(?:г\b\.?)?,?{_CLOCK}"
)
"""A year of two digits: read in fields and in lines that are nothing but a date."""
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_PATTERNS = (_ISO, _WORDS, _NUMBERS, _US, _ROMAN)
_ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "EET": 2, "EEST": 3, "CET": 1, "CEST": 2, "MSK": 3}
"""Hours east of Greenwich. feedparser reads EET as UTC, and Bulgarian feeds write EET."""


@dataclass(frozen=True, slots=True)
class When:
    """A written date: the moment, whether an hour was given, and where it stands in the text."""

    at: datetime
    has_time: bool
    start: int = 0
    end: int = 0


def parse_when(text: str, zone: tzinfo) -> When | None:
    """The date that a field (`pubDate`, `datePublished`, a label's value) gives, or None."""
    text = " ".join(text.split())[:120]
    if not text:
        return None
    return (
        _epoch(text, zone)
        or _rfc(text, zone)
        or next(iter(find_dates(text, zone, short=True)), None)
    )


def _epoch(text: str, zone: tzinfo) -> When | None:
    """Seconds or milliseconds since 1970, as some metadata has them; from 1995 on."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?(?:\.0+)?", text):
        return None
    seconds = int(text[:10])
    if seconds < 788_918_400:  # 1995-01-01
        return None
    return When(datetime.fromtimestamp(seconds, zone), has_time=True, start=0, end=len(text))


_RELATIVE = re.compile(
    r"(?i)^\W*(?:публикувана?о?:?\s*)?(?:"
    r"преди\s+(?P<many>\d{1,3}|един|една|два|две|три|половин)?\s*"
    r"(?P<unit>мин(?:\.|ута|ути)?|ч(?:\.|ас|аса)?|ден|дни)"
    r"|(?P<day>днес|вчера|today|yesterday)[\s,|·–-]*(?:в|от|at)?\s*"
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\s*(?:ч(?:аса)?\.?)?"
    r"|(?P<ago>\d{1,3})\s+(?P<word>minutes?|hours?|days?)\s+ago"
    r")\W*$"
)
_COUNTED = {"един": 1, "една": 1, "два": 2, "две": 2, "три": 3}


def find_relative(text: str, now: datetime, zone: tzinfo) -> When | None:
    """The moment of a line such as „преди 2 часа“ or „вчера, 9:10“, seen from `now`.

    `now` is when the page was fetched. Never more precise than said: „преди 3 дни“ is a day.
    """
    line = " ".join(text.split())
    match = _RELATIVE.match(line) if len(line) <= 60 else None
    if match is None:
        return None
    local = now.astimezone(zone)
    if match["day"]:
        day = local.date() - timedelta(days=match["day"].lower() in {"вчера", "yesterday"})
        at = datetime.combine(day, time(int(match["hour"]), int(match["minute"])), zone)
        return When(at, has_time=True, end=len(line)) if at <= now else None
    unit = (match["unit"] or match["word"] or "").lower()
    many = _many(match["many"] or match["ago"])
    if unit.startswith(("ден", "дни", "day")):
        day = local.date() - timedelta(days=round(many))
        return When(datetime.combine(day, time(), zone), has_time=False, end=len(line))
    step = timedelta(minutes=1) if unit.startswith(("мин", "min")) else timedelta(hours=1)
    at = (local - many * step).replace(second=0, microsecond=0)
    return When(at, has_time=True, end=len(line))


def _many(word: str | None) -> float:
    if not word:
        return 1
    if word.isdigit():
        return int(word)
    return _COUNTED.get(word.lower(), 0.5)


def find_dates(text: str, zone: tzinfo, *, short: bool = False) -> list[When]:
    """Every full date (day, month and year) written in a text, in order, without overlaps.

    `short` also takes years of two digits, for texts that are known to be little more than a date.
    """
    found: list[When] = []
    if not re.search(r"\d", text):
        return found
    for pattern in (*_PATTERNS, _SHORT) if short else _PATTERNS:
        for match in pattern.finditer(text):
            when = _when(match, zone)
            if when is not None and not any(
                w.start < match.end() and match.start() < w.end for w in found
            ):
                found.append(when)
    return sorted(found, key=lambda when: when.start)


def _when(match: re.Match[str], zone: tzinfo) -> When | None:
    parts = match.groupdict()
    word = (parts["month"] or "").lower().rstrip(".")
    month = int(word) if word.isdigit() else MONTHS.get(word, 0)
    if not month and word in _ROMANS:
        month = _ROMANS.index(word) + 1
    try:
        day = date(_century(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    at = datetime.combine(day, _clock(parts), _offset(parts.get("offset"), zone))
    return When(at, parts.get("hour") is not None, match.start(), match.end())


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
    return time(hour, int(parts["minute"] or 0), int(parts.get("second") or 0))


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    if text.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[text.upper()]))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _rfc(text: str, zone: tzinfo) -> When | None:
    """RFC 5322 §3.3 dates with the zone names of Bulgarian feeds."""
    parsed = parsedate_tz(text)
    if parsed is None or not re.match(r"(?i)^(?:[a-z]{3,9},?\s*)?\d{1,2}[\s-][a-z]{3}", text):
        return None
    named = re.search(r"\b([A-Z]{1,4})\s*$", text)
    numeric = re.search(r"[+-]\d{4}\s*(?:\(.*\))?$", text)
    where: tzinfo = zone
    if numeric and parsed[9] is not None:
        where = timezone(timedelta(seconds=parsed[9]))
    elif named and named.group(1) in _ZONES:
        where = timezone(timedelta(hours=_ZONES[named.group(1)]))
    elif named and parsed[9] is not None:
        where = timezone(timedelta(seconds=parsed[9]))
    try:
        at = datetime(*parsed[:6], tzinfo=where)
    except ValueError:
        return None
    return When(at, ":" in text, 0, len(text))


_RESIDUE = re.compile(
    r"(?i)\b(?:днес е|редакция(?:та)?|екип(?:ът)?|последна (?:промяна|редакция|актуализация)"
    r"|обновена?|актуализирана?|публикувана?о?|на|в|час(?:а|ове)?|г|ч|ранно утро"
    r"|преглед(?:и|ания)?|коментар(?:а|и)?|published|updated|on|at|by)\b"
)


def is_date_line(text: str, zone: tzinfo) -> bool:
    """True when a line holds a date and next to nothing else (a label, an hour, a city)."""
    line = " ".join(text.split())
    if len(line) > 90:
        return False
    dates = find_dates(line, zone, short=True)
    if not dates:
        return False
    rest = line
    for when in reversed(dates):
        rest = rest[: when.start] + " " + rest[when.end :]
    rest = _RESIDUE.sub(" ", rest)
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 2
