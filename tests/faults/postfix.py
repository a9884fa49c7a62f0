"""A real Postfix of the test's own: its configuration, queue and log in a temporary folder.

Nothing of the system's instance is read or written; it listens on one loopback port and hands
everything to one next hop.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from tests.conftest import SUPERUSER
from tests.integration.store.databases import free_port

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {daemons}
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
myhostname = relay.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:{hop}
smtp_dns_support_level = disabled
smtp_host_lookup = native
alias_maps =
alias_database =
local_recipient_maps =
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup  unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr    unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce  unix - - n - 0 bounce
defer   unix - - n - 0 bounce
trace   unix - - n - 0 bounce
verify  unix - - n - 1 verify
flush   unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp    unix - - n - - smtp
relay   unix - - n - - smtp
error   unix - - n - - error
retry   unix - - n - - error
anvil   unix - - n - 1 anvil
scache  unix - - n - 1 scache
tlsmgr  unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running relay."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def log(self, words: str, times: int) -> str:
        """The log once it has these words so often; another process writes it, so it is asked."""
        file, until = self.folder / "log" / "mail.log", monotonic() + 60
        while (found := file.read_text("utf-8")).count(words) < times:
            assert monotonic() < until, found
            os.sched_yield()
        return found


@contextmanager
def postfix(hop: int) -> Iterator[Postfix]:
    """A relay that hands everything to `hop`, a port on loopback; it has ended with the block."""
    program = _demanded()
    folder = Path(tempfile.mkdtemp(prefix="digest-postfix-"))
    # Its processes give up the superuser's rights and must still reach their queue.
    folder.chmod(0o755)
    made = Postfix(folder, free_port())
    try:
        config = _configured(made, hop)
        _call(program, config, "start")
        try:
            yield made
        finally:
            _call(program, config, "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _demanded() -> str:
    found = shutil.which("postfix") or shutil.which("postfix", path="/usr/sbin")
    if found is None:
        pytest.skip("postfix is not installed here")
    if os.geteuid() != 0:
        pytest.skip(f"postfix {SUPERUSER}")
    return found


def _configured(made: Postfix, hop: int) -> Path:
    config = made.folder / "etc"
    for name in ("etc", "queue", "data", "log"):
        (made.folder / name).mkdir(mode=0o755)
    shutil.chown(made.folder / "data", "postfix")
    daemons = _said("postconf", "-h", "daemon_directory")
    main = MAIN.format(folder=made.folder, daemons=daemons, hop=hop)
    (config / "main.cf").write_text(main, "utf-8")
    (config / "master.cf").write_text(MASTER.format(port=made.port), "utf-8")
    return config


def _said(*command: str) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()


def _call(program: str, config: Path, word: str) -> None:
    done = subprocess.run(
        [program, "-c", str(config), word], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, f"postfix {word}: {done.stdout}{done.stderr}"
