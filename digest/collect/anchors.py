"""What a text itself says of when it was written: years it calls this or next, days to come.

A report of an old meeting speaks of it in the future. Precision first: what is remembered,
quoted, compared with or told of history is no evidence, and neither is a year mistyped in
January. One sure sign is enough; of the others it takes two.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from digest.bulgarian.sentences import split
from digest.collect.months import MONTHS
from digest.collect.schedule import WRITTEN, Planned, planned

READ = 6000
"""Characters of a text that are looked at."""
OVER = timedelta(days=2)
"""A time that is over no longer than this is no sign of an old text."""
LATELY = timedelta(days=14)
"""What was to come a few days ago is told again in news of today; the archive knows such texts."""
YEAR = timedelta(days=365)
AHEAD = timedelta(days=120)
"""How far ahead a notice looks: a day that would be so near a year later may be mistyped."""
APART = timedelta(days=550)
"""Two unsure signs speak of one time when they lie no further apart."""

_MONTH = "|".join(name for name, _ in list(MONTHS.items())[:12])
_Y = r"(?P<year>20\d\d)(?!\d)(?:-[а-я]{2,3})?(?:\s*г(?:одина|\.))?"
_NEXT = re.compile(
    rf"(?i)(?<!\w)(?:следващата|идната|идващата|настъпващата|предстоящата)(?:\s+година)?,?\s+{_Y}"
)
_THIS = re.compile(
    rf"(?i)(?<!\w)(?P<word>тази|настоящата|текущата|сегашната)(?:\s+година)?,?\s+\(?{_Y}"
)
_MONTHLY = re.compile(
    rf"(?i)(?<!\w)(?P<word>следващия|идния|този|настоящия|текущия)т?\s+месец,?\s+\(?"
    rf"(?P<month>{_MONTH})\s+{_Y}"
)
_AS_OF = re.compile(rf"(?i)(?<!\w)към\s+(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s+{_Y}")
_COMPARED = re.compile(r"(?i)(?<!\w)(?:от|като|отколкото|спрямо|с|със|именно|точно|и|през)\s*$")
_AHEAD = re.compile(
    r"(?i)(?<!\w)(?:ще|предстои|предстоят|предвижда\w*|очаква(?:т)?|планира(?:т)?|прогноз\w*"
    r"|предлага(?:т)?|бюджет\w*|започва(?:т)?|стартира(?:т)?|в момента|досега)(?!\w)"
)
_TOLD = re.compile(
    r"(?i)(?<!\w)(?:бе|беше|бях|бяха|бил[аио]?|ще(?:ше|ха)|щяха|обеща\w*|планираш\w*|планирах\w*"
    r"|тогава|тогавашн\w+|преди|някога|спомня\w*|припомн\w*|история\w*|първоначалн\w+|отлож\w+"
    r"|годишнин\w*|юбиле\w*|създаден\w*|основан\w*|построен\w*|роден\w*|подписан\w*|приет\w*"
    r"|издаден\w*|така и не|няма да|вместо|ако|от (?:19|20)\d\d"
    r"|(?!(?:ка|пока|дока|пи|напи|подпи|иск|поиск)\w*аха)[а-я]+(?:аха|яха)|[а-я]+(?:яше|аше|еше))"
    r"(?!\w)|[„“”\"«»]"
)
"""Words of telling what is over, and quotation marks: such a sentence proves nothing."""
_TO_BE = re.compile(r"(?i)\bбъд(?:е|ат|ем)\s+\w+")
_NAME = re.compile(r"[„“\"«](?P<name>[А-ЯA-Z0-9][^„“”\"«».,!?]{0,60})[“”\"»]")
_NARRATED = re.compile(
    r"(?i)(?<!\w)(?:се ражда|ражда се|заминава|дебютира|умира|години по-късно|месеци по-късно"
    r"|години след това|на този ден|на днешната дата|на днешния ден)(?!\w)"
)
"""A life or a past told in the present tense, where „ще“ is no future of ours."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A phrase and the last moment at which it can have been written.

    `sure` when it proves that alone; `typed` when its year can be a slip for the year after.
    """

    phrase: str
    until: datetime
    sure: bool = True
    typed: bool = False


def written_before(
    text: str, now: datetime, zone: tzinfo, hints: Sequence[datetime] = ()
) -> Anchor | None:
    """The earliest „written no later than“ that the text gives and that is over; else None.

    `hints` are old days that something else names without proof: with one an unsure sign counts.
    """
    text = text[:READ]
    if not re.search(r"(?<!\d)20\d\d(?!\d)", text):
        return None
    found: list[Anchor] = []
    years: set[int] = set()
    for sentence in _sentences(text):
        ours = list(_of_sentence(sentence, now, zone))
        found += [one for one, _ in ours]
        years |= _years_beside(sentence, [span for _, span in ours], now)
    if _NARRATED.search(text):
        return None
    over = [one for one in found if one.until < now - OVER and _may_stand(one, years, now)]
    good = [one for one in over if _believed(one, over, years, now, hints)]
    return min(good, key=lambda one: one.until, default=None)


def _sentences(text: str) -> Iterator[str]:
    """Sentences on one line; short quoted names lose their marks."""
    for start, end in split(text):
        sentence = " ".join(text[start:end].split())
        if re.search(r"20\d\d", sentence):
            yield _NAME.sub(_unquoted, sentence)


def _unquoted(match: re.Match[str]) -> str:
    return match["name"] if len(match["name"].split()) <= 4 else match.group()


def _years_beside(sentence: str, spans: list[tuple[int, int]], now: datetime) -> set[int]:
    """Years of a sentence outside its anchors; one far ahead could be written at any time."""
    return {
        int(m.group())
        for m in re.finditer(r"(?<!\d)20\d\d(?!\d)", sentence)
        if int(m.group()) <= now.year + 1
        and not any(start <= m.start() < end for start, end in spans)
    }


def _may_stand(one: Anchor, years: set[int], now: datetime) -> bool:
    """False for a text that knows of later years, and for last year's number in January."""
    year = one.until.year
    if now.month <= 2 and year == now.year - 1 and one.until + YEAR >= now - OVER:
        return False
    return max(years, default=0) <= year + 1


def _believed(
    one: Anchor, found: list[Anchor], years: set[int], now: datetime, hints: Sequence[datetime]
) -> bool:
    """True for a sure sign, or one that a second sign of the same time bears out."""
    doubtful = one.typed or now - one.until < LATELY
    knows_today = now.year in years and one.until.year < now.year
    if one.sure and not doubtful and not knows_today:
        return True
    if any(timedelta() <= one.until - hint < APART for hint in hints):
        return True
    return any(
        other.phrase.lower() != one.phrase.lower() and abs(other.until - one.until) < APART
        for other in found
    )


def _of_sentence(
    sentence: str, now: datetime, zone: tzinfo
) -> Iterator[tuple[Anchor, tuple[int, int]]]:
    """The anchors of a sentence with their spans."""
    if _TOLD.search(_TO_BE.sub("бъде", sentence)):
        return
    for match in (*_NEXT.finditer(sentence), *_THIS.finditer(sentence)):
        yield _yearly(match, sentence, zone), match.span()
    for match in (*_MONTHLY.finditer(sentence), *_AS_OF.finditer(sentence)):
        anchor = _monthly(match, sentence, zone)
        if anchor is not None:
            yield anchor, match.span()
    if _is_told_of_a_past_year(sentence):
        return
    for one in planned(sentence):
        anchor = _future(one, now, zone)
        if anchor is not None:
            yield anchor, (one.start, one.end)


def _yearly(match: re.Match[str], sentence: str, zone: tzinfo) -> Anchor:
    """„следващата 2023 г.“, „настоящата 2022 г.“; sure unless counting on from a year."""
    year, word = int(match["year"]), match.groupdict().get("word")
    if word is None:
        told = str(year - 1) in sentence or not _AHEAD.search(sentence)
        return Anchor(match.group(), _end(year - 1, 12, None, zone), sure=not told)
    pointed = word.lower() != "тази"
    present = bool(_AHEAD.search(sentence)) and not _COMPARED.search(sentence[: match.start()])
    return Anchor(match.group(), _end(year, 12, None, zone), sure=pointed or present)


def _monthly(match: re.Match[str], sentence: str, zone: tzinfo) -> Anchor | None:
    """„следващия месец, юни 2024 г.“ with what is ahead; „към 14 май 2021 г.“ in a report of today.

    The last day of a month and its first are days of statistics, reported a year later too.
    """
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    if "day" in match.groupdict():
        day = int(match["day"])
        today = re.search(r"(?i)\bднес\b", sentence)
        if not today or day == 1 or day >= 28:
            return None
        return Anchor(match.group(), _end(year, month, day, zone))
    if not _AHEAD.search(sentence):
        return None
    if match["word"].lower() in {"следващия", "идния"}:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Anchor(match.group(), _end(year, month, None, zone))


def _is_told_of_a_past_year(sentence: str) -> bool:
    """„През 2022 г. от министерството твърдят, че … ще …“: a future that was told in a past."""
    said = re.search(r"(?i),\s*че\s", sentence)
    return said is not None and bool(WRITTEN.search(sentence[: said.start()]))


def _future(one: Planned, now: datetime, zone: tzinfo) -> Anchor | None:
    """A time that the text has before it; it was written no later than its end.

    A slip of the year explains a day only when it would still be ahead a year later: „през
    октомври 2025 г.“ in November 2026 is no slip. A day of the week that is right for the year
    rules the slip out, one that is right for the year after proves it.
    """
    until = _end(one.year, one.month or 12, one.day, zone)
    fits = one.weekday_fits(one.year)
    if fits is False and one.weekday_fits(one.year + 1):
        return None
    ahead = now - OVER <= until + YEAR <= now + AHEAD
    return Anchor(one.phrase, until, sure=one.sure, typed=ahead and not fits)


def _end(year: int, month: int, day: int | None, zone: tzinfo) -> datetime:
    """The last moment of a day, a month or (month 12) a year."""
    last = calendar.monthrange(year, month)[1]
    return datetime.combine(date(year, month, min(day or last, last)), time(23, 59), zone)
