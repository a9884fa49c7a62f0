"""Stores on SQLite and on a private PostgreSQL, as fixtures for whoever asks."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import create_engine

from digest.store import schema
from digest.store.engine import database_url
from digest.store.version import HEAD, version_of
from digest.store.work import Store

KEY = b"a key for tests, 32 bytes long.."
Server = TypeVar("Server")


def _program(name: str) -> str | None:
    found = shutil.which(name)
    if found:
        return str(Path(found).resolve())
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(installed[0]) if installed else None


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_user(*command: str) -> list[str]:
    # initdb refuses to run as root.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def _run(*command: str) -> None:
    done = subprocess.run(
        _as_user(*command), cwd="/", capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


@dataclass(frozen=True)
class Cluster:
    """A private PostgreSQL server in a temporary folder, on a free loopback port."""

    folder: Path
    port: int
    pg_ctl: str
    durable: bool = False
    """True: a commit has reached the log before it is answered, as on a server in earnest."""

    @property
    def url(self) -> str:
        return f"postgresql://digest@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        # fsync is for power failures, which no test makes; what a killed server has written stays.
        options = (
            f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off "
            f"-c synchronous_commit={'on' if self.durable else 'off'} "
            "-c shared_buffers=32MB -c max_connections=60"
        )
        log = str(self.folder / "log")
        _run(self.pg_ctl, "-D", self._data, "-l", log, "-w", "-o", options, "start")

    def stop(self) -> None:
        """As by a kill: no checkpoint, no good-bye to anybody."""
        _run(self.pg_ctl, "-D", self._data, "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")


def new_cluster(*, durable: bool = False) -> Cluster | None:
    """A running server, the caller's to remove; None without the programs."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="digest-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    _run(initdb, "-D", data, "-A", "trust", "-U", "digest", "-E", "UTF8", "--no-locale", "-N")
    made = Cluster(folder, free_port(), pg_ctl, durable)
    made.start()
    return made


@cache
def _cluster() -> str | None:
    """Starts the cluster once a process and stops it at its end; None without the programs."""
    made = new_cluster()
    if made is None:
        return None
    atexit.register(made.remove)
    return made.url


def demanded(found: Server | None) -> Server:
    """What a test on PostgreSQL needs; without it the test is skipped, in CI it has failed."""
    if found is None and os.environ.get("CI"):
        pytest.fail("no PostgreSQL server programs here, and in CI nothing may be left out")
    if found is None:
        pytest.skip("no PostgreSQL server programs (initdb, pg_ctl) here")
    return found


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A private cluster in a temporary folder, on a free loopback port."""
    return demanded(_cluster())


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """An empty database on that server, dropped at the end."""
    name = f"t{uuid.uuid4().hex}"
    server = create_engine(database_url(server_url), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield f"{server_url.rpartition('/')[0]}/{name}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """An empty database of the test's own in that cluster."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty, up-to-date store in a file."""
    store = Store(f"sqlite:///{tmp_path / 'digest.sqlite3'}", key=KEY)
    schema.upgrade(store)
    yield store
    store.close()


def _empty(store: Store) -> None:
    """Empties the tables; a database of another version is dropped as a whole."""
    names = [table.name for metadata in schema.METADATA for table in metadata.tables.values()]
    with store.engine.connect() as connection, connection.begin():
        if version_of(connection) == HEAD:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
        else:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Store]:
    """An empty, up-to-date store on PostgreSQL."""
    store = Store(postgres_url, key=KEY)
    _empty(store)
    schema.upgrade(store)
    yield store
    store.close()


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def store(request: pytest.FixtureRequest) -> Store:
    """Each test that asks for a store runs on both databases."""
    found = request.getfixturevalue(f"{request.param}_store")
    assert isinstance(found, Store)
    return found
