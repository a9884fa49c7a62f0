"""Figures, hours and days that a text gives for facts, each with its place and its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from digest.bulgarian.bounds import bound
from digest.bulgarian.dates import MONTHS
from digest.bulgarian.numbers import Number, numbers
from digest.bulgarian.words import STOPWORDS, words
from digest.cluster.material import stem
from digest.model import Article

READ = 3000
"""Characters of a text in which key figures are looked for."""

NOUN_WITHIN = 40
"""Characters after a figure within which its noun stands."""

HOUR, DAY, PEOPLE = "час", "дата", "хора"

_TOLLS = {
    "загинали": r"заги[нв]а|жертв|(?<!\w)уби(?:т|ха|ва|(?!\w))|почина|мъртв|смъртни",
    "ранени": r"ранен|пострада|наранен|контузен",
    "изчезнали": r"изчезна|в неизвестност",
    "задържани": r"(?<!се )задържа(?:н|ха|(?!\w))|арестува",
    "евакуирани": r"евакуира",
}
_TOLL = re.compile("|".join(f"(?P<{name}>{kind})" for name, kind in _TOLLS.items()))
_PERSONS = re.compile(
    r"душ|човек|хора|мъж|жен|дет|деца|учени|студент|войни|полица|мигрант|пътни|пасажер|турист"
    r"|работни|миньор|граждан|лиц|млад|шофьор|пешеход|цивилн|служител|българ|футболист|моряк"
)
_NAMED_BY_NUMBER = re.compile(
    r"(?:№|\bчл(?:\.|ен\w*)|\bномер|\bт\.|\bал\.|\bпо)\s*$", re.IGNORECASE
)
"""«член 50», «№ 3»: the number is a name."""
_COUNTED = frozenset({"", "души"})
_MEASURED = frozenset({"%", "лв.", "€", "$", "км", "MW", "т", "°", "кв.м", "кг"})
# „Чл. 50“ and „т. 3“ end nothing.
_BOUND = re.compile(
    r"[.!?…](?<!\b[Чч]л\.)(?<!\b[Аа]л\.)(?<!\bт\.)[“\")»]?\s+(?=[„\"«(–—]?\s?[A-ZА-ЯЍ0-9])|\n+"
)
_SAID = {"above": "at-least", "below": "at-most", "about": "about", "exactly": "exactly"}
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"\w+(?:-\w+)*")
_CLAUSE = re.compile(r"[,;:–]")
_MONTHS = {name: at for at, name in enumerate(MONTHS)}


@dataclass(frozen=True)
class Mention:
    """A figure in an article: what it counts, where it stands, and how exactly it is meant.

    `fact` is a kind of toll, a unit, `HOUR`, `DAY`, `PEOPLE` or the stem of the counted noun.

    `toll` marks people killed, hurt, missing, held or brought away. `sentence` is its place in
    the text.
    """

    fact: str
    value: Decimal
    article: Article
    start: int
    end: int
    sentence: tuple[int, int]
    toll: bool
    in_title: bool = False

    @cached_property
    def around(self) -> frozenset[str]:
        """Stems of the sentence without figures."""
        return content(self.source[slice(*self.sentence)])

    @property
    def source(self) -> str:
        """The text in which the places count: the title, or the article's text."""
        return self.article.title if self.in_title else self.article.text

    @property
    def said(self) -> str:
        """How it is meant: `exactly`, `at-least`, `at-most` or `about`."""
        return _SAID[bound(self.source, self.start, self.end)]

    @property
    def digits(self) -> int:
        """Significant digits as written: 3 of «1 230 000», 2 of «1,2 млн.»."""
        written = "".join(_DIGITS.findall(self.source[self.start : self.end]))
        return len(written.strip("0")) or 1


def content(text: str) -> frozenset[str]:
    """Stems of the content words, without figures."""
    return frozenset(
        stem(w) for w in words(text) if w not in STOPWORDS and len(w) > 2 and not w.isdigit()
    )


def sentences(text: str, read: int = READ) -> Iterator[tuple[int, int]]:
    """Places of the sentences; an abbreviation may cut one short, which shortens its context."""
    start = 0
    for stop in _BOUND.finditer(text, 0, read):
        yield start, stop.start() + 1
        start = stop.end()
    if start < min(len(text), read):
        yield start, min(len(text), read)


def mentions(article: Article) -> Iterator[Mention]:
    """The figures of an article: those of its text in reading order, then those of its title."""
    yield from _mentioned(article, article.text[:READ], in_title=False)
    yield from _mentioned(article, article.title, in_title=True)


def _mentioned(article: Article, text: str, *, in_title: bool) -> Iterator[Mention]:
    found = numbers(text, ones=True)
    if not found:
        return
    spans = list(sentences(text))
    starts = [start for start, _ in spans]
    for number in found:
        start, end = spans[max(0, bisect_right(starts, number.start) - 1)]
        named = _fact(text[start:end], number.start - start, number.end - start, number)
        if named:
            fact, value, toll = named
            place = (number.start, number.end)
            yield Mention(fact, value, article, *place, (start, end), toll, in_title)


def _fact(sentence: str, start: int, end: int, number: Number) -> tuple[str, Decimal, bool] | None:
    """What the number at `start` to `end` counts, its value, whether it is a toll.

    None: it is not compared.
    """
    if number.unit in _COUNTED:
        return _counted(sentence, start, end, number)
    if number.unit == "ч.":
        return HOUR, number.value, False
    return (number.unit, number.value, False) if number.unit in _MEASURED else None


def _counted(
    sentence: str, start: int, end: int, number: Number
) -> tuple[str, Decimal, bool] | None:
    low = sentence.lower()
    toll = _toll(low, start, end) if _TOLL.search(low) else None
    if toll:
        return toll, number.value, True
    noun = _noun(low[end : end + NOUN_WITHIN])
    if noun in _MONTHS and number.unit == "":
        return DAY, (_MONTHS[noun] + 1) * 100 + number.value, False
    if number.value < 2 or not noun or _NAMED_BY_NUMBER.search(sentence[:start]):
        return None
    return (stem(noun) if number.unit == "" else PEOPLE), number.value, False


def _noun(after: str) -> str:
    """The first content word, if it is one of letters."""
    first = next((w for w in _WORDS.findall(after) if w not in STOPWORDS), "")
    return first if first.isalpha() else ""


def _toll(low: str, start: int, end: int) -> str | None:
    """The kind of toll within four words after the number, else within four before it."""
    after = _WORDS.findall(_CLAUSE.split(low[end:], maxsplit=1)[0])[:4]
    found = _TOLL.search(" ".join(after))
    if found:
        return found.lastgroup
    if after and after[0] not in STOPWORDS and not _PERSONS.match(after[0]):
        return None  # «задържани са 80 000 къса»: things are counted
    before = _WORDS.findall(_CLAUSE.split(low[:start])[-1])[-4:]
    found = _TOLL.search(" ".join(before))
    return found.lastgroup if found else None
