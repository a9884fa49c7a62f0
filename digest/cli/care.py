"""`digest doctor`, `digest db`, `digest bench`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common, started
from digest.cli.morning import as_person
from digest.errors import Finding, StorageFault, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVELS = {"red": "✗ червено", "yellow": "! жълто", "green": "✓ наред"}
FILE = click.argument("file", metavar="ФАЙЛ", type=click.Path(path_type=Path))


def _findings(call: Call, found: Iterable[Finding]) -> int:
    rows = list(found)
    if call.json:
        for one in rows:
            say.line({"level": one.level, "code": one.code, "what": one.what, "fix": one.fix})
    else:
        say.table(
            None,
            ("", "Какво", "Какво да направите"),
            [(LEVELS[r.level], r.what, r.fix) for r in rows],
        )
    return 3 if any(one.level == "red" for one in rows) else 0


@click.command(epilog="Пример: digest doctor --home ./dom")
@common
def doctor(call: Call) -> int:
    """Наред ли е всичко за седем сутринта. Всяка находка с лека си."""
    from digest.actions.reporting import doctor as examine

    try:
        found = examine(call.app())
    except (StorageFault, Unavailable) as error:
        # What cannot be opened is the finding; the other checks need it open.
        found = (Finding("red", "database", f"{error.what} {error.why}", error.fix),)
    return _findings(call, found)


@click.group(epilog="Пример: digest db backup kopie.sqlite3")
def db() -> None:
    """База: обновяване, проверка, копие, връщане."""


@db.command(epilog="Пример: digest db upgrade --home ./dom")
@common
def upgrade(call: Call) -> None:
    """Привежда базата към тази версия на продукта."""
    from digest.store.version import HEAD

    call.app(upgrade=True)
    say.result(call, {"revision": HEAD}, {"revision": ("Версия", "Revision")})


@db.command(epilog="Пример: digest db check --home ./dom")
@common
def check(call: Call) -> int:
    """Цяла ли е базата и от коя версия е."""
    from digest.store.schema import check as examine

    well = Finding("green", "database", "Базата е цяла и от тази версия.")
    return _findings(call, examine(call.app().store) or [well])


@db.command(epilog="Пример: digest db backup kopie.sqlite3 --home ./dom")
@FILE
@common
def backup(call: Call, file: Path) -> None:
    """Прави копие, докато всичко работи."""
    from digest.store.schema import backup as copy

    copy(call.app().store, file)
    say.result(call, {"file": str(file), "bytes": file.stat().st_size}, {})


@db.command(epilog="Пример: digest db restore kopie.sqlite3 --home ./dom")
@FILE
@common
def restore(call: Call, file: Path) -> None:
    """Връща копие на мястото на сегашната база."""
    from digest.store.schema import restore as bring

    bring(call.app().store, file)
    say.result(call, {"restored": str(file)}, {"restored": ("Върнато от", "Restored from")})
    say.note("Изпращането чака „digest db confirm --as АДРЕС“: копието не знае какво е тръгнало.")


@db.command(epilog="Пример: digest db confirm --as admin@example.bg --home ./dom")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой разрешава.")
@common
def confirm(call: Call, by: str) -> None:
    """Разрешава на върната база да изпраща отново."""
    from digest.actions.dispatching import confirm_restored

    confirm_restored(call.app(), by=as_person(by))
    say.result(call, {"confirmed": by}, {"confirmed": ("Разрешил", "Confirmed by")})


@click.command(epilog="Пример: digest bench personalise --json")
@click.argument(
    "stage",
    metavar="ЕТАП",
    type=click.Choice(
        [
            "start",
            "morning",
            "collect",
            "cluster",
            "rank",
            "summarise",
            "personalise",
            "queue",
            "dispatch",
        ]
    ),
)
@click.option("--size", type=click.IntRange(1), help="Колко единици (за етапа).")
@click.option(
    "--database",
    metavar="АДРЕС",
    help="Сървър PostgreSQL за „queue“ и „dispatch“; мери се в нова база, която после се трие.",
)
@common
def bench(call: Call, stage: str, size: int | None, database: str | None) -> None:
    """Измервания върху създадени данни; числата са отношения в едно пускане."""
    from digest.bench import run_stage

    started()
    for row in run_stage(stage, size=size, database=database):
        say.line(row) if call.json else say.result(call, row, {})
