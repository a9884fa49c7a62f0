"""Invented editions in the states that a template must bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from digest.model import Edition, Masthead, Section
from tests.unit.render.invented_editions import MASTHEAD, correction, edition, one_story, story

LONG = "Електроразпределителнодружествен" * 3
MISSING = "https://kartinki.example.bg/niama.jpg"
TOPICS = (("bulgaria", "България"), ("svyat", "Свят"), ("sport", "Спорт"))
DISPUTE = "Данните се разминават: 14 ранени според „Вестник Пример“, 12 според „Радио Пример“."
NEWS = "Ново от вчера: читалнята отвори врати за първите си посетители."


def _many(number: int) -> Edition:
    stories = [
        story(n, tier="lead" if n == 1 else "brief" if n % 3 == 0 else "full")
        for n in range(1, number + 1)
    ]
    parts = [
        Section(slug, name, tuple(stories[place::3])) for place, (slug, name) in enumerate(TOPICS)
    ]
    return edition(*(part for part in parts if part.stories))


def _with(**fields: object) -> Edition:
    """A lead, a second-tier story and a brief with the same fields."""
    tiers = ("lead", "full", "brief")
    stories = tuple(story(n, tier=tier, **fields) for n, tier in enumerate(tiers, 1))
    return edition(Section("bulgaria", "България", stories))


def _long_words() -> Edition:
    return _with(
        title=f"{LONG} за {LONG}",
        summary=f"{LONG} съобщи {LONG}.",
        one_line=f"{LONG}.",
    )


def _empty_section() -> Edition:
    return edition(
        Section("bulgaria", "България", (story(1, tier="lead"),)),
        Section("svyat", "Свят", ()),
        Section("sport", "Спорт", (story(2),)),
    )


EDITIONS: Mapping[str, Callable[[], Edition]] = {
    "full": lambda: _many(12),
    "empty-section": _empty_section,
    "one-story": one_story,
    "forty-stories": lambda: _many(40),
    "long-words": _long_words,
    "missing-images": lambda: _with(image=MISSING, image_alt="Читалнята край реката"),
    "disagreement": lambda: _with(disagreement=DISPUTE, update=NEWS, independent_sources=2),
    "correction": lambda: edition(
        corrections=(correction(1), correction(2, story_id=None, headline="")),
    ),
    "no-summaries": lambda: _with(summary="", one_line="", credits=()),
}
"""State → an edition in it."""


def masthead(period: str) -> Masthead:
    """The invented newspaper, as a daily or a weekly (`day`, `week`)."""
    return replace(MASTHEAD, period=period)
