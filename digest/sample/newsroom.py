"""The newsroom of the demo: which sources it reads, which outlets and agencies it knows, who reads.

Read from `newsroom.toml` and `subscribers.csv` beside this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from digest.sample.tables import (
    ROOT,
    Table,
    days_of,
    needed_moment_of,
    read_table,
    tables_of,
    text_of,
    texts_of,
)


@dataclass(frozen=True, slots=True)
class SampleSource:
    """One source: an address or `folder:NAME`, its rights, its outlet.

    `kind` is `feed`, `page` or `folder`. `days` names the days on which a single-page source is
    there; empty means every day.
    """

    url: str
    rights: str
    outlet: str
    kind: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """An outlet as the newsroom knows it; two with one owner are one independent voice."""

    name: str
    host: str
    owner: str
    kind: str


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """A wire agency and the ways in which it is credited."""

    name: str
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleNewsroom:
    """All that the demo needs beside the site; the clocks are aware, in Europe/Sofia."""

    demo_now: datetime
    yesterday_now: datetime
    sources: tuple[SampleSource, ...]
    outlets: tuple[SampleOutlet, ...]
    agencies: tuple[SampleAgency, ...]
    suppressed: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    subscribers_csv: bytes

    def sources_on(self, day: date) -> tuple[SampleSource, ...]:
        """The sources that answer on `day`."""
        return tuple(source for source in self.sources if not source.days or day in source.days)


def load_newsroom() -> SampleNewsroom:
    """The sample newsroom. Raises `KeyError` or `TypeError` that names a wrong key."""
    table = read_table("newsroom.toml")
    return SampleNewsroom(
        demo_now=needed_moment_of(table, "demo_now"),
        yesterday_now=needed_moment_of(table, "yesterday_now"),
        sources=tuple(_source(entry) for entry in tables_of(table, "sources")),
        outlets=tuple(_outlet(entry) for entry in tables_of(table, "outlets")),
        agencies=tuple(_agency(entry) for entry in tables_of(table, "agencies")),
        suppressed=texts_of(table, "suppressed"),
        unconfirmed=texts_of(table, "unconfirmed"),
        subscribers_csv=(ROOT / "subscribers.csv").read_bytes(),
    )


def _source(table: Table) -> SampleSource:
    return SampleSource(
        url=text_of(table, "url"),
        rights=text_of(table, "rights"),
        outlet=text_of(table, "outlet"),
        kind=text_of(table, "kind"),
        days=days_of(table, "days"),
    )


def _outlet(table: Table) -> SampleOutlet:
    return SampleOutlet(
        name=text_of(table, "name"),
        host=text_of(table, "host"),
        owner=text_of(table, "owner"),
        kind=text_of(table, "kind"),
    )


def _agency(table: Table) -> SampleAgency:
    return SampleAgency(name=text_of(table, "name"), credits=texts_of(table, "credits"))
