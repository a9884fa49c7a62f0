"""Temporary homes for the stages that need a database: made, filled, and gone at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.actions.app import App
from digest.bench.generated import NOW
from digest.bench.servers import own_database
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.model import Newsroom
from digest.settings import load
from subscribers.moment import ticks

_PEOPLE = """
INSERT INTO subscribers (address, identity, address_hash, name, sections, hour, timezone,
    frequency, format, status, confirmed_at, lane, created_at)
{numbers}
SELECT 'chitatel' || n || '@poshta' || (n % 40) || '.example.bg',
    'chitatel' || n || '@poshta' || (n % 40) || '.example.bg',
    {hashed}, 'Читател ' || n,
    CASE n % 4 WHEN 0 THEN 'all' WHEN 1 THEN 'bulgaria' WHEN 2 THEN 'ikonomika' ELSE 'svyat' END,
    CASE WHEN :hours THEN 5 + n % 4 END, 'Europe/Sofia',
    'daily', CASE n % 8 WHEN 0 THEN 'text' ELSE 'html' END, 'active', :at,
    CASE n % 5 WHEN 0 THEN 'abv' WHEN 1 THEN 'gmail' ELSE 'rest' END, :at
FROM numbers
"""
_WORDS = {
    "sqlite": {
        "numbers": "WITH RECURSIVE numbers(n) AS"
        " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :people)",
        "hashed": "printf('%064x', n)",
    },
    "postgresql": {
        "numbers": "WITH numbers(n) AS (SELECT generate_series(1, :people))",
        "hashed": "lpad(to_hex(n), 64, '0')",
    },
}


@contextmanager
def temporary_home(
    *,
    settings_text: str = "",
    flags: Mapping[str, object] | None = None,
    at: datetime = NOW,
    world: Callable[[Path], Newsroom] | None = None,
) -> Iterator[App]:
    """An empty home with a database of its own, whatever the environment names.

    `world` prepares the home's newsroom; else it is the packaged one.
    """
    with TemporaryDirectory(prefix="digest-bench-") as folder:
        home = Path(folder)
        file = home / "digest.toml"
        file.write_text(settings_text, encoding="utf-8")
        settings = load(file, flags=flags, environ={}).settings
        init_home(home, settings=settings)
        newsroom = world(home) if world else None
        app = open_app(home, settings=settings, clock=FixedClock(at), newsroom=newsroom)
        try:
            yield app
        finally:
            app.close()


@contextmanager
def home_on(server: str | None, flags: Mapping[str, object] | None = None) -> Iterator[App]:
    """The same on a PostgreSQL server, in a database that is made and dropped; None: on SQLite."""
    if server is None:
        with temporary_home(flags=flags) as app:
            yield app
        return
    with (
        own_database(server) as url,
        temporary_home(flags={**(flags or {}), "database.url": url}) as app,
    ):
        yield app


def add_people(app: App, count: int, *, hours: bool = False) -> None:
    """Confirmed readers, written by one statement, with four sets of sections.

    With `hours` each has an hour of their own from 5 to 8, else the publication's.
    """
    from sqlalchemy import text

    with app.store.work() as work:
        given = {"people": count, "at": ticks(app.now()), "hours": hours}
        words = _WORDS[work.connection.dialect.name]
        work.connection.execute(text(_PEOPLE.format(**words)), given)
        if work.connection.dialect.name == "postgresql":
            # As the server does by itself within a minute of an import.
            work.connection.execute(text("ANALYZE subscribers"))
