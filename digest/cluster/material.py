"""What the other steps want to know of an article, each thing read when it is first asked for.

A batch of a hundred thousand articles asks little of most of them: an article that resembles no
other is never searched for names, figures or towns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from digest.bulgarian.dates import MONTHS
from digest.bulgarian.names import capitalised
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.cluster.places import towns
from digest.cluster.standing import standing, without
from digest.model import Article

OPENING = 1200
"""Characters of the body in which names, figures and key words are looked for."""

MEANING = 600
"""Characters of the body that speak for its meaning: news says what happened first. Whole texts
and 1200 characters were both worse on labelled stories, 450 no better."""

SHOWN = 300
"""Characters of the body whose words are shown to an editor as what two texts have in common."""

LONGEST = 4000
"""Words of a body that are compared when copies are looked for."""

LEAST_WORDS, MUTE_WITHIN = 2, 80
"""Fewer content words than this say nothing of an event; a longer opening has them."""

STAMP_WITHIN = 150
"""A date in digits so early in a text is the page's own stamp, not a date that it tells of."""

_WORD = re.compile(r"\w+(?:-\w+)*")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_RATE = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)[ \u00a0]?(?:%|на сто|процент)")
_DECIMAL = re.compile(r"(?<![\d.,])\d{1,4},\d{1,4}(?![\d,])")
_YEAR = re.compile(r"(?<![\d.,])((?:199|20\d)\d)(?![\d%]|[.,]\d)")
_FIGURE = re.compile(r"(?<![\w.,])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(,\d+)?(?:[ \u00a0]?(%))?")
_STAMP = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](20\d\d)(?!\d)")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Period:
    """What a text says of time, place and rate.

    `months` are names, `towns` as `places.TOWNS` writes them, `rates` percentages, `decimals`
    all figures with a fraction („4,1“) and `years` four-digit years.
    """

    months: frozenset[str]
    towns: frozenset[str]
    rates: frozenset[Decimal]
    decimals: frozenset[str]
    years: frozenset[int]


@dataclass(frozen=True)
class Material:
    """An article and what is known of its words.

    `standing` are paragraphs of its text that its outlet prints under everything. `names` and
    `figures` are what a join must share; `head` is the title with the first sentence, `low`
    everything in lower case.
    """

    article: Article
    standing: frozenset[str] = frozenset()

    def anew(self) -> Material:
        """The same article with nothing read of it: what was read stays for a whole batch."""
        return Material(self.article, self.standing)

    @property
    def at(self) -> datetime | None:
        return self.article.published_at

    @cached_property
    def body(self) -> str:
        text = self.article.text
        return (without(text, self.standing) if self.standing else text) or self.article.lead or ""

    @property
    def opening(self) -> str:
        """Title, lead unless the body begins with it, and the start of the body."""
        parts = (self.article.title, self.extra_lead, self.body[:OPENING])
        return "\n\n".join(part for part in parts if part.strip())

    @property
    def beginning(self) -> str:
        """As much of the opening as speaks for its meaning: enough to name section and subject."""
        return self.opening[: len(self.article.title) + MEANING]

    @property
    def extra_lead(self) -> str:
        """The lead where the body does not tell it again."""
        lead = self.article.lead or ""
        return lead if lead and lead[:60] not in self.body[: OPENING // 2] else ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Words of the body, for copies; not kept, as they are the most of an article."""
        return tuple(words(self.body)[:LONGEST])

    @cached_property
    def mute(self) -> bool:
        """Whether title and text have too few content words to say anything of an event."""
        opening = self.opening
        if len(opening) > MUTE_WITHIN:
            return False
        return len({w for w in words(opening) if w not in STOPWORDS and len(w) > 2}) < LEAST_WORDS

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """Lemmas of the beginning → the words as they stand."""
        return _spelled(self.beginning, lemma)

    @cached_property
    def title_terms(self) -> frozenset[str]:
        return frozenset(_spelled(self.article.title, lemma))

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Stems of the first words → the words as they stand."""
        return _spelled(self.opening[: len(self.article.title) + SHOWN], stem)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        return frozenset(_spelled(self.article.title, stem))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the words of names: «Тереза Мей» and «Мей» share one."""
        return _name_stems(self.opening, shortest=2)

    @cached_property
    def title_names(self) -> frozenset[str]:
        """Stems of the words of names in the title."""
        return _name_stems(self.article.title, shortest=4)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Figures in digits that are not shared by chance: no years, no small counts."""
        return frozenset(_figures(self.opening))

    @cached_property
    def head(self) -> Period:
        first = _first_sentence(self.article.lead or self.body)
        return _period(f"{self.article.title}. {first}")

    @cached_property
    def all(self) -> Period:
        return _period(self._whole)

    @property
    def low(self) -> str:
        return self._whole.lower()

    @cached_property
    def stamp(self) -> date | None:
        """The day that the text itself carries in digits before it begins, if it does."""
        found = _STAMP.search(f"{self.article.title} {self.body[:STAMP_WITHIN]}")
        try:
            return date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            return None

    @property
    def _whole(self) -> str:
        return f"{self.article.title}. {self.article.lead or ''} {self.body[: OPENING * 4]}"


def prepare(articles: Sequence[Article]) -> list[Material]:
    """The articles to be read; an empty one gives empty sets, never an error."""
    parts = standing(articles)
    return [Material(article, parts.get(article.id, frozenset())) for article in articles]


def stem(word: str) -> str:
    """The first seven tenths of a word, four letters at least: Bulgarian inflects at the end.

    As good as dictionary lemmas for telling events apart on labelled stories, and it needs no
    dictionary for the hundred thousand words of a day.
    """
    return word[: max(4, int(len(word) * 0.7))]


def _spelled(text: str, root: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        low = word.lower()
        if low not in STOPWORDS and len(low) > 2:
            found.setdefault(root(low), word)
    return found


def _name_stems(text: str, *, shortest: int) -> frozenset[str]:
    return frozenset(stem(w.lower()) for w in capitalised(text) if len(w) >= shortest)


def _figures(text: str) -> Iterable[str]:
    for whole, rest, unit in _FIGURE.findall(text):
        digits = re.sub(r"\D", "", whole)
        year = len(digits) == 4 and digits[:2] in {"19", "20"} and whole == digits
        if unit or rest or (len(digits) > 1 and not year):
            yield f"{digits}{rest}{unit}"


def _first_sentence(text: str) -> str:
    stop = _SENTENCE.search(text, 60)
    return text[: min(stop.end() if stop else 300, 300)]


def _period(text: str) -> Period:
    low = text.lower()
    return Period(
        months=frozenset(_MONTH.findall(low)),
        towns=towns(text),
        rates=frozenset(Decimal(rate.replace(",", ".")) for rate in _RATE.findall(low)),
        decimals=frozenset(_DECIMAL.findall(low)),
        years=frozenset(int(year) for year in _YEAR.findall(low)),
    )
