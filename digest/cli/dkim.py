"""`digest dkim`: a key to sign with, and the DNS record that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common

if TYPE_CHECKING:
    from digest.actions.signing import Published

WORDS = {
    "selector": ("Селектор", "Selector"),
    "algorithm": ("Алгоритъм", "Algorithm"),
    "file": ("Файл на ключа", "Key file"),
    "name": ("Име в DNS", "Name in DNS"),
}


@click.group(epilog="Пример: digest dkim new --selector s1")
def dkim() -> None:
    """Подпис на писмата: нов ключ и записът му за DNS."""


@dkim.command(epilog="Пример: digest dkim new --selector s1 --home ./dom")
@click.option("--selector", required=True, metavar="ДУМА", help="Под какво име е ключът в DNS.")
@click.option("--ed25519", is_flag=True, help="Ключ за втория подпис вместо RSA-2048.")
@common
def new(call: Call, selector: str, *, ed25519: bool) -> None:
    """Прави ключ в дома, видим само за собственика му, и показва какво да се публикува.

    Подписването започва, когато записът е в DNS и редовете са в digest.toml.
    """
    from digest.actions.signing import make_key

    settings = call.loaded().settings
    made = make_key(settings, call.place(), selector, "ed25519" if ed25519 else "rsa")
    _show(call, made)
    if not call.json:
        prefix = "ed25519_" if ed25519 else ""
        say.note("Когато записът е в DNS, сложете в digest.toml:")
        say.note(f'[dkim]\n{prefix}selector = "{selector}"\n{prefix}key_file = "{made.file}"')


@dkim.command(epilog="Пример: digest dkim show --home ./dom")
@common
def show(call: Call) -> None:
    """Показва записите за DNS на зададените ключове."""
    from digest.actions.signing import published

    for one in published(call.loaded().settings, call.place()):
        _show(call, one)


def _show(call: Call, one: Published) -> None:
    """JSON, or the facts and below them the line of a zone file, unbroken."""
    facts = {"selector": one.selector, "algorithm": one.algorithm, "file": one.file}
    if call.json:
        named = {"name": one.record.name, "value": one.record.value, "zone": one.record.zone}
        say.line(facts | named)
        return
    say.result(call, facts | {"name": one.record.name}, WORDS)
    click.echo(one.record.value)
    click.echo(one.record.zone)
