"""The estimate of what stories cost against what they really come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.compose.cost import EMPTY, Cost, of_section, of_story
from digest.model import (
    Credit,
    Edition,
    EditionId,
    EditionStory,
    Newsroom,
    Section,
    StoryId,
)
from digest.render.budget import size
from digest.render.pictures import Pictures, PrintedLogo
from digest.render.render import render
from digest.settings import Settings

LINE = "Общинският съвет в Бяловир прие бюджета за годината след шест часа разисквания. "
SECTIONS = ("България", "Свят", "Икономика", "Общество", "Култура", "Спорт", "Наука")


def story(number: int, tier: str, *, sentences: int, outlets: int, update: str) -> EditionStory:
    names = [f"Издание № {one}" for one in range(1, outlets + 1)]
    credits_ = [
        Credit(name, f"https://izdanie-{n}.example.bg/novini/{number}/byudzhetat-na-byalovir",
               agency="БТА" if n == 1 else None)
        for n, name in enumerate(names)
    ]  # fmt: skip
    return EditionStory(
        StoryId(f"s{number}"),
        f"Бяловир прие бюджета си след дълъг спор, брой {number}",
        credits_[0].url,
        (LINE * sentences).strip(),
        LINE.strip(),
        tier,
        credits=tuple(credits_),
        update=update,
        disagreement="Данните се разминават: 14 ранени според „А“, 17 според „Б“." * (number % 2),
    )


def edition(count: int, *, sentences: int, outlets: int, update: str, sections: int) -> Edition:
    tiers = ["lead" if n == 0 else "brief" if n % 3 == 2 else "full" for n in range(count)]
    stories = [
        story(n, tier, sentences=sentences, outlets=outlets, update=update)
        for n, tier in enumerate(tiers)
    ]
    parts = [
        Section(f"t{n}", name, tuple(stories[n::sections]))
        for n, name in enumerate(SECTIONS[:sections])
    ]
    return Edition(
        EditionId("proba-2026-11-20"), "proba", date(2026, 11, 20), "Тема", "Предтекст",
        tuple(part for part in parts if part.stories),
    )  # fmt: skip


def illustrated(made: Edition) -> tuple[Edition, Pictures]:
    """The same with a logo, a pictogram for each section and a picture wherever one may stand."""
    name, base = "a" * 24, f"{Settings().masthead().public_url}/kartini"
    photo, mark = f"{name}-thumb.jpg", f"{name}-mark.png"
    pictures = Pictures(
        base,
        "proba.example.bg",
        inside=True,
        files=dict.fromkeys((photo, mark), b""),
        photos=frozenset({photo}),
        logo=PrintedLogo(mark, 160, 48, instead=True, letters=40),
        marks={part.slug: mark for part in made.sections},
    )
    sections = tuple(
        replace(part, stories=tuple(_with_photo(one, f"{base}/{photo}") for one in part.stories))
        for part in made.sections
    )
    return replace(made, sections=sections), pictures


def _with_photo(one: EditionStory, address: str) -> EditionStory:
    return one if one.tier == "brief" else replace(one, image=address)


@pytest.mark.parametrize("with_pictures", [False, True])
@pytest.mark.parametrize(
    ("count", "given"),
    [
        (1, {"sentences": 2, "outlets": 1, "update": "", "sections": 1}),
        (6, {"sentences": 3, "outlets": 1, "update": "", "sections": 2}),
        (16, {"sentences": 4, "outlets": 2, "update": "", "sections": 7}),
        (16, {"sentences": 2, "outlets": 4, "update": f"Ново от вчера: {LINE}", "sections": 5}),
        (30, {"sentences": 1, "outlets": 1, "update": "", "sections": 7}),
        (20, {"sentences": 8, "outlets": 9, "update": "", "sections": 3}),
    ],
)
def test_the_estimate_is_on_the_safe_side_and_near(count, given, with_pictures):
    """Never under the real bytes of HTML and text, and at most an eighth over the HTML."""
    made, pictures = edition(count, **given), None
    if with_pictures:
        made, pictures = illustrated(made)
    estimate = sum(
        (
            *(of_section(part.name, part.stories[0].title) for part in made.sections),
            *(of_story(one, one.tier, pictured=with_pictures) for one in made.stories),
        ),
        start=EMPTY,
    )

    everything = render(
        made,
        Settings().masthead(),
        section_sets={frozenset()},
        newsroom=Newsroom(()),
        pictures=pictures,
    ).variants["all"]

    assert isinstance(estimate, Cost)
    assert size(everything.html) <= estimate.html <= size(everything.html) * 9 / 8 + 4_000
    assert size(everything.text) <= estimate.text
