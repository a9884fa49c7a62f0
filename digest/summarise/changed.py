"""The gate on what is exchanged in a sentence that is otherwise the source's own.

A hasty hand writes «над» for «под», «месец» for «година», another figure, the other club's name.
Where a sentence follows one of the source closely (`following.py`), what differs is looked at piece
by piece; in a free paraphrase nothing is, since there everything differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from digest.bulgarian.days import Day
from digest.bulgarian.numbers import NUMBER_WORDS, Number
from digest.bulgarian.verbs import finite
from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.called import PREPOSITIONS, only_opens, present
from digest.summarise.counting import by_counting
from digest.summarise.dated import base_of, means
from digest.summarise.evidence import Reading, Witness
from digest.summarise.figures import rounded, same
from digest.summarise.following import (
    NEARLY_ALL,
    Exchange,
    Following,
    Token,
    followed,
    keys_of,
    laid,
    text_of,
)
from digest.summarise.identity import one_institution, one_person, spoken_of
from digest.summarise.wording import CLOSELY, is_verb, small_words, word_fault

LONGEST_NAME = 7
"""Words of an institution's long name."""
APART = 4
"""Characters between two of a list: «А и Б» may be said «Б и А»."""
BESIDE = 2
"""Tokens on each side of a figure that tell whose it is."""

_FIRST = frozenset({"един", "една", "едно"})


def changed(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """The first thing exchanged in a sentence of the source that this one follows.

    Nothing when it follows one of them with nothing exchanged.
    """
    found: list[Problem] = []
    for one in followed(said, witnesses):
        problem = _first(said, one)
        if problem is None:
            return []
        found.append(problem)
    return found[:1]


def _first(said: Reading, one: Following) -> Problem | None:
    if lost := small_words(said, one):
        return lost
    if crossing := _crossed(one):
        return Problem(
            "unsupported", text_of(crossing.own, said), text_of(crossing.theirs, one.place)
        )
    for exchange in one.exchanges:
        if not exchange.own:
            continue
        kind = (
            _score(exchange)
            or _figure(exchange, said, one)
            or _day(exchange, said, one)
            or _name(exchange, said, one)
            or word_fault(exchange, said, one)
        )
        if kind:
            own, theirs = text_of(exchange.own, said), text_of(exchange.theirs, one.place)
            return Problem(kind, own, theirs or one.place.text)
    return None


def _crossed(one: Following) -> Exchange | None:
    """Two words that have changed places: «критики от А и одобрение от Б»."""
    for n, first in enumerate(one.exchanges):
        for second in one.exchanges[n + 1 :]:
            there, back = _shared(first.own, second.theirs), _shared(second.own, first.theirs)
            if (
                first.own
                and second.own
                and there
                and back
                and there != back
                and second.own[0].start - first.own[-1].end > APART
            ):
                return first
    return None


def _shared(own: Sequence[Token], theirs: Sequence[Token]) -> frozenset[str]:
    words_of = (
        frozenset(t.key for t in side if t.kind in ("word", "name")) for side in (own, theirs)
    )
    mine, other = words_of
    return mine & other


def _figure(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Another figure where the source has one; «една» for «три» is a figure too."""
    mine, theirs = _numbers(exchange.own, said), _numbers(exchange.theirs, one.place)
    for number in mine:
        rivals = [n for n in theirs if not (n.unit and number.unit) or n.unit == number.unit]
        if not rivals or any(_equal(said, number, other) for other in theirs):
            continue
        if by_counting(number, said, one.witness.whole.numbers):
            continue
        known = any(_equal(said, number, n) for n in one.witness.whole.numbers)
        if (
            known
            and one.share < CLOSELY
            and not any(_equal(said, number, n) for n in one.place.numbers)
        ):
            continue  # a figure of another sentence, which says the same in its way
        if any(_equal(said, number, n) for n in one.place.numbers) and not _moved(
            number, theirs, said, one.place
        ):
            continue
        return "date" if number.unit == "г." else "number"
    own, others = keys_of(exchange.own), keys_of(exchange.theirs)
    counts = (own & (NUMBER_WORDS | _FIRST), others & (NUMBER_WORDS | _FIRST))
    one_for_more = bool(mine or counts[0]) and bool(theirs or counts[1])
    if one_for_more and (counts[0] | counts[1]) & _FIRST and not (mine and theirs):
        return None if counts[0] & counts[1] else "number"
    return None


def _score(exchange: Exchange) -> str | None:
    """Another result of a match where the source has one."""
    mine, theirs = (
        [t.key for t in side if ":" in t.key] for side in (exchange.own, exchange.theirs)
    )
    if not mine or not theirs:
        return None
    return "number" if {_turned(k) for k in mine} - {_turned(k) for k in theirs} else None


def _turned(score: str) -> tuple[str, ...]:
    return tuple(sorted(score.lstrip("#").split(":")))


def _numbers(tokens: Sequence[Token], where: Reading) -> list[Number]:
    starts = {token.start for token in tokens if token.kind == "number"}
    return [n for n in where.numbers if n.start in starts]


def _equal(said: Reading, number: Number, other: Number) -> bool:
    return same(number, other) or rounded(said.text, number, other)


def _moved(number: Number, theirs: Sequence[Number], said: Reading, place: Reading) -> bool:
    """Whether a figure of the sentence stands where the source has another of its figures."""
    mine = _neighbours(number, said)
    own = max(
        (len(mine & _neighbours(n, place)) for n in place.numbers if same(number, n)), default=0
    )
    return max(len(mine & _neighbours(n, place)) for n in theirs) > own


def _neighbours(number: Number, where: Reading) -> set[tuple[int, str]]:
    """What stands on either side, each with its side."""
    row = laid(where)
    at = next((n for n, token in enumerate(row) if token.start == number.start), 0)
    left = {(-1, t.key) for t in row[max(0, at - BESIDE) : at]}
    return left | {(1, t.key) for t in row[at + 1 : at + 1 + BESIDE]}


def _day(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Another day where the source has one."""
    mine, theirs = _days(exchange.own, said), _days(exchange.theirs, one.place)
    base = base_of(one.witness)
    for day in mine:
        if any(means(day, other, one.place.text, base) for other in one.place.days):
            continue
        if theirs:
            return "date"
    return None


def _days(tokens: Sequence[Token], where: Reading) -> list[Day]:
    starts = {token.start for token in tokens if token.kind == "day"}
    return [d for d in where.days if d.start in starts]


def _name(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Somebody else's name; a name for «той» or «кметът» when that is somebody else."""
    mine = [
        token
        for token in exchange.own
        if token.kind == "name"
        and not only_opens(said.text[token.start : token.end], said, [one.witness])
    ]
    if not mine:
        return None
    theirs = [token for token in exchange.theirs if token.kind == "name"]
    called = [said.text[t.start : t.end] for t in mine]
    own = _stretch(said, exchange.own[0].start)
    if one_institution(
        own, _stretch(one.place, exchange.theirs[0].start if exchange.theirs else None)
    ):
        return None
    if theirs and not _same_part(mine[0], theirs[0], said, one.place):
        return None
    both = all(present(word, one.place) for name in called for word in words(name))
    if both and not (theirs and _alone(theirs, said, one)):
        return None  # who does what is asked in `roles.py`
    if theirs:
        others = [one.place.text[t.start : t.end] for t in theirs]
        return None if one_person(called, others, one.witness) else "name"
    if not exchange.theirs or is_verb(exchange.own, said) or is_verb(exchange.theirs, one.place):
        return None
    role = text_of(exchange.theirs, one.place)
    return None if spoken_of(called, role, one.witness, one.at) else "name"


def _alone(theirs: Sequence[Token], said: Reading, one: Following) -> bool:
    """Whether nothing else differs, and the sentence has nowhere the name that is exchanged."""
    called = words(text_of(theirs, one.place))
    return one.share >= NEARLY_ALL and not any(present(word, said) for word in called)


def _same_part(own: Token, theirs: Token, said: Reading, place: Reading) -> bool:
    """Whether two names stand after the same preposition, or both after none."""
    before = [
        (words(where.text[: token.start]) or [""])[-1]
        for token, where in ((own, said), (theirs, place))
    ]
    led = [word if word in PREPOSITIONS else "" for word in before]
    return led[0] == led[1]


def _stretch(where: Reading, start: int | None) -> str:
    """The words from there as far as a name may go: to a comma, or the next verb."""
    if start is None:
        return ""
    row = re.split(r"[,.;:!?“”\"()–]", where.text[start:])[0].split()
    return " ".join(takewhile(lambda word: not finite(word.lower()), row[:LONGEST_NAME]))
