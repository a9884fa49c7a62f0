"""Corrections from the shell: put right, listed, printed by the next edition, taken back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import digest
from tests.e2e.test_morning_by_hand import DAY, NOW, PAGE
from tests.e2e.test_review import drafted, stories

__all__ = ["drafted"]  # a fixture, for pytest to find here

SAID, RIGHT = "Мостът е затворен.", "Мостът е отворен за пешеходци."
TOMORROW = "2026-11-23"
LATER = NOW.replace(DAY, TOMORROW)
NEWS = (
    "Плувкинята Мила Ведрова подобри националния рекорд на 200 метра свободен стил.",
    "Тя доплува с две десети по-бързо от досегашното постижение в басейна на Тунджа.",
)


def sent(at: tuple[object, ...]) -> str:
    """The draft of the day, approved and out; gives its first story."""
    first = stories(at)[0]["id"]
    assert digest("approve", "latest", "--as", "glaven@example.bg", *at).code == 0
    assert digest("queue", "latest", *at).code == 0
    return first


def correct(edition: str, story: str, at: tuple[object, ...], *more: str):
    return digest(
        "edition", "correct", edition, "--story", story, "--said", SAID, "--right", RIGHT,
        "--as", "red@example.bg", *more, *at,
    )  # fmt: skip


def test_a_draft_is_refused_with_what_to_do(drafted: tuple[object, ...]) -> None:
    """Exit code 1, the error as JSON on standard output."""
    done = correct("latest", stories(drafted)[0]["id"], drafted)

    assert done.code != 0
    assert "поправете го направо" in done.err


def test_put_right_listed_printed_and_kept(drafted: tuple[object, ...], tmp_path: Path) -> None:
    """The keys that docs/formats.md names; a second time the same line."""
    first = sent(drafted)
    home = ("--home", drafted[1], "--now", LATER, "--json")

    made = correct(DAY, first, home).row
    again = correct(DAY, first, home).row
    page = PAGE.format(
        title="Рекорд в басейна", slug="rekord", minute=9,
        paragraphs="".join(f"<p>{one}</p>" for one in NEWS),
    ).replace(DAY, TOMORROW)  # fmt: skip
    (tmp_path / "statii" / "rekord.html").write_text(page, encoding="utf-8")
    digest("collect", *home)
    built = digest("build", "--date", TOMORROW, *home)
    export = json.loads(digest("edition", "export", TOMORROW, *home).out)
    show = digest("edition", "show", TOMORROW, *home).row

    assert made == again
    assert list(made) == [
        "correction", "edition", "story", "headline", "said", "right", "at", "by",
    ]  # fmt: skip
    assert (made["said"], made["right"], made["by"]) == (SAID, RIGHT, "red@example.bg")
    assert digest("edition", "corrections", DAY, *home).row == made | {
        "printed_in": None,
        "notified": None,
    }
    assert built.code == 0, built.err
    assert [one["right"] for one in export["corrections"]] == [RIGHT]
    assert show["corrections"] == [made]

    file = tmp_path / "edition.json"
    file.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    assert digest("render", file, "--out", tmp_path / "out").code == 0
    assert RIGHT in (tmp_path / "out" / "edition.txt").read_text(encoding="utf-8")

    digest("approve", TOMORROW, "--as", "glaven@example.bg", *home)
    late = digest("edition", "withdraw", made["correction"], "--as", "red@example.bg", *home)
    listed = digest("edition", "corrections", *home[:-1]).out
    assert late.code != 0
    assert "вече стои в броя" in late.err
    assert RIGHT.split(maxsplit=1)[0] in listed


def test_what_nobody_printed_can_be_taken_back(drafted: tuple[object, ...]) -> None:
    """Then there is nothing to list, which is said."""
    made = correct("latest", sent(drafted), drafted).row

    gone = digest("edition", "withdraw", made["correction"], "--as", "red@example.bg", *drafted)
    none = digest("edition", "corrections", *drafted[:-1])

    assert gone.row == made
    assert "Няма поправки" in none.err


def test_a_letter_goes_to_whom_the_edition_went(
    drafted: tuple[object, ...], tmp_path: Path
) -> None:
    """Planned with --notify, sent by dispatch, counted by ledger; repeating writes to nobody."""
    people = tmp_path / "hora.csv"
    people.write_text("address\nana@chitateli.example\nboyan@chitateli.example\n")
    digest(
        "subscribers", "import", people, "--basis", "consent", "--evidence", "форма",
        "--confirmed", *drafted,
    )  # fmt: skip
    first = sent(drafted)
    digest("dispatch", "--until-empty", *drafted)

    made = correct(DAY, first, drafted, "--notify").row
    out = digest("dispatch", "--until-empty", *drafted).row
    again = correct(DAY, first, drafted, "--notify").row
    none = digest("dispatch", "--until-empty", *drafted).row
    ledger = digest("ledger", made["notice"], *drafted).row
    (listed,) = digest("edition", "corrections", *drafted).rows

    assert (made["planned"], again["planned"]) == (2, 2)
    assert (out["accepted"], none["accepted"]) == (2, 0)
    assert (ledger["accepted"], ledger["balanced"]) == (2, True)
    assert listed["notified"] == {"planned": 2, "accepted": 2}
