"""What every store remembers of the desk: its people, their logins, and who did what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import Conflict, NotFound
from digest.store.activity import Deed
from digest.store.editors import Editor
from digest.store.work import Store
from tests.integration.store import databases
from tests.integration.store.given import NOW

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store


def test_activity_is_remembered_newest_first(store: Store) -> None:
    """Who did what to which edition."""
    first = Deed(NOW, "red@example.bg", "approve", "digest-2026-11-20", "draft", "approved")
    second = Deed(NOW, "планировчик", "queue", "digest-2026-11-21")
    with store.work() as work:
        work.activity.add(first)
        work.activity.add(second)

        assert work.activity.list() == [second, first]
        assert work.activity.list(subject=first.subject) == [first]


def test_a_login_opens_expires_and_closes(store: Store) -> None:
    """A token is good until its time, its closing, a new password or the editor's removal."""
    editor = Editor("red@example.bg", "Редактор", "approver", "$argon2id$x", NOW)
    until = NOW + timedelta(hours=12)
    with store.work() as work:
        work.editors.add(editor)
        work.editors.open_login(editor.address, "t1", now=NOW, expires_at=until, agent="Firefox")
        work.editors.open_login("RED@example.bg", "t2", now=NOW, expires_at=until)

        assert work.editors.who("t1", NOW) == editor
        assert work.editors.who("t1", until) is None
        assert work.editors.who("друг", NOW) is None
        assert len(work.editors.logins(editor.address, NOW)) == 2
        work.editors.close_login("t1")
        assert work.editors.who("t1", NOW) is None
        work.editors.set_password_hash(editor.address, "$argon2id$y")
        assert work.editors.who("t2", NOW) is None


def test_the_desk_knows_its_people(store: Store) -> None:
    """Added once, listed, given another role, removed."""
    editor = Editor("red@example.bg", "Редактор", "editor", "x", NOW)
    with store.work() as work:
        work.editors.add(editor)
        work.editors.set_role(editor.address, "admin")
        assert [one.role for one in work.editors.list()] == ["admin"]
        with pytest.raises(ValueError, match="no such role"):
            work.editors.set_role(editor.address, "boss")
    with pytest.raises(Conflict), store.work() as work:
        work.editors.add(replace(editor, address="Red@Example.BG"))
    with store.work() as work:
        work.editors.remove(editor.address)
    with pytest.raises(NotFound), store.reading() as work:
        work.editors.get(editor.address)


def test_times_come_back_as_the_same_moment(store: Store) -> None:
    """To the microsecond, whatever the offset they were given in."""
    at = datetime(2026, 11, 20, 7, 0, 0, 123456, tzinfo=UTC)
    with store.work() as work:
        work.activity.add(Deed(at, "x", "y"))

        assert work.activity.list()[0].at == at
