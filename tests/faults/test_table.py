"""The table that ends a run of the fault suite."""

from __future__ import annotations

from tests.faults.table import Note, lines


def test_runs_of_one_fault_are_added_up_and_a_broken_promise_is_marked() -> None:
    """A line for each fault and database, with figures against their bounds."""
    notes = [
        Note("kill -9", "sqlite", 5, 0, 0, 4, unknown_bound=30),
        Note("kill -9", "sqlite", 5, 0, 0, 6, unknown_bound=30),
        Note("kill -9", "postgres", 5, 0, 1, 0),
        Note("silence", "sqlite", 1, 1, 0, 0),
    ]

    header, *rows = lines(notes)

    assert header.split() == ["fault", "database", "runs", "lost", "twice", "unknown"]
    assert [row.split() for row in rows] == [
        ["kill", "-9", "postgres", "5", "0", "1", "≤", "0", "0", "≤", "0", "FAILS"],
        ["kill", "-9", "sqlite", "10", "0", "0", "≤", "0", "10", "≤", "60"],
        ["silence", "sqlite", "1", "1", "0", "≤", "0", "0", "≤", "0", "FAILS"],
    ]
