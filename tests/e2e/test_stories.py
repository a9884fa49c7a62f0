"""`digest story list|show|merge|split` as an editor types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import Ran, digest
from tests.e2e.test_morning_by_hand import DAY, NOW, PAGE

NEWS = {
    "most": (
        "Мостът над Лъкатица се отваря за камиони",
        "Мостът над Лъкатица при Дъбрава се отваря за камиони от 1 декември, съобщи пътното "
        "управление. Ремонтът на моста продължи 14 месеца и струва 3,4 млн. евро, каза Рангел Търновалиев.",
        "Ограничението от 20 тона остава до края на февруари, докато се измери слягането на стълба.",
    ),
    "kamioni": (
        "Камионите тръгват по моста над Лъкатица от декември",
        "От 1 декември камионите ще минават по моста над Лъкатица при Дъбрава, каза Рангел "
        "Търновалиев от пътното управление. Ремонтът на моста е продължил 14 месеца и струва 3,9 млн. евро.",
        "До края на февруари по моста остава ограничението от 20 тона.",
    ),
    "uchilishte": (
        "Училището в Горна Ела получи нова лаборатория по физика",
        "Училището в Горна Ела откри лаборатория по физика с 24 работни места. Апаратурата за "
        "180 000 евро е дарена от завода за лещи в града.",
        "Директорката Милка Кантарджийска каза, че лабораторията ще е отворена и в събота.",
    ),
}  # fmt: skip
KEYS = [
    "story_id", "article_ids", "lead_article_id", "independent_sources", "voices", "copies",
    "disagreements", "topic", "topic_confidence", "topic_why", "place", "why",
]  # fmt: skip
AS = ("--as", "editor@example.bg")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two outlets' pages collected and drafted."""
    room = tmp_path_factory.mktemp("stories")
    home = room / "home"
    options = ("--home", home, "--now", NOW)
    assert digest("init", home).code == 0
    for outlet, slugs in (("Речник", ("most", "uchilishte")), ("Глас", ("kamioni",))):
        place = room / outlet
        place.mkdir()
        for minute, slug in enumerate(slugs):
            title, *paragraphs = NEWS[slug]
            body = "".join(f"<p>{one}</p>" for one in paragraphs)
            page = PAGE.format(title=title, slug=slug, minute=minute, paragraphs=body)
            (place / f"{slug}.html").write_text(page, encoding="utf-8")
        digest(
            "sources",
            "add",
            f"folder:{place}",
            "--rights",
            "licensed",
            "--outlet",
            outlet,
            *options,
        )
    assert digest("collect", *options).code == 0
    assert digest("build", "--date", DAY, *options).code == 0
    return home


@pytest.fixture
def at(drafted: Path, tmp_path: Path) -> tuple[object, ...]:
    """The options of every command, with a copy of that home."""
    home = tmp_path / "home"
    shutil.copytree(drafted, home)
    return ("--home", home, "--now", NOW)


def story(*words: object) -> Ran:
    return digest("story", *words)


def rows(at: tuple[object, ...]) -> dict[int, dict]:
    """The stories by how many articles they have."""
    return {len(row["article_ids"]): row for row in story("list", *at, "--json").rows}


def test_the_list_shows_articles_and_independent_sources(at: tuple[object, ...]) -> None:
    """A table in Bulgarian; in JSON a line for each story with the keys of `digest cluster`."""
    table, lines = story("list", *at), story("list", *at, "--json")

    assert (table.code, lines.code) == (0, 0)
    assert all(word in table.out for word in ("Тема", "Заглавие", "Статии", "Гласове", "Лъкатица"))
    assert [list(row) for row in lines.rows] == [KEYS, KEYS]
    assert [len(row["article_ids"]) for row in lines.rows] == [2, 1]
    assert [row["independent_sources"] for row in lines.rows] == [2, 1]
    assert all(row["story_id"] in table.out for row in lines.rows)


def test_one_story_shows_its_voices_its_reasons_and_its_disputes(at: tuple[object, ...]) -> None:
    """What an editor needs to judge whether it is one event."""
    wanted = rows(at)[2]

    shown = story("show", wanted["story_id"], *at)

    assert shown.code == 0
    assert all(word in shown.out for word in ("Защо са заедно", "Издание", "Речник", "Глас"))
    assert "Общи думи" in shown.out
    said = shown.out + shown.err
    assert "Разминавания" in said
    assert "3,4 млн. евро (Речник" in said
    assert "3,9 млн. евро (Глас" in said


def test_a_merge_and_a_split_stand_through_a_build(at: tuple[object, ...]) -> None:
    """What was joined keeps the id of the first, what is taken out says its own."""
    first, second = rows(at)[2]["story_id"], rows(at)[1]["story_id"]

    merged = story("merge", first, second, *AS, *at, "--json")
    (row,) = story("list", *at, "--json").rows
    out = row["article_ids"][1]
    parted = story("split", first, out, *AS, *at, "--json")
    assert digest("build", "--date", DAY, *at).code == 0
    found = {one["story_id"]: one["article_ids"] for one in story("list", *at, "--json").rows}

    assert (merged.code, merged.row) == (0, {"story_id": first})
    assert (row["story_id"], len(row["article_ids"])) == (first, 3)
    assert any("събрано от editor@example.bg" in said for said in row["why"])
    assert parted.code == 0
    assert found[parted.row["story_id"]] == [out]
    assert sorted(found[first]) == sorted(set(row["article_ids"]) - {out})


def test_errors_say_what_is_wrong_and_what_helps(at: tuple[object, ...]) -> None:
    """In Bulgarian, with the exit code of their kind and no traceback."""
    wanted = rows(at)[2]
    name, members = wanted["story_id"], wanted["article_ids"]

    unknown = story("show", "няма", *at)
    nothing = story("split", name, *members, *AS, *at)
    nobody = story("merge", name, name, *at)
    no_person = story("split", name, members[0], "--as", "някой", *at)

    assert "Няма тема „няма“." in unknown.err
    assert "digest story list" in unknown.err
    assert "не остава нищо" in nothing.err
    assert "--as" in nobody.err
    assert "някой" in no_person.err
    assert [ran.code for ran in (unknown, nothing, nobody, no_person)] == [2, 3, 2, 2]
