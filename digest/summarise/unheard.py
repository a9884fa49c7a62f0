"""What a sentence says that no article does, and where in it that stands, as numbers to be weighed.

A paraphrase strews its own words over the whole sentence. What belongs to another story stands
together: a cause, a clause or an adverbial of which nothing is heard, beside words that are the
source's one by one („Министърът не беше в залата, | защото подаде оставка предния ден“).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise

from digest.bulgarian.verbs import LIGHT
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.summarise.aligned import key
from digest.summarise.called import present
from digest.summarise.evidence import Reading, Witness, akin
from digest.summarise.following import Token, laid
from digest.summarise.slots import GENERAL, SAYING

LEAST_RUN = 3
"""Words in a row that both have, from which they count as taken over one by one."""
LEAST_VERBATIM = 2
"""Words of content within such rows without which a sentence has no verbatim half."""
LEAST_PART = 2
"""Words of content that make a part."""
MOSTLY = 1 / 3
"""Share of a part's words that may be heard where it is called unheard."""

_PALE = SAYING | GENERAL | LIGHT
"""Ideas that stand in every report, and tell nothing of another story."""
_WORD = re.compile(r"\w+(?:-\w+)*")
_CUT = re.compile(
    r"(?<!\w)(?:заради|поради|защото|тъй като|понеже|след като|след|преди|докато|когато|като|при"
    r"|за да|срещу|без|чрез|а|но|който|която|което|които|че|за|с|със|и)(?!\w)|[,;:–]",
    re.IGNORECASE,
)
"""Where a part may begin: a mark, a conjunction, or what leads a cause, a time or a manner."""


@dataclass(frozen=True)
class _Word:
    """A word of content: what it means, whether it is heard, and whether it is taken over."""

    key: str
    start: int
    heard: bool
    verbatim: bool


def unheard_signals(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """Signals of the kind „unsupported“; more of each speaks for a fault."""
    row = _words(said, witnesses)
    telling = [one for one in row if one.key not in _PALE]
    shares = [_unheard(part) / len(part) for part in _parts(said, row) if len(part) >= LEAST_PART]
    own = [(_unheard(part), _taken(rest)) for part, rest in _own_parts(said, telling)]
    return {
        "unsupported: unheard in a row": float(_longest_unheard(row)),
        "unsupported: unheard beside verbatim": _beside(row),
        "unsupported: part unheard": max(shares, default=0.0),
        "unsupported: unheard in a part": float(
            max((_unheard(part) for part in _parts(said, row)), default=0)
        ),
        "unsupported: long part of its own": max(
            (share for count, share in own if count >= LEAST_PART), default=0.0
        ),
    }


def _words(said: Reading, witnesses: Sequence[Witness]) -> list[_Word]:
    heard = [_heard(witness) for witness in witnesses]
    taken = list(_runs(said.text, witnesses))
    return [
        _Word(
            token.key,
            token.start,
            any(one.of(token, said.text) for one in heard),
            any(a < token.end and token.start < b for a, b in taken),
        )
        for token in laid(said)
        if token.kind in {"word", "name"}
    ]


@dataclass(frozen=True)
class _Heard:
    """What an article's words mean, and their roots."""

    whole: Reading

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key(term) for term in self.whole.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.whole.words)

    def of(self, token: Token, text: str) -> bool:
        """Whether the article has the word in some form.

        Of a name one of its words will do, and of an institution its short or its long name.
        """
        written = text[token.start : token.end]
        ideas = self.whole.ideas
        if token.kind == "name":
            called = (w for w in words(written) if w not in STOPWORDS)
            return any(
                w in self.words or akin(lemma(w), ideas) or present(w, self.whole) for w in called
            )
        root = key(lemma(written.lower()))
        return token.key in ideas or akin(token.key, ideas) or root in self.keys


@lru_cache(maxsize=64)
def _heard(witness: Witness) -> _Heard:
    return _Heard(witness.whole)


@lru_cache(maxsize=20_000)
def _lemmas(text: str) -> tuple[str, ...]:
    return tuple(lemma(word.lower()) for word in _WORD.findall(text))


def _blocks(text: str, witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Rows of words that a sentence of the source has too, as (first word, count)."""
    matcher = SequenceMatcher(None, "", _lemmas(text), autojunk=False)
    for witness in witnesses:
        for place in witness.sentences:
            matcher.set_seq1(_lemmas(place.text))
            for block in matcher.get_matching_blocks():
                if block.size >= LEAST_RUN:
                    yield block.b, block.size


def _runs(text: str, witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Spans of those rows."""
    spans = [match.span() for match in _WORD.finditer(text)]
    for first, count in set(_blocks(text, witnesses)):
        yield spans[first][0], spans[first + count - 1][1]


def _unheard(part: Sequence[_Word]) -> int:
    return sum(not one.heard for one in part)


def _taken(part: Sequence[_Word]) -> float:
    """Share of words that are taken over (0…1)."""
    return sum(one.verbatim for one in part) / len(part)


def _longest_unheard(row: Sequence[_Word]) -> int:
    longest = here = 0
    for one in row:
        here = 0 if one.heard else here + 1
        longest = max(longest, here)
    return longest


def _beside(row: Sequence[_Word]) -> float:
    """Share of the words that are taken over, by the share of the others that are unheard."""
    rest = [one for one in row if not one.verbatim]
    taken = len(row) - len(rest)
    # One word in the place of another is a paraphrase as often as not; `following.py` weighs it.
    if taken < LEAST_VERBATIM or _unheard(rest) < LEAST_PART:
        return 0.0
    return taken / len(row) * _unheard(rest) / len(rest)


def _parts(said: Reading, row: Sequence[_Word]) -> Iterator[list[_Word]]:
    """The words part by part; a part without content is none."""
    cuts = sorted({0, len(said.text), *(match.start() for match in _CUT.finditer(said.text))})
    for start, end in pairwise(cuts):
        if part := [one for one in row if start <= one.start < end]:
            yield part


def _own_parts(said: Reading, row: Sequence[_Word]) -> Iterator[tuple[list[_Word], list[_Word]]]:
    """Each part that is mostly unheard, with the rest of the sentence."""
    for part in _parts(said, row):
        rest = [one for one in row if one not in part]
        if rest and len(part) - _unheard(part) <= MOSTLY * len(part):
            yield part, rest
