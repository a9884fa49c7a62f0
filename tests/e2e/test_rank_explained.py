"""`digest rank` on a file and on a home: explained, muted, tuned; `digest story` rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.bootstrap import open_app
from tests.e2e.conftest import digest
from tests.unit.rank.test_tune import HIDDEN, desk

NOW = "2026-11-22T07:00:00+02:00"
BRIDGE = (
    "Новият мост край Дряново ще бъде открит през май, обяви министърът Стефан Калчев. Строежът "
    "струва 12 милиона евро. По трасето работят 140 души, а движението е по обходен маршрут."
)
ROWS = (
    {"id": "1", "title": "Мостът край Дряново се открива през май", "text": BRIDGE, "outlet": "Едно",
     "url": "https://www.edno.example.bg/1", "published_at": "2026-11-22T05:00:00+02:00"},
    {"id": "2", "title": "През май отварят моста край Дряново", "text": BRIDGE.replace(
        "обяви", "каза вчера на брифинг"), "outlet": "Две", "source": "dve",
     "published_at": "2026-11-22T06:00:00+02:00"},
    {"id": "3", "title": "Хлябът поевтинява с пет стотинки", "text": "Хлябът поевтинява от понеделник, "
     "съобщиха от съюза на хлебарите в Ямбол.", "outlet": "Три",
     "published_at": "2026-11-22T04:00:00+02:00"},
)  # fmt: skip
REASON = {"name", "weight", "value", "sentence"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three articles in a file with the most awkward name."""
    place = tmp_path / "tune"
    place.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8")
    return place


def rank(*words: object, cwd: Path):
    return digest("rank", *words, "--now", NOW, cwd=cwd)


def test_explaining_changes_no_key_of_the_contract(file: Path) -> None:
    """`--explain --json` is `--json`; without it a table shows each part and the sum."""
    plain = rank("./tune", "--json", cwd=file.parent)
    told = rank("--explain", "--json", file, cwd=file.parent)
    table = rank(file, "--explain", cwd=file.parent)

    assert (plain.code, plain.out) == (0, told.out)
    for row in plain.rows:
        assert [one.keys() for one in row["reasons"]] == [REASON] * len(row["reasons"])
        assert row["score"] == round(sum(r["weight"] * r["value"] for r in row["reasons"]), 6)
    assert "Сбор" in table.out
    assert f"{plain.rows[0]['score']:.6f}" in table.out
    assert "Тежестите са пакетните." in table.out


def test_a_muted_source_shows_what_it_carried(file: Path) -> None:
    """Lines of the reduced set with where each story stood; a person reads what changed."""
    rows = rank(file, "--without", "EDNO.example.bg", "--json", cwd=file.parent).rows
    told = rank("--without", "Едно", "--without", "dve", file, cwd=file.parent).out

    assert {tuple(row["article_ids"]) for row in rows} == {("2",), ("3",)}
    assert {row["without"]["place_before"] for row in rows} == {1, 2}
    assert all("independent_sources_before" in row["without"] for row in rows)
    assert "Изчезва" in told
    assert "Вече води" in told


def test_an_unknown_source_is_a_wrong_call(file: Path) -> None:
    """With the known ones by name."""
    ran = rank(file, "--without", "Няма такъв", "--json", cwd=file.parent)

    assert ran.code == 2
    assert "Едно" in ran.row["error"]["fix"]


def test_interest_and_places_come_from_settings(file: Path) -> None:
    """From a file and from the environment; an unknown section is refused."""
    config = file.parent / "own.toml"
    config.write_text('[rank]\nplaces = ["Дряново"]\n[rank.interest]\nsport = 2\n', "utf-8")
    rows = rank(file, "--json", "--config", config, cwd=file.parent).rows
    wrong = digest("rank", file, "--now", NOW, cwd=file.parent, DIGEST_RANK__INTEREST='{"hobi": 1}')

    local = next(r for r in rows[0]["reasons"] if r["name"] == "local")
    assert local["value"] == 1
    assert "Дряново" in local["sentence"]
    assert wrong.code == 2
    assert "hobi" in wrong.err


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home whose editors have chosen often."""
    place = tmp_path / "home"
    assert digest("init", place).code == 0
    app = open_app(place)
    with app.store.work() as work:
        work.learning.add("digest", desk(HIDDEN, seed=7))
    app.close()
    return place


def test_tuning_shows_accepts_and_goes_back(file: Path, home: Path) -> None:
    """Nothing changes before --accept; afterwards the file is ranked with the new weights."""

    def weights() -> dict[str, float]:
        ran = rank(file, "--home", home, "--json", cwd=home)
        return {r["name"]: r["weight"] for r in ran.rows[0]["reasons"]}

    before = weights()
    shown = digest("rank", "--home", home, "tune", "--json")
    assert shown.row["explained_new"] > shown.row["explained_old"]
    assert shown.row["accepted"] is False
    assert weights() == before

    nobody = digest("rank", "tune", "--accept", "--home", home)
    assert nobody.code == 2
    taken = digest("rank", "tune", "--accept", "--as", "a@example.bg", "--home", home, "--json")
    assert taken.row["accepted"] is True
    assert weights() == {one["name"]: one["new"] for one in taken.row["weights"]}
    told = rank(file, "--explain", "--home", home, cwd=home).out
    assert "приетите от a@example.bg" in " ".join(told.split())

    back = digest("rank", "tune", "--undo", "--as", "a@example.bg", "--home", home, "--json")
    assert back.row["in_force"] == "packaged"
    assert weights() == before


def test_without_choices_tuning_says_how_many_are_needed(tmp_path: Path) -> None:
    """And changes nothing."""
    place = tmp_path / "home"
    digest("init", place)

    ran = digest("rank", "tune", "--home", place, "--json")
    assert ran.code == 0
    assert ran.row["enough"] is False
    assert "60" in ran.row["warnings"][0]
    refused = digest("rank", "tune", "--accept", "--as", "a@example.bg", "--home", place)
    assert refused.code == 3


def test_a_ruling_on_an_unknown_story_is_said(home: Path) -> None:
    """Not kept for a day that will never see it."""
    ran = digest("story", "pin", "snyama", "--as", "e@example.bg", "--home", home, "--json")

    assert ran.code == 2
    assert "snyama" in ran.row["error"]["what"]
    cleared = digest("story", "clear", "snyama", "--as", "e@example.bg", "--home", home)
    assert cleared.code == 0
