"""docs/ranking.md takes one score apart: every figure in it is what the program gives."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from pathlib import Path

import pytest

from digest.rank.signals import WEIGHTS
from tests.e2e.conftest import ROOT, digest

DOC = (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8")
TITLE = "Стачката в Сребролом"
ROW = re.compile(
    r"^\| `(\w+)` \| ([0-9.]+) \| `?([^|`]*)`? \| (−?[0-9.]+) \| (−?[0-9.]+) \|$", re.MULTILINE
)
NAMES = {"log": math.log, "sqrt": math.sqrt, "min": min}


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The story as the demo prints it."""
    home: Path = tmp_path_factory.mktemp("demo") / "home"
    assert digest("demo", "--no-serve", "--home", home, "--json", cwd=home.parent).code == 0
    edition = json.loads(digest("edition", "export", "latest", "--home", home).out)
    stories = [one for section in edition["sections"] for one in section["stories"]]
    return next(one for one in stories if TITLE in one["title"])


def test_the_table_of_signals_is_that_of_the_program() -> None:
    """Every signal with its packaged weight, in order."""
    told = re.findall(r"^\| `(\w+)` \| (−?0\.\d\d) \|", DOC, re.MULTILINE)

    assert [(name, float(number(weight))) for name, weight in told] == list(WEIGHTS.items())


def test_every_figure_of_the_score_is_the_programs(story: dict) -> None:
    """Values and weights of the demo's story, row by row; a difference prints the right table."""
    right = [(r["name"], f"{r['value']:.4f}", f"{r['weight']:.2f}") for r in story["reasons"]]
    told = [
        (name, f"{number(value):.4f}", f"{number(weight):.2f}")
        for name, value, _, weight, _ in ROW.findall(DOC)
    ]

    assert told == right, "\n".join(" | ".join(row) for row in right)


def test_every_value_follows_from_its_own_calculation() -> None:
    """The formula beside each value gives it, to the fourth decimal."""
    for name, value, formula, _, _ in ROW.findall(DOC):
        assert round(eval(formula, {"__builtins__": {}}, NAMES), 4) == float(value), name


def test_the_parts_add_up_exactly(story: dict) -> None:
    """Weight × value in each row, and their sum, without rounding anything away."""
    rows = ROW.findall(DOC)
    for name, value, _, weight, adds in rows:
        assert number(value) * number(weight) == number(adds), name
    total = re.search(r"^\| \*\*score\*\* \| \| \| \| \*\*([0-9.]+)\*\* \|$", DOC, re.MULTILINE)

    assert total
    assert sum(number(adds) for *_, adds in rows) == number(total.group(1))
    assert float(total.group(1)) == story["score"]
