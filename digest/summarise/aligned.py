"""Statements laid beside one another: which clauses of the articles speak of what a clause says.

A clause is reduced to what it says, without the words that hold it back or tell who said it. What
is said in the clause itself counts whole, what stands elsewhere in its sentence less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.bulgarian.certainty import hedges
from digest.bulgarian.clauses import Clause, clauses
from digest.bulgarian.verbs import root
from digest.bulgarian.words import STOPWORDS, lemma
from digest.summarise.evidence import Reading, Witness
from digest.summarise.meaning import meant
from digest.summarise.slots import SAYING

BESIDE = 0.6
"""Worth of a word that stands in the sentence, but in another of its clauses."""
NAMED = 0.5
"""Worth of a name beside that of another word: names stand in many clauses."""
BACK = 0.9
"""Worth of a short clause that is said whole within a longer one."""
_SAYING = frozenset(map(root, SAYING))


@dataclass(frozen=True)
class Statement:
    """A clause with its sentence, and what the gate asks of it."""

    clause: Clause
    text: str
    whole: str

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.text)

    @cached_property
    def said(self) -> frozenset[str]:
        """Roots of what the clause says; figures as «#12»."""
        return _keys(self.text, held=True) - _SAYING

    @cached_property
    def around(self) -> frozenset[str]:
        """Roots of the whole sentence."""
        return _keys(self.whole, held=False)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Roots of the words that carry its predicates."""
        found = (v.head for v in self.clause.verbs if v.head not in STOPWORDS)
        return frozenset(key(lemma(word)) for word in found)


def key(term: str) -> str:
    """What two words that say the same have in common."""
    return root(meant(term))


@lru_cache(maxsize=20_000)
def _keys(text: str, *, held: bool) -> frozenset[str]:
    taken = [(h.start, h.end) for h in hedges(text)] if held else []
    kept = "".join(" " if any(a <= n < b for a, b in taken) else c for n, c in enumerate(text))
    figures = {f"#{n.value}" for n in Reading(text).numbers}
    return frozenset(key(t) for t in Reading(kept).terms) | figures


@lru_cache(maxsize=20_000)
def statements(sentence: str) -> tuple[Statement, ...]:
    """The statements of a sentence in order; a text without a verb is one."""
    return tuple(Statement(c, sentence[c.start : c.end], sentence) for c in clauses(sentence))


def beside(
    mine: Statement, witnesses: Sequence[Witness], least: float
) -> list[tuple[float, Statement]]:
    """How far each clause of the articles says what `mine` does (0…1), best first, from `least`."""
    named = frozenset(key(w) for witness in witnesses for w in witness.called)
    found = [
        (likeness(mine, theirs, named), -n, theirs)
        for n, theirs in enumerate(
            one for w in witnesses for sentence in w.sentences for one in statements(sentence.text)
        )
    ]
    found.sort(key=lambda row: row[:2], reverse=True)
    return [(share, theirs) for share, _, theirs in found if share >= least]


def likeness(mine: Statement, theirs: Statement, named: frozenset[str]) -> float:
    """Share of one clause in the other and its sentence, or of the other in the one (0…1)."""
    if mine.said.isdisjoint(theirs.said):
        return 0.0
    share = _share(mine.said, theirs.said, theirs.around, named)
    if len(theirs.said - named) < 2:
        return share
    return max(share, BACK * _share(theirs.said, mine.said, mine.around, named))


def _share(
    own: frozenset[str], there: frozenset[str], around: frozenset[str], named: frozenset[str]
) -> float:
    total = got = 0.0
    for one in own:
        weight = NAMED if one in named else 1.0
        total += weight
        got += weight * (1.0 if one in there else BESIDE if one in around else 0.0)
    return got / total if total else 0.0
