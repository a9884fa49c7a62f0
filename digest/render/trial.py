"""A newsroom's own templates tried on invented values, before a reader depends on them.

Gives the same findings as the rendering itself; what only one edition brings about is seen there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from digest.assets import templates_dir
from digest.errors import Finding
from digest.model import (
    Credit,
    Edition,
    EditionId,
    EditionStory,
    Masthead,
    Newsroom,
    Section,
    StoryId,
)
from digest.render.fallback import OVERRIDE_REFUSED
from digest.render.letters import LETTERS, Alarm, Value, tried
from digest.render.marked import Trial, banner
from digest.render.render import render

FIX = "Поправете образеца; до тогава писмата излизат по вградения."

_ADDRESS = "https://primer.example.bg"
_SAMPLES: dict[str, Value] = {
    "valid_for": "48 часа",
    "until": "понеделник, 4 януари 2027 г.",
    "edition_date": "петък, 20 ноември 2026 г.",
    "headline": "Община Примерово откри читалня",
    "wrong": "Читалнята има 200 места.",
    "right": "Читалнята има 20 места.",
    "stories": "12 новини",
    "deadline": "06:45 ч.",
    "outcome": "Без одобрение броят се задържа.",
    "warnings": ("Темата е дълга.",),
    "alarms": (
        Alarm(
            "Броят за петък няма одобрение.",
            "Читателите няма да получат писмо сутринта.",
            "Прегледайте броя и го одобрете.",
            "06:45 ч.",
        ),
    ),
}


def own_templates(masthead: Masthead, newsroom: Newsroom, overrides: Path) -> tuple[Finding, ...]:
    """What is wrong with the own templates in a folder; empty when there are none or all work."""
    if not has_own(overrides):
        return ()
    found = (
        *_unknown_folders(overrides),
        *_of_letters(masthead, overrides),
        *_of_the_mark(overrides),
        *_of_the_digest(masthead, newsroom, overrides),
    )
    # A fault of a shared part is met by every mail that includes it, and is told once.
    return tuple(dict.fromkeys(found))


def has_own(overrides: Path) -> bool:
    """Whether a folder holds templates at all."""
    return any((overrides / root).is_dir() for root in ("email", "web"))


def _of_letters(masthead: Masthead, overrides: Path) -> Iterator[Finding]:
    for name, keys in LETTERS.items():
        values = {key: _SAMPLES.get(key, f"{_ADDRESS}/{key}") for key in keys}
        _, found = tried(name, values, masthead, overrides)
        yield from (Finding(level, code, what, FIX) for level, code, what in found)


def _of_the_mark(overrides: Path) -> Iterator[Finding]:
    at = f"{_SAMPLES['edition_date']}, 06:45 ч."
    trial = Trial("Нова читалня в Примерово", at, approved=False, public=False)
    _, found = banner(trial, overrides=overrides)
    yield from (Finding(level, code, what, FIX) for level, code, what in found)


def _of_the_digest(masthead: Masthead, newsroom: Newsroom, overrides: Path) -> Iterator[Finding]:
    made = render(_sample_edition(), masthead, newsroom=newsroom, overrides=overrides)
    for level, code, what in made.findings:
        if code == OVERRIDE_REFUSED:
            yield Finding(level, code, what, FIX)


def _unknown_folders(overrides: Path) -> Iterator[Finding]:
    """A folder of no mail of ours is never looked into: most likely a slip of the pen."""
    mails = [one.name for one in (templates_dir() / "email").iterdir() if one.is_dir()]
    for root, known in (("email", sorted(mails)), ("web", ["archive"])):
        for folder in sorted((overrides / root).glob("*/")):
            if folder.name not in known and not folder.name.startswith("."):
                yield Finding(
                    "yellow",
                    "override-unknown",
                    f"Папката „{root}/{folder.name}“ със собствени образци не се използва.",
                    f"Няма такова писмо. Познатите папки са: {', '.join(known)}.",
                )


def _sample_edition() -> Edition:
    def story(number: int, tier: str) -> EditionStory:
        address = f"{_ADDRESS}/{number}"
        return EditionStory(
            id=StoryId(f"s{number}"),
            title=f"Община Примерово откри читалня № {number}",
            url=address,
            summary="Читалнята има 20 места и работи до полунощ.",
            one_line="Читалнята има 20 места.",
            tier=tier,
            credits=(Credit("Вестник Пример", address),),
        )

    return Edition(
        id=EditionId("proba"),
        publication="proba",
        date=date(2026, 11, 20),
        subject="Нова читалня в Примерово",
        preheader="Читалнята има 20 места и работи до полунощ.",
        sections=(
            Section("bulgaria", "България", (story(1, "lead"), story(2, "full"))),
            Section("svyat", "Свят", (story(3, "brief"),)),
        ),
    )
