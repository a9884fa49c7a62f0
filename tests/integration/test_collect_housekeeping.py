"""What is dropped once a day: raw documents, keys and visits past their time, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import collecting, sources
from digest.actions.app import App
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.settings import load
from tests.integration.outlets import Site, feed, page, serving
from tests.integration.test_collect_rounds import ENTRY, PARAGRAPHS, one

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as here:
        entry = one(here)
        here.put("/rss", feed(entry))
        here.put("/vest/4711", page(ENTRY.title, *PARAGRAPHS))
        yield here


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    place = tmp_path / "home"
    init_home(place)
    app = at(place)
    sources.add_source(app, site.url("/rss"), rights="licensed", outlet="Вестник")
    app.close()
    return place


def at(home: Path, days: float = 0, **flags: int) -> App:
    named = {f"collect.{key}": value for key, value in flags.items()}
    settings = load(home / "digest.toml", flags=named, environ={}).settings
    return open_app(home, settings=settings, clock=FixedClock(NOW + timedelta(days=days)))


def left(home: Path, days: float = 0, **flags: int) -> dict[str, int]:
    """Rows that are there after a round on that day."""
    app = at(home, days, **flags)
    collecting.collect(app)
    with app.store.reading() as work:
        tables = ("raw_documents", "article_keys", "visits", "articles")
        found = {
            name: work.connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in tables
        }
    app.close()
    return found


def test_each_kind_is_dropped_after_its_own_time(home: Path) -> None:
    """Bytes after a week, visits after a quarter, keys after more than a year; articles stay."""
    first = left(home)
    week, quarter, year = left(home, 8), left(home, 95), left(home, 401)

    assert first["raw_documents"] == 2
    assert first["visits"] == 1
    assert (week["raw_documents"], week["visits"]) == (0, 2)
    assert week["article_keys"] == first["article_keys"] > 0
    assert (quarter["visits"], year["visits"]) == (2, 1)
    assert (quarter["article_keys"], year["article_keys"]) == (first["article_keys"], 0)
    assert year["articles"] >= 1


def there(home: Path, table: str, days: float) -> bool:
    """Whether a table still has its row after the housekeeping of that day."""
    left(home, days)
    later = at(home, days)
    with later.store.reading() as work:
        found = work.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
    later.close()
    return bool(found)


def test_events_of_providers_are_dropped_after_a_month(home: Path) -> None:
    """As returned letters are; a replay is told by its hour long before."""
    app = at(home)
    with app.store.work() as work:
        work.hooks.add("ses", "e1", "hard", NOW)
    app.close()

    assert [there(home, "hook_events", days) for days in (29, 31)] == [True, False]


def test_returned_deliveries_are_dropped_after_a_quarter(home: Path) -> None:
    """Nobody looks further back."""
    app = at(home)
    with app.store.work() as work:
        work.returned.add(work.signer.delivery_id(1), NOW)
    app.close()

    assert [there(home, "returned", days) for days in (89, 91)] == [True, False]


def test_it_is_done_once_a_day(home: Path) -> None:
    """The rounds of a day do not count the tables again and again."""
    left(home)
    with at(home).store.work() as work:
        work.connection.exec_driver_sql("UPDATE visits SET at = 0")

    same, next_day = left(home, 0.1), left(home, 1)

    assert (same["visits"], next_day["visits"]) == (2, 2)


def test_no_bytes_are_kept_when_the_setting_says_so(home: Path) -> None:
    """`raw_days = 0`: a newsroom that may not keep pages; reading again finds nothing."""
    assert left(home, raw_days=0)["raw_documents"] == 0

    app = at(home, raw_days=0)
    again = collecting.collect_again(app)
    app.close()
    assert (again.articles_new, again.articles_altered) == (0, 0)
