"""Which clause of the articles says what a clause of a summary says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.bulgarian.verbs import verbish
from digest.summarise.evidence import Reading, Witness, akin, clauses
from digest.summarise.meaning import meant
from digest.summarise.slots import SAYING

ALIKE = 0.45
"""Least share of a clause's ideas in a clause of the source that speaks of the same."""
BACK = 0.9
"""Worth of a short clause that is said whole within a longer one."""
NAMED = 0.5
"""Worth of a name beside that of another word."""
LEAST_IDEAS = 2
"""Ideas of a clause, beside names and that somebody said it, below which it says nothing."""


def nearest(
    mine: Reading, said: Reading, witnesses: Sequence[Witness]
) -> tuple[Reading, Reading, float] | None:
    """The sentence, and the clause in it most like this one, and how much it is (0…1).

    None where nothing is like it. Like is what says most of the clause, or is said by it; names
    weigh half, since they stand in many clauses. What the whole sentences have in common settles
    between equals.
    """
    called = frozenset(meant(w) for w in mine.words if any(w in o.called for o in witnesses))
    if len(mine.ideas - SAYING - called) < LEAST_IDEAS:
        return None
    found: list[tuple[float, float, int, Reading, Reading]] = []
    for witness in witnesses:
        for sentence in witness.sentences:
            wider = len(said.ideas & sentence.ideas) / max(1, len(said.ideas))
            for clause in parts(sentence.text):
                back = _share(clause.ideas, mine.ideas, called) if len(clause.ideas) > 1 else 0.0
                share = max(_share(mine.ideas, clause.ideas, called), BACK * back)
                if share >= ALIKE:
                    found.append((share, wider, -len(found), sentence, clause))
    best = max(found, key=lambda row: row[:3], default=None)
    return (best[3], best[4], best[0]) if best else None


@lru_cache(maxsize=20_000)
def parts(text: str) -> tuple[Reading, ...]:
    """Clauses, and the halves of those that «и» joins when each has something to say."""
    found = []
    for clause in clauses(text) or [Reading(text)]:
        halves = [Reading(part) for part in re.split(r"\s+и\s+", clause.text)]
        # Without a verb of its own a half is one more thing that the «не» before it governs.
        apart = len(halves) > 1 and all(
            len(half.ideas) > 1 and any(map(verbish, half.words)) for half in halves
        )
        found += halves if apart else [clause]
    return tuple(found)


def _share(mine: frozenset[str], theirs: frozenset[str], called: frozenset[str]) -> float:
    weight = {idea: NAMED if idea in called else 1.0 for idea in mine}
    total = sum(weight.values())
    return (
        sum(w for i, w in weight.items() if i in theirs or akin(i, theirs)) / total if total else 0
    )
