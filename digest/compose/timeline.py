"""Labels that say when: months, quarters and years, read so that they can be put in order.

Takes the words of a label („юли 2026 г.“), gives a `When`; puts labels of one kind in the order of
time, or says that their order cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.bulgarian.dates import MONTHS

_S = "[ \u00a0]+"
_YEAR = rf"(?:19|20)\d\d(?:{_S}(?:г\.|година(?!\w))|-(?:а|та|ра|ма)(?!\w)|(?![\w-]))"
_QUARTERS = ("първ", "втор", "трет", "четвърт")
_QUARTER = rf"(?:{'|'.join(_QUARTERS)})ото{_S}тримесечие"
WHEN = (
    rf"(?:(?:{'|'.join(MONTHS)})(?!\w)(?:{_S}{_YEAR})?"
    rf"|{_QUARTER}(?:{_S}(?:на|от){_S}{_YEAR})?|{_YEAR})"
)
"""A label of time as a text writes it, without its preposition."""

_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
KINDS = {"month": "по месеци", "quarter": "по тримесечия", "year": "по години"}
_TURN = {"month": 12, "quarter": 4}


@dataclass(frozen=True, slots=True)
class When:
    """A month (1…12), a quarter (1…4) or a year (`part` 0); `year` is None where it is not said."""

    kind: str
    part: int
    year: int | None


def read(label: str) -> When | None:
    """What a label says; None for one that is no time."""
    if not re.fullmatch(WHEN, label, re.IGNORECASE):
        return None
    found = _FOUR_DIGITS.search(label)
    year = int(found.group()) if found else None
    low = label.lower()
    if month := _MONTH.match(low):
        return When("month", MONTHS.index(month.group()) + 1, year)
    quarter = next((n for n, stem in enumerate(_QUARTERS, 1) if low.startswith(stem)), 0)
    return When("quarter" if quarter else "year", quarter, year)


def in_order(times: Sequence[When]) -> list[int] | None:
    """The places of the labels from the earliest to the latest.

    None where that is not said: labels of two kinds, some with a year and some without (one year,
    of the last of them, is said for all), or months so far apart that a year may begin anywhere.
    """
    if len({one.kind for one in times}) > 1:
        return None
    dated = [one.year is not None for one in times]
    if all(dated):
        return sorted(range(len(times)), key=lambda at: (times[at].year or 0, times[at].part))
    if sum(dated) > 1:
        return None
    order = _around(times)
    if order is None or (any(dated) and not dated[order[-1]]):
        return None
    return order


def _around(times: Sequence[When]) -> list[int] | None:
    """Months on the face of a clock: the series begins after the widest gap."""
    turn = _TURN[times[0].kind]
    order = sorted(range(len(times)), key=lambda at: times[at].part)
    parts = [times[at].part for at in order]
    if len(parts) == turn:
        return order
    gaps = [(parts[at] - parts[at - 1]) % turn or turn for at in range(len(parts))]
    widest = [at for at, gap in enumerate(gaps) if gap == max(gaps)]
    if len(widest) != 1:
        return None
    return order[widest[0] :] + order[: widest[0]]
