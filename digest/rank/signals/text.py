"""What a story's texts hold: length, facts, and whether somebody paid for them."""

from __future__ import annotations

from digest.bulgarian.typography import count
from digest.model import Article
from digest.rank.material import Context, Material
from digest.rank.signals.signal import Signal

FULL = 300
"""Words of a whole report; a longer one is no richer for a digest of two sentences."""

CUT = 0.2
"""The most that a story gets of which only headlines and cut lines are known."""

FACTS = 12
"""Figures and names that make an opening full: three a sentence."""


def richness(told: Material, _context: Context) -> Signal:
    """Words of the fullest text ÷ 300; at most 0,2 when all are a title with a cut line."""
    articles = told.story.articles
    words = _words(max([a.text for a in articles], key=len))
    value = min(1.0, words / FULL)
    if all(a.partial for a in articles):
        return Signal(min(value, CUT), "Известни са само заглавието и първите редове.")
    return Signal(value, f"Най-пълният текст има {count(words, 'дума')}.")


def _words(text: str) -> int:
    """Words of a clean text: paragraphs parted by a blank line, words by one space."""
    return text.count(" ") + text.count("\n\n") + 1 if text else 0


def facts(told: Material, _context: Context) -> Signal:
    """Different figures and names in the headline and the first 600 characters, ÷ 12."""
    figures, named = len(told.figures), len(told.names)
    names = f"{named} {'име' if named == 1 else 'имена'}"
    value = min(1.0, (figures + named) / FACTS)
    return Signal(value, f"В началото има {count(figures, 'число')} и {names}.")


def sponsored(told: Material, _context: Context) -> Signal:
    """The share of the story's articles that are paid for."""
    articles = told.story.articles
    paid = [a for a in articles if a.kind == "sponsored"]
    if not paid:
        return Signal(0.0, "Няма платен текст.")
    which = f"{len(paid)} от {count(len(articles), 'статия')}"
    return Signal(len(paid) / len(articles), f"Платен текст: {which}{_in(paid[0])}.")


def _in(article: Article) -> str:
    return f" (в „{article.outlet}“)" if article.outlet else ""
