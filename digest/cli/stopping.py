"""`digest pause|resume|cancel`: an edition's sending held, let go on, or called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.bulgarian.typography import count
from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.ledger import WORDS
from digest.cli.morning import ledger_facts

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.dispatching import Cancelled

CANCEL_WORDS = WORDS | {
    "stopped": ("Спрени сега", "Stopped now"),
    "left": ("Тръгнали преди това", "Left before"),
}


def _flag(what: str, doc: str) -> click.Command:
    @click.command(name=what, help=doc, epilog=f"Пример: digest {what} digest-2026-11-22")
    @click.argument("edition_id", metavar="БРОЙ")
    @click.option("--as", "by", default="cli", metavar="АДРЕС", help="Кой го иска.")
    @common
    def command(call: Call, edition_id: str, by: str) -> None:
        from digest.actions import dispatching

        app: App = call.app()
        getattr(dispatching, what)(app, edition_id, by=by)
        say.result(call, ledger_facts(dispatching.ledger(app, edition_id)), WORDS)

    return command


pause = _flag("pause", "Спира изпращането на този брой; тръгналото си тръгва.")
resume = _flag("resume", "Продължава спрян брой.")


@click.command(epilog="Пример: digest cancel digest-2026-11-22 --as editor@example.bg")
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--as", "by", default="cli", metavar="АДРЕС", help="Кой го иска.")
@common
def cancel(call: Call, edition_id: str, by: str) -> None:
    """Отменя неизпратеното и казва колко вече е тръгнало."""
    from digest.actions import dispatching

    done = dispatching.cancel(call.app(), edition_id, by=by)
    facts = ledger_facts(done.ledger) | {"stopped": done.stopped, "left": done.left}
    say.result(call, facts, CANCEL_WORDS)
    if not call.json:
        say.note(in_words(done))


def in_words(done: Cancelled) -> str:
    """Says „Спрени са 5 писма; до 3 души броят вече беше тръгнал.“."""
    one = done.stopped == 1
    stopped = f"{'Спряно е' if one else 'Спрени са'} {count(done.stopped, 'писмо')}"
    return f"{stopped}; до {count(done.left, 'човек')} броят вече беше тръгнал."
