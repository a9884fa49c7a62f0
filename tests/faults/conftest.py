"""Every fault is met on SQLite and on PostgreSQL: a queued edition in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import table
from tests.faults.ground import Account, Ground, queued_home
from tests.integration.store import databases

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_database = databases.postgres_database
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store


@pytest.fixture
def sqlite_ground(tmp_path: Path) -> Iterator[Ground]:
    """A home on SQLite with an edition queued for its readers."""
    with queued_home(tmp_path / "home") as ground:
        yield ground


@pytest.fixture
def postgres_ground(tmp_path: Path, postgres_database: str) -> Iterator[Ground]:
    """The same on a PostgreSQL database of its own."""
    with queued_home(tmp_path / "home", postgres_database) as ground:
        yield ground


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ground(request: pytest.FixtureRequest) -> Ground:
    """A queued edition on both databases."""
    found = request.getfixturevalue(f"{request.param}_ground")
    assert isinstance(found, Ground)
    return found


@pytest.fixture
def account(request: pytest.FixtureRequest) -> Account:
    """Closes the account after a fault; what it came to is printed at the end of the run."""
    return Account(lambda note: request.node.user_properties.append((table.PROPERTY, tuple(note))))
