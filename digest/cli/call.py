"""What every command is given: the home, the clock, the language, and how to print.

The common options may stand before or after the command; the nearer one wins.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.clock import Clock
    from digest.settings import Loaded

DEFAULT_HOME = "var"


@dataclass(frozen=True, slots=True)
class Call:
    """The words common to all commands."""

    home: Path | None = None
    config: Path | None = None
    now: str | None = None
    lang: str | None = None
    json: bool = False

    def place(self) -> Path:
        """The state's folder: `--home`, else `DIGEST_HOME`, else `./var`."""
        return self.home or Path(os.environ.get("DIGEST_HOME") or DEFAULT_HOME)

    def clock(self) -> Clock:
        from digest.clock import clock_from

        return clock_from(self.now)

    def loaded(self, flags: dict[str, object] | None = None) -> Loaded:
        """Settings of this call with their origins."""
        found = self._loaded(flags)
        started()
        return found

    def _loaded(self, flags: dict[str, object] | None) -> Loaded:
        from digest.settings import load

        own = self.place() / "digest.toml"
        file = self.config or (own if own.is_file() else None)
        return load(file, flags={k: v for k, v in (flags or {}).items() if v is not None})

    def app(self, flags: dict[str, object] | None = None, *, upgrade: bool = False) -> App:
        """The open home; closed at the end of the command."""
        from digest.bootstrap import open_app
        from digest.jobs.herald import heralded

        app = heralded(
            open_app(
                self.place(),
                settings=self._loaded(flags).settings,
                clock=self.clock(),
                upgrade=upgrade,
            )
        )
        started()
        click.get_current_context().call_on_close(app.close)
        return app

    def bulgarian(self) -> bool:
        return (self.lang or os.environ.get("DIGEST_LANG", "bg")) != "en"


def started() -> None:
    """The modules are there and the work begins: the cycle collector may run again.

    What was loaded lives to the end, so it is taken out of the collector's sight.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


F = TypeVar("F", bound=Callable[..., object])


def common(command: F) -> F:
    """Adds `--home --config --now --lang --json` and hands the merged `Call` as first argument."""

    @wraps(command)
    @click.pass_context
    def wrapped(ctx: click.Context, /, **words: object) -> object:
        own = Call(**{key: words.pop(key) for key in _KEYS})  # type: ignore[arg-type]
        return ctx.invoke(command, merged(ctx, own), **words)

    for option in _options():
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def merged(ctx: click.Context, own: Call) -> Call:
    """The command's words over those that stood before it."""
    outer = ctx.find_object(Call) or Call()
    said = {key: getattr(own, key) for key in _KEYS if getattr(own, key) not in {None, False}}
    ctx.obj = replace(outer, **said)
    return ctx.obj  # type: ignore[no-any-return]


_KEYS = ("home", "config", "now", "lang", "json")


def _options() -> tuple[Callable[[F], F], ...]:
    path = click.Path(path_type=Path)
    return (
        click.option("--json", "json", is_flag=True, help="Един обект JSON на ред."),
        click.option("--lang", type=click.Choice(["bg", "en"]), help="Език на таблиците."),
        click.option("--now", metavar="ISO", help="Заковава часовника."),
        click.option("--config", type=path, metavar="ФАЙЛ", help="Настройки в TOML."),
        click.option("--home", type=path, metavar="ПАПКА", help="Дом на състоянието (./var)."),
    )


def group_options(command: F) -> F:
    """The same options for the program itself, before the command."""
    for option in _options():
        command = option(command)
    return command
