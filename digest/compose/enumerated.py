"""Series of figures that a text tells: each figure with its own label, all of one kind.

Takes a text, gives `Series` whose spans cut the figures and the labels out of it. Precision comes
long before recall: a chart of figures that do not belong together is a false statement, a missing
one is none. What `phrases.py` does not know, what is denied, awaited or only possible, what is in
somebody's quotation, and what could be read in two ways gives nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.bulgarian.certainty import Certainty, hedges
from digest.bulgarian.marks import spans
from digest.bulgarian.negation import denied
from digest.bulgarian.sentences import split
from digest.compose import phrases, titles
from digest.compose.figure import AMOUNTS, SHARES, Figure, figures
from digest.compose.timeline import in_order, read
from digest.model import LEAST_POINTS, MOST_POINTS

LONGEST_HEAD, LONGEST_GAP = 260, 120
"""Characters: a longer stretch is no enumeration, and is not worth a pattern's time."""

LONGEST_LABEL = 40
WHOLE = 100.5
"""Shares of one whole, each rounded, may add up to a little more than a hundred."""

_UNSURE = frozenset(Certainty) - {Certainty.FACT, Certainty.REPORTED}
_NO_FACT = re.compile(
    r"прогноз|очаква|предвижд|целев|планир|сценари|хипотез|невярн|неточн|грешк|опроверг"
    r"|коефициент|шанс|(?<!\w)(?:мач|гол|сет|точк)",
    re.IGNORECASE,
)
"""What is not yet so, is wrong, or counts a game."""
_TAKEN_BACK = re.compile(
    r"не\s+(?:е|са)\s+(?:вярн|така|точн)|невярн|неверн|грешн|опроверг|подвежда|измислен",
    re.IGNORECASE,
)
LOOK_AFTER = 200
"""Characters after a series in which its own article may take it back."""
_MEASURED = re.compile(
    r"(?:според|по\s+данни(?:те)?\s+на)\s+(?:\S+\s+){0,4}?"
    r"(?:проучван|изследван|допитван|сондаж|анкет|данни|статисти|институт|отчет|доклад"
    r"|регист[ър]+|агенци|министерств|общин|банка|НСИ|Евростат)",
    re.IGNORECASE,
)
"""Whose word figures may rest on; anybody else's „според“ is one side's claim."""
_WOULD_VOTE = re.compile(r"биха\s+гласували", re.IGNORECASE)
"""The one conditional that tells a fact: what people answered."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Item:
    """A figure and where its label stands."""

    figure: Figure
    label: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Series:
    """Items in the order of time, or of the text; `start` and `end` bound the sentences.

    Places count from the beginning of the text.
    """

    title: str
    items: tuple[Item, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """One order of telling: a label of time or a name, before its figure or after it."""

    heads: tuple[re.Pattern[str], ...]
    gap: re.Pattern[str]
    tail: re.Pattern[str]
    before: bool = False
    timed: bool = False


_SHAPES = (
    _Shape(
        phrases.BEFORE_TIME,
        phrases.GAP_BEFORE_TIME,
        phrases.TAIL_BEFORE,
        before=True,
        timed=True,
    ),
    _Shape(phrases.AFTER, phrases.GAP_AFTER_TIME, phrases.TAIL_AFTER_TIME, timed=True),
    _Shape(phrases.BEFORE_NAME, phrases.GAP_BEFORE_NAME, phrases.TAIL_BEFORE, before=True),
    _Shape(phrases.AFTER, phrases.GAP_AFTER_NAME, phrases.TAIL_AFTER_NAME),
)


def series(text: str) -> tuple[Series, ...]:
    """The series of a text in reading order, none overlapping another. Never raises."""
    found: list[Series] = []
    at = 0
    for line in text.split("\n"):
        if len(_DIGITS.findall(line)) >= LEAST_POINTS:
            found += (_moved(one, at) for one in _of_line(line))
        at += len(line) + 1
    return tuple(found)


def _moved(one: Series, by: int) -> Series:
    """The same with places that count from `by` characters earlier."""
    items = tuple(
        Item(
            replace(item.figure, start=item.figure.start + by, end=item.figure.end + by),
            (item.label[0] + by, item.label[1] + by),
        )
        for item in one.items
    )
    return replace(one, items=items, start=one.start + by, end=one.end + by)


def _of_line(line: str) -> Iterator[Series]:
    told, sentences, past = list(figures(line)), split(line), 0
    starts = [start for start, _ in sentences]
    for at, first in enumerate(told):
        place = bisect_right(starts, first.start) - 1
        begin = starts[place] if place >= 0 else past
        if begin < past or first.start - begin > LONGEST_HEAD:
            continue
        # One figure more than a chart may have: a longer series is seen to be one.
        one = _first(line, told[at : at + MOST_POINTS + 1], begin, sentences)
        if one is not None:
            past = one.end
            yield one


def _first(
    line: str, told: Sequence[Figure], begin: int, sentences: Sequence[tuple[int, int]]
) -> Series | None:
    for shape in _SHAPES:
        for head in shape.heads:
            found = head.fullmatch(line, begin, told[0].start)
            if found and (one := _read(line, told, found, shape, sentences)):
                return one
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """What the patterns matched: figures with their labels, and the sentences that hold them."""

    head: re.Match[str]
    items: tuple[Item, ...]
    noun: str
    prep: str
    end: int


def _read(
    line: str,
    told: Sequence[Figure],
    head: re.Match[str],
    shape: _Shape,
    sentences: Sequence[tuple[int, int]],
) -> Series | None:
    found = _matched(line, told, head, shape, sentences)
    if found is None or not _plain(line, found):
        return None
    items = _timed(line, found.items) if shape.timed else _named(line, found.items, found.prep)
    label, unit = found.items[0].label if shape.timed else None, told[0].unit
    title = titles.title(line, head, found.noun, label, unit)
    if items is None or not title:
        return None
    return Series(title, tuple(items), head.start(), found.end)


def _matched(
    line: str,
    told: Sequence[Figure],
    head: re.Match[str],
    shape: _Shape,
    sentences: Sequence[tuple[int, int]],
) -> _Found | None:
    gaps = list(_gaps(line, told, shape.gap))
    used = told[: len(gaps) + 1]
    tail = shape.tail.match(line, used[-1].end)
    if tail is None or not LEAST_POINTS <= len(used) <= MOST_POINTS or not _alike(used):
        return None
    labelled = [head, *gaps] if shape.before else [*gaps, tail]
    nouns = {m["noun"].casefold(): m["noun"] for m in (*gaps, tail) if m["noun"]}
    preps = {_same(m.groupdict().get("prep")) for m in labelled}
    if len(nouns) > 1 or len(preps) > 1:
        return None
    items = tuple(Item(f, m.span("label")) for f, m in zip(used, labelled, strict=True))
    end = max(b for a, b in sentences if a < tail.end())
    return _Found(head, items, next(iter(nouns.values()), ""), preps.pop(), end)


def _gaps(line: str, told: Sequence[Figure], gap: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for one, other in pairwise(told):
        near = other.start - one.end <= LONGEST_GAP
        found = gap.fullmatch(line, one.end, other.start) if near else None
        if found is None:
            return
        yield found


def _same(prep: str | None) -> str:
    low = (prep or "").lower()
    return "в" if low == "във" else low


def _alike(used: Sequence[Figure]) -> bool:
    """Figures of one unit and one scale that differ: equal bars show nothing."""
    kinds = {(one.unit, one.scale) for one in used}
    return len(kinds) == 1 and len({one.value for one in used}) > 1


def _plain(line: str, found: _Found) -> bool:
    """Whether it is told as it is: not denied, awaited, possible, asked, nor quoted."""
    told = line[found.head.start() : found.end]
    said = _WOULD_VOTE.sub("гласуват", told)
    if told.endswith("?") or _NO_FACT.search(said) or denied(said):
        return False
    if _TAKEN_BACK.search(line, found.end, found.end + LOOK_AFTER):
        return False
    if any(one.level in _UNSURE for one in hedges(_MEASURED.sub(" ", said))):
        return False
    drawn = [item.figure for item in found.items]
    return not any(a < one.end and one.start < b for a, b, _ in spans(line) for one in drawn)


def _timed(line: str, items: Sequence[Item]) -> list[Item] | None:
    times = [read(line[a:b]) for a, b in (one.label for one in items)]
    known = [one for one in times if one is not None]
    if len(known) < len(items) or len(set(known)) < len(items):
        return None
    order = in_order(known)
    return None if order is None else [items[at] for at in order]


def _named(line: str, items: Sequence[Item], prep: str) -> list[Item] | None:
    labels = [line[a:b] for a, b in (one.label for one in items)]
    if len({one.casefold() for one in labels}) < len(labels):
        return None
    if not all(titles.names(one) and len(one) <= LONGEST_LABEL for one in labels):
        return None
    # Without „за“ a label is a name; else it may be any word that happens to stand there.
    if prep in {"", "в"} and not all(one[0].isupper() or one[0] in '„"' for one in labels):
        return None
    return list(items) if _one_kind(items, prep) else None


def _one_kind(items: Sequence[Item], prep: str) -> bool:
    """Prices of different goods are no series; those of one thing in several towns are."""
    unit = items[0].figure.unit
    if unit in AMOUNTS:
        return prep == "в"
    apart = unit in SHARES and prep not in {"в", "при", "сред"}
    return not apart or sum(one.figure.value for one in items) <= WHOLE
