"""`digest summarise --model` and a morning where the client of models cannot be imported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import digest
from tests.e2e.test_morning_by_hand import DAY, NOW, PAGE
from tests.fakes.model_server import ModelServer, model_server, status, tells
from tests.unit.summarise.model.kit import BUS, STARTS, TEXT, TITLE

KEY = "sk-proba-9876543210"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    file = tmp_path / "statii.jsonl"
    rows = [{"id": "a", "title": TITLE, "text": TEXT, "outlet": "Пример"}]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def without_openai(tmp_path: Path) -> dict[str, str]:
    """An interpreter in which the library is not installed, whatever this one has."""
    place = tmp_path / "without"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'openai', 'httpx2'}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Absent())\n",
        encoding="utf-8",
    )
    return {"PYTHONPATH": f"{place}:{Path(__file__).resolve().parents[2]}"}


def by(server: ModelServer) -> dict[str, str]:
    return {
        "DIGEST_SUMMARISE__MODEL__BASE_URL": server.base_url,
        "DIGEST_SUMMARISE__MODEL__MODEL": "proba",
    }


def test_a_model_sums_up_a_file_of_articles(articles: Path) -> None:
    """Its sentences, their places in the articles, and the method; nothing else on the output."""
    with model_server(tells(STARTS, BUS)) as server:
        ran = digest("summarise", articles, "--json", "--model", **by(server))

    assert ran.code == 0
    assert ran.row["method"] == "model"
    assert ran.row["text"] == f"{STARTS[0]} {BUS[0]}"
    assert [TEXT[s["start"] : s["end"]][:8] for s in ran.row["sentences"]] == [
        "Строител",
        "Автобуси",
    ]
    assert all(check["supported"] for check in ran.row["checks"])


def test_a_failing_model_leaves_the_extractive_line_with_the_reason(articles: Path) -> None:
    """Exit code 0: there is a summary; the key stays out of everything that is printed."""
    with model_server(status(401, f"wrong key {KEY}")) as server:
        variables = {**by(server), "DIGEST_SUMMARISE__MODEL__API_KEY_ENV": "PROBA_KEY"}
        ran = digest("summarise", articles, "--json", "--model", **variables, PROBA_KEY=KEY)
    plain = digest("summarise", articles, "--json")

    assert ran.code == 0
    assert "401" in ran.row["making"]
    assert {**ran.row, "making": ""} == {**plain.row, "making": ""}
    assert KEY not in ran.out + ran.err


def test_a_model_that_nobody_set_is_asked_for_in_vain(articles: Path) -> None:
    """Exit code 2, and what to set."""
    ran = digest("summarise", articles, "--json", "--model")

    assert ran.code == 2
    assert "base_url" in ran.err + ran.out


def test_without_the_library_the_flag_says_what_to_install(
    articles: Path, without_openai: dict[str, str]
) -> None:
    """No traceback, and the one command that mends it."""
    with model_server(tells(STARTS)) as server:
        ran = digest("summarise", articles, "--model", **by(server), **without_openai)

    assert ran.code == 1
    assert "pip install digest[model]" in ran.err
    assert server.asked == []


def test_without_the_library_everything_else_works(
    articles: Path, home: Path, tmp_path: Path, without_openai: dict[str, str]
) -> None:
    """Summaries, and a morning for which a model is switched on: it goes on and says so."""
    folder = tmp_path / "statii"
    folder.mkdir()
    page = PAGE.format(title=TITLE, slug="most", minute=0, paragraphs=f"<p>{TEXT}</p>")
    (folder / "most.html").write_text(page, encoding="utf-8")
    switched = {
        "DIGEST_SUMMARISE__MODEL__ENABLED": "true",
        "DIGEST_SUMMARISE__MODEL__BASE_URL": "http://127.0.0.1:9/v1",
        "DIGEST_SUMMARISE__MODEL__MODEL": "proba",
    }
    at = ("--home", home, "--now", NOW, "--json")

    plain = digest("summarise", articles, "--json", **without_openai)
    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Наши", *at,
           **without_openai)  # fmt: skip
    assert digest("collect", *at, **without_openai).code == 0
    built = digest("build", "--date", DAY, *at, **without_openai, **switched)

    assert plain.row["method"] == "extractive"
    assert built.code == 0, built.err
    assert any("pip install digest[model]" in one for one in built.row["warnings"])
