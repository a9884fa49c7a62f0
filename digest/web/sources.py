"""What the desk's page of sources shows: one row each, the troubled ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from digest.actions.sources import SourceStatus, list_sources
from digest.addresses import masked
from digest.bulgarian.typography import count
from digest.collect.health import WORDS

if TYPE_CHECKING:
    from digest.actions.app import App

TONES = {
    "good": "good", "late": "warn", "silent": "warn", "waiting": "warn", "unread": "warn",
    "empty": "warn", "failing": "bad", "paused": "bad",
}  # fmt: skip
ORDER = (
    "failing", "paused", "silent", "unread", "empty", "waiting", "late", "new", "good", "off",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source as the page shows it."""

    outlet: str
    address: str
    level: str
    word: str
    tone: str
    sentence: str
    last_ok: datetime | None
    last_new: datetime | None
    usual: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The rows, the troubled first, and a sentence over them."""

    rows: tuple[SourceRow, ...]
    summary: str


def sources_view(app: App) -> SourcesView:
    """Gathers the facts; nothing is changed."""
    rows = sorted((_row(one) for one in list_sources(app)), key=_place)
    return SourcesView(tuple(rows), _summary(rows))


def _place(row: SourceRow) -> tuple[int, str]:
    return ORDER.index(row.level), row.outlet.casefold()


def _row(one: SourceStatus) -> SourceRow:
    level = one.standing.level
    return SourceRow(
        outlet=one.source.outlet,
        address=masked(one.source.url),
        level=level,
        word=WORDS[level],
        tone=TONES.get(level, ""),
        sentence=one.standing.sentence,
        last_ok=one.state.last_ok_at or one.health.last_ok_at,
        last_new=one.state.last_new_at,
        usual=one.rhythm.words or "още не е научено",
    )


def _summary(rows: list[SourceRow]) -> str:
    if not rows:
        return ""
    troubled = sum(
        1 for row in rows if row.level in {"failing", "paused", "silent", "unread", "empty"}
    )
    everything = count(len(rows), "източник")
    if not troubled:
        return f"{everything}, всички работят."
    verb = "иска" if troubled == 1 else "искат"
    return f"{everything}; {troubled} {verb} внимание."
