"""Moves readers to the lane of whoever takes their mail, where a resolver may be asked.

A company's own domain says nothing of its provider; its MX records do. Each domain is asked once
in a run, several at a time, and one that nobody knows stays in `rest`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.deliver.mx import AskMx, asking, lane_of_servers
from digest.errors import Unavailable, WrongSettings

if TYPE_CHECKING:
    from digest.actions.app import App

AT_ONCE = 16
"""Questions on the way at one time."""
REST = "rest"


@dataclass(frozen=True, slots=True)
class Found:
    """Domains asked for, readers moved by lane, and domains for which nobody answered."""

    domains: int
    moved: Mapping[str, int]
    silent: int


def find_lanes(
    app: App, *, ask: AskMx | None = None, progress: Callable[[str], None] | None = None
) -> Found:
    """Asks for the domains of the lane `rest`. Raises `WrongSettings` without a resolver."""
    wanted = app.settings.dispatch.resolver
    if ask is None and not wanted:
        raise WrongSettings(
            "Не е зададен кого да питаме за пощенските сървъри на домейните.",
            "„dispatch.resolver“ е празно.",
            'Задайте resolver = "system" или IP адрес в [dispatch] и повторете.',
        )
    with app.store.reading() as work:
        domains = sorted(work.roll.domains(REST))
    asked = ask or asking(wanted)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        lanes = dict(zip(domains, pool.map(lambda one: _lane(one, asked), domains), strict=True))
    moved: Counter[str] = Counter()
    for domain, lane in lanes.items():
        if progress is not None:
            progress(domain)
        if lane not in {None, REST}:
            with app.store.work() as work:
                moved[str(lane)] += work.roll.move_lane(domain, REST, str(lane))
    return Found(len(domains), dict(moved), sum(lane is None for lane in lanes.values()))


def _lane(domain: str, ask: AskMx) -> str | None:
    try:
        return lane_of_servers(ask(domain))
    except Unavailable:
        return None
