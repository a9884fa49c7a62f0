"""How long the program takes to start, against an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import digest
from digest.bench.generated import edition
from digest.bench.homes import add_people, temporary_home
from digest.bench.rows import Row, Watch, medians

SIZE = 7
"""Rounds; each figure is their median."""

HELP_LIMIT = 15
LEDGER_LIMIT = 40
_BARE = "python -c pass"


def measure(size: int) -> Iterator[Row]:
    """`digest --help`, and `digest ledger` on a small home."""
    from digest.actions import dispatching, reviewing

    with temporary_home() as app:
        add_people(app, 20)
        draft = edition(app.newsroom, publication=app.settings.publication.id)
        with app.store.work() as work:
            work.editions.save(draft)
        reviewing.approve(app, draft.id, by="bench@example.bg")
        dispatching.queue(app, draft.id)
        ledger = ("-m", "digest", "ledger", draft.id, "--json", "--home", str(app.home))
        bare, shown, counted = medians(
            [bare_python(), _call("-m", "digest", "--help"), _call(*ledger)], size
        )
    yield _row("digest --help", shown, bare, HELP_LIMIT, size)
    yield _row("digest ledger", counted, bare, LEDGER_LIMIT, size)


def bare_python() -> Callable[[], object]:
    """The yardstick: an interpreter that starts and ends."""
    return _call("-c", "pass")


def _row(what: str, cost: Watch, bare: Watch, limit: int, rounds: int) -> Row:
    ratio = cost.seconds / bare.seconds
    more = {"cpu_ratio": round(cost.cpu_seconds / bare.cpu_seconds, 1), "rounds": rounds}
    return Row(what, cost.seconds, 1, ratio, _BARE, f"ratio ≤ {limit}", ratio <= limit, more)


def _call(*words: str) -> Callable[[], object]:
    """Runs this interpreter with this very package, wherever it is called from."""
    place = str(Path(digest.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH"))))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DIGEST_")}
    command = [sys.executable, *words]
    return lambda: subprocess.run(  # noqa: S603 - our own interpreter and words
        command, env={**kept, "PYTHONPATH": path}, check=True, capture_output=True
    )
