"""`digest summarise` on articles that are hardly any: a short honest result or the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import digest

BRIDGE = "Мостът над Белица ще бъде затворен за два месеца от януари."
COST = "Ремонтът струва 890 хиляди евро и е платен от общината."
REASONS: dict[str, tuple[str, str, str]] = {
    "repeats": ("Мостът над Белица ще бъде затворен за два месеца", BRIDGE, "повтарят заглавието"),
    "words": ("Дълъг текст", "мост пари вода хора " * 7500, "точка"),
    "letters": ("Дълга дума", "а" * 200_000, "точка"),
    "marks": ("Кавички", "„" * 30_000, "няма текст"),
    "dialogue": ("Разговор", "– Кой плаща?\n\n– Плаща общината, а не държавата.\n\n" * 3000, "разговор"),
    "dashes": ("Какво затварят", "- мостът над Белица\n- пазарът\n- улица „Хан Крум“", "списък"),
    "numbers": ("Какво затварят", f"1. {BRIDGE}\n2. {COST}\n3. {BRIDGE}", "списък"),
    "ranking": ("Класиране", "Рибар 31 точки\nВихър 29 точки\nЯсен 25 точки", "списък"),
    "tabs": ("Износ", "Месец\tИзнос\tВнос\nЮли\t3,5\t4,1\nАвгуст\t3,2\t3,9", "таблица"),
    "pipes": ("Износ", "| Месец | Износ |\n|---|---|\n| Юли | 3,5 |\n| Август | 3,2 |", "таблица"),
    "no-stop": ("Затварят моста", f"{BRIDGE[:-1]}\n\n{COST[:-1]}", "точка"),
    "opened": ("Кметът обеща", f"Кметът обеща: „{BRIDGE} {COST} Парите са осигурени.", "цитат"),
    "closed": ("Кметът обеща", "Няма да чакаме повече“, каза кметът Белчев вчера.", "цитат"),
    "russian": ("Мост закрыт", "Мост через реку закрыт. Это объявил мэр города вчера.", "български"),
    "russian-plain": (
        "Ремонт моста",
        "Ремонт моста начнется после праздников. Город обещает закончить работу к марту.",
        "български",
    ),
    "serbian": ("Мост је затворен", "Мост преко реке биће затворен два месеца од јануара.", "български"),
    "serbian-latin": ("Most", "Most preko reke biće zatvoren dva meseca od januara.", "български"),
    "macedonian": ("Мостот", "Мостот преку реката ќе биде затворен до јануари, рече тој.", "български"),
    "ukrainian": ("Міст закрито", "Міст через річку буде закритий на два місяці.", "български"),
    "english": ("Closed", "The bridge will be closed for two months, the mayor said.", "български"),
    "english-short": ("Closed", "Bridge closed today.", "български"),
    "address": ("Мостът", "https://example.bg/most?x=1", "български"),
    "empty": ("Мостът", " \n\n\t ", "няма текст"),
    "emoji": ("Мостът", "🔥🔥🔥 ... !!!", "няма текст"),
}  # fmt: skip
TOLD: dict[str, tuple[str, str, str]] = {
    "one-sentence": ("Мостът е затворен", BRIDGE, BRIDGE),
    "long": ("Дълъг текст", f"{BRIDGE} {COST}\n\n" + f"{COST} {BRIDGE}\n\n" * 1500, f"{BRIDGE} {COST}"),
    "long-title": ("ШОК И УЖАС " * 3000, BRIDGE, BRIDGE),
    "half-quoted": ("Кметът обеща", f"{COST} Кметът каза: „Няма да чакаме повече.\n\n{BRIDGE}", f"{COST} {BRIDGE}"),
    "two-languages": ("Затварят моста", f"{BRIDGE} {COST}\n\nThe bridge will be closed, the mayor said.", f"{BRIDGE} {COST}"),
    "list-inside": ("Затварят моста", f"{BRIDGE}\n\n- пазарът\n- улицата\n\n{COST}", f"{BRIDGE} {COST}"),
}  # fmt: skip


def summarised(
    folder: Path, cases: dict[str, tuple[str, str, str]]
) -> dict[str, dict[str, object]]:
    """What the command says of each, in one run."""
    lines = [
        json.dumps({"id": name, "title": title, "text": text}, ensure_ascii=False)
        for name, (title, text, _) in cases.items()
    ]
    (folder / "statii.jsonl").write_text("\n".join(lines), "utf-8")

    ran = digest("summarise", folder / "statii.jsonl", "--json")

    assert ran.code == 0
    assert "Traceback" not in ran.err
    return {str(row["id"]): row for row in ran.rows}


@pytest.fixture(scope="module")
def untold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    return summarised(tmp_path_factory.mktemp("untold"), REASONS)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    return summarised(tmp_path_factory.mktemp("told"), TOLD)


@pytest.mark.parametrize("name", REASONS)
def test_what_cannot_be_told_is_a_title_with_its_reason(
    untold: dict[str, dict[str, object]], name: str
) -> None:
    """Nothing is made up and nothing broken is printed; the editor reads why."""
    row = untold[name]

    assert (row["text"], row["sentences"], row["method"]) == ("", [], "none")
    assert row["title"]
    assert REASONS[name][2] in str(row["note"])


@pytest.mark.parametrize("name", TOLD)
def test_what_is_whole_is_told(told: dict[str, dict[str, object]], name: str) -> None:
    """Whole Bulgarian sentences outside lists and open quotations make the summary."""
    row = told[name]

    assert row["text"] == TOLD[name][2]
    assert len(str(row["title"])) <= 301


def test_a_person_reads_the_reason_and_the_outlets_own_title(tmp_path: Path) -> None:
    """Without --json the table says it too."""
    lines = [
        {"id": "a", "title": "Класиране", "text": "Рибар 31\nВихър 29\nЯсен 25"},
        {"id": "b", "title": "Няма да повярвате какво затварят", "text": f"{BRIDGE} {COST}"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")

    ran = digest("summarise", tmp_path / "a.jsonl")

    assert "Текстът е само списък." in ran.out
    assert "Заглавие на изданието: Няма да повярвате" in ran.out
