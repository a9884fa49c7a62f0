"""The demo: one whole morning of the sample newsroom, on its own fixed clock.

Yesterday's edition is built first from yesterday's pages, so that today has something to
continue. Then today's morning runs as any morning does, and the clock walks to each hour that a
reader chose. Two runs give byte-identical editions.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions import dispatching, editions, sources, staff, subscribing
from digest.actions.app import App
from digest.actions.morning import Morning, run
from digest.clock import FixedClock
from digest.errors import Conflict, StorageFault
from digest.model import Ledger, Newsroom

if TYPE_CHECKING:
    from digest.sample.newsroom import SampleNewsroom

MARK = ".sample-newsroom"
"""A home with this file belongs to the demo and may be made anew."""

EDITOR = "redaktor@izgrev.example.bg"
EVIDENCE = "форма на сайта „Изгрев“, версия 3"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Messages that left at one hour of the demo's clock."""

    at: datetime
    accepted: int


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did: the morning, the departures by hour, and the final ledger."""

    morning: Morning
    leavings: tuple[Leaving, ...]
    ledger: Ledger | None
    password: str
    outbox: Path


def clear_home(home: Path) -> None:
    """Empties a home that an earlier demo made. Any other full folder raises `Conflict`."""
    try:
        if home.exists() and any(home.iterdir()):
            if not (home / MARK).exists():
                raise Conflict(
                    f"Папката „{home}“ не е празна и не е от показа.",
                    "Показът започва винаги начисто, а чужди данни не бива да пипа.",
                    "Посочете друга папка с --home.",
                )
            shutil.rmtree(home)
        home.mkdir(parents=True, exist_ok=True)
        (home / MARK).write_text("Дом на примерния бюлетин; прави се наново.\n", encoding="utf-8")
    except OSError as cause:
        raise StorageFault(
            f"Папката „{home}“ не може да се подготви.",
            f"Причина: {cause.strerror or cause}.",
            "Освободете място или посочете друга папка с --home.",
        ) from cause


def known_world(home: Path, sample: SampleNewsroom) -> Newsroom:
    """Writes who owns the sample's outlets into its home, as a newsroom would, and reads it."""
    from digest.newsroom import load_newsroom

    lines = ["# Изданията на показа, собствениците им и агенцията.", ""]
    for outlet in sample.outlets:
        source = f"импресум на {outlet.host}"
        lines += ["[[outlets]]", _key("name", outlet.name), _key("owner", outlet.owner)]
        lines += [_key("hosts", [outlet.host]), _key("source", source), ""]
    for agency in sample.agencies:
        credits_ = list(agency.credits)
        lines += ["[[agencies]]", _key("name", agency.name), _key("credits", credits_), ""]
    (home / "outlets.toml").write_text("\n".join(lines), encoding="utf-8")
    return load_newsroom(home)


def _key(name: str, value: str | list[str]) -> str:
    # Basic strings and arrays of TOML are written as in JSON.
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def play(
    app: App, show_day: Callable[[datetime], None], *, progress: Callable[[str], None] | None
) -> Demo:
    """Runs both mornings in an open, empty home. `show_day` turns the sample site to a day."""
    from digest.sample.newsroom import load_newsroom

    sample = load_newsroom()
    password = staff.add_editor(app, EDITOR, role="approver", name="Редактор на показа")
    _turn(app, sample, sample.yesterday_now, show_day)
    yesterday = replace(app, clock=FixedClock(sample.yesterday_now))
    run(yesterday, approver=EDITOR, progress=progress)
    _readers(yesterday, sample)
    _turn(app, sample, sample.demo_now, show_day)
    today = replace(app, clock=FixedClock(sample.demo_now))
    morning = run(today, approver=EDITOR, progress=progress)
    leavings = tuple(_departures(today, morning))
    ledger = dispatching.ledger(today, morning.edition.id) if morning.edition else None
    return Demo(morning, leavings, ledger, password, app.home / "outbox")


def _turn(
    app: App, sample: SampleNewsroom, at: datetime, show_day: Callable[[datetime], None]
) -> None:
    """Shows the site of that day, its sources, and its text dumps in the inbox folder."""
    from digest.sample.site import dump_files

    show_day(at)
    inbox = app.home / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir()
    for name, data in sorted(dump_files(at.date()).items()):
        (inbox / name).write_bytes(data)
    wanted = {one.url: one for one in sample.sources_on(at.date())}
    known = {one.url for one in sources.known_sources(app)}
    for url in sorted(known - wanted.keys()):
        sources.remove_source(app, url)
    for url, one in wanted.items():
        if url not in known:
            sources.add_source(app, url, rights=one.rights, outlet=one.outlet, kind=one.kind)


def _readers(app: App, sample: SampleNewsroom) -> None:
    """Everybody of the sample list; those who never confirmed come without confirmation."""
    rows = sample.subscribers_csv.decode("utf-8").splitlines()
    pending = [row for row in rows[1:] if row.partition(",")[0] in sample.unconfirmed]
    confirmed = [row for row in rows[1:] if row not in pending]
    for group, said in ((confirmed, True), (pending, False)):
        data = "\n".join([rows[0], *group]).encode("utf-8")
        subscribing.import_people(app, data, basis="consent", evidence=EVIDENCE, confirmed=said)
    subscribing.suppress(app, sample.suppressed, reason="върнато писмо")


def _departures(app: App, morning: Morning) -> Iterator[Leaving]:
    """Walks the clock to each hour that readers chose and sends what is due then."""
    report = morning.dispatched
    at = app.now()
    while report is not None and morning.edition is not None:
        if report.accepted:
            yield Leaving(at, report.accepted)
        if report.next_due is None or report.next_due <= at:
            return
        at = report.next_due.astimezone(app.now().tzinfo)
        later = replace(app, clock=FixedClock(at))
        report = dispatching.dispatch(later, edition_id=morning.edition.id)


@contextmanager
def sample_site() -> Iterator[tuple[dict[str, str], Callable[[datetime], None]]]:
    """Serves the sample outlets on the loopback.

    Gives the mirrors (origin of each outlet → the local server) and the switch of the day.
    """
    from digest.sample.newsroom import load_newsroom
    from digest.sample.server import serving
    from digest.sample.site import build_site

    sample = load_newsroom()
    with serving(build_site(sample.yesterday_now.date())) as server:
        hosts = sorted({one.host for one in sample.outlets if one.host})
        mirrors = {f"https://{host}": server.origin for host in hosts}
        yield mirrors, lambda at: server.show(at.date())


def newest(app: App) -> str:
    """The id of the demo's edition, for the desk's address."""
    return editions.get(app, "latest").id
