"""The schema as a whole: bringing it up to date, checking it, copying it away and back."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, text

from digest.errors import Finding, StorageFault, Unavailable
from digest.store import tables
from digest.store.engine import translated
from digest.store.marks import RESTORED
from digest.store.version import HEAD, HISTORY, newer, version_of
from digest.store.work import Store
from subscribers import tables as people_tables

_log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
METADATA = (people_tables.metadata, tables.with_partial_indexes())


def upgrade(store: Store) -> bool:
    """Brings a database to this program's version; True when something was done.

    An empty one is made at once from the tables as they are; an older one walks the history.
    Raises `StorageFault` for a newer one, which is left alone.
    """
    with translated(), store.engine.connect() as connection, connection.begin():
        found = version_of(connection)
        if found == HEAD:
            return False
        if found is not None and found not in HISTORY:
            raise newer(found)
        if found is None:
            _create(connection)
        else:
            migrate(connection)
        _log.info("schema upgraded from %s to %s", found, HEAD)
    return True


def _create(connection: Connection) -> None:
    for metadata in METADATA:
        metadata.create_all(connection)
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def migrate(connection: Connection, to: str = "head") -> None:
    """Walks the history of migrations on an open connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def check(store: Store) -> list[Finding]:
    """What is wrong with a database: version, integrity, references. Empty: nothing.

    Raises `StorageFault` for a newer or unreadable one.
    """
    with translated(), store.engine.connect() as connection, connection.begin():
        found = version_of(connection)
        if found is not None and found not in HISTORY:
            raise newer(found)
        findings = [] if found == HEAD else [_not_at_head(found)]
        if connection.dialect.name == "sqlite":
            findings += _sqlite_findings(connection)
        elif found == HEAD:
            findings += _loose(connection.execute(text(_LOOSE_EDITIONS)).all())
    return findings


def _not_at_head(found: str | None) -> Finding:
    what = "Базата е празна." if found is None else f"Базата е от по-стара версия ({found})."
    return Finding("red", "database-version", what, "Изпълнете „digest db upgrade“.")


def _sqlite_findings(connection: Connection) -> Iterator[Finding]:
    said = [row[0] for row in connection.execute(text("PRAGMA integrity_check(5)"))]
    if said != ["ok"]:
        yield Finding(
            "red",
            "database-damaged",
            f"Файлът на базата е повреден: {said[0]}.",
            "Върнете го от копие с „digest db restore FILE“.",
        )
    yield from _loose(connection.execute(text("PRAGMA foreign_key_check")).all())


# The distinct editions of all deliveries, each by one look into the index.
_LOOSE_EDITIONS = """
WITH RECURSIVE own(n) AS (
    SELECT min(edition_n) FROM deliveries
    UNION ALL
    SELECT (SELECT min(edition_n) FROM deliveries WHERE edition_n > own.n)
    FROM own WHERE own.n IS NOT NULL
)
SELECT 'deliveries', n FROM own
WHERE n IS NOT NULL AND NOT EXISTS (SELECT 1 FROM editions WHERE editions.n = own.n)
"""


def _loose(loose: Sequence[Row[Any]]) -> Iterator[Finding]:
    if loose:
        yield Finding(
            "red",
            "database-references",
            f"Редове без свързан запис: {len(loose)}, първият е в „{loose[0][0]}“.",
            "Върнете базата от копие с „digest db restore FILE“.",
        )


def backup(store: Store, file: Path) -> None:
    """Copies the database to a file while others go on writing; the file appears whole.

    Raises `StorageFault`, and `Unavailable` when PostgreSQL's own programs are missing.
    """
    part = file.with_name(file.name + ".part")
    try:
        if store.engine.dialect.name == "sqlite":
            _copy_out(store, part)
        else:
            _run(store, "pg_dump", "--format=custom", f"--file={part}")
        part.replace(file)
    except OSError as cause:
        raise _no_file(file) from cause
    finally:
        part.unlink(missing_ok=True)


def restore(store: Store, file: Path) -> None:
    """Puts a copy in the place of the database and brings it up to date.

    The database then carries the mark `restored`: nothing should be sent from it until a person
    says so, since what was sent after the copy was made is not in it. Raises `StorageFault` for
    a file that is no copy, is damaged or is newer; the database is then as it was.
    """
    if not file.is_file():
        raise _no_file(file)
    if store.engine.dialect.name == "sqlite":
        _copy_in(store, file)
    else:
        # Open connections would hold locks on what is replaced.
        store.close()
        _run(store, "pg_restore", "--clean", "--if-exists", "--single-transaction", str(file))
    upgrade(store)
    with store.work() as work:
        work.marks.set(RESTORED, file.name)


def _copy_out(store: Store, part: Path) -> None:
    part.unlink(missing_ok=True)
    with translated(), _raw(store) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)


def _copy_in(store: Store, file: Path) -> None:
    with translated(), closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        _demand_copy(source, file)
        with _raw(store) as target:
            source.backup(target)
    store.close()


def _demand_copy(source: sqlite3.Connection, file: Path) -> None:
    said = source.execute("PRAGMA integrity_check(1)").fetchone()[0]
    known = source.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()[0]
    found = source.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    if said != "ok" or found is None:
        raise StorageFault(
            f"„{file.name}“ не е годно копие.",
            "Файлът е повреден или не е правен с тази програма.",
            "Посочете файл, направен с „digest db backup“.",
        )
    if found[0] not in HISTORY:
        raise newer(found[0])


@contextmanager
def _raw(store: Store) -> Iterator[sqlite3.Connection]:
    """The driver's own connection, for the backup API that SQLAlchemy does not know."""
    pooled = store.engine.raw_connection()
    try:
        connection = pooled.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        yield connection
    finally:
        pooled.close()


def _run(store: Store, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's own programs; the password travels in its environment."""
    found = shutil.which(program)
    if found is None:
        raise Unavailable(
            f"Няма програма „{program}“.",
            "Копията на PostgreSQL се правят с неговите собствени програми.",
            "Инсталирайте пакета postgresql-client и повторете.",
        )
    address = store.url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | {"PGPASSWORD": store.url.password or ""}
    done = subprocess.run(  # noqa: S603 - a program found by its fixed name, no shell
        [found, f"--dbname={address}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StorageFault(
            f"„{program}“ не успя.",
            f"Съобщението е: {done.stderr.strip()[-300:]}.",
            "Проверете адреса на базата, правата и мястото на диска.",
        )


def _no_file(file: Path) -> StorageFault:
    return StorageFault(
        f"Файлът „{file}“ не може да се използва.",
        "Той липсва или папката му не позволява запис.",
        "Проверете пътя и правата.",
    )
