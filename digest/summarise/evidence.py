"""Where in the articles a sentence of a summary finds its support."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.bulgarian.countries import countries
from digest.bulgarian.days import Day, days
from digest.bulgarian.elided import with_units
from digest.bulgarian.institutions import short_names
from digest.bulgarian.names import names
from digest.bulgarian.numbers import NUMBER_WORDS, Number, numbers
from digest.bulgarian.people import Mention, mentions
from digest.bulgarian.sentences import split
from digest.bulgarian.words import STOPWORDS, lemma, lemmas, words
from digest.model import Article
from digest.summarise.meaning import meant

Span = tuple[int, int]


MOST_PLACES = 3
"""Sentences of an article that one sentence of a summary may be made of."""

ANCHOR = 0.15
"""What a figure in common is worth beside the share of words in common."""

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
        return frozenset(t for t in self.lemmas if not t.isdigit() and t not in NUMBER_WORDS)

    @cached_property
    def ideas(self) -> frozenset[str]:
        """The terms with words that mean the same as one: what a paraphrase keeps."""
        return frozenset(meant(t) for t in self.terms)

    @cached_property
    def words(self) -> list[str]:
        return words(self.text)

    @cached_property
    def all_lemmas(self) -> frozenset[str]:
        return frozenset(lemma(w) for w in self.words) | frozenset(self.words)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries named there, by their names, their adjectives or their people."""
        return frozenset().union(*map(countries, self.words))

    @cached_property
    def short_names(self) -> frozenset[str]:
        return short_names(self.text)

    @cached_property
    def days(self) -> list[Day]:
        return days(self.text)

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers that are no part of a date or a clock-and-calendar expression."""
        taken = [(d.start, d.end) for d in self.days]
        found = numbers(self.text, ordinals=True, about=True)
        kept = [n for n in found if not any(a < n.end and n.start < b for a, b in taken)]
        return with_units(self.text, sorted(kept, key=lambda n: n.start))

    @cached_property
    def names(self) -> list[str]:
        """Names, and what short quotations call: „Зелен пояс“."""
        found = [name for name, _, _ in names(self.text)]
        return found + [m for m in _TITLED.findall(self.text) if m not in found]


_TOKEN = re.compile(r"\w+|[%€$°]|[-−+](?=\d)")
_TAG = re.compile(r"\s*/[^/\n]{2,40}/?\s*$")
_CLAUSE = re.compile(r"[,;:]\s|\s(?:а|но|докато|като)\s")


def clauses(text: str) -> list[Reading]:
    """The parts of a sentence between commas and «а», «но», «докато»; the whole when there is none.

    A comma inside a number does not count.
    """
    return list(_clauses(text))


@lru_cache(maxsize=20_000)
def _clauses(text: str) -> tuple[Reading, ...]:
    return tuple(Reading(part) for part in _CLAUSE.split(text) if len(part.split()) > 1)


class Witness:
    """An article as evidence: its sentences, each a `Reading`, and the whole with its title."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.spans = split(article.text)
        self.sentences = [Reading(article.text[a:b]) for a, b in self.spans]
        self._line, self._begins, self._ends = _laid_out(self.sentences)
        self.whole = Reading("\n\n".join(filter(None, (article.title, article.lead, article.text))))

    @cached_property
    def called(self) -> frozenset[str]:
        """Words of the article's names, in lower case."""
        found = {w for name in self.whole.names for w in words(name)}
        return frozenset(w for w in found if len(w) > 2 and w not in STOPWORDS)

    @cached_property
    def people(self) -> tuple[Mention, ...]:
        """The people that headline, lead and text name."""
        return mentions(self.whole.text)

    def verbatim(self, sentence: str) -> Span | None:
        """The span of the whole sentences that say exactly this, or None.

        Marks, case and white space do not count, but a part of a sentence does not do: it may
        have lost its «според» or its «не».
        """
        wanted = _tokens(sentence)
        at = self._line.find(wanted) if wanted.strip() else -1
        while at >= 0:
            first, last = self._begins.get(at), self._ends.get(at + len(wanted) - 1)
            if first is not None and last is not None:
                return self.spans[first][0], self.spans[last][1]
            at = self._line.find(wanted, at + 1)
        return None

    def window(self, best: int, reach: int = 1) -> Reading:
        """The sentence with its neighbours."""
        low, high = max(0, best - reach), min(len(self.spans), best + reach + 1)
        return Reading(self.article.text[self.spans[low][0] : self.spans[high - 1][1]])


@dataclass(frozen=True)
class Support:
    """The best place for a sentence; `far` is the share of its content in the article (0…1)."""

    said: Reading
    witness: Witness
    best: int
    far: float

    @property
    def sentence(self) -> Reading:
        return self.witness.sentences[self.best]

    @cached_property
    def places(self) -> list[Reading]:
        """The best sentence, and those that tell what it does not: a fusion has two or three."""
        found = [self.sentence]
        missing = self.said.ideas - self.sentence.ideas
        while len(found) < MOST_PLACES and missing:
            others = (one for one in self.witness.sentences if one not in found)
            one = max(others, key=lambda o: len(missing & o.ideas), default=None)
            if one is None or len(missing & one.ideas) < 2:
                break
            found.append(one)
            missing = missing - one.ideas
        return found

    @cached_property
    def around(self) -> Reading:
        """All places with their neighbours as one text."""
        at = [self.witness.sentences.index(one) for one in self.places]
        return Reading(" ".join(self.witness.window(i).text for i in at))

    @cached_property
    def window(self) -> Reading:
        return self.witness.window(self.best)

    @property
    def span(self) -> Span:
        return self.witness.spans[self.best]


def anchors(said: Reading, found: Support) -> int:
    """Names, figures and days of the sentence that its article has too."""
    whole = found.witness.whole
    there = {n.value for n in whole.numbers}
    figures = sum(n.value in there for n in said.numbers)
    return figures + sum(any(w in whole.words for w in words(name)) for name in said.names)


def best_support(said: Reading, witnesses: Sequence[Witness]) -> Support | None:
    """The sentence of all articles that covers most of `said`; None when there is no text."""
    weights = rarity(said.ideas, witnesses)
    found = [
        (covered(said.ideas, one.ideas, weights) + _anchored(said, one), -i, w)
        for w in witnesses
        for i, one in enumerate(w.sentences)
    ]
    if not found:
        return None
    _, negative, witness = max(found, key=lambda row: row[:2])
    best = -negative
    far = covered(said.ideas, witness.whole.ideas, weights)
    return Support(said, witness, best, far)


def _anchored(said: Reading, place: Reading) -> float:
    """What figures in common add to the likeness of a place: they are never reworded."""
    figures = {(n.value, n.unit) for n in said.numbers} & {(n.value, n.unit) for n in place.numbers}
    return ANCHOR * len(figures)


def rarity(terms: frozenset[str], witnesses: Sequence[Witness]) -> dict[str, float]:
    """A rare lemma says more about the place than one that stands in every sentence."""
    count: Counter[str] = Counter()
    total = 0
    for witness in witnesses:
        for one in witness.sentences:
            total += 1
            count.update(terms & one.ideas)
    return {term: math.log(2 + total / max(2, 1 + count[term])) for term in terms}


def covered(terms: frozenset[str], found: AbstractSet[str], weights: Mapping[str, float]) -> float:
    """Part of the terms that is found (0…1), each by its weight; 0 for no terms."""
    # fsum: the order of a set, which changes from run to run, must not decide at a threshold.
    total = math.fsum(weights.get(t, 1.0) for t in terms)
    if not total:
        return 0.0
    return math.fsum(weights.get(t, 1.0) for t in terms if t in found or akin(t, found)) / total


def akin(term: str, found: AbstractSet[str]) -> bool:
    """Whether a word of the same stem is there: «обвинение» for «обвини»."""
    if len(term) < 6:
        return False
    stem = term[: max(5, int(len(term) * 0.62))]
    return any(other.startswith(stem) for other in found)


def _tokens(text: str) -> str:
    """Words, signs and units of measure between single spaces, with a space at both ends."""
    return " " + "".join(f"{token} " for token in _TOKEN.findall(text.lower()))


def _laid_out(sentences: Sequence[Reading]) -> tuple[str, dict[int, int], dict[int, int]]:
    """All tokens in a line, and which sentence begins or ends at which of its characters."""
    line = " "
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for index, one in enumerate(sentences):
        tokens = _tokens(_TAG.sub("", one.text))[1:]
        begins[len(line) - 1] = index
        line += tokens
        ends[len(line) - 1] = index
    return line, begins, ends
