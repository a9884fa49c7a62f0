"""Runs the program as a person would: another process, plain files, its exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
"""Seconds that a command may take before the test calls it stuck."""


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]

    @property
    def row(self) -> dict:
        assert len(self.rows) == 1, (self.out, self.err)
        return self.rows[0]


def digest(*words: object, cwd: Path | None = None, stdin: bytes | None = None, **env: str) -> Ran:
    """One call of the program; never a traceback, whatever it is given."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DIGEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "digest", *map(str, words)],
        cwd=cwd or ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), **env},
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err, ran.err
    return ran


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new home as `digest init` makes it."""
    place = tmp_path / "home"
    assert digest("init", place).code == 0
    return place


@dataclass(frozen=True)
class SmtpSink:
    """postfix's smtp-sink, a real server in a process of its own, keeping what it takes."""

    port: int
    kept: Path

    def messages(self) -> list[bytes]:
        """Every message it took, one file each; its own three first lines are cut."""
        files = sorted(self.kept.iterdir())
        return [one.read_bytes() for one in files]


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    program = shutil.which("smtp-sink", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        pytest.skip("smtp-sink (postfix) is not installed")
    # smtp-sink gives up root, and pytest's own folders are closed to others.
    room = Path(tempfile.mkdtemp(prefix="smtp-sink-"))
    room.chmod(0o777)
    port = free_port()
    user = ["-u", "nobody"] if os.getuid() == 0 else []
    process = subprocess.Popen(
        [program, *user, "-d", f"{room}/%H%M%S.", f"127.0.0.1:{port}", "100"]
    )
    try:
        wait_for(port)
        yield SmtpSink(port, room)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        shutil.rmtree(room)


def wait_for(port: int, seconds: float = 20) -> None:
    """Until something listens on the port; an answer ends the wait, not a fixed sleep."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
