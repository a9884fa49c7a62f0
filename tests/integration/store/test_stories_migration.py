"""From the schema that remembers rounds to the one that knows stories, with a newsroom in it."""

from __future__ import annotations

import json
import zlib

import pytest
from sqlalchemy import inspect, text

from digest.model import ArticleId, Bond, StoryId
from digest.store import schema
from digest.store.version import HEAD, version_of
from digest.store.work import Store
from tests.integration.store.given import NOW

NEW = {
    *("rulings", "choices", "accepted_weights", "edition_inputs"),
    *("story_articles", "story_bonds", "written_texts"),
}
ARTICLE = {
    "id": "a1",
    "title": "Планът за водопровода мина",
    "text": "Съветът прие плана.",
    "source": "s1",
    "outlet": "Вестник",
    "url": "https://vestnik.example.bg/novina/1",
    "fetched_at": NOW.isoformat(),
}


def back_to(store: Store, version: str) -> None:
    """Takes the database back to a version, with an article in it."""
    with store.engine.connect() as connection, connection.begin():
        for metadata in schema.METADATA:
            metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        schema.migrate(connection, version)
        connection.execute(
            text("INSERT INTO articles (id, payload, fetched_at, published_at, source, outlet, title,"
                 " url, first_seen) VALUES ('a1', :payload, :at, :at, 's1', 'Вестник', 'Планът',"
                 " 'https://vestnik.example.bg/novina/1', :at)"),
            {"payload": zlib.compress(json.dumps(ARTICLE).encode()), "at": _moment()},
        )  # fmt: skip


def _moment() -> int:
    return int(NOW.timestamp() * 1_000_000)


@pytest.mark.parametrize("version", ["0002", "0003", "0004"])
def test_an_older_newsroom_gets_the_tables_of_stories(store: Store, version: str) -> None:
    """Its articles stay; nothing is in a story yet, and an editor's word can be kept."""
    back_to(store, version)

    assert schema.upgrade(store)

    assert schema.check(store) == []
    with store.engine.connect() as connection:
        assert version_of(connection) == HEAD
        assert set(inspect(connection).get_table_names()) >= NEW
    said = Bond(
        together=True, these=(ArticleId("a1"),), those=(ArticleId("a2"),), by="e@example.bg"
    )
    with store.work() as work:
        assert work.stories.of([ArticleId("a1")]) == {}
        assert work.stories.bonds(NOW) == []
        work.stories.place({ArticleId("a1"): StoryId("s1")}, NOW)
        work.stories.bind(said, NOW)
        assert work.stories.members("s1") == ["a1"]
        assert work.stories.bonds(NOW) == [said]
        assert [one.id for one in work.articles.since(NOW.replace(year=2020))] == ["a1"]


def test_walking_the_history_ends_where_a_new_database_begins(store: Store) -> None:
    """The same tables with the same columns and indexes, whichever way they came."""
    fresh = described(store)
    back_to(store, "0002")

    schema.upgrade(store)

    assert described(store) == fresh


def described(store: Store) -> dict[str, object]:
    """Columns and indexes of the new tables."""
    with store.engine.connect() as connection:
        seen = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
                sorted(str(i["name"]) for i in seen.get_indexes(name)),
            )
            for name in NEW
        }
