"""What speaks of a denial that was lost, and of a word that stands for its opposite, as numbers.

The rules lay clause beside clause and ask whether they are like enough (`polarity.py`). Here each
word is laid beside all its places: how well the places fit that have it as the sentence does, and
by how much those fit better that deny it, or that have its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from digest.bulgarian.negation import negative
from digest.bulgarian.thesaurus import opposed
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.summarise.aligned import Statement, key, names_of_all, statements
from digest.summarise.evidence import Reading, Witness
from digest.summarise.opposites import sides
from digest.summarise.peopled import Told, context, told_with_people

_RATHER = re.compile(r"(?<!\w)(?:предпоч\w*|вместо)(?!\w)", re.IGNORECASE)
"""Words that deny what stands after «пред»: «предпочете реда пред обещанията»."""
_WITHOUT = re.compile(r"(?<!\w)без(?!\w)", re.IGNORECASE)
_NOT = re.compile(r"(?<!\w)(?:не|няма\w*)(?!\w)", re.IGNORECASE)

Fits = tuple[float, float]
"""How well the best place fits that says the same, and the best that says the reverse (0…1)."""


def polarity_signals(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """Signals of the kind „negation“; more of each speaks for a fault."""
    named, there = names_of_all(witnesses), told_with_people(witnesses)
    return {
        "negation: a «не» lost": _gap(_lost(said, there, named)),
        "negation: its opposite there": _gap(_turned(said, there, named)),
    }


def _gap(fits: Iterable[Fits]) -> float:
    return max((max(0.0, other - own) for own, other in fits if other), default=0.0)


def _lost(said: Reading, there: Sequence[Told], named: frozenset[str]) -> Iterator[Fits]:
    """For each word of a sentence that denies nothing: its plain places, and those that deny it."""
    mine = statements(said.text)
    if negative(said.text) or _RATHER.search(said.text) or any(one.denied for one in mine):
        return
    saying = frozenset().union(*(one.heads for one in mine if one.clause.reports))
    for one in mine:
        for root in one.all - saying:
            if root.startswith("#"):
                continue  # a figure is not denied
            about = context(one, saying | {root}, named)
            where = [place for place in there if root in place.statement.all]
            plain = [place for place in where if root not in place.statement.denied]
            denied = [place for place in where if _denied(root, place.statement, one)]
            yield _best(about, plain), _best(about, denied)


def _denied(root: str, theirs: Statement, mine: Statement) -> bool:
    """Whether a place denies the word as the verb of one of the two; «не без» is no denial."""
    if root not in theirs.denied or root not in mine.heads | theirs.heads:
        return False
    return not (_WITHOUT.search(theirs.whole) and _NOT.search(theirs.whole))


def _turned(said: Reading, there: Sequence[Told], named: frozenset[str]) -> Iterator[Fits]:
    """For each word: the places that have it, and those that have its opposite, denied alike."""
    for one in statements(said.text):
        for word in dict.fromkeys((*one.carriers, *_content(one.text))):
            root = key(lemma(word))
            denied = root in one.denied
            own, other = [], []
            for place in there:
                its = place.statement
                if root in its.all and denied == (root in its.denied):
                    own.append(place)
                elif any(denied == (o in its.denied) for o in _opposites(word, its.text)):
                    other.append(place)
            if other:
                about = context(one, frozenset({root}), named)
                yield _best(about, own), _best(about, other)


def _best(about: Mapping[str, float], places: Sequence[Told]) -> float:
    return max((place.fits(about) for place in places), default=0.0)


@lru_cache(maxsize=20_000)
def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in STOPWORDS)


@lru_cache(maxsize=100_000)
def _opposites(word: str, text: str) -> frozenset[str]:
    """Roots of the words of a text that exclude the word."""
    return frozenset(key(lemma(other)) for other in _content(text) if _exclude(word, other))


@lru_cache(maxsize=200_000)
def _exclude(one: str, other: str) -> bool:
    theirs = sides(other)
    return opposed(one, other) or any((n, not left) in theirs for n, left in sides(one))
