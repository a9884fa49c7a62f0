"""`digest ledger`: planned against what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import ledger_facts

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
}


@click.command(epilog="Пример: digest ledger digest-2026-11-22 --json --deliveries")
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--deliveries", is_flag=True, help="И по един ред за всяка доставка.")
@common
def ledger(call: Call, edition_id: str, deliveries: bool) -> None:
    """Отчет на броя: колко са планирани и какво е станало с тях."""
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
