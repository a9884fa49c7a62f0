"""Facts on which the articles of a story differ, side by side with their places.

Tolls (killed, hurt, missing, …) are compared by kind whatever the noun; other figures, hours and
days only when their sentences speak of the same thing; names when the rest of two sentences is
the same. Nothing is averaged and none is chosen: the latest dated value is marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from digest.bulgarian.words import lemma, lemmas
from digest.cluster.material import stem
from digest.cluster.mentions import (
    DAY,
    HOUR,
    NOUN_WITHIN,
    PEOPLE,
    Mention,
    content,
    mentions,
    sentences,
)
from digest.cluster.voices import outlet_of
from digest.model import Article, Disagreement, DisputedValue

MOST_ARTICLES = 30

SHARED, SHARED_PART = 4, 0.5
"""Stems, and the part of the shorter sentence, that two sentences must share before a difference
of their figures means anything."""

SHARED_ALONE = 2
"""The same where each text has one figure of the kind: „131 гласа“ here, „129 гласа“ there."""

SAME_MOMENT = 0.6
"""The same part for hours and days, of which an account gives several."""

SAME_SENTENCE, LONG_ENOUGH, HEAD = 0.75, 6, 4
"""Part of the longer sentence, its least stems, and how many sentences are looked at, for two
sentences to differ in a name alone."""

SPELLED = 0.7
"""Likeness from which two names are two spellings («Фараж», «Фарадж»)."""

ROUNDED = Decimal("0.1")
"""«Около 100» and 108 agree."""

_SUMS = frozenset({"лв.", "€", "$", "км", "кг", "т"})
_NAME = re.compile(r"(?<=[\w,;)“»–-] )[„«\"]?([А-ЯЍA-Z][\w’-]+(?: [А-ЯЍA-Z][\w’-]+)*)")


def disagreements(articles: Sequence[Article]) -> tuple[Disagreement, ...]:
    """Differing values for one fact, in the order in which the story first names the fact."""
    told = _distinct(articles)
    if len(told) < 2:
        return ()
    by_fact: dict[str, dict[str, list[Mention]]] = defaultdict(dict)
    for article in told:
        for mention in mentions(article):
            by_fact[mention.fact].setdefault(article.id, []).append(mention)
    found = [_of_fact(list(given.values())) for given in by_fact.values() if len(given) > 1]
    return (*(one for one in found if one), *_names(told))


def _distinct(articles: Sequence[Article]) -> list[Article]:
    """One article of each text: a reprint without a change disagrees with nobody."""
    texts = {article.text: article for article in reversed(articles[:MOST_ARTICLES])}
    return [a for a in articles[:MOST_ARTICLES] if texts[a.text] is a]


def _of_fact(given: Sequence[Sequence[Mention]]) -> Disagreement | None:
    """The first value of each article; one that another article also gives is no dispute."""
    firsts = [(mine[0], {m.value for m in mine}) for mine in given]
    if len({one.value for one, _ in firsts}) < 2:
        return None
    disputed = [
        one
        for one, known in firsts
        if any(_differ(one, known, other, theirs) for other, theirs in firsts if other is not one)
    ]
    if len({m.value for m in disputed}) < 2:
        return None
    places = [_Place(m.article, m.start, _with_noun(m), m.in_title) for m in disputed]
    return _side_by_side(_label(disputed), places)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: in an article's text, or in its title."""

    article: Article
    start: int
    end: int
    in_title: bool = False


def _side_by_side(fact: str, places: Sequence[_Place]) -> Disagreement | None:
    """The values as they stand, the latest dated one marked."""
    dated = [one.article.published_at for one in places if one.article.published_at]
    latest = max(dated, default=None)
    values = tuple(_value(one, latest) for one in places)
    if len({one.value for one in values}) < 2:
        return None
    return Disagreement(fact, values)


def _value(one: _Place, latest: datetime | None) -> DisputedValue:
    """A value of a title has no place in the text: its span is empty, at the beginning."""
    article = one.article
    return DisputedValue(
        value=(article.title if one.in_title else article.text)[one.start : one.end],
        article_id=article.id,
        start=0 if one.in_title else one.start,
        end=0 if one.in_title else one.end,
        outlet=outlet_of(article),
        at=article.published_at,
        latest=latest is not None and article.published_at == latest,
    )


def _with_noun(one: Mention) -> int:
    """Where the value ends when the counted noun is read along: „14 ученици“."""
    rest = one.source[one.end : one.end + NOUN_WITHIN]
    for word in re.finditer(r"\w+", re.split(r"[.,;:!?\n]", rest, maxsplit=1)[0]):
        if stem(word[0].lower()) == one.fact or one.fact == DAY:
            return one.end + word.end()
    return one.end


def _differ(one: Mention, mine: set[Decimal], other: Mention, theirs: set[Decimal]) -> bool:
    if one.value in theirs or other.value in mine or _compatible(one, other):
        return False
    if one.toll:
        return True
    shared = len(one.around & other.around)
    fewer = min(len(one.around), len(other.around))
    if len(mine) == len(theirs) == 1 and _speaks_for_itself(one):
        return shared >= SHARED_ALONE
    part = SAME_MOMENT if one.fact in {HOUR, DAY} else SHARED_PART
    return shared >= SHARED and shared >= part * fewer


def _speaks_for_itself(one: Mention) -> bool:
    """Whether the only figure of its kind in each text is likely to be the same fact."""
    return one.fact in _SUMS or (one.fact.isalpha() and one.fact not in {HOUR, DAY, PEOPLE})


def _compatible(one: Mention, other: Mention) -> bool:
    """«Над 10» and 14 agree, so do «около 100» and 108, 1,2 million and 1 234 500."""
    if one.fact in {HOUR, DAY}:
        return False
    return _allows(one, other.value) or _allows(other, one.value) or _rounds(one, other)


def _allows(one: Mention, value: Decimal) -> bool:
    if one.said == "at-least":
        return value >= one.value
    if one.said == "at-most":
        return value <= one.value
    return one.said == "about" and abs(value - one.value) <= ROUNDED * abs(one.value)


def _rounds(one: Mention, other: Mention) -> bool:
    """Whether one is the other rounded to the digits that it is written with."""
    coarse, fine = sorted((one, other), key=lambda m: m.digits)
    if coarse.digits == fine.digits or abs(fine.value) < 1000:
        return False
    step = Decimal(10) ** (fine.value.adjusted() - coarse.digits + 1)
    return abs(fine.value - coarse.value) <= step / 2


def _label(disputed: Sequence[Mention]) -> str:
    first = disputed[0]
    if first.toll:
        return first.fact
    name = _counted_noun(first)
    common = frozenset.intersection(*(m.around for m in disputed))
    sentence = first.source[slice(*first.sentence)]
    spoken = [w for w in lemmas(sentence) if w.isalpha() and content(w) & common]
    telling = list(dict.fromkeys(spoken))[:3]
    return f"{name} ({', '.join(telling)})" if telling else name


def _counted_noun(one: Mention) -> str:
    """The fact as an editor reads it: the counted noun in its dictionary form."""
    end = _with_noun(one)
    noun = one.source[one.end : end].split()
    return lemma(noun[-1]) if noun and one.fact != DAY else one.fact


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of an article with its stems and the names inside it, each with its place."""

    article: Article
    stems: frozenset[str]
    names: tuple[tuple[str, int, int], ...]


def _names(articles: Sequence[Article]) -> Iterator[Disagreement]:
    """Sentences of two articles that differ in one name and hardly else."""
    said = [list(_said(article)) for article in articles]
    seen: set[frozenset[str]] = set()
    for mine, theirs in combinations(said, 2):
        for one in mine:
            for other in theirs:
                pair = _other_name(one, other)
                if pair and (key := frozenset((pair[0][0], pair[1][0]))) not in seen:
                    seen.add(key)
                    (_, a, b), (_, c, d) = pair
                    found = _side_by_side(
                        "име", [_Place(one.article, a, b), _Place(other.article, c, d)]
                    )
                    if found:
                        yield found


def _said(article: Article) -> Iterator[_Said]:
    for start, end in list(sentences(article.text))[:HEAD]:
        stems = content(article.text[start:end])
        if len(stems) >= LONG_ENOUGH:
            found = _NAME.finditer(article.text, start, end)
            names = tuple((m[1], m.start(1), m.end(1)) for m in found)
            yield _Said(article, stems, names)


def _other_name(
    one: _Said, other: _Said
) -> tuple[tuple[str, int, int], tuple[str, int, int]] | None:
    shared = len(one.stems & other.stems)
    if shared < SAME_SENTENCE * max(len(one.stems), len(other.stems)) or one.stems == other.stems:
        return None
    mine = [n for n in one.names if not any(_same_name(n[0], m[0]) for m in other.names)]
    theirs = [n for n in other.names if not any(_same_name(n[0], m[0]) for m in one.names)]
    if len(mine) != 1 or len(theirs) != 1:
        return None
    known = mine[0][0] in other.article.text or theirs[0][0] in one.article.text
    return None if known else (mine[0], theirs[0])


def _same_name(one: str, other: str) -> bool:
    """Whether two names may mean one: inflected, shortened, or spelled another way."""
    if one in other or other in one:
        return True
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= SPELLED
