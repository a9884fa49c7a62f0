"""One leader among the schedulers of one database.

Beside SQLite a file lock, which the kernel drops when its process dies; on PostgreSQL an advisory
lock held by a connection of its own, which the server drops when the connection does.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from digest.errors import StorageFault, Unavailable

if TYPE_CHECKING:
    import psycopg

    from digest.actions.app import App

log = logging.getLogger(__name__)

LOCK_FILE = "scheduler.lock"


class Leader(Protocol):
    """Who may fire the clock."""

    def lead(self) -> bool:
        """Takes the lead or keeps it; False while another has it. Called before every firing."""

    def resign(self) -> None:
        """Lets the lead go; harmless without it."""


def leader_of(app: App) -> Leader:
    """The kind of lead that the database of this home allows."""
    url = app.store.url
    if url.get_backend_name() == "sqlite":
        return FileLeader(Path(url.database or app.home / "x").parent / LOCK_FILE)
    bare = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresLeader(bare, f"digest:{app.settings.publication.id}")


class FileLeader:
    """The lead as an exclusive lock on a file beside the database."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: IO[bytes] | None = None

    def lead(self) -> bool:
        import fcntl

        if self._held is not None:
            return True
        handle = self._opened()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return False
        self._held = handle
        return True

    def resign(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _opened(self) -> IO[bytes]:
        try:
            return self._file.open("ab")
        except OSError as cause:
            raise StorageFault(
                f"Файлът „{self._file.name}“ не може да се отвори.",
                f"Причина: {cause.strerror or cause}.",
                "Дайте права за писане в папката на базата.",
            ) from cause


class PostgresLeader:
    """The lead as an advisory lock of the server, kept by a direct connection.

    Direct, because behind a pool in transaction mode the lock would belong to nobody.
    """

    def __init__(self, conninfo: str, name: str) -> None:
        self._conninfo = conninfo
        self._key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._held: psycopg.Connection | None = None

    def lead(self) -> bool:
        import psycopg

        try:
            if self._held is not None:
                self._held.execute("SELECT 1")
                return True
            return self._take(psycopg.connect(self._conninfo, autocommit=True))
        except psycopg.OperationalError as cause:
            self.resign()
            raise Unavailable(
                "Базата не отговаря.",
                "Връзката, която държи часовника, прекъсна.",
                "Проверете сървъра; опитва се отново само.",
            ) from cause

    def resign(self) -> None:
        import psycopg

        held, self._held = self._held, None
        if held is None:
            return
        try:
            # Closing alone frees it some time later, and the next leader would miss a look.
            held.execute("SELECT pg_advisory_unlock(%s)", (self._key,))
        except psycopg.OperationalError as cause:
            log.debug("the lead ends with its broken connection: %s", cause)
        finally:
            held.close()

    def _take(self, connection: psycopg.Connection) -> bool:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,)).fetchone()
        if row is None or not row[0]:
            connection.close()
            return False
        self._held = connection
        return True
