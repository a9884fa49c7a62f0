"""Where a copy departs from its original: title, lead, figures, sentences added and left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.bulgarian.sentences import split
from digest.bulgarian.words import words
from digest.model import Article, Difference

READ = 6000
"""Characters of a text within which sentences are compared."""

MOST = 5
"""Differences of one kind that are kept: an editor wants to see that there are some."""

LONGEST = 240
"""Characters of a sentence that are kept."""


CHANGED = 0.6
"""Share of words in common from which a sentence is another's, perhaps altered."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")


def differences(copy: Article, original: Article) -> tuple[Difference, ...]:
    """In the order in which a reader meets them; none for a text that was taken as it is."""
    if copy.text == original.text:
        return tuple(_heads(copy, original))
    mine, theirs = _sentences(copy.text), _sentences(original.text)
    return (*_heads(copy, original), *_bodies(mine, theirs))


def _heads(copy: Article, original: Article) -> Iterator[Difference]:
    if words(copy.title) != words(original.title):
        yield Difference("title", copy.title, original.title)
    if copy.lead and _own(copy.lead, original):
        yield Difference("lead", _cut(copy.lead), _cut(original.lead or ""))


def _own(lead: str, original: Article) -> bool:
    """Whether a lead is not the original's, nor its text: feeds give the beginning of a text.

    The last word may be cut, so it is not looked for.
    """
    said = words(lead)
    if said == words(original.lead or ""):
        return False
    return f" {' '.join(said[:-1])} " not in f" {' '.join(words(original.text[:READ]))} "


def _bodies(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Difference]:
    sets = [frozenset(words(one)) for one in theirs]
    used: set[int] = set()
    added = 0
    for place, sentence in enumerate(mine):
        best, share = _nearest(frozenset(words(sentence)), sets)
        if share >= CHANGED:
            used.add(best)
            yield from _figures(sentence, theirs[best])
        elif added < MOST:
            added += 1
            yield Difference("lead" if place == 0 else "added", _cut(sentence))
    missing = [one for at, one in enumerate(theirs) if at not in used]
    yield from (Difference("left-out", "", _cut(one)) for one in missing[:MOST])


def _nearest(own: frozenset[str], sets: Sequence[frozenset[str]]) -> tuple[int, float]:
    """The sentence with the largest share of words in common, the earliest of equals."""
    shares = [len(own & other) / max(len(own), len(other), 1) for other in sets]
    best = max(range(len(shares)), key=lambda at: (shares[at], -at), default=0)
    return best, shares[best] if shares else 0.0


def _figures(sentence: str, other: str) -> Iterator[Difference]:
    mine, theirs = _NUMBER.findall(sentence), _NUMBER.findall(other)
    if mine != theirs and len(mine) == len(theirs):
        changed = ((a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
        yield from (Difference("figure", a, b) for a, b in changed)


def _sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in split(text[:READ])]


def _cut(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= LONGEST else folded[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
