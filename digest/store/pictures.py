"""The pictures that the mails of a rendered edition carry, beside its packed row.

They lie in a table of their own, so that the rendering is read without unpacking them as text,
and the site can show one by name on a machine that never fetched it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Row, delete, insert, select

from digest.model import Picture
from digest.store.tables import rendered_pictures as table


def keep(connection: Connection, edition: int, revision: int, rows: Iterable[Picture]) -> None:
    """Keeps them in their order, in place of those of an earlier rendering of the revision."""
    connection.execute(
        delete(table).where(table.c.edition_n == edition, table.c.revision == revision)
    )
    values = [
        {
            "edition_n": edition,
            "revision": revision,
            "place": place,
            "name": one.name,
            "cid": one.cid,
            "data": one.data,
        }
        for place, one in enumerate(rows)
    ]
    if values:
        connection.execute(insert(table), values)


def kept(connection: Connection, edition: int, revision: int) -> tuple[Picture, ...]:
    """Those of a revision, in their order."""
    rows = connection.execute(
        select(table)
        .where(table.c.edition_n == edition, table.c.revision == revision)
        .order_by(table.c.place)
    )
    return tuple(_picture(row) for row in rows)


def named(connection: Connection, name: str) -> Picture | None:
    """The newest of that name, if there is one."""
    row = connection.execute(
        select(table).where(table.c.name == name).order_by(table.c.edition_n.desc()).limit(1)
    ).first()
    return None if row is None else _picture(row)


def _picture(row: Row[tuple[object, ...]]) -> Picture:
    return Picture(row.name, row.cid, bytes(row.data))
