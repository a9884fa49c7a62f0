"""A newsroom of several outlets on one loopback server, whose rounds are cut into slices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from digest.actions import rounds
from digest.actions.app import App
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock, real_now
from digest.model import Article, EditionId, Entry, Rights, Source, SourceId
from digest.settings import Settings, load
from digest.store.rounds import Slice
from tests.integration.outlets import Site, feed, page

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
OUTLETS = 4
FEEDS = {f"/rss{n}" for n in range(OUTLETS)}
LEASE = timedelta(seconds=60)
TEXT = [
    f"Общинският съвет прие с голямо мнозинство плана за водопровода, абзац {n} от него."
    for n in range(6)
]
NUMBERS = ("един", "два", "три", "четири", "пет", "шест", "седем", "осем")


@dataclass
class Told:
    """A herald that remembers what it was told; `heard`: whether any worker could hear it."""

    heard: bool = True
    slices: list[tuple[str, int]] = field(default_factory=list)

    def queued(
        self, connection: Connection, edition: EditionId, moments: Collection[datetime]
    ) -> int:
        raise AssertionError("no edition is queued here")

    def opened(self, connection: Connection, numbers: Mapping[str, Collection[int]]) -> bool:
        self.slices += [(name, n) for name, slices in numbers.items() for n in slices]
        return self.heard


def settings(
    site: Site, *, outlets: int = OUTLETS, slices: int = OUTLETS, url: str = ""
) -> Settings:
    """Each outlet on a host of its own, all of them answered by the one server."""
    flags = {
        "collect.slices": slices,
        "collect.workers": 1,
        "collect.mirrors": {f"http://vesti{n}.test": site.url("") for n in range(outlets)},
        "database.url": url,
    }
    return load(flags=flags, environ={}).settings


def newsroom(home: Path, chosen: Settings, site: Site, outlets: int = OUTLETS) -> App:
    """An open home that follows so many outlets, each with one article."""
    init_home(home, settings=chosen)
    app = open_app(home, settings=chosen, clock=FixedClock(NOON))
    with app.store.work() as work:
        for n in range(outlets):
            publish(site, n)
            work.sources.add(source(n))
    return app


@pytest.fixture
def told(tmp_path: Path, site: Site) -> Iterator[App]:
    """Four outlets, four slices, and workers that are told; `app` of the modules that want it."""
    made = newsroom(tmp_path / "home", settings(site), site)
    yield replace(made, herald=Told())
    made.close()


def source(n: int) -> Source:
    return Source(
        SourceId(f"s{n}"), f"http://vesti{n}.test/rss{n}", Rights.LICENSED, f"Вестник {n}"
    )


def publish(site: Site, n: int) -> None:
    title = f"Водопроводът в квартал {NUMBERS[n]} се сменя през март"
    address = f"http://vesti{n}.test/vest/{n}"
    at = NOON - timedelta(hours=1)
    site.put(f"/rss{n}", feed(Entry("", f"g{n}", address, title, TEXT[0], published_at=at)))
    site.put(f"/vest/{n}", page(title, *TEXT))


def asked(site: Site, outlets: int = OUTLETS) -> Counter[str]:
    """How often each feed was asked for."""
    feeds = {f"/rss{n}" for n in range(outlets)}
    return Counter(path for path, _ in site.asked if path in feeds)


def stored(app: App) -> list[Article]:
    with app.store.reading() as work:
        return work.articles.since(NOON - timedelta(days=9))


def later(app: App, minutes: int) -> App:
    return replace(app, clock=FixedClock(app.now() + timedelta(minutes=minutes)))


def slices(app: App) -> list[Slice]:
    with app.store.reading() as work:
        return list(work.rounds.open())


def hold(app: App, wanted: Slice, lease: timedelta = LEASE) -> Slice:
    """Somebody elsewhere takes a slice and is not heard of again."""
    with app.store.work() as work:
        held = work.rounds.take(wanted, until=real_now() + lease)
    assert held is not None
    return held


def begun(app: App, *, urgent: bool = False) -> list[Slice]:
    assert rounds.begin(app, urgent=urgent)
    return slices(app)
