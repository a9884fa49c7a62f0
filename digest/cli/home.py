"""`digest init` and `digest settings`."""

from __future__ import annotations

from pathlib import Path

import click

from digest.addresses import masked
from digest.cli import say
from digest.cli.call import Call, common


@click.command(epilog="Пример: digest init ./dom")
@click.argument("place", required=False, metavar="[ПАПКА]", type=click.Path(path_type=Path))
@common
def init(call: Call, place: Path | None) -> None:
    """Прави дом: настройки с обяснения, ключ за подписи и празна база. Не презаписва нищо."""
    from digest.bootstrap import init_home

    home = place or call.place()
    init_home(home, settings=call.loaded().settings if call.config else None)
    words = {
        "home": ("Дом", "Home"),
        "settings": ("Настройки", "Settings"),
        "next": ("Сега", "Next"),
    }
    answer: dict[str, object] = {"home": str(home), "settings": str(home / "digest.toml")}
    if not call.json:
        answer["next"] = f"digest sources add АДРЕС --rights extract --home {home}"
    say.result(call, answer, words)


@click.group(epilog="Пример: digest settings explain")
def settings() -> None:
    """Какво е зададено и откъде идва."""


@settings.command(epilog="Пример: digest settings explain --home ./dom")
@click.argument("prefix", required=False, default="", metavar="[КЛЮЧ]")
@common
def explain(call: Call, prefix: str) -> None:
    """Показва всяка настройка, стойността ѝ и откъде е взета."""
    rows = [one for one in call.loaded().explained if one.key.startswith(prefix)]
    if call.json:
        for one in rows:
            say.line({"key": one.key, "value": _masked(one.key, one.value), "origin": one.origin})
        return
    say.table(
        None,
        ("Ключ", "Стойност", "Откъде") if call.bulgarian() else ("Key", "Value", "Origin"),
        [(one.key, str(_masked(one.key, one.value)), one.origin) for one in rows],
    )


def _masked(key: str, value: object) -> object:
    """Passwords inside addresses are not shown."""
    if key == "dispatch.relays" and isinstance(value, list | tuple):
        return [one | {"transport": _bare(one["transport"])} for one in value]
    if key not in {"dispatch.transport", "database.url", "collect.proxy"}:
        return value
    return _bare(value)


def _bare(value: object) -> object:
    """An address without its password."""
    address = str(value)
    bare = masked(address)
    if bare == address:
        return value
    scheme, _, rest = address.partition("://")
    user, colon, _ = rest.partition(":")
    host = bare.partition("://")[2]
    # A user without a password (a token) is a secret itself.
    return (
        f"{scheme}://{user}:***@{host}" if colon and "@" not in user else f"{scheme}://***@{host}"
    )
