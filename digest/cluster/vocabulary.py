"""The words of the sections as a table that is compiled once for a newsroom.

A word is looked up by its lemma; „футбол*“ by its beginning; a phrase by the beginning of its
longest part and then in the text, where each part may have another ending.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from digest.bulgarian.words import lemma
from digest.cluster.material import Material
from digest.model import Topic

STRONG, WORD = 2.0, 1.0
TITLE = 3.0
"""A title is written to say what the text is about: one of its words counts for three."""

USUAL, LEAST, MOST = 500, 0.7, 1.5
"""The words of a text weigh as those of 500 characters would: in the two cut lines of a feed each
was chosen (at most 1.5), a whole opening has more of them, and of all sections (at least 0.7)."""

HEAD = 4
"""Letters by which the parts of a phrase are looked for; shorter parts are left to its pattern."""

MEMORY = 200_000
"""Lemmas whose sections are remembered: the vocabulary of a few months of news."""


class Hit(NamedTuple):
    """A word of a section that a text has: as it stands there, and its weight.

    A tuple, because a morning has a million of them.
    """

    slug: str
    said: str
    weight: float
    named: bool = False
    """A name, or an adjective made from one: „Русия“, „руски“."""


_OF_A_NAME = re.compile(r"[сшчцж]к(?:и|а|о|ия|ият|ата|ото|ите)$")


@dataclass(frozen=True, slots=True)
class _Phrase:
    slug: str
    weight: float
    heads: frozenset[str]
    """The first letters of its parts: looked for before the pattern is tried."""
    pattern: re.Pattern[str]

    def found(self, low: str) -> str:
        """The phrase as it stands in a lower-case text, else empty.

        The pattern begins with letters and not with a border: so it is found ten times faster.
        """
        for match in self.pattern.finditer(low):
            if not match.start() or not low[match.start() - 1].isalnum():
                return match.group()
        return ""


_Entry = tuple[str, float, bool, bool]
"""A section, a weight, whether the word counts as a name only, and whether it speaks of a name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sections by lemma, by beginning and by phrase."""

    words: dict[str, dict[str, float]] = field(default_factory=dict)
    proper: dict[str, set[str]] = field(default_factory=dict)
    """Sections for which a lemma counts as a name only: „Крит“ is not „крият“."""
    starts: dict[str, dict[str, float]] = field(default_factory=dict)
    phrases: dict[str, list[_Phrase]] = field(default_factory=dict)
    short: dict[str, tuple[re.Pattern[str], dict[str, float]]] = field(default_factory=dict)
    known: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)
    """What was found for each lemma so far; most have nothing."""

    def hits(self, material: Material) -> list[Hit]:
        """The words of sections in the title and the opening; those of the title thrice."""
        titled, known = material.title_terms, self.known
        text = min(MOST, max(LEAST, USUAL / (len(material.beginning) or 1)))
        found: list[Hit] = []
        for term, said in material.terms.items():
            entries = known.get(term)
            for slug, weight, proper, named in self.of(term) if entries is None else entries:
                if not proper or said[0].isupper():
                    factor = TITLE if term in titled else text
                    found.append(Hit(slug, said, weight * factor, named))
        return [*found, *self._phrased(material, text), *self._short(material)]

    def _phrased(self, material: Material, text: float) -> Iterator[Hit]:
        low = material.beginning.lower()
        heads = {term[:HEAD] for term in material.terms}
        title = material.article.title.lower()
        # In order, so that sums of weights are the same in every run.
        for head in sorted(heads & self.phrases.keys()):
            for phrase in self.phrases[head]:
                if phrase.heads <= heads and (said := phrase.found(low)):
                    factor = TITLE if phrase.found(title) else text
                    yield Hit(phrase.slug, said, phrase.weight * factor)

    def _short(self, material: Material) -> Iterator[Hit]:
        for word, (pattern, slugs) in self.short.items():
            if word in material.beginning and pattern.search(material.beginning):
                factor = TITLE if pattern.search(material.article.title) else 1.0
                yield from (Hit(slug, word, weight * factor) for slug, weight in slugs.items())

    def of(self, term: str) -> tuple[_Entry, ...]:
        """Sections and weights of a lemma."""
        found = self.known.get(term)
        if found is None:
            slugs = dict(self.words.get(term, {}))
            for end in range(3, len(term) + 1):
                for slug, weight in self.starts.get(term[:end], {}).items():
                    slugs[slug] = max(weight, slugs.get(slug, 0.0))
            proper = self.proper.get(term, set())
            of_a_name = _OF_A_NAME.search(term) is not None
            found = tuple(
                (slug, weight, slug in proper, of_a_name or slug in proper)
                for slug, weight in slugs.items()
            )
            if len(self.known) >= MEMORY:
                self.known.clear()
            self.known[term] = found
        return found


_EDGE = (r"(?<!\w)", r"(?!\w)")


@lru_cache(maxsize=8)
def vocabulary(topics: tuple[Topic, ...]) -> Vocabulary:
    """The table of these sections. Words of two letters are looked for in capitals: „ЕС“, „ИИ“."""
    made = Vocabulary()
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for one in topics:
        weighted = [(w, STRONG) for w in one.strong] + [(w, WORD) for w in one.words]
        for listed, weight in weighted:
            word = " ".join(listed.lower().split())
            if word:
                _enter(made, phrases, word, one.slug, weight)
            if word and " " not in word and listed[:1].isupper() and not listed.isupper():
                made.proper.setdefault(lemma(word), set()).add(one.slug)
    made.phrases.update(phrases)
    return made


def _enter(
    made: Vocabulary, phrases: dict[str, list[_Phrase]], word: str, slug: str, weight: float
) -> None:
    if " " in word:
        phrase = _phrase(word, slug, weight)
        phrases[max(sorted(phrase.heads), key=len)].append(phrase)
    elif word.endswith("*"):
        _best(made.starts.setdefault(word.removesuffix("*"), {}), slug, weight)
    elif len(word) < 3:
        pattern = re.compile(_EDGE[0] + re.escape(word.upper()) + _EDGE[1])
        _best(made.short.setdefault(word.upper(), (pattern, {}))[1], slug, weight)
    else:
        _best(made.words.setdefault(lemma(word), {}), slug, weight)


def _best(slugs: dict[str, float], slug: str, weight: float) -> None:
    slugs[slug] = max(weight, slugs.get(slug, 0.0))


def _phrase(words: str, slug: str, weight: float) -> _Phrase:
    """Each part may have another ending: „народно събрание“ is found in „Народното събрание“."""
    stems = [p if len(p) < 4 else p.rstrip("аъоуеияйь") for p in words.split()]
    heads = frozenset(stem[:HEAD] for stem in stems if len(stem) >= HEAD)
    inner = r"\w{0,4}[\s-]+".join(re.escape(stem) for stem in stems)
    pattern = re.compile(rf"{inner}\w{{0,4}}(?!\w)")
    return _Phrase(slug, weight, heads or frozenset({max(words.split(), key=len)[:HEAD]}), pattern)
