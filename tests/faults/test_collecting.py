"""Two `digest worker` on one PostgreSQL share a round of collecting; one of them may die."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from digest.actions import collecting, rounds
from digest.actions.app import App
from digest.jobs.herald import heralded
from tests.faults.ground import PATIENCE, Ground, ended
from tests.integration import shared_rounds as kit
from tests.integration.outlets import Site, serving

OUTLETS = 8
SECRET = "edna tayna za vsichki mashini, 40 znaka.."
LEASE = 4
"""Seconds: what the dead worker held is free again soon, a living one renews in time."""
AGENTS = ("digest-edno/1 (+https://example.bg)", "digest-dve/1 (+https://example.bg)")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as here:
        yield here


@pytest.fixture
def ground(
    tmp_path: Path, site: Site, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ground]:
    """Eight outlets on eight hosts, a slice each."""
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    chosen = kit.settings(site, outlets=OUTLETS, slices=OUTLETS, url=postgres_database)
    app = kit.newsroom(tmp_path / "home", chosen, site, OUTLETS)
    yield Ground(heralded(app), [], postgres_database)
    app.close()


@contextmanager
def workers(ground: Ground, folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two, each in a home of its own and known by its user agent, both ready for slices."""
    running = [worker(ground, folder / f"machine{n}", agent) for n, agent in enumerate(AGENTS)]
    try:
        until(lambda: registered(ground.app) == 2 * len(running), running)
        yield running
    finally:
        for one in running:
            over(one)


def over(process: subprocess.Popen[bytes]) -> None:
    """Ended, and nothing of its pipes left open."""
    ended(process)
    with process:
        pass


def worker(ground: Ground, home: Path, agent: str) -> subprocess.Popen[bytes]:
    return part(ground, "worker", home, agent)


def part(ground: Ground, command: str, home: Path, agent: str) -> subprocess.Popen[bytes]:
    """A part of the newsroom as docs/operate.md sets it up, in a home of its own."""
    chosen = ground.app.settings.collect
    own = {
        "DIGEST_SECRET": SECRET,
        "DIGEST_HOME": str(home),
        "DIGEST_COLLECT__SLICES": str(chosen.slices),
        "DIGEST_COLLECT__WORKERS": "1",
        "DIGEST_COLLECT__LEASE_SECONDS": str(LEASE),
        "DIGEST_COLLECT__USER_AGENT": agent,
        "DIGEST_COLLECT__MIRRORS": json.dumps(chosen.mirrors),
    }
    return ground.program([command, "--now", kit.NOON.isoformat()], own)


def registered(app: App) -> int:
    """How many procrastinate workers have said that they are there: two a process."""
    with app.store.reading() as work:
        found = work.connection.execute(text("SELECT to_regclass('procrastinate_workers')"))
        if found.scalar() is None:
            return 0
        count = text("SELECT count(*) FROM procrastinate_workers")
        return int(work.connection.execute(count).scalar_one())


Question = tuple[str, dict[str, str]]


class Heard(list[Question]):
    """What a site was asked; calls back with each question before it is answered."""

    def __init__(self, call: Callable[[str, str], None]) -> None:
        super().__init__()
        self._call = call

    def append(self, item: Question) -> None:
        super().append(item)
        self._call(item[0], item[1].get("user-agent", ""))


def until(reached: Callable[[], bool], running: list[subprocess.Popen[bytes]]) -> None:
    """Returns when it is so, looking while one of the processes lives."""
    for _ in range(4 * PATIENCE):
        if reached():
            return
        alive = [one for one in running if one.poll() is None]
        assert alive, [one.communicate() for one in running]
        with suppress(subprocess.TimeoutExpired):
            alive[-1].wait(timeout=0.25)
    raise AssertionError("it did not come to that")


def by_agent(site: Site) -> dict[str, set[str]]:
    """Who asked for which feed."""
    return {
        agent: {path for path, said in site.asked if said["user-agent"] == agent and "rss" in path}
        for agent in AGENTS
    }


@pytest.mark.postgres
def test_two_workers_ask_every_source_once(ground: Ground, site: Site, tmp_path: Path) -> None:
    """The clock opens the round, both ask, none what the other did, and it ends as a whole one."""
    busy = {agent: threading.Event() for agent in AGENTS}

    def wait_for_the_other(_path: str, agent: str) -> None:
        if agent in busy:
            busy[agent].set()
            for one in busy.values():
                one.wait(PATIENCE)

    site.asked = Heard(wait_for_the_other)
    with workers(ground, tmp_path) as running:
        running.append(part(ground, "scheduler", tmp_path / "clock", "digest-chasovnik/1"))
        until(lambda: collecting.last_round(ground.app) is not None, running)
        codes = [told_to_end(one) for one in running]

    assert kit.asked(site, OUTLETS) == {f"/rss{n}": 1 for n in range(OUTLETS)}
    one, other = by_agent(site).values()
    assert one
    assert other
    assert one | other == {f"/rss{n}" for n in range(OUTLETS)}
    assert len(kit.stored(ground.app)) == OUTLETS
    assert codes == [0, 0, 0]


@pytest.mark.postgres
def test_what_a_killed_worker_was_asking_is_asked_by_the_other(
    ground: Ground, site: Site, tmp_path: Path
) -> None:
    """kill -9 in the middle of a slice: no source is left out, no article is there twice."""
    killed = threading.Event()

    def kill_the_first(path: str, agent: str) -> None:
        # At its article's page: the feed was read, and the slice is half done.
        if agent == AGENTS[0] and path.startswith("/vest/"):
            running[0].kill()
            running[0].wait(PATIENCE)
            killed.set()
        elif agent == AGENTS[1]:
            killed.wait(PATIENCE)

    site.asked = Heard(kill_the_first)
    with workers(ground, tmp_path) as running:
        assert rounds.begin(ground.app, urgent=False)
        until(lambda: collecting.last_round(ground.app) is not None, running[1:])
        code = told_to_end(running[1])

    assert (running[0].returncode, code) == (-signal.SIGKILL, 0)
    lost, kept = by_agent(site).values()
    assert len(lost) == 1
    assert kept == {f"/rss{n}" for n in range(OUTLETS)}
    found = kit.stored(ground.app)
    assert len({one.url for one in found}) == len(found) == OUTLETS


def told_to_end(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    return process.returncode
