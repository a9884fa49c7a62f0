"""Where in the articles a sentence of a summary finds its support."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from digest.bulgarian.days import Day, days
from digest.bulgarian.names import names
from digest.bulgarian.numbers import Number, numbers
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma, lemmas, words
from digest.model import Article
from digest.summarise.lines import fold

Span = tuple[int, int]


_TITLED = re.compile(r"[„“\"«]([А-ЯA-Z][\w-]+(?: [\w-]+){1,2})[“”\"»]")


@dataclass(frozen=True)
class Reading:
    """A stretch of text with what the gate asks of it, worked out once when asked."""

    text: str

    @cached_property
    def lemmas(self) -> list[str]:
        return lemmas(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Content lemmas; figures are checked as numbers, not as words."""
        return frozenset(t for t in self.lemmas if not t.isdigit())

    @cached_property
    def words(self) -> list[str]:
        return words(self.text)

    @cached_property
    def all_lemmas(self) -> frozenset[str]:
        return frozenset(lemma(w) for w in self.words) | frozenset(self.words)

    @cached_property
    def days(self) -> list[Day]:
        return days(self.text)

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers that are no part of a date or a clock-and-calendar expression."""
        taken = [(d.start, d.end) for d in self.days]
        found = numbers(self.text, ones=False, ordinals=True)
        return [n for n in found if not any(a < n.end and n.start < b for a, b in taken)]

    @cached_property
    def names(self) -> list[str]:
        """Names, and what short quotations call: „Зелен пояс“."""
        found = [name for name, _, _ in names(self.text)]
        return found + [m for m in _TITLED.findall(self.text) if m not in found]


_CLAUSE = re.compile(r"[,;:]\s|\s(?:а|но|докато|като)\s")


def clauses(text: str) -> list[Reading]:
    """The parts of a sentence between commas and «а», «но», «докато»; the whole when there is none.

    A comma inside a number does not count.
    """
    return [Reading(part) for part in _CLAUSE.split(text) if len(part.split()) > 1]


class Witness:
    """An article as evidence: its sentences, each a `Reading`, and the whole with its title."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.spans = split(article.text)
        self.sentences = [Reading(article.text[a:b]) for a, b in self.spans]
        self.folded = [_plain(one.text) for one in self.sentences]
        self.whole = Reading("\n\n".join(filter(None, (article.title, article.lead, article.text))))

    def verbatim(self, sentence: str) -> int | None:
        """The index of the sentence that says exactly this, or None.

        Only whole sentences count: a part may have lost its «според» or its «не».
        """
        wanted = _plain(sentence)
        return next((i for i, text in enumerate(self.folded) if text == wanted), None)

    def window(self, best: int, reach: int = 1) -> Reading:
        """The sentence with its neighbours."""
        low, high = max(0, best - reach), min(len(self.spans), best + reach + 1)
        return Reading(self.article.text[self.spans[low][0] : self.spans[high - 1][1]])


@dataclass(frozen=True)
class Support:
    """The best place for a sentence: shares of its content (0…1) found there.

    `near` is the share in the best sentence with its neighbours, `far` in the whole article.
    """

    witness: Witness
    best: int
    near: float
    far: float

    @property
    def sentence(self) -> Reading:
        return self.witness.sentences[self.best]

    def tight(self, terms: frozenset[str]) -> float:
        """The plain share of `terms` in the best sentence alone (0…1)."""
        there = self.sentence.terms
        found = sum(t in there or _akin(t, there) for t in terms)
        return found / len(terms) if terms else 0.0

    @cached_property
    def window(self) -> Reading:
        return self.witness.window(self.best)

    @property
    def span(self) -> Span:
        return self.witness.spans[self.best]


def best_support(said: Reading, witnesses: Sequence[Witness]) -> Support | None:
    """The sentence of all articles that covers most of `said`; None when there is no text."""
    weights = _rarity(said.terms, witnesses)
    found = [
        (_share(said.terms, one.terms, weights), _share(said.terms, w.whole.terms, weights), -i, w)
        for w in witnesses
        for i, one in enumerate(w.sentences)
    ]
    if not found:
        return None
    _, far, negative, witness = max(found, key=lambda row: row[:3])
    best = -negative
    window = witness.window(best)
    near = _share(said.terms | _figures(said, window), window.terms | set(window.words), weights)
    return Support(witness, best, near, far)


def _figures(said: Reading, window: Reading) -> frozenset[str]:
    """Digits that both have: they speak for the place, but their lack is the numbers' affair."""
    return frozenset(w for w in said.words if w.isdigit()) & frozenset(window.words)


def _rarity(terms: frozenset[str], witnesses: Sequence[Witness]) -> dict[str, float]:
    """A rare lemma says more about the place than one that stands in every sentence."""
    count: Counter[str] = Counter()
    total = 0
    for witness in witnesses:
        for one in witness.sentences:
            total += 1
            count.update(terms & one.terms)
    return {term: math.log(2 + total / max(2, 1 + count[term])) for term in terms}


def _share(terms: frozenset[str], found: Set[str], weights: dict[str, float]) -> float:
    total = sum(weights.get(t, 1.0) for t in terms)
    if not total:
        return 0.0
    return sum(weights.get(t, 1.0) for t in terms if t in found or _akin(t, found)) / total


def _akin(term: str, found: Set[str]) -> bool:
    """Whether a word of the same stem is there: «обвинение» for «обвини»."""
    if len(term) < 6:
        return False
    stem = term[: max(5, len(term) - 3)]
    return any(other.startswith(stem) for other in found)


def _plain(text: str) -> str:
    """Folded, lower case, without the marks and tags that a copy may lose."""
    text = fold(text).lower().rstrip(" .!?…")
    for mark in "„“”«»\"'’‘‚":
        text = text.replace(mark, "")
    return text
