"""The server: a free port, a taken one, and a clean end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from digest.actions.app import App
from digest.errors import Unavailable
from digest.web.server import WebServer
from tests.integration import web_kit as kit

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from digest.bootstrap import open_app
from {module} import {name}
app = open_app(Path(sys.argv[1]))
{call}
app.close()
print("край", flush=True)
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    yield made
    made.close()


def test_port_zero_takes_a_free_port_and_says_the_real_address(app: App) -> None:
    """`ready` gets the address at which the site already answers."""
    ready: list[str] = []
    listening = threading.Event()
    server = WebServer(app, "127.0.0.1", 0, lambda at: (ready.append(at), listening.set()))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert listening.wait(20)
        answer = httpx.get(f"{ready[0]}/zdrave")
    finally:
        server.stop()
        thread.join(20)

    assert not ready[0].endswith(":0")
    assert answer.json()["ok"] is True
    assert not thread.is_alive()


def test_a_taken_port_is_said_before_anything_starts(app: App) -> None:
    """The message names the address and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(Unavailable, match="--port"):
            WebServer(app, "127.0.0.1", taken.getsockname()[1], print)


def _started(home: Path, module: str, name: str, call: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(module=module, name=name, call=call), str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("module", "name", "call"),
    [
        ("digest.web.server", "serve", 'serve(app, "127.0.0.1", 0, ready=lambda at: print(at, flush=True))'),
        ("digest.jobs.serving", "run_all", 'run_all(app, "127.0.0.1", 0, lambda at: print(at, flush=True))'),
    ],
)  # fmt: skip
def test_a_signal_ends_the_process_cleanly(
    app: App, module: str, name: str, call: str, number: int
) -> None:
    """The request in flight is answered, the threads end, the exit code is 0."""
    app.close()
    process = _started(app.home, module, name, call)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate(timeout=20)
        assert httpx.get(f"{address}/zdrave").status_code == 200

        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()

    assert process.returncode == 0, err
    assert "край" in out
    assert "Traceback" not in err
