"""Two sentences laid side by side, word by word: what follows the source, and what is exchanged.

Words are told by what they mean, numbers by their value, so that „двама“ stands beside „2“ and
„кредит“ beside „заем“. Only a sentence that follows one of the source closely is worth comparing
so; in a free paraphrase everything differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from digest.bulgarian.words import STOPWORDS
from digest.summarise.evidence import Reading, Witness, akin
from digest.summarise.meaning import meant

Kind = Literal["word", "small", "name", "number", "day"]

_WORD = re.compile(r"\w+(?:-\w+)*")

FOLLOWS = 0.6
"""Share of what a sentence says that stands in the source's in the same order."""
AS_GOOD = 0.12
"""By so much a second sentence of the source may be followed less and still be the one meant."""
LONGEST, FARTHEST = 6, 12
"""Tokens of one exchange, its own and the source's; longer ones are another wording."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or day with its place in the sentence; `key` says what it means."""

    key: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Tokens of a sentence where the source has others; `theirs` is empty for what is added."""

    own: tuple[Token, ...]
    theirs: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Following:
    """A sentence of the source that is followed: the share (0…1), and what differs."""

    share: float
    witness: Witness
    at: int
    exchanges: tuple[Exchange, ...]

    @property
    def place(self) -> Reading:
        return self.witness.sentences[self.at]


def followed(said: Reading, witnesses: Sequence[Witness]) -> list[Following]:
    """The sentences that this one follows nearly as well as the best; the best first."""
    found = []
    mine = laid(said)
    keys = {token.key for token in mine}
    for witness in witnesses:
        for at, place in enumerate(witness.sentences):
            theirs = laid(place)
            if 2 * len(keys & {t.key for t in theirs}) < len(keys):
                continue
            found.append(_beside(mine, theirs, witness, at))
    found = sorted((f for f in found if f.share >= FOLLOWS), key=lambda f: -f.share)
    return [f for f in found if f.share >= found[0].share - AS_GOOD]


def _beside(mine: Sequence[Token], theirs: Sequence[Token], witness: Witness, at: int) -> Following:
    matcher = SequenceMatcher(None, _keys(mine), _keys(theirs), autojunk=False)
    same = [n for a, _, size in matcher.get_matching_blocks() for n in range(a, a + size)]
    exchanges = tuple(
        Exchange(tuple(mine[a:b]), tuple(theirs[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal" and 0 < b - a <= LONGEST and d - c <= FARTHEST
    )
    weight = [_weight(token) for token in mine]
    share = sum(weight[n] for n in same) / (sum(weight) or 1.0)
    return Following(share, witness, at, exchanges)


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens]


def _weight(token: Token) -> float:
    return 0.3 if token.kind == "small" else 1.0


def laid(where: Reading) -> tuple[Token, ...]:
    """The tokens of a sentence in their order."""
    return _laid(where.text)


@lru_cache(maxsize=20_000)
def _laid(text: str) -> tuple[Token, ...]:
    where = Reading(text)
    whole = [
        *(Token(f"#{n.value.normalize()}", "number", n.start, n.end) for n in where.numbers),
        *(Token(f"@{text[d.start : d.end].lower()}", "day", d.start, d.end) for d in where.days),
    ]
    taken = [(t.start, t.end) for t in whole]
    called = {w.lower() for name in where.names for w in _WORD.findall(name)}
    plain = (
        _token(match, called)
        for match in _WORD.finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in taken)
    )
    return tuple(sorted([*whole, *plain], key=lambda t: t.start))


def _token(match: re.Match[str], called: set[str]) -> Token:
    word = match.group()
    low = word.lower()
    if low in called and word[0].isupper():
        return Token(low, "name", match.start(), match.end())
    kind: Kind = "small" if low in STOPWORDS else "word"
    return Token(low if kind == "small" else meant(low), kind, match.start(), match.end())


def pairs(exchanges: Sequence[Exchange], kind: Kind) -> Iterator[tuple[Exchange, list[Token]]]:
    """Exchanges that put something of a kind in, with those tokens."""
    for one in exchanges:
        mine = [token for token in one.own if token.kind == kind]
        if mine:
            yield one, mine


def like(one: str, other: str) -> bool:
    """Whether two words are forms or relatives of one another."""
    return one == other or akin(one, {other}) or akin(other, {one})
