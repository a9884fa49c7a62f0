"""One round of collecting that remembers nothing, and what its outlets publish."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from digest.collect.assemble import Desk
from digest.collect.harvest import Harvest, Visit
from digest.collect.round import Round, collect
from digest.gathered import SourceState
from digest.model import Entry, Rights, Source, SourceId
from digest.settings import Collect

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
LIMITS = Collect(timeout_seconds=5, workers=1)
TEXT = [
    f"Общинският съвет прие с голямо мнозинство плана за водопровода, абзац {n} от него."
    for n in range(6)
]


def source(url: str, name: str = "s", **more: str) -> Source:
    return Source(SourceId(name), url, Rights.LICENSED, outlet=f"Издание {name}", **more)


def run(
    *sources: Source,
    limits: Collect = LIMITS,
    states: dict[SourceId, SourceState] | None = None,
    home: Path = Path(),
) -> Harvest:
    return collect(sources, Round(limits, home, Desk(NOW, 36, ()), states=states))


def entry(url: str, number: int = 0, **more: str) -> Entry:
    title = f"Планът за водата е приет {number}"
    return Entry("", f"g{number}", url, title, TEXT[0], published_at=NOW, **more)


def listing(*paths: str) -> str:
    links = "".join(
        f"<li><a href='{path}'>Планът за водата е приет {n} пъти</a></li>"
        for n, path in enumerate(paths)
    )
    return f"<!DOCTYPE html><html><body><h1>Вести</h1><ul>{links}</ul></body></html>"


def only(harvest: Harvest) -> Visit:
    (visit,) = harvest.visits
    return visit
