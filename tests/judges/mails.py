"""The mails that every judge looks at: invented editions, hostile ones, and the letters.

Each is made by the product's own renderer; `sources` are the MJML documents that it compiled, as
the engine was handed them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import mjml

from digest.actions.stages import fitting, read_edition
from digest.model import (
    ArticleId,
    Brand,
    Chart,
    Edition,
    Masthead,
    Point,
    RenderedEdition,
    Section,
    Sentence,
    Texts,
)
from digest.render import cut
from digest.render.letters import LETTERS, render_letter
from digest.render.marked import Trial, banner, marked
from digest.render.pictures import Pictures, PrintedLogo
from digest.render.render import render
from digest.render.words import clean, safe_url
from tests.unit.render.invented_editions import (
    MASTHEAD,
    NEWSROOM,
    correction,
    edition,
    one_story,
    story,
)
from tests.unit.render.invented_letters import CONTEXTS

SITE = "https://utro.example.bg"
PICTURE = f"{SITE}/static/snimka.png"
VALUES = {
    "UNSUB": f"{SITE}/otpisvane/t0",
    "PREFS": f"{SITE}/izbor/t0",
    "WEB": f"{SITE}/arhiv/2026-11-20",
    "NAME": "Ана",
}

LONG_WORD = "свръхдълга" * 40
HOSTILE_TITLES = (
    LONG_WORD,
    '<script>alert(1)</script> & "кавички" <b>',
    "Отдясно \u202eобърнато\u202c \u200fналяво \u2067и пак\u2069",
    "Емоджи 🧑‍🚒🇧🇬 в заглавие 🥳",
    "{{ x }} {% raw %} ${y} %%UNSUB%%",
    "Нула\x00 и\r\nнов ред\u2028тук",
    "Дълго заглавие с думи " * 18,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as a subscriber gets it; `titles` and `urls` are what both parts must show.

    `rendered` is there for an edition and not for a letter.
    """

    name: str
    subject: str
    html: str
    text: str
    sources: tuple[str, ...]
    titles: tuple[str, ...]
    urls: tuple[str, ...]
    rendered: RenderedEdition | None = None


VARIANT = "one section of three"
HOSTILE = "hostile titles"
WEEKLY = "weekly"
COLOURED = "own colours"
PICTURED = "own pictures"
DEMO = "demo"
TEST_SEND = "test send"


def full() -> Edition:
    """Fifteen stories with every part that a story can have, some with pictures."""
    names = (("bulgaria", "България"), ("svyat", "Свят"), ("sport", "Спорт"))
    sections = tuple(
        Section(slug, name, tuple(_rich(number) for number in range(first, first + 5)))
        for first, (slug, name) in zip((1, 6, 11), names, strict=True)
    )
    return edition(*sections, corrections=(correction(1), correction(2)))


def _chart(title: str, labels: tuple[str, ...], image: str | None) -> Chart:
    """Figures that grow by one; drawn, or told in words where there is no image."""
    points = tuple(
        Point(label, f"{at + 3},4\u00a0%", at + 3.4, ArticleId("a"), 0, 4, 5, 9)
        for at, label in enumerate(labels)
    )
    return Chart(title, points, Sentence("Казано.", ArticleId("a"), 0, 7), "Вестник Пример", image)


def _drawn(number: int) -> Chart | None:
    image = {3: f"{PICTURE}?chart", 6: f"{PICTURE}?chart", 8: None}
    if number not in image:
        return None
    return _chart("Инфлацията по месеци", ("юли", "август", "септември"), image[number])


def _rich(number: int) -> object:
    tier = {1: "lead", 5: "brief", 10: "brief", 14: "brief", 15: "brief"}.get(number, "full")
    return story(
        number,
        tier=tier,
        summary=f"Читалнята има {number + 20} места и работи до полунощ. Строежът струва "
        f"{number + 3}\u00a0млн.\u00a0€ и е платен от общината. Открита е през 2026\u00a0г.",
        update="Ново от вчера: входът е безплатен и за ученици." if number % 3 == 0 else "",
        disagreement="Разминаване: „Радио Пример“ пише за 30 места." if number % 4 == 0 else "",
        image=f"{PICTURE}?{number}" if number in {1, 2, 6, 7, 11} else None,
        image_alt=f"Читалня № {number} отвън" if number in {1, 6} else "",
        method="model" if number == 3 else "extractive",
        chart=_drawn(number),
    )


def many(stories: int) -> Edition:
    """One long section."""
    tier = {0: "lead"}
    return edition(
        Section("bulgaria", "България", tuple(
            story(one + 1, tier=tier.get(one, "full" if one < 8 else "brief"))
            for one in range(stories)
        ))
    )  # fmt: skip


def hostile() -> Edition:
    """Titles that no newsroom would write, in every place where a title stands."""
    stories = tuple(
        story(
            number,
            tier={1: "lead", 6: "brief"}.get(number, "full"),
            title=title,
            summary=f"{title} {LONG_WORD}",
            one_line=title,
            update=f"Ново от вчера: {title}",
            image={2: "data:image/png;base64,AA", 3: "/otnositelen.png", 4: PICTURE}.get(number),
            image_alt=title,
            chart=_chart(title, HOSTILE_TITLES, {2: PICTURE, 4: PICTURE}.get(number)),
        )
        for number, title in enumerate(HOSTILE_TITLES, start=1)
    )
    wrong = tuple(
        correction(number, said=title, right=f"{title} {LONG_WORD}", headline=title)
        for number, title in enumerate(HOSTILE_TITLES[:5], start=1)
    )
    return edition(
        Section("bulgaria", "България", stories), subject=HOSTILE_TITLES[1], corrections=wrong
    )


def demo() -> Edition:
    """The morning of the sample newsroom, as `digest demo` composes it."""
    command = [sys.executable, "-m", "digest"]
    root = Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory() as home:
        for words in (["demo", "--no-serve"], ["edition", "export", "latest"]):
            done = subprocess.run(
                [*command, *words, "--home", home], cwd=root, capture_output=True, check=True
            )
    return read_edition(done.stdout, "demo")


OWN_WORDS = Texts(
    lead="Темата, за която ще говорим цял ден",
    contents="Какво има в днешния брой на вестника",
    update="Какво ново се случи от {since}",
    why="Пишем ви, защото се записахте за „{publication}“ на сайта ни.",
    preferences="Промяна на абонамента и часа",
    closing="Това подбрахме за {period}. До утре!",
)
"""As long as a newsroom may be: headings still fit a phone."""

MASTHEADS: Mapping[str, Masthead] = {
    WEEKLY: replace(MASTHEAD, period="week"),
    COLOURED: replace(
        MASTHEAD,
        brand=Brand(
            accent="#0b5f45",
            sections=(("svyat", "#1f4e9c"), ("sport", "#8a4500")),
            footer="Чете се до закуска.",
            texts=OWN_WORDS,
        ),
    ),
}
PICTURES: Mapping[str, Pictures] = {
    PICTURED: Pictures(
        f"{SITE}/kartini",
        "utro.example.bg",
        inside=False,
        logo=PrintedLogo("logo.png", 210, 48, instead=True, letters=30),
        marks={slug: f"{slug}.png" for slug in ("bulgaria", "svyat", "sport")},
    )
}
"""What a home adds: its logo, and the pictograms."""
EDITIONS: Mapping[str, Callable[[], Edition]] = {
    "five stories": edition,
    "one story": one_story,
    "fifteen stories": full,
    WEEKLY: full,
    COLOURED: edition,
    PICTURED: full,
    DEMO: demo,
    HOSTILE: hostile,
    "forty stories": lambda: many(40),
    "sixty stories": lambda: fitting(many(60), MASTHEAD, NEWSROOM)[0],
}

NAMES = (*EDITIONS, VARIANT, TEST_SEND, *(f"letter {name}" for name in LETTERS))


@cache
def mail(name: str) -> Mail:
    """The mail of that name, made once a process."""
    if name.startswith("letter "):
        return _letter(name.removeprefix("letter "))
    if name == VARIANT:
        return _edition(name, edition(), frozenset({"svyat"}))
    if name == TEST_SEND:
        return _edition(name, edition())
    return _edition(name, EDITIONS[name]())


def rendering(
    what: Edition,
    *sets: frozenset[str],
    masthead: Masthead = MASTHEAD,
    pictures: Pictures | None = None,
) -> RenderedEdition:
    return render(what, masthead, section_sets=sets, newsroom=NEWSROOM, pictures=pictures)


def _edition(name: str, what: Edition, keep: frozenset[str] = frozenset()) -> Mail:
    with recorded_sources() as sources:
        masthead, pictures = MASTHEADS.get(name, MASTHEAD), PICTURES.get(name)
        made = rendering(what, keep, masthead=masthead, pictures=pictures)
    if name == TEST_SEND:
        trial = Trial(made.subject, "06:10\u00a0ч.", approved=False, public=False)
        made = marked(made, banner(trial)[0])
    variant = made.variants["+".join(sorted(keep)) or "all"]
    lead = what.stories[0]
    shown = [lead, *(s for p in what.sections for s in p.stories if not keep or p.slug in keep)]
    urls = {safe_url(one.url) for one in shown} | {VALUES[key] for key in ("UNSUB", "PREFS", "WEB")}
    return Mail(
        name,
        made.subject,
        cut.join(variant.html, VALUES, escape=True),
        cut.join(variant.text, VALUES, escape=False),
        tuple(sources),
        tuple(dict.fromkeys(clean(one.title) for one in shown)),
        tuple(sorted(urls)),
        rendered=replace(made, variants={"all": variant}),
    )


def _letter(name: str) -> Mail:
    values = CONTEXTS[name]
    with recorded_sources() as sources:
        subject, html, text = render_letter(name, values, MASTHEAD)
    urls = tuple(str(value) for key, value in values.items() if key.endswith("_url"))
    return Mail(f"letter {name}", subject, html, text, tuple(sources), (), urls)


@contextmanager
def recorded_sources() -> Iterator[list[str]]:
    """The MJML documents that the engine is handed while this lasts; it does its work as ever."""
    engine, sources = mjml.mjml2html, []

    def listening(source: str, **options: object) -> object:
        sources.append(source)
        return engine(source, **options)

    mjml.mjml2html = listening
    try:
        yield sources
    finally:
        mjml.mjml2html = engine
