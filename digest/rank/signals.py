"""What speaks for a story and against it: pure functions, each a value 0…1 and one sentence.

`WEIGHTS` are the room's defaults; a penalty has a negative weight. Nothing is learned and nothing
is hidden: the score of a story is the sum of weight × value over these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from digest.bulgarian.names import names
from digest.bulgarian.numbers import numbers
from digest.bulgarian.typography import count
from digest.model import Article, Story


@dataclass(frozen=True, slots=True)
class Context:
    """What the signals may look at beside the story. `fresh_hours` > 0."""

    now: datetime
    fresh_hours: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A value 0…1 and the sentence that explains it to an editor."""

    value: float
    sentence: str


def newest(story: Story, now: datetime) -> datetime | None:
    """When the story was last told: the latest believable date of its news; None if none."""
    dates = [
        a.published_at
        for a in story.articles
        if a.published_at and a.published_at <= now and a.old_news is None
    ]
    return max(dates, default=None)


def freshness(story: Story, context: Context) -> Signal:
    """Half as fresh after every half of `fresh_hours`; an unknown date is not fresh."""
    at = newest(story, context.now)
    if at is None:
        return Signal(0.0, "Не се знае кога е публикувана.")
    hours = max(0.0, (context.now - at).total_seconds() / 3600)
    value = 0.5 ** (hours / (context.fresh_hours / 2))
    return Signal(value, f"Последно е разказана {_ago(hours)}.")


def _ago(hours: float) -> str:
    if hours < 1:
        return "преди по-малко от час"
    if hours < 48:
        return f"преди {count(round(hours), 'час')}"
    return f"преди {count(round(hours / 24), 'ден')}"


def coverage(story: Story, _context: Context) -> Signal:
    """Independent voices: 0 for one, 1 for six or more; reprints do not count."""
    voices = story.independent_sources
    value = min(1.0, math.log(voices) / math.log(6))
    told = ", ".join(v.name for v in story.voices[:4])
    if voices == 1:
        return Signal(value, f"Разказва я един независим източник{': ' + told if told else ''}.")
    return Signal(value, f"Разказват я {voices} независими източника: {told}.")


def prominence(story: Story, _context: Context) -> Signal:
    """How many outlets found it worth the space, reprints included: 1 for ten or more."""
    outlets = len({a.outlet or a.source or a.id for a in story.articles})
    value = min(1.0, math.log(outlets) / math.log(10))
    if outlets == 1:
        return Signal(value, "Поместена е в едно издание.")
    return Signal(value, f"Поместена е в {count(outlets, 'издание')}.")


def source_weight(story: Story, _context: Context) -> Signal:
    """The weight that the newsroom gave the best source: 1 is usual, 2 or more the most."""
    best = max(story.articles, key=lambda a: (a.weight, a.id))
    named = f" „{best.outlet}“" if best.outlet else ""
    weight = f"{best.weight:.1f}".replace(".", ",")
    return Signal(
        min(1.0, max(0.0, best.weight / 2)), f"Най-тежкият източник{named} има тежест {weight}."
    )


def richness(story: Story, _context: Context) -> Signal:
    """Length of the fullest text (1 from 300 words); a title with a cut line has little."""
    words = max(len(a.text.split()) for a in story.articles)
    value = min(1.0, words / 300)
    if all(a.partial for a in story.articles):
        return Signal(min(value, 0.2), "Известни са само заглавието и първите редове.")
    return Signal(value, f"Най-пълният текст има {count(words, 'дума')}.")


def facts(story: Story, _context: Context) -> Signal:
    """Different figures and names in the lead article's opening: 1 from twelve."""
    opening = f"{story.lead.title}. {story.lead.text[:1200]}"
    figures = len({(n.value, n.unit) for n in numbers(opening)})
    named = len({name for name, _, _ in names(opening)})
    told = f"{count(figures, 'число')} и {named} {'име' if named == 1 else 'имена'}"
    return Signal(min(1.0, (figures + named) / 12), f"В началото има {told}.")


_LURES = re.compile(
    r"няма да повярва|не е за вярване|шок(?!олад)|сензаци|потрес|вижте|виж(?!д)\b|разбраха"
    r"|ето (?:как|защо|кой|коя|кое|какво|кога|къде)|уникалн|невероятн|тайната на|този трик"
    r"|без думи|всички говорят|чудо(?:то)? на|бомба\b|взриви мрежата|\(снимк|\(видео",
    re.IGNORECASE,
)
_LOUD = re.compile(r"[!?]{2,}|!")


def clickbait(story: Story, _context: Context) -> Signal:
    """How much the headline of the lead article lures instead of saying."""
    title = story.lead.title
    lures = len(_LURES.findall(title))
    shouted = len([w for w in re.findall(r"[А-Яа-я]{4,}", title) if w.isupper()])
    value = 0.5 * lures + 0.4 * bool(_LOUD.search(title)) + 0.2 * max(0, shouted - 1)
    value += 0.3 * (title.rstrip().endswith(("...", "…")) and not story.lead.partial)
    if value <= 0:
        return Signal(0.0, "Заглавието казва какво се е случило.")
    return Signal(min(1.0, value), "Заглавието примамва, вместо да казва.")


def sponsored(story: Story, _context: Context) -> Signal:
    """The share of the story's articles that are paid for."""
    paid = sum(a.kind == "sponsored" for a in story.articles)
    if not paid:
        return Signal(0.0, "Няма платен текст.")
    return Signal(paid / len(story.articles), f"Платени текстове: {paid}.")


def single_weak(story: Story, _context: Context) -> Signal:
    """1 when one voice of less than usual weight, or one cut line, is all there is."""
    weak = all(_weak(article) for article in story.articles)
    if story.independent_sources > 1 or not weak:
        return Signal(0.0, "Не стъпва само на един слаб източник.")
    return Signal(1.0, "Стъпва на един-единствен слаб източник.")


def _weak(article: Article) -> bool:
    return article.weight < 0.8 or article.partial or len(article.text.split()) < 25


SIGNALS: Mapping[str, Callable[[Story, Context], Signal]] = MappingProxyType(
    {
        "freshness": freshness,
        "coverage": coverage,
        "prominence": prominence,
        "source_weight": source_weight,
        "richness": richness,
        "facts": facts,
        "clickbait": clickbait,
        "sponsored": sponsored,
        "single_weak": single_weak,
    }
)

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "freshness": 0.25,
        "coverage": 0.30,
        "prominence": 0.10,
        "source_weight": 0.15,
        "richness": 0.10,
        "facts": 0.10,
        "clickbait": -0.15,
        "sponsored": -0.50,
        "single_weak": -0.10,
    }
)
"""They add up to 1 without the penalties, so a score reads as a share of the best possible."""
