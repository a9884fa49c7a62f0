"""The gate on certainty: «според», «може», «щял», «ще» may not become plain fact.

A clause of the summary is laid beside the clauses of the articles that speak of the same. It is a
fault when all of those are less certain than it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.bulgarian.certainty import Certainty, raised
from digest.bulgarian.predicates import Tense
from digest.model import Problem
from digest.summarise.aligned import Statement, beside, statements
from digest.summarise.evidence import Reading, Witness

ALIKE = 0.55
"""Least likeness of a clause of the source whose doubt is one over this clause."""
CLOSE = 0.1
"""A clause this near to the most alike may bear the statement out as well."""
LEAST = 2
"""Words of meaning below which a clause says too little to be laid beside another."""


def modality_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A statement that is more certain than every clause of the source that speaks of it."""
    for mine in statements(said.text):
        own = _certainty(mine)
        if own is Certainty.POSSIBLE or len(mine.said) < LEAST:
            continue
        near = beside(mine, witnesses, ALIKE)
        near = [(share, theirs) for share, theirs in near if share >= near[0][0] - CLOSE]
        if near and all(raised(own, theirs.clause.certainty) for _, theirs in near):
            return [Problem("modality", mine.text, near[0][1].text)]
    return []


def _certainty(mine: Statement) -> Certainty:
    """How certain the summary makes it; who is quoted as saying a thing holds it back enough."""
    level = mine.clause.certainty
    if level is Certainty.REPORTED:
        return Certainty.CLAIMED
    now = mine.clause.verbs and all(v.tense is Tense.PRESENT for v in mine.clause.verbs)
    return max(level, Certainty.FUTURE) if now else level
