"""Which version of the schema a database holds, read without Alembic.

Opening an up-to-date store costs one small query; only a real migration imports the machinery.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from digest.errors import StorageFault

HISTORY = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"),
    *("0011", "0012", "0013", "0014", "0015", "0016"),
)
"""Every revision of `migrations/versions/`, oldest first."""

HEAD = HISTORY[-1]


def version_of(connection: Connection) -> str | None:
    """The revision a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def demand_current(connection: Connection) -> None:
    """Raises `StorageFault` unless the database is at this program's version."""
    found = version_of(connection)
    if found == HEAD:
        return
    if found is not None and found not in HISTORY:
        raise newer(found)
    raise StorageFault(
        "Базата още не е подготвена.",
        "В нея няма таблици." if found is None else f"Тя е от по-стара версия ({found}).",
        "Подгответе я с „digest db upgrade“.",
    )


def newer(found: str) -> StorageFault:
    """A database that a later program has changed: this one must not touch it."""
    return StorageFault(
        "Базата е от по-нова версия на програмата.",
        f"Тя е на версия {found}, а тази програма познава до {HEAD}.",
        "Инсталирайте по-новата версия или върнете базата от копие.",
    )
