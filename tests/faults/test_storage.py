"""The database goes away in the middle: its server killed, a connection ended, the disk full."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from digest.store.engine import database_url
from tests.faults.ground import (
    CONNECTIONS,
    WINDOW,
    Account,
    Ground,
    finished,
    queued_home,
    relay,
)
from tests.integration.store.databases import Cluster, demanded, new_cluster

ON_THE_WIRE = WINDOW * CONNECTIONS
AT = 40
"""Events of the relay before the fault: some connections are within a window."""

LOSE_CONNECTIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of the test's own, whose commits are durable."""
    made = demanded(new_cluster(durable=True))
    yield made
    made.remove()


@pytest.fixture
def own_ground(tmp_path: Path, cluster: Cluster) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", cluster.url) as ground:
        yield ground


@pytest.mark.postgres
def test_a_database_server_that_is_killed_and_stays_down_loses_and_repeats_nobody(
    own_ground: Ground, cluster: Cluster, account: Account
) -> None:
    """The run ends with a remedy; once the server is back, only what was on the wire is in doubt."""
    with relay() as post:
        process = own_ground.start(post.sink)
        post.when(AT, cluster.stop)
        code, report, said = finished(process)
        had = len(post.sink.accepted)
        cluster.start()
        own_ground.settle(post.sink)

    assert code == 1, said
    assert report["error"]["fix"]
    assert had < len(own_ground.people)
    account.close("PostgreSQL killed", own_ground, post.met(), unknown=ON_THE_WIRE)


@pytest.mark.postgres
def test_a_database_server_that_comes_back_at_once_costs_a_window_at_most(
    own_ground: Ground, cluster: Cluster, account: Account
) -> None:
    """The same run goes on over new connections, or ends and the next one takes over."""

    def crash() -> None:
        cluster.stop()
        cluster.start()

    with relay() as post:
        process = own_ground.start(post.sink)
        post.when(AT, crash)
        code, report, said = finished(process)
        own_ground.settle(post.sink)

    assert code == 0 or report["error"]["fix"], said
    account.close("PostgreSQL killed and restarted", own_ground, post.met(), unknown=ON_THE_WIRE)


@pytest.mark.postgres
def test_connections_that_the_server_ends_lose_and_repeat_nobody(
    own_ground: Ground, cluster: Cluster, account: Account
) -> None:
    """All connections ended by an administrator: as for a server that was killed."""
    server = create_engine(database_url(cluster.url), isolation_level="AUTOCOMMIT")

    def end() -> None:
        with server.connect() as connection:
            connection.exec_driver_sql(LOSE_CONNECTIONS)

    with relay() as post:
        process = own_ground.start(post.sink)
        post.when(AT, end)
        code, report, said = finished(process)
        own_ground.settle(post.sink)
    server.dispose()

    assert code == 0 or report["error"]["fix"], said
    account.close("PostgreSQL ends connections", own_ground, post.met(), unknown=ON_THE_WIRE)


def test_a_full_disk_stops_the_sending_before_the_next_message(
    sqlite_ground: Ground, account: Account
) -> None:
    """An intent that cannot be committed puts nothing on the wire; later everybody else is met.

    The limit on file size of the running process stands for the disk: it needs no rights and no
    file system of its own. SQLite's writes fail in the same places, with another error number.
    """
    ground, had = sqlite_ground, [0]

    with relay() as post:
        process = ground.start(post.sink)

        def fill() -> None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            had[0] = len(post.sink.accepted)

        post.when(AT, fill)
        code, report, said = finished(process)
        late = len(post.sink.accepted) - had[0]
        ground.settle(post.sink)

    assert code == 1, said
    assert "Квотата" in report["error"]["why"]
    assert late <= ON_THE_WIRE
    account.close("disk full", ground, post.met(), unknown=ON_THE_WIRE)


def test_on_a_full_disk_nobody_is_written_to(sqlite_ground: Ground, account: Account) -> None:
    """Full from the start: the relay hears of no message, and every row is as it was."""
    with relay() as post:
        process = sqlite_ground.start(post.sink)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        code, report, said = finished(process)

    assert code == 1, said
    assert report["error"]["fix"]
    assert not post.sink.accepted
    assert sqlite_ground.ledger().queued == len(sqlite_ground.people)
    account.close("disk full from the start", sqlite_ground, post.met(), rest=False)
