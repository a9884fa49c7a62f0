"""The table of the faults: how often each was met, and what it came to against its bound.

Notes come as properties of test reports, so that they reach the end of a run in several processes;
`tests/conftest.py` prints the table, because only that file is read where the reports arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

PROPERTY = "fault"


class Note(NamedTuple):
    """What became of one list: people lost without a word, repeats, and rows in doubt.

    `unknown_bound` and `duplicates_bound` are the most that may be; nobody may ever be lost.
    """

    fault: str
    database: str
    runs: int
    lost: int
    duplicates: int
    unknown: int
    unknown_bound: int = 0
    duplicates_bound: int = 0

    @property
    def fails(self) -> bool:
        over = self.unknown > self.unknown_bound or self.duplicates > self.duplicates_bound
        return over or self.lost > 0


def lines(notes: Iterable[Note]) -> Iterator[str]:
    """A line for each fault and database; figures and bounds of its runs are added up."""
    ordered = sorted(notes, key=lambda one: (one.fault, one.database))
    yield f"{'fault':<46} {'database':<9} {'runs':>5} {'lost':>5} {'twice':>10} {'unknown':>12}"
    for (fault, database), group in groupby(ordered, key=lambda one: (one.fault, one.database)):
        rows = list(group)
        mark = "  FAILS" if any(one.fails for one in rows) else ""
        twice = (
            f"{sum(one.duplicates for one in rows)} ≤ {sum(one.duplicates_bound for one in rows)}"
        )
        doubt = f"{sum(one.unknown for one in rows)} ≤ {sum(one.unknown_bound for one in rows)}"
        yield (
            f"{fault:<46} {database:<9} {sum(one.runs for one in rows):>5} "
            f"{sum(one.lost for one in rows):>5} {twice:>10} {doubt:>12}{mark}"
        )
