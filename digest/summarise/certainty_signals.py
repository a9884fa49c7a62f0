"""What speaks of a statement that is more certain than its source, or less, as numbers.

The rule asks of the clauses most alike whether all are less certain (`certainty.py`). Here it is
told how alike the best clause is that bears the statement out, and by how much those are more
alike that do not.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.bulgarian.certainty import Certainty, Hedge, hedges
from digest.bulgarian.words import lemma
from digest.summarise.aligned import Statement, key, likeness, names_of_all, statements, told
from digest.summarise.certainty import SOMEHOW, more_certain
from digest.summarise.evidence import Reading, Witness

LEAST_TOLD = 0.5
"""Share of what is in doubt there from which the sentence tells it."""


def certainty_signals(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """Signals of the kind „modality“; more of each speaks for a fault."""
    named, there = names_of_all(witnesses), list(told(witnesses))
    raised, lowered = 0.0, 0.0
    for mine in statements(said.text):
        if mine.aside:
            continue
        like = [(likeness(mine, one, named), one) for one in there]
        like = [(share, one) for share, one in like if share >= SOMEHOW]
        raised = max(raised, _raised(mine, like))
        lowered = max(lowered, _lowered(mine, like))
    return {
        "modality: like what is less certain": raised,
        "modality: like what is certain": lowered,
        "modality: told without its doubt": _without_doubt(said, there),
    }


Like = Sequence[tuple[float, Statement]]


def _raised(mine: Statement, like: Like) -> float:
    """By how much clauses are more alike than which it is more certain."""
    over = [(share, more_certain(mine, one, share)) for share, one in like]
    other = max((share for share, up in over if up), default=0.0)
    return max(0.0, other - max((share for share, up in over if not up), default=0.0))


def _lowered(mine: Statement, like: Like) -> float:
    """The same of a «може» that plain clauses do not have."""
    if mine.clause.certainty < Certainty.POSSIBLE or mine.wished:
        return 0.0
    plain = [(share, one.clause.certainty <= Certainty.FUTURE) for share, one in like]
    other = max((share for share, sure in plain if sure), default=0.0)
    return max(0.0, other - max((share for share, sure in plain if not sure), default=0.0))


def _without_doubt(said: Reading, there: Sequence[Statement]) -> float:
    """How much of a clause that holds something back is told by a sentence that holds back none."""
    if hedges(said.text):
        return 0.0
    own = frozenset(map(key, said.terms))
    found = 0.0
    for one in there:
        for hedge in hedges(one.text):
            doubted = _over(hedge, one)
            if hedge.level > Certainty.REPORTED and doubted:
                share = len(doubted & own) / len(doubted)
                whole = len(one.said & own) / max(1, len(one.said))
                found = max(found, share * whole if share >= LEAST_TOLD else 0.0)
    return found


def _over(hedge: Hedge, one: Statement) -> frozenset[str]:
    """Roots of what it is said of."""
    return frozenset(key(lemma(word)) for word in hedge.over) or one.said
