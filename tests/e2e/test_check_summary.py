"""`digest check-summary` for a person at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import digest

TEXT = (
    "Кметът на Липник Румен Чолаков спря ремонта на моста над Сушица. Според него изпълнителят е "
    "вложил бетон с по-ниска якост. Мостът струва 4,2 млн. евро."
)


def pair(tmp_path: Path, summary: str) -> Path:
    file = tmp_path / "pair.jsonl"
    source = {"id": "a", "title": "Кметът спря ремонта", "text": TEXT}
    row = {"id": "most", "summary": summary, "articles": [source]}
    file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return file


def test_each_sentence_has_its_verdict_in_bulgarian(tmp_path: Path) -> None:
    """What is wrong, with what the source has; what is right is said to be confirmed."""
    wrong = digest("check-summary", pair(tmp_path, "Мостът струва 2,4 млн. евро."))
    right = digest("check-summary", pair(tmp_path, "Чолаков спря ремонта на моста над Сушица."))

    assert "most: не минава" in wrong.out
    assert "Числото не е това на източника" in wrong.out
    assert "4,2 млн. евро" in wrong.out
    assert "most: минава" in right.out
    assert "потвърдено" in right.out


def test_a_fault_that_two_looks_find_is_told_once(tmp_path: Path) -> None:
    """A figure exchanged in a sentence of the source is one problem."""
    ran = digest("check-summary", pair(tmp_path, "Мостът струва 2,4 млн. евро."), "--json")
    problems = json.loads(ran.out)["sentences"][0]["problems"]

    assert [problem["kind"] for problem in problems] == ["number"]


def test_half_a_character_is_marked_and_the_rest_judged(tmp_path: Path) -> None:
    """A headline that was cut inside an emoji is escaped in JSON as half of one: no fault."""
    file = pair(tmp_path, "Чолаков@@ спря ремонта на моста над Сушица.")
    file.write_text(file.read_text("utf-8").replace("@@", "\\ud83d"), encoding="utf-8")

    ran = digest("check-summary", file, "--json")

    assert ran.code == 0
    assert json.loads(ran.out)["sentences"][0]["text"].startswith("Чолаков\ufffd спря")
