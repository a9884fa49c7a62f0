"""The gate on one word changed in a sentence that is otherwise the source's own.

A hasty hand writes «над» for «под», «месец» for «година», the other club's name, or exchanges two
figures. Where a sentence follows one of the source nearly word for word, the words that differ
are looked at one by one; in a free paraphrase nothing is, since there everything differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import NUMBER_WORDS
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Witness, akin
from digest.summarise.figures import counted, same
from digest.summarise.meaning import meant

FOLLOWS = 0.6
"""Share of a sentence's words that stand in the source's in the same order."""
CLOSELY = 0.72
"""Share from which any word that is exchanged for another of the same form is looked at."""
LONGEST = 3
"""Words of one exchange; longer ones are another wording."""
ENDING = 3
"""Letters in common at the end of two words of one form: «чехкинята», «словакинята»."""

_BOUNDS = (
    word_set("над повече поне минимум"),
    word_set("под по-малко най-много максимум"),
)
_EDGES = (word_set("от след"), word_set("до преди"))
_MEASURES = word_set(
    """минута час ден денонощие седмица месец година век метър километър сантиметър милиметър
    декар хектар грам килограм тон литър цент стотинка лев евро долар процент пункт милион милиард
    хиляда сутрин следобед вечер нощ"""
)


def changed(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """The first exchange of a bound, a measure, a word of the same form, or two figures."""
    mine = words(said.text)
    if not mine:
        return []
    for share, place in _followed(mine, witnesses):
        exchanged = _exchanged(said, place)
        if exchanged:
            return [Problem("number", said.text, exchanged)]
        for own, theirs in _exchanges(mine, words(place.text)):
            kind = _kind(own, theirs, closely=share >= CLOSELY, said=said, place=place)
            if kind:
                return [Problem(kind, " ".join(own), " ".join(theirs))]
    return []


def _followed(mine: Sequence[str], witnesses: Sequence[Witness]) -> Iterator[tuple[float, Reading]]:
    """The sentence of the articles that this one follows most, when it follows one."""
    best, place = 0.0, None
    for witness in witnesses:
        for sentence in witness.sentences:
            theirs = words(sentence.text)
            if 2 * len(set(mine) & set(theirs)) < len(set(mine)):
                continue
            blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
            share = sum(block.size for block in blocks) / len(mine)
            if share > best:
                best, place = share, sentence
    if place is not None and best >= FOLLOWS:
        yield best, place


def _exchanges(
    mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a <= LONGEST and d - c <= LONGEST:
            yield mine[a:b], theirs[c:d]


def _kind(
    own: Sequence[str], theirs: Sequence[str], *, closely: bool, said: Reading, place: Reading
) -> str | None:
    """What kind of fault the exchange is, if it is one."""
    if _opposed(own, theirs, _BOUNDS) or _measured(own, theirs):
        return "number"
    if len(own) == len(theirs) == 1 and _opposed(own, theirs, _EDGES):
        return "date" if said.days else "unsupported"
    if not closely or len(own) != 1 or len(theirs) > LONGEST:
        return None
    one, other = own[0], theirs[-1] if len(theirs) > 1 else theirs[0]
    if not _plain(one) or not _plain(other) or one in place.words or other in said.words:
        return None
    related = meant(one) == meant(other) or akin(meant(one), {meant(other)})
    if related or lemma(one)[:4] == lemma(other)[:4]:
        return None
    if one[-ENDING:] == other[-ENDING:] and len(theirs) == 1:
        return "name" if _PEOPLE.search(one) and _PEOPLE.search(other) else None
    return None


_PEOPLE = re.compile(
    r"(?:к(?:иня|ини)(?:та|те)?|[ц]и(?:те)?|ец(?:ът|а)?|ск(?:ата|ото|ия|ият|ите|а|о|и)|ка(?:та)?)$"
)
"""Endings of nationals and of adjectives of places."""


def _plain(word: str) -> bool:
    return word not in STOPWORDS and word not in NUMBER_WORDS and not word[0].isdigit()


def _opposed(
    own: Sequence[str], theirs: Sequence[str], sides: tuple[frozenset[str], frozenset[str]]
) -> bool:
    left, right = sides
    mine, other = set(own), set(theirs)
    return bool((mine & left and other & right) or (mine & right and other & left))


def _measured(own: Sequence[str], theirs: Sequence[str]) -> bool:
    """Two measures that are not one another's: «метър» for «километър»."""
    mine = {meant(w) for w in own if lemma(w) in _MEASURES}
    other = {meant(w) for w in theirs if lemma(w) in _MEASURES}
    return bool(mine and other) and mine.isdisjoint(other)


def _exchanged(said: Reading, place: Reading) -> str:
    """Two figures of the source that have changed places."""
    mine = [n for n in said.numbers if any(same(n, o) for o in place.numbers)]
    theirs = [o for o in place.numbers if any(same(n, o) for n in said.numbers)]
    if len(mine) != len(theirs) or len(mine) < 2:
        return ""
    if all(same(n, o) for n, o in zip(mine, theirs, strict=True)):
        return ""
    kept = all(
        counted(said.text, n) == counted(place.text, o) for n in mine for o in theirs if same(n, o)
    )
    return "" if kept else ", ".join(place.text[o.start : o.end] for o in theirs)
