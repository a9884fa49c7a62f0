"""The table tells the truth: the worst figure, its threshold, and whether it holds."""

from __future__ import annotations

import pytest

from tests.judges.table import Note, Verdict, lines


def test_worst_figure_of_all_mails_stands_in_the_table() -> None:
    """A line for each matter: the greatest of what may not grow, the least of what may not sink."""
    notes = [
        Note("layout", "overflow, px", "a", 0, 0),
        Note("layout", "overflow, px", "b", 12, 0),
        Note("layout", "smallest text, px", "a", 13.5, 13, least=True),
        Note("layout", "smallest text, px", "b", 16, 13, least=True),
    ]

    _, overflow, text = lines(notes)

    assert overflow.split()[-5:] == ["≤", "0", "2", "(b)", "FAILS"]
    assert " 12 " in overflow
    assert text.split()[-5:] == ["13.500", "≥", "13", "2", "(a)"]


def test_every_figure_is_noted_and_those_past_their_threshold_are_named() -> None:
    """The first fault does not hide the next."""
    kept: list[Note] = []
    verdict = Verdict(kept.append)

    verdict.most("bytes", "HTML", "a", 5, 4, "too long")
    verdict.least("text part", "lines", "a", 5, 4)
    verdict.none("axe", "serious", "a", ["color-contrast", "link-name"])

    assert [note.figure for note in kept] == [5, 5, 2]
    assert verdict.over == [
        "bytes, HTML, a: 5 is over 4: too long",
        "axe, serious, a: 2 is over 0: color-contrast; link-name",
    ]


@pytest.mark.xdist_group("judges")
def test_groups_stay_on_one_worker(request: pytest.FixtureRequest) -> None:
    """What is dear to make is made once: under `--dist loadgroup` a group is part of the name."""
    together = bool(request.config.getoption("loadgroup", default=False))
    assert request.node.nodeid.endswith("@judges") is together
