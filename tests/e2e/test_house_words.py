"""A home as `digest init` makes it, with a few lines uncommented: its own sections and phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.bootstrap import open_app
from tests.e2e.conftest import digest
from tests.integration import web_kit as kit

NOW = "2026-11-22T06:30:00+02:00"
PAGE = """<!doctype html><html lang="bg"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:section" content="{section}">
<meta property="article:published_time" content="2026-11-22T05:00:00+02:00">
<link rel="canonical" href="https://rechnik.example.bg/{slug}"></head>
<body><article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></body></html>"""

STORIES = (
    (
        "forum", "Свят", "Градовете по Рейн подписаха обща карта на наводненията",
        "Дванайсет града по Рейн подписаха обща карта на наводненията, съобщи съюзът им в Базел. "
        "Картата показва 340 километра от реката.",
        "Всеки град плаща по 20 000 евро годишно за измерванията, а данните са открити за всички.",
    ),
    (
        "kei", "Флот", "Новият кей в Заливино приема първия кораб в понеделник",
        "Новият кей в Заливино приема първия кораб в понеделник, съобщи пристанищната управа. "
        "Кеят е дълъг 180 метра и струва 12 млн. евро.",
        "Управата очаква 40 кораба до края на годината и наема 25 докери за две смени.",
    ),
    (
        "kupa", "Спорт", "Отборът на Дъбрава спечели купата по волейбол",
        "Отборът на Дъбрава спечели купата по волейбол след победа с 3:1 гейма над Заливино. "
        "Финалът гледаха 2 300 зрители.",
        "Треньорът Рангел Търновалиев каза, че отборът тренира два пъти на ден от август насам.",
    ),
)  # fmt: skip
UNCOMMENTED = (
    "names = { svyat",
    "[[sections.own]]",
    'slug = "more"',
    'name = "Морето"',
    "words = [",
    "categories = [",
    "contents = ",
    "greeting = ",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "statii"
    place.mkdir()
    for slug, section, title, first, second in STORIES:
        page = PAGE.format(title=title, section=section, slug=slug, first=first, second=second)
        (place / f"{slug}.html").write_text(page, encoding="utf-8")
    return place


def uncommented(home: Path) -> None:
    file = home / "digest.toml"
    text = file.read_text(encoding="utf-8")
    for line in UNCOMMENTED:
        assert text.count(f"# {line}") >= 1, line
        text = text.replace(f"# {line}", line, 1)
    text = text.replace('# order = ["bulgaria", "svyat"]', 'order = ["sport", "more"]')
    file.write_text(text.replace('"В броя"', '"Какво има днес"'), encoding="utf-8")


def test_own_sections_and_phrases_reach_mail_text_archive_and_preferences(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    """From the commented settings, without a template and without a topics.toml."""
    uncommented(home)
    at = ("--home", home, "--now", NOW, "--json")
    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Речник", *at)
    digest("collect", *at)

    built = digest("build", "--date", "2026-11-22", *at)
    file = tmp_path / "edition.json"
    file.write_text(digest("edition", "export", "latest", *at[:4]).out, encoding="utf-8")
    rendered = digest("render", file, "--out", tmp_path / "out", *at)

    assert built.row["sections"].keys() == {"svyat", "more", "sport"}, built.err
    assert rendered.code == 0, rendered.err
    for name in ("edition.html", "edition.txt", "edition.web.html"):
        shown = (tmp_path / "out" / name).read_text(encoding="utf-8")
        for said in ("По света", "Морето", "Спорт", "Какво има днес"):
            assert said in shown, (name, said)
        assert "Свят" not in shown

    app = open_app(home)
    try:
        token = kit.token_of(app, kit.add_reader(app))
        browser = kit.Browser(app)
        preferences = browser.get(f"/predpochitania/{token}").text
    finally:
        app.close()
    places = [
        preferences.index(f"> {name}<") for name in ("Спорт", "Морето", "България", "По света")
    ]
    assert places == sorted(places)
