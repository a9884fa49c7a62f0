"""`digest serve|web|scheduler|worker|schedule`: what runs by itself."""

from __future__ import annotations

import sys

import click

from digest.cli import say
from digest.cli.call import Call, common

HOST = click.option("--host", metavar="АДРЕС", help="127.0.0.1")
PORT = click.option("--port", type=click.IntRange(0, 65535), help="8000; 0 взема свободен.")


def announce(address: str) -> None:
    """The contract's one line with the real address."""
    click.echo(f"Редакция: {address}")
    sys.stdout.flush()


@click.command(epilog="Пример: digest serve --port 8000")
@HOST
@PORT
@common
def serve(call: Call, host: str | None, port: int | None) -> None:
    """Сайт, часовник и изпращане в един процес."""
    from digest.jobs.serving import run_all

    app = call.app({"web.host": host, "web.port": port}, upgrade=True)
    run_all(app, app.settings.web.host, app.settings.web.port, ready=announce)


@click.command(epilog="Пример: digest web --port 8000")
@HOST
@PORT
@common
def web(call: Call, host: str | None, port: int | None) -> None:
    """Само сайтът: редакцията и страниците за читатели."""
    from digest.web.server import serve as serve_web

    app = call.app({"web.host": host, "web.port": port})
    serve_web(app, app.settings.web.host, app.settings.web.port, ready=announce)


@click.command(epilog="Пример: digest scheduler")
@common
def scheduler(call: Call) -> None:
    """Само часовникът; от няколко пуснати работи един."""
    from digest.jobs.serving import run_scheduler

    run_scheduler(call.app())


@click.command(epilog="Пример: digest worker")
@common
def worker(call: Call) -> None:
    """Изпращането, а с collect.slices и събирането; колкото машини искате, с PostgreSQL."""
    from digest.jobs.serving import run_worker

    run_worker(call.app())


@click.command(epilog="Пример: digest schedule --days 3 --json")
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True)
@common
def schedule(call: Call, days: int) -> None:
    """Предстоящите стъпки: чернова, краен час, изпращане."""
    from digest.actions.scheduling import coming

    steps = coming(call.app(), days)
    if call.json:
        for one in steps:
            say.line({"at": one.at.isoformat(), "what": one.what, "note": one.note})
        return
    names = {"build": "чернова", "decide": "краен час за одобрение", "queue": "изпращане"}
    rows = [(f"{one.at:%d.%m.%Y %H:%M}", names.get(one.what, one.what), one.note) for one in steps]
    none = ("Няма предстоящи стъпки в тези дни.", "No steps are due in these days.")
    say.listing(call, ("Кога", "Какво", "Бележка"), rows, none)
