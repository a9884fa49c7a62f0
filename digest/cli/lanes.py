"""`digest lanes`: how fast each mailbox provider is written to, and letting a stopped one go on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import as_person

if TYPE_CHECKING:
    from digest.actions.pacing import LaneRow

HEADS = {
    "lane": ("Коридор", "Lane"),
    "state": ("Състояние", "State"),
    "per_minute": ("В минута", "A minute"),
    "sent_today": ("Днес", "Today"),
    "per_day": ("Най-много днес", "At most today"),
    "waiting": ("Чакат", "Waiting"),
    "denied": ("Отречени", "Denied"),
    "why": ("Защо", "Why"),
    "since": ("Откога", "Since"),
}
FOUND = {
    "domains": ("Домейни", "Domains"),
    "moved": ("Преместени", "Moved"),
    "silent": ("Без отговор", "No answer"),
}
STATES = {
    "free": ("свободен", "free"),
    "limited": ("с ограничение", "limited"),
    "resting": ("почива", "resting"),
    "stopped": ("спрян", "stopped"),
}


@click.group(invoke_without_command=True, epilog="Пример: digest lanes resume gmail --as a@b.bg")
@common
def lanes(call: Call) -> None:
    """Коридорите към пощенските доставчици: темпо, почивка, спиране."""
    from digest.actions.pacing import lanes as all_lanes

    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return
    app = call.app()
    rows = [_row(one, app.now()) for one in all_lanes(app)]
    if call.json:
        for row in rows:
            say.line(row)
        return
    at = 0 if call.bulgarian() else 1
    shown = [
        [say.shown(STATES[str(row[key])][at] if key == "state" else row[key]) for key in HEADS]
        for row in rows
    ]
    say.table(None, [words[at] for words in HEADS.values()], shown)


@lanes.command(epilog="Пример: digest lanes resume gmail --as editor@example.bg")
@click.argument("lane", metavar="КОРИДОР")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой решава.")
@click.option(
    "--gone", is_flag=True, help="Отречените от пощата адреси наистина ги няма: блокирай ги."
)
@common
def resume(call: Call, lane: str, by: str, gone: bool) -> None:
    """Пуска спрян или почиващ коридор, отначало бавно."""
    from digest.actions import denials, pacing

    app = call.app()
    denials.resume(app, lane, by=as_person(by), gone=gone)
    row = next(one for one in pacing.lanes(app) if one.state.name == lane)
    say.result(call, _row(row, app.now()), HEADS)


@lanes.command(epilog="Пример: digest lanes find")
@common
def find(call: Call) -> None:
    """Премества абонатите на фирмени домейни в коридора на доставчика им, по MX записите."""
    from digest.actions.lane_finding import find_lanes

    app = call.app()
    with say.progress("Домейни") as step:
        found = find_lanes(app, progress=step)
    row = {"domains": found.domains, "moved": dict(found.moved), "silent": found.silent}
    say.result(call, row, FOUND)


def _row(one: LaneRow, now: datetime) -> dict[str, object]:
    """The contract's line for a lane; `per_minute` and `per_day` are null without a limit."""
    state = one.state
    return {
        "lane": state.name,
        "state": one.standing(now),
        "per_minute": None if one.rate is None else round(one.rate),
        "sent_today": one.sent_today,
        "per_day": one.plan.per_day,
        "waiting": one.waiting,
        "denied": one.denied,
        "why": state.stopped or None,
        "since": one.since.isoformat() if one.since else None,
    }
