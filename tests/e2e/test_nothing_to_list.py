"""A list with nothing in it says that there is nothing, and what would bring something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import digest


@pytest.mark.parametrize(
    ("words", "bulgarian", "english"),
    [
        (("story", "list"), "Няма теми", "No stories"),
        (("edition", "list"), "Още няма броеве", "No editions"),
        (("sources", "list"), "Няма източници", "No sources"),
        (("subscribers", "list"), "Няма абонати", "No subscribers"),
        (("editors", "list"), "Редакцията няма хора", "No editors"),
    ],
)
def test_an_empty_list_says_so(
    home: Path, words: tuple[str, ...], bulgarian: str, english: str
) -> None:
    """No table of bare headings; with --json no line at all, for a program reads that."""
    told = digest(*words, "--home", home)
    abroad = digest(*words, "--home", home, "--lang", "en")
    lines = digest(*words, "--home", home, "--json")

    assert (told.code, told.out) == (0, "")
    assert bulgarian in told.err
    assert english in abroad.err
    assert (lines.code, lines.out) == (0, "")


@pytest.mark.parametrize("stage", ["cluster", "rank"])
def test_no_articles_are_no_stories(tmp_path: Path, stage: str) -> None:
    """An empty file is grouped and ranked into nothing, and the person is told."""
    (tmp_path / "statii.jsonl").write_text("", "utf-8")

    ran = digest(stage, tmp_path / "statii.jsonl")

    assert (ran.code, ran.out) == (0, "")
    assert "Няма статии" in ran.err
