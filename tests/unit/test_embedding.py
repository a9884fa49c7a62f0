"""The fence of the embedding model: how many threads its engine may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.embedding import MOST_THREADS, threads


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ("max 100000", MOST_THREADS),
        ("50000 100000", 1),
        ("250000 100000", 2),
        ("6400000 100000", MOST_THREADS),
        ("", MOST_THREADS),
        ("нещо друго", MOST_THREADS),
    ],
)
def test_no_more_threads_than_the_container_gives(tmp_path: Path, said: str, most: int) -> None:
    """At least one, at most the share, and what cannot be read is no bound."""
    quota = tmp_path / "cpu.max"
    quota.write_text(said, encoding="utf-8")

    found = threads({}, quota)

    assert found is not None
    assert 1 <= found <= most


def test_outside_a_container_nothing_is_lost(tmp_path: Path) -> None:
    """Where there is no such file the machine's own processors count."""
    assert (threads({}, tmp_path / "none") or 0) >= 1


def test_a_number_that_was_set_stands(tmp_path: Path) -> None:
    """Whoever sets OMP_NUM_THREADS knows better."""
    assert threads({"OMP_NUM_THREADS": "3"}, tmp_path / "none") is None
