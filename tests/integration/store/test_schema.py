"""Versions, checks and copies of the database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ForeignKeyConstraint

from digest.errors import StorageFault, Unavailable, WrongSettings
from digest.store import engine, schema
from digest.store.engine import database_url
from digest.store.version import HEAD, HISTORY
from digest.store.work import Store, Work
from tests.integration.store.databases import KEY
from tests.integration.store.given import NOW, counts, person, queued, readers


def _differences(store: Store) -> list[object]:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [
            one
            for metadata in schema.METADATA
            for one in compare_metadata(context, metadata)
            # Each metadata does not know the other's tables.
            if one[0] not in {"remove_table", "remove_index"} and not _for_sqlite_alone(one)
        ]


def _for_sqlite_alone(difference: tuple[object, ...]) -> bool:
    """The key from deliveries to editions is not made elsewhere; alembic does not ask `ddl_if`."""
    what, key = difference[:2]
    return (
        what == "add_fk"
        and isinstance(key, ForeignKeyConstraint)
        and (key.table.name, key.column_keys) == ("deliveries", ["edition_n"])
    )


def test_the_history_leads_to_the_tables_of_today(store: Store) -> None:
    """Walking all migrations gives what an empty database is made with at once."""
    with store.engine.connect() as connection, connection.begin():
        for metadata in schema.METADATA:
            metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        schema.migrate(connection)

    assert _differences(store) == []
    assert schema.check(store) == []
    assert counts(store, queued(store)) == {}


@pytest.mark.postgres
def test_deliveries_without_their_edition_are_found(postgres_store: Store) -> None:
    """PostgreSQL does not check each row against the editions, so the check of the database does."""
    readers(postgres_store, 3)
    made = queued(postgres_store)
    sound = schema.check(postgres_store)
    with postgres_store.work() as work:
        work.connection.exec_driver_sql("DELETE FROM edition_revisions")
        work.connection.exec_driver_sql(f"DELETE FROM editions WHERE id = '{made.id}'")

    assert sound == []
    assert [one.code for one in schema.check(postgres_store)] == ["database-references"]


def test_the_history_is_known_without_alembic() -> None:
    """The list in the code is the list of the migrations."""
    scripts = ScriptDirectory(str(schema.MIGRATIONS))

    assert scripts.get_current_head() == HEAD
    assert {one.revision for one in scripts.walk_revisions()} == set(HISTORY)


def test_opening_an_up_to_date_store_does_not_import_alembic(
    sqlite_store: Store, tmp_path: Path
) -> None:
    """Nor does making a new one: the machinery is heavy and rarely needed."""
    code = (
        "import sys\n"
        "from digest.store import schema\n"
        "from digest.store.work import Store\n"
        f"store = Store('sqlite:///{tmp_path}/new.sqlite3', key=b'k' * 32)\n"
        "assert schema.upgrade(store) and not schema.upgrade(store)\n"
        "with store.work() as work: work.marks.set('a', 'b')\n"
        "assert 'alembic' not in sys.modules\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_upgrading_twice_does_nothing(store: Store) -> None:
    """An up-to-date database is left as it is."""
    assert not schema.upgrade(store)
    assert schema.check(store) == []


def test_a_database_of_a_newer_version_is_left_alone(store: Store) -> None:
    """Every door says that it is newer and what to do."""
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    again = Store(store.url.render_as_string(hide_password=False), key=KEY)

    for door in (schema.upgrade, schema.check, lambda one: one.work().__enter__()):
        with pytest.raises(StorageFault, match="по-нова версия"):
            door(again)
    again.close()


def test_an_empty_database_asks_to_be_prepared(tmp_path: Path) -> None:
    """Work on a database without tables fails with the command that makes them."""
    store = Store(f"sqlite:///{tmp_path / 'empty.sqlite3'}", key=KEY)

    with pytest.raises(StorageFault, match="db upgrade"), store.work():
        pass
    assert [one.code for one in schema.check(store)] == ["database-version"]
    store.close()


def test_a_copy_restores_what_was_there(sqlite_store: Store, tmp_path: Path) -> None:
    """The copy is whole, and the restored database waits for a person's word."""
    readers(sqlite_store, 3)
    copy = tmp_path / "copy.sqlite3"
    schema.backup(sqlite_store, copy)
    with sqlite_store.work() as work:
        work.roll.add(person("po-kusno@example.bg"), now=NOW)

    schema.restore(sqlite_store, copy)

    with sqlite_store.reading() as work:
        assert work.roll.count() == 3
        assert work.marks.get(schema.RESTORED) == "copy.sqlite3"
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_of_postgresql_restores_what_was_there(
    postgres_store: Store, tmp_path: Path
) -> None:
    """By its own programs; without them a clear word instead of half a copy."""
    readers(postgres_store, 3)
    copy = tmp_path / "copy.dump"
    try:
        schema.backup(postgres_store, copy)
    except Unavailable:
        pytest.skip("no pg_dump here")
    with postgres_store.work() as work:
        work.roll.add(person("po-kusno@example.bg"), now=NOW)

    schema.restore(postgres_store, copy)

    with postgres_store.reading() as work:
        assert work.roll.count() == 3


def test_a_file_that_is_no_copy_changes_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    """A text, an empty database, a newer copy and a missing file are all refused."""
    readers(sqlite_store, 1)
    text = tmp_path / "text.sqlite3"
    text.write_text("това не е база, а достатъчно дълъг текст " * 50, encoding="utf-8")
    empty = tmp_path / "empty.sqlite3"
    sqlite3.connect(empty).close()
    newer = tmp_path / "newer.sqlite3"
    schema.backup(sqlite_store, newer)
    raw = sqlite3.connect(newer)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()

    for file in (text, empty, newer, tmp_path / "missing"):
        with pytest.raises(StorageFault):
            schema.restore(sqlite_store, file)

    with sqlite_store.reading() as work:
        assert work.roll.count() == 1
        assert work.marks.get(schema.RESTORED) is None


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    """A file that is no database is a StorageFault, not a traceback."""
    file = tmp_path / "digest.sqlite3"
    file.write_bytes(b"not a database at all, but long enough to be read " * 100)
    store = Store(f"sqlite:///{file}", key=KEY)

    with pytest.raises(StorageFault, match="повреден"), store.work():
        pass
    store.close()


def test_a_full_disk_is_said_to_be_full(sqlite_store: Store) -> None:
    """The intent cannot commit, so nothing goes out."""
    with sqlite_store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    with pytest.raises(StorageFault, match="пълен"), sqlite_store.work() as work:
        _write_past(work, pages)


def _write_past(work: Work, pages: int) -> None:
    work.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for number in range(2000):
        work.marks.set(f"key{number}", "x" * 1000)


def test_a_busy_database_is_said_to_be_busy(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second writer waits, and then says that somebody else is writing."""
    monkeypatch.setattr(engine, "_PRAGMAS", ("PRAGMA busy_timeout=1",))
    other = Store(sqlite_store.url.render_as_string(), key=KEY)

    with sqlite_store.work(), pytest.raises(StorageFault, match="заета"):
        other.work().__enter__()
    other.close()


def test_a_server_that_does_not_answer_may_be_tried_later() -> None:
    """A refused connection is Unavailable, with the setting to look at."""
    store = Store("postgresql://digest@127.0.0.1:1/none?connect_timeout=2", key=KEY)

    with pytest.raises(Unavailable, match=r"database\.url"), store.work():
        pass
    store.close()


@pytest.mark.parametrize("text", ["mysql://a/b", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(text: str) -> None:
    """With the two spellings that can be used."""
    with pytest.raises(WrongSettings):
        Store(text, key=KEY)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_all_spellings_of_postgresql_are_taken(scheme: str) -> None:
    """People paste what their provider prints."""
    assert database_url(f"{scheme}://u@h/d").drivername == "postgresql+psycopg"
