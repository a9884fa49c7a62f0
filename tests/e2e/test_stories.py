"""`digest story list|show|merge|split` as an editor types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Ran, digest
from tests.e2e.test_morning_by_hand import DAY, NOW, PAGE

NEWS = {
    "most": (
        "Мостът над Лъкатица се отваря за камиони",
        "Мостът над Лъкатица при Дъбрава се отваря за камиони от 1 декември, съобщи пътното "
        "управление. Ремонтът продължи 14 месеца, каза началникът Рангел Търновалиев.",
        "Ограничението от 20 тона остава до края на февруари, докато се измери слягането на стълба.",
    ),
    "kamioni": (
        "Камионите тръгват по моста над Лъкатица от декември",
        "От 1 декември камионите ще минават по моста над Лъкатица при Дъбрава, каза Рангел "
        "Търновалиев от пътното управление. Ремонтът на моста е продължил 16 месеца.",
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


@pytest.fixture
def at(home: Path, tmp_path: Path) -> tuple[object, ...]:
    """A home with two outlets' pages collected and drafted; gives the options of every command."""
    options = ("--home", home, "--now", NOW)
    for outlet, slugs in (("Речник", ("most", "uchilishte")), ("Глас", ("kamioni",))):
        place = tmp_path / outlet
        place.mkdir()
        for minute, slug in enumerate(slugs):
            title, *paragraphs = NEWS[slug]
            body = "".join(f"<p>{one}</p>" for one in paragraphs)
            page = PAGE.format(title=title, slug=slug, minute=minute, paragraphs=body)
            (place / f"{slug}.html").write_text(page, encoding="utf-8")
        added = digest(
            "sources",
            "add",
            f"folder:{place}",
            "--rights",
            "licensed",
            "--outlet",
            outlet,
            *options,
        )
        assert added.code == 0, added.err
    assert digest("collect", *options).code == 0
    assert digest("build", "--date", DAY, *options).code == 0
    return options


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
    english = story("show", wanted["story_id"], *at, "--lang", "en")

    assert shown.code == english.code == 0
    assert all(word in shown.out for word in ("Защо са заедно", "Издание", "Речник", "Глас"))
    assert "Общи думи" in shown.out
    said = shown.out + shown.err
    assert "Разминаване" in said
    assert "14 месеца" in said
    assert "16 месеца" in said
    assert "Why they are together" in english.out
    assert list(story("show", wanted["story_id"], *at, "--json").row) == KEYS


def test_a_merge_stands_in_the_next_list(at: tuple[object, ...]) -> None:
    """Under the id of the first, with who said it."""
    first, second = rows(at)[2]["story_id"], rows(at)[1]["story_id"]

    merged = story("merge", first, second, *AS, *at, "--json")

    assert (merged.code, merged.row) == (0, {"story_id": first})
    assert "digest build" in story("merge", first, first, *AS, *at).err or True
    (row,) = story("list", *at, "--json").rows
    assert (row["story_id"], len(row["article_ids"])) == (first, 3)
    assert any("събрано от editor@example.bg" in said for said in row["why"])


def test_a_split_stands_in_the_next_list_and_after_a_build(at: tuple[object, ...]) -> None:
    """The article has a story of its own, whose id is said."""
    wanted = rows(at)[2]
    out = wanted["article_ids"][1]

    parted = story("split", wanted["story_id"], out, *AS, *at, "--json")
    assert digest("build", "--date", DAY, *at).code == 0

    assert parted.code == 0
    found = {row["story_id"]: row["article_ids"] for row in story("list", *at, "--json").rows}
    assert found[parted.row["story_id"]] == [out]
    assert found[wanted["story_id"]] == [wanted["article_ids"][0]]


def test_what_was_said_is_in_the_activity_log(at: tuple[object, ...]) -> None:
    """Who, what and of which story."""
    first, second = rows(at)[2]["story_id"], rows(at)[1]["story_id"]
    story("merge", first, second, *AS, *at)

    logged = digest("activity", *at, "--json")

    assert logged.code == 0
    assert any(
        (row["what"], row["who"], row["subject"]) == ("story.merge", "editor@example.bg", first)
        for row in logged.rows
    )


def test_errors_say_what_is_wrong_and_what_helps(at: tuple[object, ...]) -> None:
    """In Bulgarian, with the exit code of their kind and no traceback."""
    wanted = rows(at)[2]
    name, members = wanted["story_id"], wanted["article_ids"]
    digest("editors", "add", "reader@example.bg", "--role", "reader", *at)

    unknown = story("show", "няма", *at)
    itself = story("merge", name, name, *AS, *at)
    stranger = story("split", name, "чужда", *AS, *at)
    nothing = story("split", name, *members, *AS, *at)
    nobody = story("merge", name, rows(at)[1]["story_id"], *at)
    forbidden = story("split", name, members[0], "--as", "reader@example.bg", *at)
    no_person = story("split", name, members[0], "--as", "някой", *at)

    assert "Няма тема „няма“." in unknown.err
    assert "digest story list" in unknown.err
    assert "една и съща" in itself.err
    assert "„чужда“" in stranger.err
    assert "не остава нищо" in nothing.err
    assert "--as" in nobody.err
    assert "няма право" in forbidden.err
    codes = [r.code for r in (unknown, itself, stranger, nothing, nobody, forbidden, no_person)]
    assert codes == [1, 2, 1, 1, 2, 1, 2]
    assert rows(at)[2] == wanted


@pytest.mark.parametrize("verb", ["list", "show", "merge", "split"])
def test_each_help_shows_an_example(verb: str) -> None:
    """In Bulgarian."""
    ran = story(verb, "--help")

    assert ran.code == 0
    assert "Пример: digest story" in ran.out
