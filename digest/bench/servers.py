"""A database of a measurement's own on a PostgreSQL server: made, and gone at the end."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from digest.errors import WrongUsage


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """The address of an empty database beside the named one, which is not touched.

    Raises `WrongUsage` for what is no PostgreSQL, `Unavailable` when the server is silent, and
    `WrongSettings` without the driver.
    """
    from sqlalchemy import text

    from digest.store.engine import database_url, open_engine, translated

    url = database_url(server)
    if url.get_backend_name() != "postgresql":
        raise WrongUsage(
            "За това измерване може да се посочи само сървър PostgreSQL.",
            f"Посочена е база „{url.get_backend_name()}“; на SQLite се мери и без „--database“.",
            "Напишете например --database postgresql://потребител@сървър/postgres.",
        )
    name = f"digest_bench_{secrets.token_hex(6)}"
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with translated(), engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield url.set(database=name, drivername="postgresql").render_as_string(
                hide_password=False
            )
        finally:
            with translated(), engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()
