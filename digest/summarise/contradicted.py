"""The gate on a verb that the source has the other way round, whatever the voice and the order.

„Режимът ще засегне болницата“ against „болницата няма да бъде засегната“, „осъдиха Петров“ against
„съдът оправда Петров“: the same verb with a «не» on one side only, or its opposite with the same
sign, of the same people and things. Clauses that are laid side by side are asked in `polarity.py`;
here only the verb and what it is said of count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.negation import doubted, is_denial, refuses
from digest.bulgarian.predicates import Mood, Predicate, Tense, predicates
from digest.bulgarian.thesaurus import opposed
from digest.bulgarian.verbs import l_participle, n_participle, root
from digest.bulgarian.words import lemma
from digest.model import Problem
from digest.summarise.evidence import Reading, Witness, clauses
from digest.summarise.meaning import meant
from digest.summarise.slots import SAYING

LEAST_OF = 2
"""Ideas that two statements have in common beside the verb."""
SHARE_OF = 0.5
"""Part of what is said that the source says of its verb."""
_PALE = frozenset({"съм", "имам", "няма", "мога", "трябва", "бъда", "ставам", "стана", "правя"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A verb's idea, the word as it stands, whether it is denied, and what it is said of."""

    what: str
    word: str
    denied: bool
    of: frozenset[str]
    ahead: bool
    """Whether it is still to come: «още не е решила» does not contradict «ще реши»."""


def contradicted(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """The first verb that every like statement of the articles has the other way round."""
    there = [
        (one, sentence.text)
        for witness in witnesses
        for sentence in witness.sentences
        for one in _statements(sentence.text)
    ]
    for mine in _statements(said.text):
        like = [(_against(mine, one), text) for one, text in there if _of_the_same(mine, one)]
        told = [(against, text) for against, text in like if against is not None]
        if told and all(against for against, _ in told):
            return [Problem("negation", mine.word, told[0][1])]
    return []


def _against(mine: _Said, one: _Said) -> bool | None:
    """Whether two verbs contradict each other; None when one says nothing of the other."""
    if mine.ahead != one.ahead:
        return None
    if mine.what == one.what:
        return mine.denied != one.denied
    if mine.what in _FROM_BOTH_SIDES or one.what in _FROM_BOTH_SIDES:
        return None
    return mine.denied == one.denied if opposed(mine.word, one.word) else None


def _of_the_same(mine: _Said, one: _Said) -> bool:
    common = len(mine.of & one.of)
    return common >= LEAST_OF and common >= SHARE_OF * len(mine.of)


@lru_cache(maxsize=20_000)
def _statements(text: str) -> tuple[_Said, ...]:
    return tuple(_told(text))


def _told(text: str) -> Iterator[_Said]:
    before = ""
    for clause in clauses(text) or [Reading(text)]:
        that = _THAT.match(clause.text) is not None
        turned = that and (is_denial(before) or doubted(before))
        before, over = clause.text, False
        for verb in predicates(clause.text):
            # «Не възнамерява да търси» denies the search too.
            denied = verb.negated != (over and verb.mood is Mood.DEPENDENT)
            over = denied != refuses(verb.head)
            what = _idea(verb.head)
            if _acts(verb, clause.text) and what not in _PALE | SAYING:
                of = clause.ideas - {what, meant(verb.head)}
                yield _Said(what, verb.head, denied != turned, of, verb.tense is Tense.FUTURE)


_THAT = re.compile(r"\W*(?:че|дали)(?!\w)")
"""«Отрече, че», «не приема, че»: what follows is denied."""


def _acts(verb: Predicate, text: str) -> bool:
    """Whether it is a deed, and no «е готов»."""
    participle = l_participle(verb.head) or n_participle(verb.head)
    return participle or text[verb.start : verb.end].lower().split()[0] not in _BE


_BE = frozenset({"е", "са", "беше", "бе", "бяха", "съм", "сме"})


def _idea(word: str) -> str:
    idea = meant(word)
    return root(idea) if idea == lemma(word) else idea


_FROM_BOTH_SIDES = frozenset(
    map(
        _idea,
        word_set(
            """купя продам спечеля загубя победя отстъпя падна дам получа взема твърдя искам
            настоявам"""
        ),
    )
)
"""Verbs that tell one event from two sides, or what one of two says: no opposites here."""
