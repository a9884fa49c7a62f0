"""Many machines, as docs/operate.md sets them up: all parts apart, on one PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.faults.ground import PATIENCE, Account, ended, queued_home, relay
from tests.integration import web_kit as kit

PEOPLE = 500
SECRET = "edna tayna za vsichki mashini, 40 znaka.."
PARTS = (["worker"], ["worker"], ["scheduler"], ["web", "--port", "0"])


def told_to_end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """SIGTERM; the exit code and what had been said."""
    process.send_signal(signal.SIGTERM)
    try:
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        ended(process)
    return process.returncode, said.decode()


@pytest.mark.postgres
def test_two_workers_drain_an_edition_and_meet_nobody_twice(
    tmp_path: Path, postgres_database: str, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part in a home of its own, with the one secret, started together: each reader once."""
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    all_met, done = threading.Event(), [0]

    def count() -> None:
        done[0] += 1
        if done[0] == PEOPLE:
            all_met.set()

    with (
        queued_home(tmp_path / "home", postgres_database, people=PEOPLE) as ground,
        relay() as post,
    ):
        post.each = count
        own = {
            "DIGEST_SECRET": SECRET,
            "DIGEST_DISPATCH__TRANSPORT": post.sink.url(),
            "DIGEST_DISPATCH__SLICE": "32",
        }
        clock = ["--now", kit.NOW.isoformat()]
        homes = [{"DIGEST_HOME": str(tmp_path / f"machine{n}")} for n in range(len(PARTS))]
        running = [
            ground.program([*words, *clock], own | home)
            for words, home in zip(PARTS, homes, strict=True)
        ]
        try:
            everybody = all_met.wait(PATIENCE)
        finally:
            ends = [told_to_end(one) for one in running]

        assert everybody, ends
        assert [code for code, _ in ends] == [0] * len(PARTS), ends
        assert ground.ledger().accepted == PEOPLE
        account.close("two workers, 500 readers", ground, post.met())
