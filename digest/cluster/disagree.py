"""Facts on which the articles of a story differ, side by side with their places.

Tolls (killed, hurt, missing, …) are compared by kind whatever the noun; other figures only when
they have the same unit and noun and their sentences speak of the same thing. Nothing is averaged
and none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from digest.bulgarian.dates import MONTHS
from digest.bulgarian.numbers import Number, numbers
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma, lemmas, words
from digest.model import Article, Disagreement, DisputedValue

READ = 4000
"""Characters of a text in which key figures are looked for."""

MOST_ARTICLES = 30
NOUN_WITHIN = 40
"""Characters after a figure within which its noun stands."""

SHARED_LEMMAS, SHARED_PART = 4, 0.5
"""Lemmas, and the part of the shorter sentence, that two sentences must share before a difference
of their figures means anything."""

_TOLLS = (
    ("загинали", re.compile(r"загина|жертв|убит|почина|мъртв|смъртни")),
    ("ранени", re.compile(r"ранен|пострада|наранен|контузен")),
    ("изчезнали", re.compile(r"изчезна|в неизвестност")),
    ("задържани", re.compile(r"задържан|арестуван")),
    ("евакуирани", re.compile(r"евакуира")),
)
_NAMED_BY_NUMBER = re.compile(
    r"(?:№|\bчл(?:\.|ен\w*)|\bномер|\bт\.|\bал\.|\bпо)\s*$", re.IGNORECASE
)
"""«член 50», «№ 3»: the number is a name."""
_COUNTED = frozenset({"", "души"})
_MEASURED = frozenset({"%", "лв.", "€", "$", "км", "MW", "т", "°", "кв.м", "кг"})


@dataclass(frozen=True, slots=True)
class _Mention:
    """A figure in an article: what it counts, and the lemmas of its sentence."""

    fact: str
    value: Decimal
    article: Article
    start: int
    end: int
    around: frozenset[str]
    toll: bool


def disagreements(articles: Sequence[Article]) -> tuple[Disagreement, ...]:
    """Differing figures for one fact, in the order in which the story first names the fact."""
    if len(articles) < 2:
        return ()
    read = [list(_mentions(article)) for article in articles[:MOST_ARTICLES]]
    facts = dict.fromkeys(m.fact for mentions in read for m in mentions)
    found = (_of_fact(fact, read) for fact in facts)
    return tuple(one for one in found if one)


def _of_fact(fact: str, read: Sequence[Sequence[_Mention]]) -> Disagreement | None:
    """The first figure of each article; one that another article also gives is no dispute."""
    by_article = [[m for m in mentions if m.fact == fact] for mentions in read]
    firsts = [(ms[0], {m.value for m in ms}) for ms in by_article if ms]
    disputed = [
        one
        for one, known in firsts
        if any(_differ(one, known, other, theirs) for other, theirs in firsts)
    ]
    if len({m.value for m in disputed}) < 2:
        return None
    values = tuple(
        DisputedValue(m.article.text[m.start : end], m.article.id, m.start, end)
        for m, end in ((one, _with_noun(one)) for one in disputed)
    )
    if len({v.value for v in values}) < 2:
        return None
    return Disagreement(_label(disputed), values)


def _with_noun(one: _Mention) -> int:
    """Where the value ends when the counted noun is read along: „14 ученици“."""
    rest = one.article.text[one.end : one.end + NOUN_WITHIN]
    for word in re.finditer(r"\w+", re.split(r"[.,;:!?\n]", rest, maxsplit=1)[0]):
        if lemma(word[0]) == one.fact:
            return one.end + word.end()
    return one.end


def _differ(one: _Mention, mine: set[Decimal], other: _Mention, theirs: set[Decimal]) -> bool:
    if one.value in theirs or other.value in mine:
        return False
    shared = len(one.around & other.around)
    fewer = min(len(one.around), len(other.around))
    return one.toll or (shared >= SHARED_LEMMAS and shared >= SHARED_PART * fewer)


def _label(disputed: Sequence[_Mention]) -> str:
    first = disputed[0]
    if first.toll:
        return first.fact
    common = frozenset.intersection(*(m.around for m in disputed))
    sentence = lemmas(first.article.text[max(0, first.start - 120) : first.end + 120])
    telling = list(dict.fromkeys(w for w in sentence if w in common and w.isalpha()))[:3]
    return f"{first.fact} ({', '.join(telling)})" if telling else first.fact


def _mentions(article: Article) -> Iterator[_Mention]:
    text = article.text[:READ]
    for start, end in split(text):
        sentence = text[start:end]
        found = numbers(sentence, ones=True)
        around = frozenset(w for w in lemmas(sentence) if not w.isdigit()) if found else frozenset()
        for number in found:
            named = _fact(sentence, number)
            if named:
                fact, toll = named
                place = (start + number.start, start + number.end)
                yield _Mention(fact, number.value, article, *place, around, toll)


def _fact(sentence: str, number: Number) -> tuple[str, bool] | None:
    """What the number counts, and whether that is a toll; None for what is not compared."""
    if number.unit in _COUNTED:
        toll = _toll(sentence, number)
        if toll:
            return toll, True
        noun = next(islice(lemmas(sentence[number.end : number.end + 40]), 1), "")
        if number.value < 2 or not noun.isalpha() or noun in MONTHS:
            return None
        if _NAMED_BY_NUMBER.search(sentence[: number.start]):
            return None
        return (noun, False) if number.unit == "" else ("хора", False)
    return (number.unit, False) if number.unit in _MEASURED else None


def _toll(sentence: str, number: Number) -> str | None:
    """The kind of toll within four words after the number, else within four before it."""
    after = re.split(r"[,;:–]", sentence[number.end :], maxsplit=1)[0]
    before = re.split(r"[,;:–]", sentence[: number.start])[-1]
    for near in (" ".join(words(after)[:4]), " ".join(words(before)[-4:])):
        places = [(m.start(), name) for name, kind in _TOLLS if (m := kind.search(near))]
        if places:
            return min(places)[1]
    return None
