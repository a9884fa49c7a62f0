"""Many machines, as docs/operate.md sets them up: all parts apart, on one PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.ground import (
    PATIENCE,
    WINDOW,
    Account,
    Ground,
    Relay,
    ended,
    queued_home,
    relay,
)
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


KILLED_AT = 20
"""The first worker's acceptance before whose 250 it is killed."""
CONNECTIONS = 3
SHORT_LEASE = 5
"""Seconds: what the dead worker held is free again soon, a living one renews in time."""


@pytest.mark.postgres
def test_a_worker_killed_among_two_costs_nobody_their_mail(
    tmp_path: Path, postgres_database: str, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 while both send: the other finishes alone; in doubt is at most what was on the wire."""
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    both_send = threading.Event()
    accepted: list[int] = []

    def first_relay() -> None:
        accepted.append(1)
        if len(accepted) == KILLED_AT:
            both_send.wait(PATIENCE)
            running[0].kill()

    with (
        queued_home(tmp_path / "home", postgres_database, people=PEOPLE) as ground,
        relay() as doomed,
        relay() as steady,
    ):
        doomed.each, steady.each = first_relay, both_send.set
        running = [
            worker(ground, tmp_path / f"machine{n}", one) for n, one in enumerate((doomed, steady))
        ]
        try:
            rested(ground, running[1])
        finally:
            running[0].kill()
            running[0].communicate()
            code, said = told_to_end(running[1])

        assert (running[0].returncode, code) == (-signal.SIGKILL, 0), said
        assert both_send.is_set()
        met = doomed.met() + steady.met()
        account.close("kill -9 of one of two workers", ground, met, unknown=WINDOW * CONNECTIONS)


def worker(ground: Ground, home: Path, post: Relay) -> subprocess.Popen[bytes]:
    """`digest worker` in a home of its own, with a relay of its own."""
    own = {
        "DIGEST_SECRET": SECRET,
        "DIGEST_HOME": str(home),
        "DIGEST_DISPATCH__TRANSPORT": post.sink.url(),
        "DIGEST_DISPATCH__CONNECTIONS": str(CONNECTIONS),
        "DIGEST_DISPATCH__LEASE_SECONDS": str(SHORT_LEASE),
        "DIGEST_DISPATCH__SLICE": "32",
    }
    return ground.program(["worker", "--now", kit.NOW.isoformat()], own)


def rested(ground: Ground, survivor: subprocess.Popen[bytes]) -> None:
    """Returns when nothing waits or is held any more, looking while the survivor lives."""
    for _ in range(4 * PATIENCE):
        ledger = ground.ledger()
        if not ledger.queued + ledger.sending + ledger.deferred:
            return
        with suppress(subprocess.TimeoutExpired):
            survivor.wait(timeout=0.25)
            raise AssertionError(f"the other worker ended too: {survivor.returncode}")
    raise AssertionError(f"still not at rest: {ground.ledger()}")
