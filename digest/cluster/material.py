"""What the other steps want to know of an article, read from it once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from digest.bulgarian.dates import MONTHS
from digest.bulgarian.names import names
from digest.bulgarian.numbers import Number, numbers
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.cluster.places import towns
from digest.model import Article

OPENING = 1200
"""Characters of the body that speak for it: news says what happened first. Whole texts and 600
characters were both worse on labelled stories; between 1000 and 1500 nothing changes."""

LONGEST = 4000
"""Words of a body that are compared when copies are looked for."""

_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_RATE = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)[ \u00a0]?(?:%|на сто|процент)")
_YEAR = re.compile(r"(?<![\d.,])((?:199|20\d)\d)(?![\d%]|[.,]\d)")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Period:
    """What an article says of time, place and rate: in its head (title, first sentence), and all.

    `months` are names, `towns` as `places.TOWNS` writes them, `rates` percentages and `years`
    four-digit years.
    """

    months: frozenset[str]
    towns: frozenset[str]
    rates: frozenset[Decimal]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class Material:
    """An article with its words: `tokens` of the body for copies, `opening` for stories.

    `terms` maps a lemma to the word as it stands; `names` and `figures` are what a join must
    share; `low` is everything in lower case.
    """

    article: Article
    body: str
    opening: str
    tokens: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    terms: Mapping[str, str]
    title_terms: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    head: Period
    all: Period
    low: str

    @property
    def at(self) -> datetime | None:
        return self.article.published_at


def prepare(article: Article) -> Material:
    """Reads an article; an empty one gives empty sets, never an error."""
    lead = article.lead or ""
    body = article.text or lead
    opening = _opening(article.title, lead, body)
    tokens = tuple(words(body)[:LONGEST])
    terms = _terms(opening)
    whole = f"{article.title}. {lead} {body[: OPENING * 4]}"
    head = f"{article.title}. {_first_sentence(lead or body)}"
    found = numbers(opening)
    return Material(
        article=article,
        body=body,
        opening=opening,
        tokens=tokens,
        shingles=shingles(tokens),
        terms=terms,
        title_terms=frozenset(_terms(article.title)),
        names=_names(opening),
        figures=frozenset(_figure(n) for n in found if _telling(n)),
        head=_period(head),
        all=_period(whole),
        low=whole.lower(),
    )


def shingles(tokens: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Runs of three words; a shorter text is one run."""
    if len(tokens) < 3:
        return frozenset({tokens}) if tokens else frozenset()
    return frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _opening(title: str, lead: str, body: str) -> str:
    """Title, lead unless the body begins with it, and the start of the body."""
    extra = lead if lead and lead[:60] not in body[: OPENING // 2] else ""
    return "\n\n".join(part for part in (title, extra, body[:OPENING]) if part.strip())


def _terms(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in re.findall(r"\w+(?:-\w+)*", text):
        low = word.lower()
        if low not in STOPWORDS and len(low) > 2:
            found.setdefault(lemma(low), word)
    return found


def _names(text: str) -> frozenset[str]:
    """Each word of each name, lower case: «Тереза Мей» and «Мей» share a word."""
    found = (word for name, _, _ in names(text) for word in words(name))
    return frozenset(lemma(w) for w in found if len(w) > 2 or w == "ес")


def _telling(number: Number) -> bool:
    """Not a year, an ordinal or a small count: those are shared by chance."""
    return number.unit not in {"г.", "-ти"} and (abs(number.value) > 9 or bool(number.unit))


def _figure(number: Number) -> str:
    return f"{number.value.normalize():f}{number.unit if number.unit != 'души' else ''}"


def _first_sentence(text: str) -> str:
    stop = _SENTENCE.search(text, 60)
    return text[: min(stop.end() if stop else 300, 300)]


def _period(text: str) -> Period:
    low = text.lower()
    return Period(
        months=frozenset(_MONTH.findall(low)),
        towns=towns(text),
        rates=frozenset(Decimal(rate.replace(",", ".")) for rate in _RATE.findall(low)),
        years=frozenset(int(year) for year in _YEAR.findall(low)),
    )
