"""What a person decides stands: edits are kept, rights and roles are held, approval binds."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.e2e.conftest import digest
from tests.e2e.test_morning_by_hand import DAY, NOW, PAGE, PEOPLE, STORIES


@pytest.fixture
def drafted(home: Path, tmp_path: Path) -> tuple[object, ...]:
    """A home with a draft of two stories; gives the options that every command needs."""
    place = tmp_path / "statii"
    place.mkdir()
    for minute, (slug, (title, *paragraphs)) in enumerate(STORIES.items()):
        body = "".join(f"<p>{one}</p>" for one in paragraphs)
        page = PAGE.format(title=title, slug=slug, minute=minute, paragraphs=body)
        (place / f"{slug}.html").write_text(page, encoding="utf-8")
    at = ("--home", home, "--now", NOW, "--json")
    digest("sources", "add", f"folder:{place}", "--rights", "licensed", "--outlet", "Речник", *at)
    assert digest("collect", *at).code == 0
    assert digest("build", "--date", DAY, *at).code == 0
    return at


def stories(at: tuple[object, ...]) -> list[dict]:
    edition = json.loads(digest("edition", "export", "latest", *at).out)
    return [story for section in edition["sections"] for story in section["stories"]]


def test_building_again_keeps_an_editors_work(drafted: tuple[object, ...]) -> None:
    """A dropped story stays dropped through build and run; only --anew composes over it."""
    first = stories(drafted)[0]["id"]
    digest(
        "edition", "edit", "latest", "--story", first, "--drop", "--as", "e@example.bg", *drafted
    )

    again = digest("build", "--date", DAY, *drafted)
    anew = digest("build", "--date", DAY, "--anew", *drafted)

    assert (again.row["stories"], again.row["revision"]) == (1, 2)
    assert (anew.row["stories"], anew.row["revision"]) == (2, 3)


def test_building_the_same_again_is_the_same_revision(drafted: tuple[object, ...]) -> None:
    """Nothing new: no new revision, and an approved edition is given back as it stands."""
    same = digest("build", "--date", DAY, *drafted)
    digest("approve", "latest", "--as", "e@example.bg", *drafted)
    approved = digest("build", "--date", DAY, *drafted)

    assert same.row["revision"] == 1
    assert (approved.code, approved.row["state"]) == (0, "approved")


def test_an_editors_text_passes_the_gate(drafted: tuple[object, ...]) -> None:
    """What the sources do not say is a warning on the edition; an unknown section is refused."""
    first = stories(drafted)[0]["id"]

    doubtful = digest(
        "edition", "edit", "latest", "--story", first, "--summary",
        "Прокуратурата разследва 77 директори за ремонта.", "--as", "e@example.bg", *drafted,
    )  # fmt: skip
    nowhere = digest(
        "edition",
        "edit",
        "latest",
        "--story",
        first,
        "--to",
        "nosuch:1",
        "--as",
        "e@example.bg",
        *drafted,
    )

    assert any("77" in one for one in doubtful.row["warnings"])
    assert nowhere.code == 3


def test_a_homes_institutions_are_known_to_the_gate(
    drafted: tuple[object, ...], home: Path, tmp_path: Path
) -> None:
    """Its short names stand for their long ones in an editor's text and in `check-summary`."""
    first = next(s for s in stories(drafted) if "Мостът" in s["title"])["id"]
    text = "Ремонтът продължи 14 месеца, съобщи БДМ."
    pair = tmp_path / "pair.jsonl"
    source = {"id": "a", "title": "Мост", "text": " ".join(STORIES["mostat"][1:])}
    pair.write_text(json.dumps({"id": "p", "summary": text, "articles": [source]}), "utf-8")

    unknown = digest("check-summary", pair, *drafted)
    (home / "institutions.toml").write_text(
        '[[institutions]]\nshort = "БДМ"\nlong = "Пътно управление"\n', encoding="utf-8"
    )
    known = digest("check-summary", pair, *drafted)
    edited = digest(
        "edition", "edit", "latest", "--story", first, "--summary", text, "--as", "e@example.bg",
        *drafted,
    )  # fmt: skip

    assert not any("БДМ" in one for one in edited.row["warnings"])
    assert (unknown.row["passes"], known.row["passes"]) == (False, True)


def test_the_subject_follows_the_lead(drafted: tuple[object, ...]) -> None:
    """A new headline for the lead is what the inbox shows."""
    lead = next(one for one in stories(drafted) if one["tier"] == "lead")["id"]

    edited = digest(
        "edition", "edit", "latest", "--story", lead, "--title", "Съвсем друго заглавие", "--as",
        "e@example.bg", *drafted,
    )  # fmt: skip

    assert edited.row["subject"].startswith("Съвсем друго заглавие")


def test_a_reader_of_the_desk_may_not_approve(drafted: tuple[object, ...]) -> None:
    """A registered person acts within the role; what is no address approves nothing."""
    digest("editors", "add", "reader@example.bg", "--role", "reader", *drafted)

    forbidden = digest("approve", "latest", "--as", "reader@example.bg", *drafted)
    nobody = digest("approve", "latest", "--as", "някой", *drafted)

    assert forbidden.code == 1
    assert nobody.code == 2


def test_preview_of_a_subscriber_is_what_is_sent(
    drafted: tuple[object, ...], home: Path, tmp_path: Path
) -> None:
    """Once queued, the preview is the message to the byte."""
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    digest(
        "subscribers",
        "import",
        people,
        "--basis",
        "consent",
        "--evidence",
        "x",
        "--confirmed",
        *drafted,
    )
    digest("approve", "latest", "--as", "e@example.bg", *drafted)
    digest("queue", "latest", *drafted)
    seen = digest(
        "preview",
        "latest",
        "--subscriber",
        "ivan@chitatel.example.bg",
        "--home",
        home,
        "--now",
        NOW,
    )
    digest("dispatch", "--until-empty", *drafted)

    sent = [
        raw for raw in (file.read_bytes() for file in (home / "outbox").glob("*.eml"))
        if "ivan@" in message_from_bytes(raw)["To"]
    ]  # fmt: skip
    assert sent == [seen.out.encode()]


def test_a_restored_copy_waits_for_a_person(
    drafted: tuple[object, ...], tmp_path: Path, home: Path
) -> None:
    """A copy does not know what left after it: nothing leaves until somebody says so."""
    copy = tmp_path / "kopie.sqlite3"
    digest("db", "backup", copy, "--home", home)
    digest("db", "restore", copy, "--home", home)

    held = digest("dispatch", "--until-empty", *drafted)
    digest("db", "confirm", "--as", "e@example.bg", "--home", home)
    free = digest("dispatch", "--until-empty", *drafted)

    assert (held.code, free.code) == (1, 0)


def test_a_relative_folder_is_counted_from_where_one_stands(home: Path, tmp_path: Path) -> None:
    """As in every other command; inside the home it is kept relative, so that it can be moved."""
    (tmp_path / "tuk").mkdir()
    (home / "vatre").mkdir()

    outside = digest(
        "sources",
        "add",
        "folder:tuk",
        "--rights",
        "licensed",
        "--home",
        home,
        "--json",
        cwd=tmp_path,
    )
    inside = digest(
        "sources",
        "add",
        f"folder:{home / 'vatre'}",
        "--rights",
        "licensed",
        "--home",
        home,
        "--json",
    )

    assert outside.row["url"] == f"folder:{tmp_path / 'tuk'}"
    assert inside.row["url"] == "folder:vatre"
