"""Invented editions for the tests of the render room."""

from __future__ import annotations

from datetime import UTC, date, datetime

from digest.model import (
    Correction,
    CorrectionId,
    Credit,
    Edition,
    EditionId,
    EditionStory,
    Masthead,
    Newsroom,
    Section,
    StoryId,
    Topic,
)

MASTHEAD = Masthead(
    name="Утрото на Примерово",
    tagline="Най-важното до закуска",
    from_name="Утрото",
    from_address="utro@example.bg",
    reply_to="redaktsia@example.bg",
    domain="example.bg",
    public_url="https://utro.example.bg",
    postal_address="ул. „Тестова“ № 3, 1000 Примерово",
    responsible="Отговорен редактор: Вера Примерова",
)
NEWSROOM = Newsroom(
    (Topic("bulgaria", "България"), Topic("svyat", "Свят"), Topic("sport", "Спорт"))
)


def story(number: int, **fields: object) -> EditionStory:
    """A story with an address and two outlets; `fields` replace what is given."""
    title = f"Община № {number} откри читалня край реката"
    values: dict[str, object] = {
        "id": StoryId(f"s{number}"),
        "title": title,
        "url": f"https://vestnik.example.bg/{number}",
        "summary": f"Читалнята има {number + 20} места и работи до полунощ.",
        "one_line": f"Читалнята има {number + 20} места.",
        "credits": (
            Credit("Вестник Пример", f"https://vestnik.example.bg/{number}", title),
            Credit("Радио Пример", f"https://radio.example.test/{number}", title, "Агенция Пример"),
        ),
        "independent_sources": 2,
    }
    return EditionStory(**(values | fields))  # type: ignore[arg-type]


def edition(*sections: Section, **fields: object) -> Edition:
    """Two sections of two stories unless others are given."""
    parts = sections or (
        Section("bulgaria", "България", (story(1, tier="lead"), story(2))),
        Section("svyat", "Свят", (story(3), story(4, tier="brief"))),
        Section("sport", "Спорт", (story(5),)),
    )
    values: dict[str, object] = {
        "id": EditionId("utro-2026-11-20"),
        "publication": "utro",
        "date": date(2026, 11, 20),
        "subject": "Нова читалня край реката",
        "preheader": "Община № 2 откри читалня · Община № 3 откри читалня",
        "sections": tuple(parts),
        "number": 7,
    }
    return Edition(**(values | fields))  # type: ignore[arg-type]


def correction(number: int = 1, **fields: object) -> Correction:
    """One of the day before; `fields` replace what is given."""
    values: dict[str, object] = {
        "id": CorrectionId(f"k{number}"),
        "edition_id": EditionId("utro-2026-11-19"),
        "story_id": StoryId("s1"),
        "said": f"Читалнята край реката има {number + 20} места.",
        "right": f"Местата са {number + 20}0: в съобщението беше изпусната една цифра.",
        "at": datetime(2026, 11, 19, 9, 30, tzinfo=UTC),
        "by": "redaktor@example.bg",
        "date": date(2026, 11, 19),
        "headline": "Община № 1 откри читалня край реката",
    }
    return Correction(**(values | fields))  # type: ignore[arg-type]


def one_story(**fields: object) -> Edition:
    """An edition of a single lead story."""
    return edition(Section("bulgaria", "България", (story(1, tier="lead", **fields),)))
