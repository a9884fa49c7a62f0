"""Jobs for the slices of a round: written with it, made anew when lost, on a queue of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from digest.actions import collecting, rounds
from digest.actions.app import App
from digest.clock import real_now
from digest.jobs import queue
from digest.jobs.herald import QueueHerald, heralded
from tests.integration import shared_rounds as kit
from tests.integration.outlets import Site
from tests.integration.store import databases

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_database = databases.postgres_database


@pytest.fixture
def app(tmp_path: Path, site: Site, postgres_database: str) -> Iterator[App]:
    """Four outlets in four slices on PostgreSQL, where no worker has run yet."""
    made = kit.newsroom(tmp_path / "home", kit.settings(site, url=postgres_database), site)
    yield heralded(made)
    made.close()


@pytest.fixture
def worked(app: App) -> App:
    """The same after a worker's first start."""
    queue.run_worker(app, until_empty=True)
    return app


def jobs(app: App) -> list[tuple[str, datetime | None]]:
    """The jobs of slices that wait: lock and time."""
    asked = text(
        "SELECT queueing_lock, scheduled_at FROM procrastinate_jobs"
        " WHERE queue_name = 'collect' AND status = 'todo' ORDER BY id"
    )
    with app.store.reading() as work:
        return [(row[0], row[1]) for row in work.connection.execute(asked)]


class Failing(QueueHerald):
    """Writes the jobs, and then the transaction does not come to its end."""

    def opened(self, connection: Connection, numbers: Mapping[str, Collection[int]]) -> bool:
        assert super().opened(connection, numbers)
        raise RuntimeError("the lights went out")


@pytest.mark.postgres
def test_a_round_is_opened_with_a_job_for_each_slice(worked: App) -> None:
    """They name the slice, and are there with the commit."""
    assert rounds.begin(worked, urgent=False)

    assert jobs(worked) == [(f"collect:{one.round}:{one.n}", None) for one in kit.slices(worked)]


@pytest.mark.postgres
def test_a_round_that_is_rolled_back_leaves_nothing(worked: App) -> None:
    """Neither slices nor jobs."""
    with pytest.raises(RuntimeError, match="lights"):
        rounds.begin(replace(worked, herald=Failing(4)), urgent=False)

    assert (kit.slices(worked), jobs(worked)) == ([], [])


@pytest.mark.postgres
def test_before_any_worker_ran_no_round_is_shared(app: App) -> None:
    """There is no queue to write to: one process asks all."""
    assert not rounds.begin(app, urgent=False)
    assert kit.slices(app) == []


@pytest.mark.postgres
def test_a_worker_asks_all_slices_and_ends_the_round(worked: App, site: Site) -> None:
    """Until its queue is empty; a second run finds nothing."""
    rounds.begin(worked, urgent=False)

    queue.run_worker(worked, until_empty=True)
    queue.run_worker(worked, until_empty=True)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert collecting.last_round(worked) == kit.NOON
    assert (kit.slices(worked), jobs(worked)) == ([], [])


@pytest.mark.postgres
def test_jobs_that_were_lost_are_made_anew(worked: App, site: Site) -> None:
    """The rows are the truth: a queue that was emptied loses no source."""
    rounds.begin(worked, urgent=False)
    with worked.store.work() as work:
        work.connection.execute(text("DELETE FROM procrastinate_jobs"))

    queue.run_worker(worked, until_empty=True)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)


@pytest.mark.postgres
def test_a_round_whose_last_worker_died_before_closing_it_is_closed(worked: App) -> None:
    """All slices have ended, and whoever sweeps ends the round."""
    rounds.begin(worked, urgent=False)
    with worked.store.work() as work:
        work.connection.execute(text("UPDATE collect_slices SET done = '{}'"))

    queue.run_worker(worked, until_empty=True)

    assert kit.slices(worked) == []
    assert collecting.last_round(worked) == kit.NOON


@pytest.mark.postgres
def test_a_worker_looks_again_when_the_lease_of_another_ends(worked: App, site: Site) -> None:
    """Who died holding a slice costs its lease, not a lease and a minute."""
    rounds.begin(worked, urgent=False)
    held, until = kit.slices(worked)[0], real_now().replace(microsecond=0) + timedelta(hours=1)
    with worked.store.work() as work:
        assert work.rounds.take(held, until=until)

    queue.run_worker(worked, until_empty=True)

    assert jobs(worked) == [(f"collect:{held.round}:{held.n}:lease", until)]
    assert kit.asked(site).total() == kit.OUTLETS - 1


@pytest.mark.postgres
def test_a_worker_without_slices_in_its_settings_leaves_them(worked: App, site: Site) -> None:
    """It only sends; the jobs wait for others."""
    rounds.begin(worked, urgent=False)
    only_mail = worked.settings.collect.model_copy(update={"slices": 0})
    chosen = worked.settings.model_copy(update={"collect": only_mail})
    alone = replace(worked, settings=chosen)

    queue.run_worker(alone, until_empty=True)

    assert len(jobs(worked)) == kit.OUTLETS
    assert not kit.asked(site)
