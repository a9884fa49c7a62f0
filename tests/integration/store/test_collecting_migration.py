"""From the first schema to the one that remembers rounds, with a newsroom's data in it."""

from __future__ import annotations

import json
import zlib

from sqlalchemy import text

from digest.store import schema
from digest.store.work import Store
from tests.integration.store.given import NOW

ARTICLE = {
    "id": "a1",
    "title": "Планът за водопровода мина",
    "text": "Текст.",
    "source": "s1",
    "outlet": "Вестник",
    "url": "https://vestnik.example.bg/novina/1",
    "fetched_at": NOW.isoformat(),
}
SOURCE = {
    "id": "s1", "url": "https://vestnik.example.bg/rss", "rights": "extract", "outlet": "Вестник",
    "etag": '"stale"', "last_modified": "Fri, 20 Nov 2026 10:00:00 GMT",
}  # fmt: skip


def at_the_first(store: Store) -> None:
    """Takes the database back to its first version and puts a source and an article in it."""
    with store.engine.connect() as connection, connection.begin():
        for metadata in schema.METADATA:
            metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        schema.migrate(connection, "0001")
        packed = zlib.compress(json.dumps(ARTICLE).encode())
        connection.execute(
            text("INSERT INTO articles (id, payload, fetched_at, published_at)"
                 " VALUES ('a1', :payload, 1, 1)"),
            {"payload": packed},
        )  # fmt: skip
        connection.execute(
            text(
                "INSERT INTO sources (id, url, active, payload) VALUES ('s1', :url, :on, :payload)"
            ),
            {"url": SOURCE["url"], "on": True, "payload": json.dumps(SOURCE)},
        )


def test_articles_and_sources_survive_with_their_new_columns(store: Store) -> None:
    """Outlet, headline and address become columns; stale validators do not come along."""
    at_the_first(store)

    assert schema.upgrade(store)

    assert schema.check(store) == []
    with store.engine.connect() as connection:
        row = connection.execute(
            text("SELECT source, outlet, title, url, first_seen FROM articles")
        ).one()
        payload = connection.execute(text("SELECT payload FROM sources")).scalar_one()
    assert tuple(row) == ("s1", "Вестник", ARTICLE["title"], ARTICLE["url"], 1)
    assert "stale" not in payload
    with store.reading() as work:
        assert [one.url for one in work.sources.list()] == [SOURCE["url"]]
        assert work.sources.states() == {}
