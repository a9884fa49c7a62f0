"""What a text itself says of when it was written: years it calls this or next, days to come.

A report of an old meeting speaks of it in the future. Precision first: what is remembered,
quoted or told of history is no evidence, and neither is a year mistyped in January.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from digest.bulgarian.sentences import split
from digest.collect.months import MONTHS

READ = 6000
"""Characters of a text that are looked at."""
MISTYPED = timedelta(days=90)
"""A day that would be near in the year after it is the wrong year of a typist, not an old text."""

_MONTH = "|".join(name for name, _ in list(MONTHS.items())[:12])
_YEAR = r"(?P<year>20\d\d)(?!\d)(?:\s*г(?:одина|\.)?)?"
_NEXT = re.compile(rf"(?i)\b(?:следващата|идната|идващата|настъпващата|предстоящата),?\s+{_YEAR}")
_THIS = re.compile(rf"(?i)\b(?:тази|настоящата|текущата|сегашната),?\s+{_YEAR}")
_WHEN = re.compile(
    rf"(?i)\b(?:на\s+(?P<day>\d{{1,2}})(?:-[а-я]{{2}})?\s+)?(?P<month>{_MONTH})\s+{_YEAR}"
    rf"|\b(?:пролетта|лятото|есента|зимата)\s+на\s+(?P<season>20\d\d)(?!\d)"
    r"|\b(?:през|до края на|от началото на|в края на)\s+(?P<alone>20\d\d)(?!\d)\s*г"
)
_TO_COME = re.compile(r"(?i)(?<!\w)(?:ще|предстои|предстоят|очаква се)(?!\w)")
_TOLD = re.compile(
    r"(?i)(?<!\w)(?:бе(?:ше|ха|)|бил[аио]?|щеше|щяха|трябваше|имаше|обеща\w*|планира\w*"
    r"|предвиждаше\w*|очакваше|тогава|тогавашн\w+|преди|някога|спомня\w*|припомня\w*|история\w*"
    r"|годишнин\w*|юбиле\w*|създаден\w*|основан\w*|построен\w*|роден\w*|подписан\w*|приет\w*"
    r"|издаден\w*|от (?:19|20)\d\d)(?!\w)|[„“\"«»]"
)
"""Words of telling what is over, and quotation marks: such a sentence proves nothing."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A phrase and the last moment at which it can have been written."""

    phrase: str
    until: datetime


def written_before(text: str, now: datetime, zone: tzinfo) -> Anchor | None:
    """The earliest „written no later than“ that the text gives, None without any."""
    text = text[:READ]
    latest = max((int(y) for y in re.findall(r"(?<!\d)20\d\d(?!\d)", text)), default=0)
    found = [
        one for one in _anchors(text, now, zone) if one.until.astimezone(zone).year >= latest - 1
    ]
    return min(found, key=lambda one: one.until, default=None)


def _anchors(text: str, now: datetime, zone: tzinfo) -> Iterator[Anchor]:
    for start, end in split(text):
        sentence = " ".join(text[start:end].split())
        if _TOLD.search(sentence):
            continue
        for pattern, back in ((_NEXT, 1), (_THIS, 0)):
            for match in pattern.finditer(sentence):
                yield Anchor(match.group(), _end(int(match["year"]) - back, 12, None, zone))
        dates = list(_WHEN.finditer(sentence))
        if len(dates) == 1 and _is_to_come(sentence, dates[0]):
            anchor = _future(dates[0], now, zone)
            if anchor is not None:
                yield anchor


def _is_to_come(sentence: str, when: re.Match[str]) -> bool:
    """True when a verb of the future and the date stand in one clause."""
    for verb in _TO_COME.finditer(sentence):
        first, second = sorted((verb.span(), when.span()))
        if not re.search(r"[,;:–]", sentence[first[1] : second[0]]):
            return True
    return False


def _future(match: re.Match[str], now: datetime, zone: tzinfo) -> Anchor | None:
    """A time that the text has before it; it was written no later than its end."""
    parts = match.groupdict()
    year = int(parts["year"] or parts["season"] or parts["alone"] or 0)
    month = MONTHS[parts["month"].lower()] if parts["month"] else 12
    until = _end(year, month, int(parts["day"]) if parts["day"] else None, zone)
    if parts["month"] and abs(until + timedelta(days=365) - now) < MISTYPED:
        return None
    return Anchor(match.group(), until)


def _end(year: int, month: int, day: int | None, zone: tzinfo) -> datetime:
    """The last moment of a day, a month or (month 12) a year."""
    if day is not None and 1 <= day <= 28:
        return datetime.combine(date(year, month, day), time(23, 59), zone)
    after = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(after - timedelta(days=1), time(23, 59), zone)
