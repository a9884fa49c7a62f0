"""The gate on negation: «не», denials and opposites, statement by statement.

A clause of the summary is laid beside the clauses of the articles that speak of the same. A
paraphrase may say «отказа» for «не прие»: it is a fault only when the one denies just what the
other asserts, and no clause as near says what the summary does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.bulgarian.negation import denies
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.aligned import Statement, key, likeness, names_of_all, statements, told
from digest.summarise.evidence import Reading, Witness
from digest.summarise.opposites import CONVERSE

ALIKE = 0.5
"""Least likeness of a clause of the source that what is denied is held against."""
CLOSE = 0.12
"""A clause this near to the most alike may bear the statement out as well."""
SAME = 0.75
"""Likeness from which a «не» counts though its verb is another."""
BESIDE = 3
"""Words around one of two opposites that tell what it is said of."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Beside:
    """A clause of the source, how alike it is (0…1), and a pair of opposites: said, source."""

    share: float
    theirs: Statement
    pair: tuple[str, str] | None


def negation_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A «не» that was dropped or added, a denial turned round, a word for its opposite."""
    named = names_of_all(witnesses)
    for mine in statements(said.text):
        if mine.aside or mine.clause.lead == "дали":
            continue
        near = _near(mine, witnesses, named)
        faults = [_fault(mine, one) for one in near]
        if any(_borne_out(mine, one, fault) for one, fault in zip(near, faults, strict=True)):
            continue
        for fault in faults:
            if fault:
                return [Problem("negation", *fault)]
    return []


def _near(mine: Statement, witnesses: Sequence[Witness], named: frozenset[str]) -> list[Beside]:
    found = [_beside(mine, theirs, named) for theirs in told(witnesses)]
    best = max((one.share for one in found), default=0.0)
    kept = [one for one in found if one.share >= max(ALIKE, best - CLOSE)]
    return sorted(kept, key=lambda one: -one.share)


def _beside(mine: Statement, theirs: Statement, named: frozenset[str]) -> Beside:
    """Opposites count as neither there nor missing: the rest tells whether it is the same."""
    pair = _pair(mine, theirs)
    if pair is None:
        return Beside(likeness(mine, theirs, named), theirs, None)
    but = (frozenset({key(lemma(pair[0]))}), frozenset({key(lemma(pair[1]))}))
    return Beside(likeness(mine, theirs, named, but=but), theirs, pair)


def _pair(mine: Statement, theirs: Statement) -> tuple[str, str] | None:
    """Two words that exclude one another, neither of which stands on both sides."""
    for (number, left), word in mine.sides.items():
        other = theirs.sides.get((number, not left))
        if other is None or (number, left) in theirs.sides or (number, not left) in mine.sides:
            continue
        if number in CONVERSE and _sides_changed(mine, theirs, word, other):
            continue
        return word, other
    return _prefixed(mine, theirs)


def _prefixed(mine: Statement, theirs: Statement) -> tuple[str, str] | None:
    """«Успешен» and «неуспешен»."""
    own, there = words(mine.text), words(theirs.text)
    for one, other, turned in ((own, there, False), (there, own, True)):
        for word in one:
            if len(word) > 4 and f"не{word}" in other and f"не{word}" not in one:
                return (f"не{word}", word) if turned else (word, f"не{word}")
    return None


def _sides_changed(mine: Statement, theirs: Statement, word: str, other: str) -> bool:
    """«А победи Б» for «Б загуби от А»: who stands before the one stands not before the other."""
    own, there = _before(mine.text, word), _before(theirs.text, other)
    return bool(own and there) and own.isdisjoint(there)


def _before(text: str, word: str) -> frozenset[str]:
    found = words(text)
    return frozenset(key(lemma(w)) for w in found[: found.index(word)] if w not in STOPWORDS)


def _borne_out(mine: Statement, one: Beside, fault: tuple[str, str] | None) -> bool:
    """Whether the source says it as the summary does: its verb, denied or not on both sides."""
    if fault:
        return False
    if one.pair:
        return True
    return bool(mine.heads & one.theirs.said)


def _fault(mine: Statement, one: Beside) -> tuple[str, str] | None:
    """What is said and what the source has, when they turn one another round."""
    if one.pair:
        return _turned(mine, one.theirs, one.pair)
    both = mine.said & one.theirs.said
    dropped = both & (one.theirs.denied - mine.denied)
    added = both & (mine.denied - one.theirs.denied)
    if dropped and not denies(mine.text):
        return mine.text, one.theirs.text
    if added and not denies(one.theirs.text):
        return mine.text, one.theirs.text
    if one.share >= SAME and not both & (mine.denied | one.theirs.denied):
        lost = one.theirs.denied & one.theirs.heads and not denies(mine.whole)
        gained = mine.denied & mine.heads and not denies(one.theirs.whole)
        return (mine.text, one.theirs.text) if lost or gained else None
    return None


def _turned(mine: Statement, theirs: Statement, pair: tuple[str, str]) -> tuple[str, str] | None:
    """Opposites said of the same thing; «не падна» for «остана» is turned twice."""
    own, there = (key(lemma(word)) for word in pair)
    if (own in mine.denied) != (there in theirs.denied):
        return None
    return pair if _around(mine, pair[0]) & theirs.around else None


def _around(mine: Statement, word: str) -> frozenset[str]:
    """Roots of the words nearest to a word of the clause."""
    found = [w for w in words(mine.text) if w not in STOPWORDS or w == word]
    at = found.index(word)
    beside = found[max(0, at - BESIDE) : at] + found[at + 1 : at + 1 + BESIDE]
    return frozenset(key(lemma(w)) for w in beside)
