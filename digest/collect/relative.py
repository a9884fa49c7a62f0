"""Relative times: „преди 2 часа“, „вчера, 18:30“, seen from the moment when a page was fetched.

Resolving them against any other clock is how an old text becomes news, so the caller must know
that moment. Never more precise than what is said: „преди 3 дни“ is a day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from digest.collect.datelabels import Label, label_of
from digest.collect.when import When

LONGEST = 60
"""Characters of a line that is little more than a relative time."""
_NUMBERS = {
    "половин": 0.5, "един": 1, "една": 1, "два": 2, "две": 2, "три": 3, "четири": 4, "пет": 5,
    "шест": 6, "седем": 7, "осем": 8, "девет": 9, "десет": 10,
}  # fmt: skip
_UNIT = r"(?:мин(?:\.|ута|ути)?|ч(?:\.|ас|аса)?|ден|дни)(?!\w)"
_AGO = re.compile(
    rf"(?i)преди\s+(?:около\s+|близо\s+)?(?:(?P<many>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*)?"
    rf"(?P<unit>{_UNIT})(?:\s+и\s+(?P<minutes>\d{{1,2}})\s*мин(?:\.|ути)?)?"
    r"|(?P<ago>\d{1,3})\s+(?P<word>minutes?|hours?|days?)\s+ago"
)
_CLOCK = r"(?P<{0}hour>[01]?\d|2[0-3])[:.](?P<{0}minute>[0-5]\d)\s*(?:ч(?:аса)?\b\.?)?"
_DAY = re.compile(
    rf"(?i)(?:{_CLOCK.format('before_')}[\s,|·–-]*)?(?P<day>днес|вчера|today|yesterday)"
    rf"(?:[\s,|·–-]*(?:в|от|at)?\s*{_CLOCK.format('')})?"
)
_PUBLISHED = re.compile(r"(?i)^(?:публикуван[аио]?|публ\.|published|posted)\s*:?\s*")


def find_relative(text: str, now: datetime, zone: tzinfo) -> When | None:
    """The moment that a short line gives, or None.

    Beside it the line may hold a name or a counter; a word of updating makes it none.
    """
    line = " ".join(text.split())
    if len(line) > LONGEST or label_of(line) is Label.UPDATED:
        return None
    parts = [line, *re.split(r"\s*[|·•]\s*|\s[–—-]\s|,\s+", line)]
    for part in parts:
        bare = _PUBLISHED.sub("", re.sub(r"^\W+|[^\w.]+$", "", part)).strip(" .")
        if _AGO.fullmatch(bare) or _DAY.fullmatch(bare):
            found = _ago(bare, now, zone) or _day(bare, now, zone)
            return When(found.at, found.has_time, 0, len(line)) if found else None
    return None


def _ago(text: str, now: datetime, zone: tzinfo) -> When | None:
    match = _AGO.fullmatch(text)
    if match is None:
        return None
    unit = (match["unit"] or match["word"]).lower()
    said = (match["many"] or match["ago"] or "1").lower()
    many = int(said) if said.isdigit() else _NUMBERS[said]
    if unit.startswith(("ден", "дни", "day")):
        day = now.astimezone(zone).date() - timedelta(days=round(many))
        return When(datetime.combine(day, time(), zone), has_time=False)
    step = timedelta(minutes=1) if unit.startswith(("мин", "min")) else timedelta(hours=1)
    # Hours pass in universal time: on the nights of change local clocks jump.
    then = now.astimezone(UTC) - many * step - timedelta(minutes=int(match["minutes"] or 0))
    return When(then.astimezone(zone).replace(second=0, microsecond=0), has_time=True)


def _day(text: str, now: datetime, zone: tzinfo) -> When | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day = now.astimezone(zone).date()
    day -= timedelta(days=match["day"].lower() in {"вчера", "yesterday"})
    hour = match["hour"] or match["before_hour"]
    if hour is None:
        return When(datetime.combine(day, time(), zone), has_time=False)
    minute = match["minute"] or match["before_minute"]
    at = datetime.combine(day, time(int(hour), int(minute)), zone)
    return When(at, has_time=True) if at <= now else None
