"""`digest story`: what an editor says of a story. One function a verb, each one action.

Which articles are one story is asked and said in `grouping.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from digest.cli import grouping, say
from digest.cli.call import Call, common
from digest.cli.morning import DAY, as_day, as_person

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import Ruling

F = TypeVar("F", bound=Callable[..., object])

RULING_WORDS = {
    "story": ("Тема", "Story"),
    "ruling": ("Решение", "Ruling"),
    "first": ("От броя за", "From the edition of"),
    "last": ("До броя за", "To the edition of"),
    "place": ("Място", "Place"),
    "value": ("Тласък", "Boost"),
    "by": ("Решил", "By"),
    "reason": ("Причина", "Reason"),
}
KINDS = {"pin": "закачена", "veto": "спряна", "boost": "тласната"}


@click.group(epilog="Пример: digest story pin s12 --place 1 --as editor@example.bg")
def story() -> None:
    """Теми: списък, събиране и отделяне, закачане на място, спиране, тласък, отмяна."""


for _name, _command in {
    "list": grouping.listed,
    "show": grouping.show,
    "merge": grouping.merge,
    "split": grouping.split,
}.items():
    story.add_command(_command, _name)


def ruling_options(command: F) -> F:
    """The words that every ruling takes: whose, for which edition, and why."""
    for option in (
        click.option("--reason", default="", metavar="ТЕКСТ", help="Защо; стои при темата."),
        click.option("--day", type=DAY, metavar="ГГГГ-ММ-ДД", help="Денят на броя (днес)."),
        click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой решава."),
    ):
        command = option(command)
    return command


@story.command(epilog="Пример: digest story pin s12 --place 1 --as editor@example.bg")
@click.argument("story_id", metavar="ТЕМА")
@click.option("--place", type=click.IntRange(1), default=1, help="Мястото в броя (1).")
@ruling_options
@common
def pin(call: Call, story_id: str, place: int, by: str, day: datetime | None, reason: str) -> None:
    """Закача темата на място в броя за деня."""
    from digest.actions.rulings import pin as act

    app = call.app()
    _ruled(
        call,
        app,
        act(app, story_id, place=place, by=as_person(by), day=as_day(day), reason=reason),
    )


@story.command(
    epilog="Пример: digest story veto s12 --reason „Чака опровержение“ --as a@example.bg"
)
@click.argument("story_id", metavar="ТЕМА")
@ruling_options
@common
def veto(call: Call, story_id: str, by: str, day: datetime | None, reason: str) -> None:
    """Спира темата от броя за деня, с причина."""
    from digest.actions.rulings import veto as act

    app = call.app()
    _ruled(call, app, act(app, story_id, by=as_person(by), day=as_day(day), reason=reason))


@story.command(epilog="Пример: digest story boost s12 --by 0.1 --days 3 --as editor@example.bg")
@click.argument("story_id", metavar="ТЕМА")
@click.option("--by", "value", type=float, required=True, help="Колко, от -1 до 1.")
@click.option("--days", type=click.IntRange(1), default=1, help="За колко броя поред (1).")
@ruling_options
@common
def boost(
    call: Call, story_id: str, value: float, days: int, by: str, day: datetime | None, reason: str
) -> None:
    """Добавя към оценката на темата или отнема от нея."""
    from digest.actions.rulings import boost as act

    app = call.app()
    one = act(
        app, story_id, value=value, days=days, by=as_person(by), day=as_day(day), reason=reason
    )
    _ruled(call, app, one)


@story.command(epilog="Пример: digest story clear s12 --as editor@example.bg")
@click.argument("story_id", metavar="ТЕМА")
@click.option("--day", type=DAY, metavar="ГГГГ-ММ-ДД", help="От кой брой нататък (днес).")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой решава.")
@common
def clear(call: Call, story_id: str, day: datetime | None, by: str) -> None:
    """Отменя казаното за темата от този брой нататък."""
    from digest.actions.rulings import clear as act

    ended = act(call.app(), story_id, by=as_person(by), day=as_day(day))
    for one in ended:
        _say(call, one)
    if not ended:
        say.note(f"За темата „{story_id}“ няма решения в сила.")
    elif not call.json:
        say.note("Казаното е отменено.")


def _ruled(call: Call, app: App, one: Ruling) -> None:
    """The ruling, and when it shows."""
    from digest.actions.rulings import effect

    _say(call, one)
    say.note(effect(app, one))


def _say(call: Call, one: Ruling) -> None:
    facts = {
        "story": one.story,
        "ruling": one.kind if call.json or not call.bulgarian() else KINDS[one.kind],
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "place": one.place or None,
        "value": one.value or None,
        "by": one.by,
        "reason": one.reason,
    }
    say.result(call, facts, RULING_WORDS)
