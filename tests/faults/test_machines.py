"""Many machines: several `digest worker` processes drain one edition from one PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.faults.ground import PATIENCE, Account, Ground, ended, queued_home, relay
from tests.integration import web_kit as kit

PEOPLE = 500
WORKERS = 2


def worker(ground: Ground, where: str) -> subprocess.Popen[bytes]:
    """As docs/operate.md starts one: the settings come from the environment."""
    own = {"DIGEST_DISPATCH__TRANSPORT": where, "DIGEST_DISPATCH__SLICE": "32"}
    return ground.program(["worker", "--now", kit.NOW.isoformat()], own)


def told_to_end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """SIGTERM; the worker's exit code and what it had said."""
    process.send_signal(signal.SIGTERM)
    try:
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        ended(process)
    return process.returncode, said.decode()


@pytest.mark.postgres
def test_two_workers_drain_an_edition_and_meet_nobody_twice(
    tmp_path: Path, postgres_database: str, account: Account
) -> None:
    """Both processes take slices, every reader is met once, and both end when they are told."""
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
        workers = [worker(ground, post.sink.url()) for _ in range(WORKERS)]
        try:
            everybody = all_met.wait(PATIENCE)
        finally:
            ends = [told_to_end(one) for one in workers]

        said = [words for _, words in ends]
        assert {code for code, _ in ends} <= {0, -signal.SIGTERM}, said
        assert everybody, said
        assert ground.ledger().accepted == PEOPLE, said
        assert post.sink.connections >= WORKERS
        account.close("two workers, 500 readers", ground, post.met())
