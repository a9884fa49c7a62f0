"""Opens the database and says in Bulgarian what is wrong with it.

SQLite runs in WAL with `synchronous=NORMAL`: it survives kill -9 and can lose the last commits
only on power failure; who writes intents asks for more (`durable`). Writers begin with BEGIN
IMMEDIATE, so that they wait for each other at the start instead of failing in the middle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from digest.errors import DigestError, Retry, StorageFault, Unavailable, WrongSettings

BUSY_MS = 10_000
READING = "digest_reading"
_ALONE = "digest_alone"

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    # 32 MB: planning a million rows keeps its index pages at hand instead of reading them again.
    "PRAGMA cache_size=-32768",
)


def database_url(text: str) -> URL:
    """The address of a database with its driver; raises `WrongSettings`.

    `sqlite:///FILE`, `postgresql://…` and `postgres://…` are taken.
    """
    try:
        url = make_url(text)
    except ArgumentError as cause:
        raise _not_a_database(text) from cause
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    if url.drivername == "postgresql+psycopg":
        return url
    raise _not_a_database(text)


def _not_a_database(text: str) -> WrongSettings:
    return WrongSettings(
        f"„{text.partition('://')[0]}://…“ не е адрес на база, с която може да се работи.",
        "Поддържат се файл на SQLite и сървър PostgreSQL.",
        "Напишете sqlite:///път/до/файла или postgresql://потребител@сървър/база.",
    )


def open_engine(url: URL) -> Engine:
    """An engine for the address. Raises `WrongSettings` without the driver it needs."""
    try:
        engine = create_engine(url, pool_pre_ping=url.drivername.startswith("postgresql"))
    except (ModuleNotFoundError, NoSuchModuleError) as cause:
        raise WrongSettings(
            "Работата с PostgreSQL не е налична.",
            "Не е инсталиран драйверът psycopg.",
            "Инсталирайте пакета с допълнението „digest[postgres]“.",
        ) from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: see _begin_sqlite.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def durable(connection: Connection) -> Connection:
    """Makes the connection's commits outlive a power failure; it does not go back to the pool.

    PostgreSQL's do so by themselves.
    """
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("PRAGMA synchronous=FULL")
    connection.detach()
    return connection


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """While it lasts each statement is a transaction by itself, begun and ended by the database.

    So a process that is stopped in the middle holds no row locked.
    """
    connection.info[_ALONE] = True
    _commit_by_itself(connection, on=True)
    try:
        yield
    finally:
        connection.info.pop(_ALONE, None)
        _commit_by_itself(connection, on=False)


def _commit_by_itself(connection: Connection, *, on: bool) -> None:
    """PostgreSQL's driver begins transactions unless it is told otherwise."""
    if connection.dialect.name == "postgresql" and not connection.invalidated:
        # A detached connection names its driver's only so.
        driver: Any = connection.connection.dbapi_connection
        if driver is not None and not driver.closed:
            driver.autocommit = on


def _begin_sqlite(connection: Connection) -> None:
    if _ALONE in connection.info:
        return
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def translated() -> Iterator[None]:
    """Turns what the driver says into an error that a person can act on."""
    try:
        yield
    except (IntegrityError, DataError):
        # A row that breaks a rule is the caller's affair or our fault, never the database's.
        raise
    except DBAPIError as cause:
        error = explain(cause)
        if error is None:
            raise
        raise error from cause
    except sqlite3.Error as cause:
        error = _explain_text(str(cause))
        if error is None:
            raise
        raise error from cause


def explain(cause: DBAPIError) -> DigestError | None:
    """The error for a person, or None when the fault is ours and must stay loud."""
    # Drivers have many words for a server that is gone; the library knows them.
    return _silent_server() if cause.connection_invalidated else _explain_text(str(cause.orig))


def _explain_text(said: str) -> DigestError | None:
    low = said.casefold()
    return next((make() for words, make in _TABLE if any(word in low for word in words)), None)


def _full() -> StorageFault:
    return StorageFault(
        "Базата не може да запише повече.",
        "Дискът е пълен.",
        "Освободете място и повторете; нищо не е изпратено наполовина.",
        retry=Retry.LATER,
    )


def _broken_disk() -> StorageFault:
    # SQLite calls only ENOSPC a full disk; a quota that is spent comes as an I/O error.
    return StorageFault(
        "Базата не може да се чете или записва.",
        "Квотата е изчерпана, файлът е станал твърде голям или дискът е повреден.",
        "Проверете диска и квотата и повторете; което не е записано, не е и изпратено.",
        retry=Retry.LATER,
    )


def _locked() -> StorageFault:
    return StorageFault(
        "Базата е заета.",
        f"Друг процес пише в нея повече от {BUSY_MS // 1000} секунди.",
        "Изчакайте го или го спрете, после повторете.",
        retry=Retry.SOON,
    )


def _damaged() -> StorageFault:
    return StorageFault(
        "Файлът на базата е повреден.",
        "Съдържанието му не е база на SQLite или липсва част от него.",
        "Върнете го от копие с „digest db restore FILE“.",
    )


def _unreachable_file() -> StorageFault:
    return StorageFault(
        "Файлът на базата не може да се отвори.",
        "Папката липсва или няма право за запис в нея.",
        "Проверете папката и правата; нова база прави „digest init“.",
    )


def _empty() -> StorageFault:
    return StorageFault(
        "Базата още не е подготвена.",
        "В нея няма таблици.",
        "Подгответе я с „digest db upgrade“ или с „digest init“.",
    )


def _silent_server() -> Unavailable:
    return Unavailable(
        "Сървърът на базата не отговаря.",
        "Връзката е отказана или прекъсната.",
        "Проверете адреса в „database.url“ и дали PostgreSQL работи.",
    )


_TABLE = (
    (("disk is full", "disk full", "no space left", "could not extend file"), _full),
    (("database is locked", "database table is locked", "deadlock detected"), _locked),
    (("not a database", "malformed"), _damaged),
    (("disk i/o",), _broken_disk),
    (("unable to open", "readonly"), _unreachable_file),
    (("no such table",), _empty),
    (
        (
            "connection refused",
            "connection failed",
            "connection is closed",
            "server closed",
            "terminating connection",
            "could not connect",
            "could not translate host",
            "connection timeout",
            "shutting down",
            "starting up",
        ),
        _silent_server,
    ),
    (("does not exist",), _empty),
)
