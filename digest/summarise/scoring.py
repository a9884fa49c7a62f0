"""What a sentence is worth: position, likeness to the whole, key facts, not repeating the title."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.bulgarian.names import names
from digest.bulgarian.numbers import numbers
from digest.bulgarian.words import STOPWORDS, lemma, lemmas
from digest.model import Article, ArticleId, Story
from digest.summarise.candidates import Sketch

POSITION, CENTROID, TITLE, LIKENESS = 1.0, 0.8, 0.35, 0.5
"""Weights of the signals; `LIKENESS` is what a sentence loses for what is already said."""

ALIKE = 0.6
"""Two sentences more alike than this say the same thing."""

TITLE_REPEATED = 0.6
"""A sentence whose content lemmas stand in the title by more than this share only repeats it."""


OPENING = 400
"""Characters in which news says what happened."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the sentences of one story are measured against."""

    centroid: Mapping[str, float]
    length: float
    title: frozenset[str]
    facts: Mapping[str, float]
    lead_id: ArticleId


def scale(story: Story, pool: Sequence[Article], found: Sequence[Sketch]) -> Scale:
    """Centroid of the sentences, lemmas of the title, facts that two voices share."""
    total: Counter[str] = Counter()
    for one in found:
        total.update(one.terms)
    centroid = {term: math.log1p(n) for term, n in total.items() if n > 1}
    centroid = centroid or dict.fromkeys(total, 1.0)
    return Scale(
        centroid,
        math.sqrt(sum(n * n for n in centroid.values())),
        frozenset(lemmas(story.shown.title)),
        shared_facts(story),
        story.lead_article_id if any(a.id == story.lead_article_id for a in pool) else pool[0].id,
    )


def facts_of(text: str) -> frozenset[str]:
    """Keys of the numbers and names in a text: „12 души“, „радев“.

    A person goes by the surname: one outlet writes „Иван Радев“, the next only „Радев“.
    """
    figures = {f"{n.value.normalize():f} {n.unit}".strip() for n in numbers(text) if n.unit != "г."}
    called = {lemma(name.split()[-1]) for name, _, _ in names(text)}
    # A lone „Европейският“ is half a name.
    named = {one for one in called if not one.endswith("ски")}
    return frozenset(figures | named) - STOPWORDS


def shared_facts(story: Story) -> dict[str, float]:
    """Facts told by at least two independent voices → how much they are worth.

    A fact is worth as many as the voices that tell it, and half more when one of them begins with
    it. Empty for a story of one voice.
    """
    if len(story.articles) < 2:
        return {}
    copies = {copy.article_id for copy in story.copies if copy.kind == "reprint"}
    voice_of = {i: voice.name for voice in story.voices for i in voice.article_ids}
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    first: set[str] = set()
    for article in story.articles:
        if article.id in copies:
            continue
        first |= facts_of(f"{article.title}\n\n{article.text[:OPENING]}")
        for fact in facts_of(f"{article.title}\n\n{article.text[:4000]}"):
            tellers[fact].add(voice_of.get(article.id, article.id))
    return {
        fact: len(voices) * (1.5 if fact in first else 1.0)
        for fact, voices in sorted(tellers.items())
        if len(voices) > 1
    }


def repeats_title(one: Sketch, title: frozenset[str]) -> bool:
    """Whether the sentence says hardly more than the headline above it."""
    return not one.terms or len(one.terms.keys() & title) / len(one.terms) > TITLE_REPEATED


def worth(one: Sketch, on: Scale) -> float:
    """Position prior + likeness to the whole - what the title already says."""
    prior = 1 / (1 + 0.3 * one.index)
    if one.article_id != on.lead_id:
        prior *= 0.6
    told = len(one.terms.keys() & on.title) / len(one.terms) if one.terms else 1.0
    central = _cosine(one.terms, one.length, on.centroid, on.length)
    return POSITION * prior + CENTROID * central - TITLE * told


def likeness(one: Sketch, other: Sketch) -> float:
    """Cosine of the lemma counts, 0…1."""
    if len(one.terms) > len(other.terms):
        one, other = other, one
    return _cosine(one.terms, one.length, other.terms, other.length)


def _cosine(
    one: Mapping[str, float], length: float, other: Mapping[str, float], other_length: float
) -> float:
    dot = sum([n * other[term] for term, n in one.items() if term in other])
    return dot / (length * other_length) if dot else 0.0
