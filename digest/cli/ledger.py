"""`digest ledger`: planned against what happened, and the ways to end a doubt about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import ledger_facts
from digest.errors import WrongUsage

if TYPE_CHECKING:
    from digest.store.ledger import Line

WORDS = {
    "edition": ("Брой", "Edition"),
    "planned": ("Планирани", "Planned"),
    "queued": ("В опашката", "Queued"),
    "sending": ("В момента", "Sending"),
    "accepted": ("Приети", "Accepted"),
    "deferred": ("Отложени", "Deferred"),
    "refused": ("Отказани", "Refused"),
    "suppressed": ("Блокирани адреси", "Suppressed"),
    "unknown": ("С неясна съдба", "Unknown"),
    "cancelled": ("Отменени", "Cancelled"),
    "balanced": ("Сметката излиза", "Balanced"),
}


STATES = {
    "queued": "в опашката",
    "claimed": "взета",
    "sending": "изпраща се",
    "accepted": "приета",
    "deferred": "отложена",
    "refused": "отказана",
    "unknown": "неясна",
    "suppressed": "блокирана",
    "cancelled": "отменена",
    "not-planned": "не е наредена",
}


@click.command(epilog="Пример: digest ledger digest-2026-11-22 --json --deliveries")
@click.argument("edition_id", metavar="БРОЙ")
@click.argument("names", metavar="[ДОСТАВКА|АДРЕС…]", nargs=-1)
@click.option("--deliveries", is_flag=True, help="И по един ред за всяка доставка.")
@click.option("--missed", is_flag=True, help="Кой не го е получил и защо, по един ред на човек.")
@click.option(
    "--settle",
    type=click.Choice(["accepted", "refused", "resend"]),
    help="Решение за посочените доставки с неясна съдба: приети, отказани, да тръгнат пак.",
)
@click.option(
    "--evidence",
    multiple=True,
    metavar="ФАЙЛ",
    help="Решава неясните по дневника на пощенския сървър (Postfix, и .gz) или по CSV.",
)
@click.option(
    "--not-in-log",
    type=click.Choice(["hold", "resend"]),
    default="hold",
    help="Които дневникът не познава: остават неясни (hold) или тръгват пак.",
)
@click.option("--as", "by", metavar="АДРЕС", help="Кой решава.")
@click.option("--why", default="", metavar="ТЕКСТ", help="Откъде се знае; остава в дневника.")
@common
def ledger(
    call: Call,
    edition_id: str,
    names: tuple[str, ...],
    deliveries: bool,
    missed: bool,
    settle: str | None,
    evidence: tuple[str, ...],
    not_in_log: str,
    by: str | None,
    why: str,
) -> int:
    """Отчет на броя: колко са планирани, какво е станало с тях, кой не го е получил и защо."""
    from digest.cli import settling

    _demand_one(names, deliveries=deliveries, missed=missed, settle=settle, evidence=evidence)
    if settle:
        return settling.settle_named(call, edition_id, names, settle, by, why)
    if evidence:
        settling.settle_by_log(call, edition_id, evidence, by, resend=not_in_log == "resend")
    elif missed:
        settling.show_missed(call, edition_id)
    else:
        _account(call, edition_id, deliveries=deliveries)
    return 0


def _demand_one(
    names: tuple[str, ...],
    *,
    deliveries: bool,
    missed: bool,
    settle: str | None,
    evidence: tuple[str, ...],
) -> None:
    if sum(map(bool, (deliveries, missed, settle, evidence))) > 1 or (names and not settle):
        raise WrongUsage(
            "Поискани са няколко неща наведнъж.",
            "Доставки се посочват само при --settle, а --deliveries, --missed, --settle и "
            "--evidence са различни действия.",
            "Повикайте командата поотделно за всяко.",
        )


def _account(call: Call, edition_id: str, *, deliveries: bool) -> None:
    from digest.actions import dispatching

    app = call.app()
    if not deliveries:
        say.result(call, ledger_facts(dispatching.ledger(app, edition_id)), WORDS)
        return
    rows = (_line(one) for one in dispatching.deliveries(app, edition_id))
    if call.json:
        for row in rows:
            say.line(row)
        return
    say.result(call, ledger_facts(dispatching.ledger(app, edition_id)), WORDS)
    heads = ("Адрес", "Състояние", "Опити", "Последен отговор")
    keys = ("address", "state", "attempts", "last_error")
    shown = ([STATES.get(str(row[key]), say.shown(row[key])) for key in keys] for row in rows)
    none = ("Няма нито една доставка.", "Not one delivery.")
    say.listing(call, heads, shown, none)


def _line(line: Line) -> dict[str, object]:
    return {
        "address": line.address,
        "state": str(line.state),
        "attempts": line.attempts,
        "message_id": line.message_id,
        "last_error": line.last_error,
        "delivery": line.delivery,
        "relay": line.relay,
        "evidence": line.evidence,
    }
