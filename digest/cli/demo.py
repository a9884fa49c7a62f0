"""`digest demo`: the whole morning on the sample newsroom, then the desk."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common, started
from digest.cli.ledger import WORDS as LEDGER_WORDS
from digest.cli.morning import collect_facts, dispatch_facts, edition_facts, ledger_facts
from digest.cli.serving import HOST, PORT, announce
from digest.clock import zone

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.collecting import CollectReport
    from digest.actions.demo import Demo
    from digest.model import Edition

HOME = Path("var") / "demo"

CROWD = 6
"""So many stories left out for one and the same reason are counted instead of listed."""


@click.command(epilog="Пример: digest demo --no-serve")
@click.option("--no-serve", is_flag=True, help="Свършва след сутринта, без редакцията.")
@HOST
@PORT
@common
def demo(call: Call, no_serve: bool, host: str | None, port: int | None) -> int:
    """Цяла сутрин с примерните статии на продукта; редакцията остава отворена."""
    from digest.actions.demo import clear_home, play, sample_site

    home = call.home or (Path(os.environ["DIGEST_HOME"]) if os.environ.get("DIGEST_HOME") else HOME)
    clear_home(home)
    started()
    with sample_site() as (mirrors, show_day):
        app = _open(replace(call, home=home), mirrors, host, port)
        with say.progress("Сутрин") as step:
            done = play(app, show_day, progress=step)
        _show(call, app, done)
        if not no_serve:
            _serve(app, done)
    return 0


def _open(call: Call, mirrors: dict[str, str], host: str | None, port: int | None) -> App:
    from digest.actions.demo import known_world
    from digest.assets import config_text
    from digest.bootstrap import init_home, open_app
    from digest.clock import FixedClock
    from digest.sample.newsroom import load_newsroom
    from digest.settings import load

    home = call.place()
    (home / "digest.toml").write_text(config_text("demo.toml"), encoding="utf-8")
    flags = {"collect.mirrors": mirrors, "web.host": host, "web.port": port}
    settings = load(
        home / "digest.toml", flags={k: v for k, v in flags.items() if v is not None}
    ).settings
    init_home(home, settings=settings)
    sample = load_newsroom()
    app = open_app(
        home, settings=settings, clock=FixedClock(sample.demo_now),
        newsroom=known_world(home, sample),
    )  # fmt: skip
    click.get_current_context().call_on_close(app.close)
    return app


def _show(call: Call, app: App, done: Demo) -> None:
    """The short table: collected, rejected, printed, left out, sent, and where to look."""
    if call.json:
        say.line(_facts(done))
        return
    say.note("")
    _collected(app, done.morning.collected)
    edition = done.morning.edition
    if edition is None:
        say.note(done.morning.held or "")
        return
    _printed(edition)
    _left_out(edition)
    _departed(app, done)
    _where(app, done)


def _collected(app: App, report: CollectReport) -> None:
    from digest.actions.sources import known_sources

    outlets = {str(one.id): one.outlet for one in known_sources(app)}
    refused = {
        (outlets.get(one.source, one.source), one.title or one.url, one.reason)
        for one in report.refusals
    }
    counts = (report.sources, report.articles_new, report.articles_known, len(refused))
    heads = ("Източници", "Нови статии", "Вече познати", "Отхвърлени")
    say.table("Събрано", heads, [[str(one) for one in counts]])
    say.table("Отхвърлено", ("Издание", "Заглавие", "Защо"), sorted(refused))


def _printed(edition: Edition) -> None:
    rows = [
        (section.name, story.title, str(story.independent_sources))
        for section in edition.sections
        for story in section.stories
    ]
    say.table(f"Брой {edition.number}: {edition.subject}", ("Рубрика", "Новина", "Гласове"), rows)


def _left_out(edition: Edition) -> None:
    """Those with a reason of their own, one by one; those there was no room for, counted."""
    crowd = Counter(one.reason for one in edition.dropped)
    said = [(one.title, one.reason) for one in edition.dropped if crowd[one.reason] < CROWD]
    more = [(f"и още {n}", why) for why, n in crowd.items() if n >= CROWD]
    say.table("Останаха извън броя", ("Новина", "Защо"), [*said, *more])


def _departed(app: App, done: Demo) -> None:
    zone_name = app.settings.publication.timezone
    rows = [
        (f"{one.at.astimezone(zone(zone_name)):%H:%M}", str(one.accepted)) for one in done.leavings
    ]
    say.table("Тръгнаха", (f"Час ({zone_name})", "Писма"), rows)
    if done.ledger:
        facts = ledger_facts(done.ledger)
        rows = [(LEDGER_WORDS[key][0], say.shown(value)) for key, value in facts.items() if value]
        say.table("Отчет", ("", ""), rows)


def _where(app: App, done: Demo) -> None:
    home = app.home
    rows = [
        ("Писмата", f"{done.outbox} – по един файл .eml на абонат"),
        ("Писмото в браузъра", f"digest preview latest --part html --home {home} > pismo.html"),
        ("Отчетът", f"digest ledger latest --deliveries --home {home}"),
        ("Какво изостави и защо", f"digest edition show latest --home {home}"),
    ]
    say.table("Къде да погледнете", ("", ""), rows)


def _facts(done: Demo) -> dict[str, object]:
    morning = done.morning
    return {
        "collect": collect_facts(morning.collected),
        "edition": edition_facts(morning.edition) if morning.edition else None,
        "held": morning.held,
        "dispatch": dispatch_facts(morning.dispatched) if morning.dispatched else None,
        "departures": [
            {"at": one.at.isoformat(), "accepted": one.accepted} for one in done.leavings
        ],
        "ledger": ledger_facts(done.ledger) if done.ledger else None,
        "outbox": str(done.outbox),
    }


def _serve(app: App, done: Demo) -> None:
    from digest.actions.demo import EDITOR
    from digest.web.server import serve

    def ready(address: str) -> None:
        announce(address)
        click.echo(f"Вход: {EDITOR} / {done.password}")
        sys.stdout.flush()
        say.note("Ctrl+C спира показа.")

    serve(app, app.settings.web.host, app.settings.web.port, ready=ready)
