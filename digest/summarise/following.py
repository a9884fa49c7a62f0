"""Two sentences side by side, word by word: what follows the source, and what is exchanged.

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

_BRACKETS = re.compile(r"\([^()]*\)")
_SCORE = re.compile(r"(?<![\w:])\d{1,3}:\d{1,3}(?![\w:])(?!\s*(?:ч\.|часа))")
_WORD = re.compile(r"\w+(?:-\w+)*")

FOLLOWS = 0.6
"""Share of what a sentence says that stands in the source's in the same order."""
AS_GOOD = 0.12
"""By so much a second sentence of the source may be followed less and still be the one meant."""
NEARLY_ALL = 0.95
"""Share of a sentence's own words in the source's, in order, of one that is only shortened."""
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
    """Tokens of a sentence where the source has others.

    `theirs` is empty for what is added, `own` for what is left out; never both.
    """

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
    keys = set(_slots(mine))
    for witness in witnesses:
        for at, place in enumerate(witness.sentences):
            theirs = laid(place)
            if 2 * len(keys & set(_slots(theirs))) < len(keys):
                continue
            found.append(_beside(mine, theirs, witness, at))
    found = sorted((f for f in found if f.share >= FOLLOWS), key=lambda f: -f.share)
    return [f for f in found if f.share >= found[0].share - AS_GOOD]


def only_shortened(said: Reading, witnesses: Sequence[Witness]) -> bool:
    """Whether the sentence is one of the source with some words left out and none put in.

    „Износът спадна с 3,8%“ of „Износът спадна с 5%, а вносът – с 3,8%“ is not: a figure, a day or
    a name may not come to stand where another of its kind was left out.
    """
    mine = _open(said)
    return any(_within(mine, _open(place)) for w in witnesses for place in w.sentences)


def _open(where: Reading) -> tuple[Token, ...]:
    """The tokens that stand outside brackets: what is in them gives way to nothing."""
    inside = [m.span() for m in _BRACKETS.finditer(where.text)]
    return tuple(t for t in laid(where) if not any(a <= t.start < b for a, b in inside))


def _within(mine: Sequence[Token], theirs: Sequence[Token]) -> bool:
    at = -1
    for token in mine:
        found = next((n for n in range(at + 1, len(theirs)) if theirs[n].key == token.key), None)
        if found is None:
            return False
        if token.kind in _SLOT and any(t.kind == token.kind for t in theirs[at + 1 : found]):
            return False
        at = found
    return bool(mine)


def _beside(mine: Sequence[Token], theirs: Sequence[Token], witness: Witness, at: int) -> Following:
    # What is only shortened keeps all its own words; the rest is laid slot by slot.
    exact = SequenceMatcher(None, _keys(mine), _keys(theirs), autojunk=False)
    if _kept(exact, mine) >= NEARLY_ALL and not _in_anothers_place(
        exact, mine, witness.sentences[at]
    ):
        matcher = exact
    else:
        matcher = SequenceMatcher(None, _slots(mine), _slots(theirs), autojunk=False)
    same: list[Token] = []
    exchanges: list[Exchange] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for own, other in zip(mine[a:b], theirs[c:d], strict=True):
                if own.key != other.key:
                    exchanges.append(Exchange((own,), (other,)))
            same += mine[a:b]
        elif b - a <= LONGEST and d - c <= FARTHEST:
            exchanges.append(Exchange(tuple(mine[a:b]), tuple(theirs[c:d])))
    share = sum(map(_weight, same)) / (sum(map(_weight, mine)) or 1.0)
    return Following(share, witness, at, tuple(exchanges))


def _in_anothers_place(
    matcher: SequenceMatcher[str], mine: Sequence[Token], place: Reading
) -> bool:
    """Whether a figure, a day or a name stands where another of its kind was left out."""
    theirs, outside = laid(place), set(_open(place))
    gone: frozenset[Kind] = frozenset()
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal" and mine[a].kind in gone and mine[a].kind in _SLOT:
            return True
        gone = (
            frozenset(t.kind for t in theirs[c:d] if t in outside)
            if what == "delete" or b == a
            else frozenset()
        )
    return False


def _kept(matcher: SequenceMatcher[str], mine: Sequence[Token]) -> float:
    kept = [t for a, _, size in matcher.get_matching_blocks() for t in mine[a : a + size]]
    return sum(map(_weight, kept)) / (sum(map(_weight, mine)) or 1.0)


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens]


def _slots(tokens: Sequence[Token]) -> list[str]:
    """What is aligned: a figure, a day and a name stand for any other in their place."""
    return [_SLOT.get(token.kind, token.key) for token in tokens]


_SLOT: dict[Kind, str] = {"number": "#", "day": "@", "name": "N"}


def _weight(token: Token) -> float:
    return {"small": 0.3, "word": 1.0}.get(token.kind, 0.7)


def laid(where: Reading) -> tuple[Token, ...]:
    """The tokens of a sentence in their order."""
    return _laid(where.text)


@lru_cache(maxsize=20_000)
def _laid(text: str) -> tuple[Token, ...]:
    where = Reading(text)
    whole = [
        *(
            Token(f"#{n.value.normalize()} {n.unit}", "number", n.start, n.end)
            for n in where.numbers
        ),
        *(Token(f"@{text[d.start : d.end].lower()}", "day", d.start, d.end) for d in where.days),
    ]
    scores = [Token(f"#{m.group()}", "number", *m.span()) for m in _SCORE.finditer(text)]
    whole = [t for t in whole if not any(s.start < t.end and t.start < s.end for s in scores)]
    whole += scores
    taken = [(t.start, t.end) for t in whole]
    called = {w.lower() for name in where.names for w in _WORD.findall(name)}
    plain = (
        _token(match, called)
        for match in _WORD.finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in taken)
    )
    return tuple(_runs(text, sorted([*whole, *plain], key=lambda t: t.start)))


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, with the words of one name as one."""
    held: Token | None = None
    for token in tokens:
        if held and token.kind == "name" and text[held.end : token.start].isspace():
            held = Token(f"{held.key} {token.key}", "name", held.start, token.end)
            continue
        if held:
            yield held
            held = None
        if token.kind == "name":
            held = token
        else:
            yield token
    if held:
        yield held


def _token(match: re.Match[str], called: set[str]) -> Token:
    word = match.group()
    low = word.lower()
    if low in called and word[0].isupper():
        return Token(low, "name", match.start(), match.end())
    kind: Kind = "small" if low in STOPWORDS else "word"
    return Token(low if kind == "small" else meant(low), kind, match.start(), match.end())


def like(one: str, other: str) -> bool:
    """Whether two words are forms or relatives of one another."""
    return one == other or akin(one, {other}) or akin(other, {one})


def text_of(tokens: Sequence[Token], where: Reading) -> str:
    """The stretch that tokens take up; empty for none."""
    return where.text[tokens[0].start : tokens[-1].end] if tokens else ""


def keys_of(tokens: Sequence[Token]) -> frozenset[str]:
    """What tokens mean, without their order."""
    return frozenset(token.key for token in tokens)
