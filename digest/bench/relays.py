"""What a sending is measured against: postfix's `smtp-sink` and `smtp-source`, nodemailer, smtplib.

All of them talk over the loopback and end with the block that started them. A tool that is not on
this machine is None, and the row that needs it says so.
"""

from __future__ import annotations

import json
import os
import shutil
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.bench.rows import Watch, timed
from digest.clock import monotonic
from digest.errors import Unavailable

HOST = "127.0.0.1"
SENDER, RECIPIENT = "bench@example.bg", "chitatel@poshta.example.bg"
PATIENCE = 300.0
"""Seconds for one round of a tool."""
_MODULES = Path("tests/judges/node_modules")
"""Where a checkout has nodemailer; elsewhere node looks in its own places."""
_SCRIPT = """
const {createTransport} = require('nodemailer'), {readFileSync} = require('fs');
const [port, connections, count, from, to, file] = process.argv.slice(1);
const raw = readFileSync(file);
const pool = createTransport({pool: true, host: '127.0.0.1', port: +port, secure: false,
  ignoreTLS: true, maxConnections: +connections, maxMessages: Infinity});
const envelope = {from, to};
const began = process.hrtime.bigint();
Promise.all(Array.from({length: +count}, () => pool.sendMail({envelope, raw}))).then(() => {
  const used = process.cpuUsage();
  console.log(JSON.stringify({seconds: Number(process.hrtime.bigint() - began) / 1e9,
    cpu: (used.user + used.system) / 1e6}));
  pool.close();
});
"""


def program(name: str) -> str | None:
    """Where a program is; postfix keeps its own outside the path."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    return str(Path(found)) if found else None


@contextmanager
def smtp_sink() -> Iterator[int]:
    """A running `smtp-sink`; gives its port. Raises `Unavailable` without postfix."""
    tool = program("smtp-sink")
    if tool is None:
        raise Unavailable(
            "Измерването иска програмата smtp-sink.",
            "Тя идва с postfix и не е намерена.",
            "Инсталирайте postfix или задайте „make system“.",
        )
    port = _free_port()
    # Started by root, it wants to become somebody else.
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    server = subprocess.Popen(  # noqa: S603 - a program of postfix and numbers of ours
        [tool, *user, f"{HOST}:{port}", "1024"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield port
    finally:
        server.kill()
        server.wait()


def smtp_source(port: int, count: int, size: int, connections: int) -> Watch | None:
    """So many messages of a size by postfix's own generator over kept connections."""
    tool = program("smtp-source")
    if tool is None:
        return None
    words = [tool, "-d", "-s", str(connections), "-m", str(count), "-l", str(size)]
    words += ["-f", SENDER, "-t", RECIPIENT, f"{HOST}:{port}"]
    with timed() as watch:
        subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - as above
    return watch


def nodemailer(port: int, count: int, message: Path, connections: int) -> Watch | None:
    """So many copies of a message by nodemailer's pool, raw; node's own start is not counted."""
    node = program("node")
    if node is None:
        return None
    words = [node, "-e", _SCRIPT, str(port), str(connections), str(count), SENDER, RECIPIENT]
    folder = _MODULES.parent if _MODULES.is_dir() else None
    done = subprocess.run(  # noqa: S603 - as above
        [*words, str(message)], capture_output=True, cwd=folder, check=False, timeout=PATIENCE
    )
    if done.returncode:
        return None
    said = json.loads(done.stdout)
    return Watch(float(said["seconds"]), float(said["cpu"]))


def plain_smtplib(port: int, messages: Sequence[bytes], connections: int) -> Watch:
    """The messages by the standard library over as many kept connections, in threads."""
    with timed() as watch, ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda part: _hand_over(port, part), _dealt(messages, connections)))
    return watch


def _hand_over(port: int, messages: Sequence[bytes]) -> None:
    with smtplib.SMTP(HOST, port, timeout=PATIENCE) as session:
        for message in messages:
            session.sendmail(SENDER, RECIPIENT, message)


def _dealt(messages: Sequence[bytes], hands: int) -> list[Sequence[bytes]]:
    return [part for part in (messages[n::hands] for n in range(hands)) if part]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    """Until the server listens; it says nothing of it itself."""
    end = monotonic() + 10
    while monotonic() < end:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.02)
    raise Unavailable(
        "Сървърът за измерването не тръгна.", f"Нищо не слуша на порт {port}.", "Повторете."
    )
