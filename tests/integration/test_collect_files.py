"""Files of a folder over rounds: read once, known by their name, told from rules of our own."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import collecting, sources
from digest.actions.app import App
from digest.actions.collecting import CollectReport
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.collect import asking
from digest.collect.folder import Unusable, read_folder
from digest.collect.lead import Lead
from digest.collect.reading import Document
from digest.gathered import Version
from digest.model import Article
from tests.integration.outlets import page

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
TITLE = "Пролом сменя водопровода си"
PARAGRAPHS = (
    "Общинският съвет в Пролом прие с 31 гласа „за“ плана за подмяна на стария водопровод.",
    "Работата започва през март и трябва да приключи до края на следващата година.",
    "„Това е най-голямата поправка от четиридесет години“, каза кметът Стоян Велев.",
    "Жителите на три квартала ще бъдат без вода в продължение на два дни през април.",
    "Парите идват от държавния бюджет и от заем, който общината ще връща осем години.",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home"
    init_home(place)
    (place / "st").mkdir()
    app = at(place)
    sources.add_source(app, "folder:st", rights="licensed", outlet="Вестник")
    app.close()
    return place


def at(home: Path, hours: float = 0) -> App:
    return open_app(home, clock=FixedClock(NOW + timedelta(hours=hours)))


def put(home: Path, *paragraphs: str, title: str = TITLE, name: str = "a.html") -> None:
    (home / "st" / name).write_text(page(title, *(paragraphs or PARAGRAPHS)), encoding="utf-8")


def run(home: Path, hours: float = 0, *, again: bool = False) -> CollectReport:
    app = at(home, hours)
    try:
        return collecting.collect_again(app) if again else collecting.collect(app)
    finally:
        app.close()


def stored(home: Path) -> tuple[list[Article], list[Version]]:
    """The articles, and the versions of the first."""
    app = at(home)
    with app.store.reading() as work:
        found = work.articles.since(NOW - timedelta(days=900))
        versions = work.articles.versions(found[0].id)
    app.close()
    return found, versions


def test_a_file_is_read_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes are known, and are not extracted at every round; a refused file neither."""
    put(home)
    put(home, "Няма.", title="Х", name="b.html")
    (home / "st" / "c.html").write_bytes(b"\x00\x01")
    read: list[str] = []

    def counted(lead: Lead, name: str, url: str, data: bytes, *, raw: str) -> Document:
        read.append(name)
        return Document(lead, name, url, data, raw=raw)

    monkeypatch.setattr(asking, "Document", counted)

    first, second = run(home), run(home, 1)

    assert (first.articles_new, second.articles_new) == (1, 0)
    assert (second.articles_known, second.refused_known, second.rejected) == (1, 2, {})
    assert read == ["a.html", "b.html", "c.html"]


@pytest.mark.parametrize("hours", [1, 72])
@pytest.mark.parametrize(
    ("paragraphs", "title", "kind"),
    [
        ((PARAGRAPHS[0].replace("31", "29"), *PARAGRAPHS[1:]), TITLE, "figures"),
        ((*PARAGRAPHS, "Критиците искат проверка на сметката."), TITLE, "text"),
        (PARAGRAPHS, "Водопроводът на Пролом ще се плаща със заем", "title"),
    ],
)
def test_a_file_that_was_edited_is_a_version(
    home: Path, hours: int, paragraphs: tuple[str, ...], title: str, kind: str
) -> None:
    """After an hour and after days: one article, and an editor sees what was altered."""
    put(home)
    run(home)
    put(home, *paragraphs, title=title)

    report = run(home, hours)

    found, versions = stored(home)
    assert (report.articles_new, report.articles_altered) == (0, 1)
    assert [one.title for one in found] == [title]
    assert [one.cause for one in versions] == ["outlet", "outlet"]
    assert [change.kind for change in versions[1].changes] == [kind]


def test_a_rule_of_ours_is_no_alteration_by_the_outlet(home: Path) -> None:
    """A new agency in the newsroom's list: nothing by itself, a better reading when asked for."""
    put(home, *PARAGRAPHS[:-1], PARAGRAPHS[-1] + " /ПРЕСНА/")
    run(home)
    (home / "outlets.toml").write_text(
        '[[agencies]]\nname = "ПРЕСНА"\ncredits = ["ПРЕСНА"]\n', encoding="utf-8"
    )

    plain, better = run(home, 1), run(home, 2, again=True)

    (article,), versions = stored(home)
    assert (plain.articles_altered, better.articles_new) == (0, 0)
    assert article.agencies == ("ПРЕСНА",)
    assert [one.cause for one in versions[1:]] == ["again"]


def test_a_file_that_was_read_before_files_had_names_is_no_second_article(home: Path) -> None:
    """Stored under its text only, by an earlier version of the program."""
    put(home)
    run(home)
    app = at(home)
    with app.store.work() as work:
        work.connection.exec_driver_sql("DELETE FROM article_keys WHERE key LIKE 'file:%'")
        work.connection.exec_driver_sql("UPDATE articles SET mark = ''")
    app.close()

    reports = run(home, 1), run(home, 2)

    assert [one.articles_new for one in reports] == [0, 0]
    assert len(stored(home)[0]) == 1


def test_a_file_whose_name_is_no_text_is_read_and_known(home: Path) -> None:
    """Names of old systems: the bytes of a name need not be UTF-8."""
    put(home)
    folder = os.fsencode(home / "st")
    odd = Path(os.fsdecode(folder + b"/lo\xf8.html"))
    (home / "st" / "a.html").rename(odd)

    first, second = run(home), run(home, 1)

    assert (first.articles_new, second.articles_new, second.articles_known) == (1, 0, 1)


def test_a_link_to_a_file_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    """It is named with its remedy; one within the folder is read, and a folder may be a link."""
    (tmp_path / "tajna.txt").write_text("Чужд текст", encoding="utf-8")
    kept = tmp_path / "st"
    kept.mkdir()
    (kept / "a.txt").write_text("Наш текст", encoding="utf-8")
    (kept / "b.txt").symlink_to(kept / "a.txt")
    (kept / "c.txt").symlink_to(tmp_path / "tajna.txt")
    (tmp_path / "vrazka").symlink_to(kept)

    found = list(read_folder("folder:vrazka", tmp_path))

    assert [(one.name, isinstance(one, Unusable)) for one in found] == [
        ("a.txt", False),
        ("b.txt", False),
        ("c.txt", True),
    ]
