"""The public command line: every promised command is there and shows an example."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from digest.cli.commands import COMMANDS
from digest.cli.main import program

PROMISED = {
    "init": (),
    "demo": (),
    "run": (),
    "collect": (),
    "build": (),
    "approve": (),
    "queue": (),
    "dispatch": (),
    "edition": ("list", "show", "export", "edit", "correct", "corrections", "withdraw"),
    "preview": (),
    "test-send": (),
    "ledger": (),
    "sources": ("list", "add", "remove", "check", "import", "export"),
    "subscribers": ("list", "add", "import", "export", "erase", "suppress", "unsuppress"),
    "inbound": (),
    "editors": ("list", "add", "role", "remove"),
    "serve": (),
    "web": (),
    "scheduler": (),
    "worker": (),
    "schedule": (),
    "settings": ("explain",),
    "dkim": ("new", "show"),
    "doctor": (),
    "db": ("upgrade", "check", "backup", "restore"),
    "bench": (),
    "feed": (),
    "extract": (),
    "cluster": (),
    "rank": ("tune",),
    "story": ("pin", "veto", "boost", "clear"),
    "summarise": (),
    "check-summary": (),
    "render": (),
    "classify-bounce": (),
}


def _command(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


def _paths() -> Iterator[tuple[str, ...]]:
    """Every command and sub-command that exists."""
    for name in COMMANDS:
        yield (name,)
        found = _command(name)
        if isinstance(found, click.Group):
            yield from ((name, inner) for inner in found.commands)


def test_every_promised_command_exists() -> None:
    """Names of commands are public and never go away."""
    assert PROMISED.keys() - COMMANDS.keys() == set()


@pytest.mark.parametrize("name", [name for name, inner in PROMISED.items() if inner])
def test_every_promised_subcommand_exists(name: str) -> None:
    """So are the names of their parts."""
    found = _command(name)

    assert isinstance(found, click.Group)
    assert set(PROMISED[name]) - found.commands.keys() == set()


@pytest.mark.parametrize("path", list(_paths()), ids=" ".join)
def test_every_help_shows_an_example(path: tuple[str, ...]) -> None:
    """Whoever asks for help sees a line that can be typed."""
    shown = CliRunner().invoke(program, [*path, "--help"])

    assert shown.exit_code == 0, shown.output
    assert "Пример" in shown.output
    assert f"digest {' '.join(path)}" in shown.output


def test_the_table_says_a_line_of_every_command() -> None:
    """`digest --help` lists them all, without importing one."""
    shown = CliRunner().invoke(program, ["--help"])

    assert shown.exit_code == 0
    assert not [
        name for name, (_, _, text) in COMMANDS.items() if not text or name not in shown.output
    ]
