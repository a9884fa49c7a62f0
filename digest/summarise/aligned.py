"""Statements laid beside one another: which clauses of the articles speak of what a clause says.

A clause is reduced to what it says, without the words that hold it back or tell who said it. What
is said in the clause itself counts whole, what stands elsewhere in its sentence less.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.bulgarian.certainty import Certainty, hedges
from digest.bulgarian.clauses import DID, Clause, certainty_of, clauses
from digest.bulgarian.negation import denied
from digest.bulgarian.predicates import Mood, Predicate
from digest.bulgarian.quotation import inside_open, quotations
from digest.bulgarian.verbs import LIGHT, root
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.summarise.evidence import Reading, Witness
from digest.summarise.meaning import meant
from digest.summarise.opposites import Side, sides
from digest.summarise.slots import SAYING

STEM = 6
"""Letters from which a root is cut to its consonants, so many that two words count as one."""
_ARTICLE = re.compile(r"\w{3,}(?:[ая]та|[ое]то|ите|[ъя]т)$")
_TURNING = frozenset({"повече", "всички", "всеки", "всяка", "никой", "нито", "винаги"})
"""Stop words that have an opposite."""
_THERE = re.compile(r"(?<!\w)(?:ня|и)ма(?:ше|т|м|ме|ха|ло|л)?(?!\w)", re.IGNORECASE)
_VOWELS = re.compile("[аеиоуъюя]")
BESIDE = 0.6
"""Worth of a word that stands in the sentence, but in another of its clauses."""
PRIOR = 0.4
"""Worth of a word that stands in the sentence before."""
NAMED = 0.5
"""Worth of a name beside that of another word: names stand in many clauses."""
BACK = 0.9
"""Worth of a short clause that is said whole within a longer one."""


@dataclass(frozen=True)
class Statement:
    """A clause with its sentence, and what the gate asks of it."""

    clause: Clause
    text: str
    whole: str
    before: str = ""
    """The sentence before it, which may name who „той“ is."""

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
    def prior(self) -> frozenset[str]:
        """Roots of the sentence before."""
        return _keys(self.before, held=False)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Roots of the words that carry its predicates."""
        return frozenset(key(lemma(word)) for word in self.carriers)

    @cached_property
    def carriers(self) -> tuple[str, ...]:
        """Words that carry its predicates, in lower case."""
        return tuple(word for v in self.clause.verbs for word in self._carrier(v))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Roots of its verbs, those that leave the meaning to a noun too."""
        return frozenset(key(lemma(v.head)) for v in self.clause.verbs) | self.heads

    @cached_property
    def exists(self) -> bool:
        """Whether it tells that something is there, or is not."""
        return bool(_THERE.search(self.text))

    def _carrier(self, verb: Predicate) -> list[str]:
        """The word that carries a predicate: of «подаде оставка» the noun."""
        if verb.head not in self.whole[verb.start : verb.end].lower():
            return self._complement(verb)[:2]
        if lemma(verb.head) not in LIGHT:
            return [] if verb.head in STOPWORDS else [verb.head]
        return self._complement(verb)[:1] or [verb.head]

    def _complement(self, verb: Predicate) -> list[str]:
        after = words(self.whole[verb.end : self.clause.end])
        found = [w for w in after if w not in STOPWORDS and not w.isdigit()]
        if found or not verb.existence:
            return found
        before = words(self.whole[self.clause.start : verb.start])
        return [w for w in before if w not in STOPWORDS][-1:]  # «пострадали няма»

    @cached_property
    def wished(self) -> frozenset[str]:
        """Roots of predicates after «да» that nothing before them makes a fact («успя да»)."""
        found = set()
        before = ""
        for verb in self.clause.verbs:
            did = DID.match(before) or DID.match(verb.before)
            if verb.mood is Mood.DEPENDENT and verb.before != "без" and not did:
                found.add(key(lemma(verb.head)))
            before = verb.head
        return frozenset(found) - self.denied

    @cached_property
    def doubted(self) -> frozenset[str]:
        """Roots of the nouns that it holds back alone: «предполагаемият извършител»."""
        return frozenset(key(lemma(w)) for one in hedges(self.text) for w in one.over)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Roots of the words that hold it back: who tells of the asking itself, asserts no more."""
        held = [
            one.word for one in hedges(self.text) if one.level > Certainty.REPORTED and not one.over
        ]
        return frozenset().union(*map(_roots, held))

    @cached_property
    def all(self) -> frozenset[str]:
        """Roots of all its words, those that hold it back too."""
        return _keys(self.text, held=False)

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Roots of who says it."""
        return _keys(self.clause.source, held=False) if self.clause.source else frozenset()

    @cached_property
    def denied(self) -> frozenset[str]:
        """Roots of the words that it denies; what stands over it turns its verbs round."""
        own = frozenset(key(lemma(w)) for w in denied(self.text))
        return (self.all | self.heads) - own if self.clause.denied else own

    @cached_property
    def sides(self) -> dict[Side, str]:
        """Words of it that have an opposite, by the side of their pair."""
        found = (w for w in words(self.text) if w not in STOPWORDS or w in _TURNING)
        return {side: w for w in found for side in sides(w)}

    @cached_property
    def turns(self) -> dict[Side, str]:
        """The same of its predicates alone."""
        return {side: w for w in self.carriers for side in sides(w)}

    def beyond(self, shared: frozenset[str]) -> Certainty:
        """How certain it is apart from words of doubt that have one of these roots."""
        left = certainty_of(self.text, self.clause.verbs, lambda word: bool(_roots(word) & shared))
        return max(left, self.clause.held)

    @property
    def aside(self) -> bool:
        """Whether it states nothing itself: who said it, or a stretch beside a verb."""
        return self.clause.reports or (not self.clause.verbs and self.text != self.whole)

    @cached_property
    def quoted(self) -> bool:
        """Whether the words of somebody stand in it, between marks."""
        return bool(quotations(self.text)) or inside_open(self.text)


def _roots(text: str) -> frozenset[str]:
    return frozenset(key(lemma(w)) for w in words(text) if w not in STOPWORDS)


@lru_cache(maxsize=100_000)
def key(term: str) -> str:
    """What two words that say the same have in common: the first consonants of a long root.

    «Адвокат» and «адвокатка», «организатор» and «организирам» come to one.
    """
    if _ARTICLE.search(term) and lemma(term) == term:
        term = lemma(term[:-2])  # the dictionary leaves the article of words it does not have
    stem = root(meant(term))
    return stem if len(stem) < STEM else stem[0] + _VOWELS.sub("", stem[1:])[: STEM - 2]


@lru_cache(maxsize=20_000)
def _keys(text: str, *, held: bool) -> frozenset[str]:
    kept = text
    for hedge in reversed([one for one in hedges(text) if held and not one.over]):
        kept = kept[: hedge.start] + " " + kept[hedge.end :]
    figures = {f"#{n.value}" for n in Reading(text).numbers}
    return frozenset(key(t) for t in Reading(kept).terms) | figures


_SAYING = frozenset(map(key, SAYING))
SAID = _SAYING | frozenset(map(key, ("очаква", "смята", "мисли")))
"""Roots of what somebody says or thinks: two who say it differently do not deny each other."""


@lru_cache(maxsize=1_000)
def _named(called: frozenset[str]) -> frozenset[str]:
    return frozenset(map(key, called))


@lru_cache(maxsize=20_000)
def statements(sentence: str, before: str = "") -> tuple[Statement, ...]:
    """The statements of a sentence in order; a text without a verb is one."""
    return tuple(
        Statement(c, sentence[c.start : c.end], sentence, before) for c in clauses(sentence)
    )


def beside(
    mine: Statement, witnesses: Sequence[Witness], least: float
) -> list[tuple[float, Statement]]:
    """How far each clause of the articles says what `mine` does (0…1), best first, from `least`."""
    named = names_of_all(witnesses)
    found = [(likeness(mine, one, named), -n, one) for n, one in enumerate(told(witnesses))]
    found.sort(key=lambda row: row[:2], reverse=True)
    return [(share, theirs) for share, _, theirs in found if share >= least]


def told(witnesses: Sequence[Witness]) -> Iterator[Statement]:
    """What the articles state, in order; not who says so."""
    for witness in witnesses:
        before = ""
        for sentence in witness.sentences:
            found = statements(sentence.text, before)
            yield from (one for one in found if not one.clause.reports)
            before = sentence.text


def names_of_all(witnesses: Sequence[Witness]) -> frozenset[str]:
    """Roots of the names of the articles."""
    return frozenset().union(*(_named(witness.called) for witness in witnesses))


def likeness(
    mine: Statement,
    theirs: Statement,
    named: frozenset[str],
    *,
    but: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
    whole: bool = False,
) -> float:
    """Share of one clause in the other and its sentence, or of the other in the one (0…1).

    `but` are roots of the one and of the other that do not count; `whole` counts words that hold
    back too.
    """
    own = (mine.all if whole else mine.said) - but[0]
    there = (theirs.all if whole else theirs.said) - but[1]
    if own.isdisjoint(there):
        return 0.0
    share = _share(own, there, theirs.around, theirs.prior, named)
    if len(there - named) < 2:
        return share
    return max(share, BACK * _share(there, own, mine.around, mine.prior, named))


def _share(
    own: frozenset[str],
    there: frozenset[str],
    around: frozenset[str],
    prior: frozenset[str],
    named: frozenset[str],
) -> float:
    weight = {one: NAMED if one in named else 1.0 for one in own}
    # fsum: the order of a set, which changes from run to run, must not decide between equals.
    total = math.fsum(weight.values())
    got = math.fsum(w * _found(one, there, around, prior) for one, w in weight.items())
    return got / total if total else 0.0


def _found(one: str, there: frozenset[str], around: frozenset[str], prior: frozenset[str]) -> float:
    """How far a root is there (0…1)."""
    if one in there:
        return 1.0
    return BESIDE if one in around else PRIOR if one in prior else 0.0
