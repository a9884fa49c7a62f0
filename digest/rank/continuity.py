"""What earlier editions printed, and what is new since.

A story returns only with a new supported fact: a sentence, published since, with a figure or a
name that the printed articles did not have.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from digest.bulgarian.dates import MONTHS, WEEKDAYS, date_in_words
from digest.bulgarian.names import names
from digest.bulgarian.numbers import numbers
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma, lemmas, words
from digest.model import Article, Development, Rights, Story, StoryId

OPENING = 1200
ALIKE = 0.16
"""Cosine of the openings' lemmas: on labelled stories .8 of the pairs of one event reach it and
.7 % of the pairs of two events; the shared name that is asked for besides takes most of those."""

LEAST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Printed:
    """A story of an earlier edition; `text` is all texts of its articles joined."""

    date: date
    edition: str
    story_id: StoryId
    title: str
    text: str


class Archive:
    """The earlier editions' stories, ready to be asked for one that is told again."""

    def __init__(self, printed: Iterable[Printed], stories: Sequence[Story]) -> None:
        self._printed = sorted(printed, key=lambda p: (p.date, p.edition, p.story_id), reverse=True)
        self._terms = [_terms(p.title, p.text) for p in self._printed]
        told = [_terms(s.lead.title, s.lead.text) for s in stories] if self._printed else []
        counts = Counter(term for terms in (*self._terms, *told) for term in terms)
        total = len(self._terms) + len(told)
        self._idf = {t: math.log((1 + total) / (1 + n)) + 1 for t, n in counts.items()}
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, terms in enumerate(self._terms):
            for term in terms:
                self._places[term].append(place)

    def earlier(self, story: Story) -> Printed | None:
        """The latest printed story on the same event: by id, else by likeness."""
        by_id = next((p for p in self._printed if p.story_id == story.id), None)
        return by_id or self._alike(story)

    def _alike(self, story: Story) -> Printed | None:
        lead = story.lead
        mine = _terms(lead.title, lead.text)
        shared: dict[int, float] = defaultdict(float)
        for term in mine:
            for place in self._places.get(term, ()):
                shared[place] += self._idf[term] ** 2
        own = _norm(mine, self._idf)
        named = _name_stems(f"{lead.title}. {lead.text[:OPENING]}")
        scored = sorted(
            ((-score / (own * _norm(self._terms[p], self._idf)), p) for p, score in shared.items()),
        )
        return next(
            (
                self._printed[place]
                for score, place in scored[:3]
                if -score >= ALIKE and named & _name_stems(_opening(self._printed[place]))
            ),
            None,
        )


def _opening(printed: Printed) -> str:
    return f"{printed.title}. {printed.text[:OPENING]}"


def _terms(title: str, text: str) -> frozenset[str]:
    return frozenset(t for t in lemmas(f"{title} {text[:OPENING]}") if not t.isdigit())


def _norm(terms: frozenset[str], idf: dict[str, float]) -> float:
    return math.sqrt(sum(idf.get(t, 0.0) ** 2 for t in terms)) or 1.0


def development(story: Story, printed: Printed, now: datetime) -> Development | None:
    """The sentence with most new figures and names since `printed`; None without any.

    Only articles dated on the printed edition's day or later may bring it, the latest first.
    """
    values, stems = _known(printed)
    best: tuple[int, Development] | None = None
    for article in _since(story, printed, now):
        for start, end in split(article.text):
            score = _new_facts(article.text[start:end], values, stems)
            if score and (best is None or score > best[0]):
                text = " ".join(article.text[start:end].split())
                best = (score, Development(printed.date, text, article.id, start, end))
        if best:
            return best[1]
    return None


def repeated(printed: Printed) -> str:
    """Why a story without a new fact stays out."""
    return f"Вече беше в броя от {date_in_words(printed.date)}, без нов факт."


def _since(story: Story, printed: Printed, now: datetime) -> list[Article]:
    news = [a for a in story.articles if a.kind == "article" and a.rights is not Rights.EXCLUDED]
    dated = [(a.published_at, a) for a in news if a.published_at and a.old_news is None]
    fresh = [
        (at, a) for at, a in dated if at <= now and at.astimezone(now.tzinfo).date() >= printed.date
    ]
    copied = {c.article_id for c in story.copies}
    return [
        a for _, a in sorted(fresh, key=lambda p: (-p[0].timestamp(), p[1].id in copied, p[1].id))
    ]


def _known(printed: Printed) -> tuple[frozenset[Decimal], frozenset[str]]:
    whole = f"{printed.title}. {printed.text}"
    values = frozenset(n.value for n in numbers(whole, ones=True, ordinals=True))
    return values, frozenset(_stem(word) for word in words(whole))


def _new_facts(sentence: str, values: frozenset[Decimal], stems: frozenset[str]) -> int:
    """Figures count twice, names once; dates, hours and ordinals are no facts of their own."""
    if len(words(sentence)) < LEAST_WORDS:
        return 0
    figures = {
        n.value
        for n in numbers(sentence)
        if n.unit not in {"г.", "ч.", "-ти"}
        and n.value not in values
        and not _DATE_AFTER.match(sentence[n.end :])
        and not _CLOCK.match(sentence[n.start :])
    }
    named = {
        name
        for name, _, _ in names(sentence)
        if not _SAID_BY.search(sentence[: sentence.find(name)])
        and any(_stem(w) not in stems for w in words(name) if len(w) > 2)
    }
    return 2 * len(figures) + len(named)


_DATE_AFTER = re.compile(rf"\s+(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[.:,]\d{2}\s*(?:ч\b|часа)")
_SAID_BY = re.compile(
    r"(?:преда(?:ва|де)|съобщ(?:ава|и)|пише|цитиран\w* от|информира|[/(])\s*(?:агенция\s+)?[„\"]?$"
)


def _stem(word: str) -> str:
    """Enough of a word to recognise it inflected: names keep five letters of the lemma."""
    return lemma(word)[:5]


def _name_stems(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for name, _, _ in names(text) for w in words(name) if len(w) > 2)
