"""Lines that are little more than a date: which date they give, and what their words say of it.

Takes a line of a page or a dump, gives its dates with the label of each. A sentence with a date in
it, a range of days, a caption or a deadline gives none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from digest.collect.datelabels import Label, label_of, without_labels
from digest.collect.when import When, find_dates

LONGEST = 90
"""Characters of a line that is a date with a label, an hour, a city or a name."""
_KNOWN = re.compile(
    r"(?i)\b(?:днес е|редакция(?:та)?|екип(?:ът)?|послед\w+|на|в|от|г|ч|час(?:а|ове|ът)?|дата|ден"
    r"|ранно утро|сутрин|вечер|преглед(?:и|ания)?|прочитания|видян\w*|пъти|коментар(?:а|и)?|views?"
    r"|comments?|on|at|by|um|uhr|le|il|am|мин|четене|време|за|репортер|автор|кореспондент|текст|понеделник|вторник|сряда|четвъртък"
    r"|петък|събота|неделя)\b"
)
_CLOCK = re.compile(r"(?<![\d.:,])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?![\d.:°%])")
WORDS = 2
"""Unknown words that a line of a date may hold: a city, a section, a name."""
BYLINE_WORDS = 6
"""Such words in the line between headline and text, where a by-line stands too."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a line and the label that stands nearest before it."""

    when: When
    label: Label | None


def read_line(
    text: str,
    zone: tzinfo,
    *,
    before: str = "",
    words: int = WORDS,
    month_first: bool = False,
) -> tuple[Dated, ...]:
    """The dates of a line that is little more than dates; empty for any other line.

    `before` is what stands in front of the line (a label in an element of its own), `words` how
    many unknown words the line may hold. Dates of other things and ranges are left out.
    """
    line = " ".join(text.split())
    if not 6 <= len(line) <= LONGEST:
        return ()
    dates = find_dates(line, zone, short=True, month_first=month_first)
    if not dates or _is_range(line, dates) or _unknown(line, dates) > words:
        return ()
    dates = _with_clock(line, dates)
    found: list[Dated] = []
    for place, when in enumerate(dates):
        start = dates[place - 1].end if place else 0
        said = label_of(line[start : when.start])
        if said is None and place == 0:
            said = label_of(before)
        if said is None and place == len(dates) - 1:
            said = _behind(line[when.end :])
        if said is None and place:
            said = found[-1].label
        found.append(Dated(when, said))
    return tuple(one for one in found if one.label is not Label.FOREIGN)


def is_date_line(text: str, zone: tzinfo) -> bool:
    """True when a line holds a date and next to nothing else (a label, an hour, a city)."""
    return bool(read_line(text, zone))


def _behind(rest: str) -> Label | None:
    """A label in brackets or at the end of the line, when no hour of its own follows it."""
    return None if re.search(r"\d", rest) else label_of(rest)


def _is_range(line: str, dates: Sequence[When]) -> bool:
    return any(
        re.fullmatch(r"\s*(?:[-–—]|до|г\.?\s*[-–—])\s*", line[one.end : two.start])
        for one, two in itertools.pairwise(dates)
    )


def _unknown(line: str, dates: Sequence[When]) -> int:
    """How many words of a line are neither a date nor what stands beside one."""
    rest = line
    for when in reversed(dates):
        rest = rest[: when.start] + " · " + rest[when.end :]
    rest = _KNOWN.sub(" ", without_labels(rest))
    return len(re.findall(r"[^\W\d_]{2,}", rest))


def _with_clock(line: str, dates: Sequence[When]) -> list[When]:
    """The dates, the only one with the only hour of its line when it has none of its own."""
    if len(dates) != 1 or dates[0].has_time:
        return list(dates)
    when = dates[0]
    rest = line[: when.start] + " · " + line[when.end :]
    clocks = _CLOCK.findall(rest)
    if len(clocks) != 1 or re.search(r"\d\s*°", rest):
        return [when]
    hour, minute = (int(part) for part in clocks[0])
    return [replace(when, at=when.at.replace(hour=hour, minute=minute), has_time=True)]
