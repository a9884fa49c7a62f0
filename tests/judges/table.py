"""The table of the judges: what each measured of the mails, at its worst, against its threshold.

Notes come as properties of test reports, so that they reach the end of a run in several processes;
`tests/conftest.py` prints the table, because only that file is read where the reports arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

PROPERTY = "judge"


class Note(NamedTuple):
    """One figure: `limit` is the most that is allowed, or the least where `least` is set."""

    judge: str
    what: str
    mail: str
    figure: float
    limit: float
    least: bool = False

    @property
    def fails(self) -> bool:
        return self.figure < self.limit if self.least else self.figure > self.limit


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hears figures; `over` are sentences on those past their threshold."""

    keep: Callable[[Note], None]
    over: list[str] = field(default_factory=list)

    def most(
        self, judge: str, what: str, mail: str, figure: float, limit: float, detail: object = ""
    ) -> None:
        """The figure may be `limit` at most; `detail` tells whoever has to mend it."""
        self._hear(Note(judge, what, mail, figure, limit), detail)

    def least(
        self, judge: str, what: str, mail: str, figure: float, limit: float, detail: object = ""
    ) -> None:
        """The figure must be `limit` at least."""
        self._hear(Note(judge, what, mail, figure, limit, least=True), detail)

    def none(self, judge: str, what: str, mail: str, found: Iterable[object]) -> None:
        """Nothing may be found."""
        rows = [str(one) for one in found]
        self.most(judge, what, mail, len(rows), 0, "; ".join(rows[:8]))

    def _hear(self, note: Note, detail: object) -> None:
        self.keep(note)
        if note.fails:
            side = "under" if note.least else "over"
            self.over.append(
                f"{note.judge}, {note.what}, {note.mail}: {note.figure:g} is {side} {note.limit:g}"
                + (f": {detail}" if detail else "")
            )


def lines(notes: Iterable[Note]) -> Iterator[str]:
    """A line for each judge and matter: the worst figure, its mail, the threshold, how many."""
    ordered = sorted(dict.fromkeys(notes), key=lambda one: (one.judge, one.what))
    yield f"{'judge':<15} {'what':<42} {'worst':>9} {'threshold':>10}  of"
    for (judge, what), group in groupby(ordered, key=lambda one: (one.judge, one.what)):
        rows = list(group)
        worst = max(rows, key=lambda one: one.limit - one.figure if one.least else one.figure)
        sign = "≥" if worst.least else "≤"
        mark = "  FAILS" if any(one.fails for one in rows) else ""
        differ = len({one.figure for one in rows}) > 1
        where = f"  ({worst.mail})" if differ else ""
        yield (
            f"{judge:<15} {what:<42} {_shown(worst.figure):>9} {sign:>2} {_shown(worst.limit):>7}"
            f"  {len({one.mail for one in rows})}{where}{mark}"
        )


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.3f}"
