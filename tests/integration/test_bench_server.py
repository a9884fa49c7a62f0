"""The measurements of queueing and sending on a PostgreSQL server."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from digest.bench import run_stage
from digest.errors import WrongUsage
from digest.store.engine import database_url
from tests.integration.store import databases

# A fixture, for pytest to find here.
postgres_url = databases.postgres_url

SIZE = 50
FEW = 3


def names(server: str) -> set[str]:
    engine = create_engine(database_url(server))
    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT datname FROM pg_database")).scalars())
    engine.dispose()
    return found


@pytest.mark.postgres
def test_it_leaves_nothing_on_the_server(postgres_url: str) -> None:
    """A database of its own, dropped at the end; the named one is not touched."""
    before = names(postgres_url)

    planned, _ = run_stage("queue", size=SIZE, database=postgres_url)

    assert (planned["units"], planned["database"]) == (SIZE, "postgresql")
    assert names(postgres_url) == before


@pytest.mark.postgres
def test_the_sending_is_measured_on_a_server_in_the_same_rounds(postgres_url: str) -> None:
    """The rows of SQLite, each message of a round arrives, and every database is dropped."""
    before = names(postgres_url)

    rows = list(run_stage("dispatch", size=FEW, database=postgres_url))

    assert {row["database"] for row in rows} == {"postgresql"}
    assert {row["what"] for row in rows} >= {
        "целият път на писмото", "по линия с 40 ms", "заемане на редове", "памет при чакащите",
    }  # fmt: skip
    sent = [row["units"] for row in rows if row["what"] == "целият път на писмото"]
    assert set(sent) == {FEW}
    assert names(postgres_url) == before


def test_another_kind_of_database_is_refused() -> None:
    """SQLite is measured without naming it."""
    with pytest.raises(WrongUsage, match="PostgreSQL"):
        list(run_stage("queue", size=SIZE, database="sqlite:///nyama.sqlite3"))


def test_what_has_no_ledger_is_not_measured_on_a_server() -> None:
    """The others say so instead of passing over it."""
    with pytest.raises(WrongUsage, match="cluster"):
        list(run_stage("cluster", size=SIZE, database="postgresql://example.test/x"))
