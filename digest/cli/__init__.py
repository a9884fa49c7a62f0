"""The command line: parse words, call one action or room, show the result.

`digest/cli/main.py` is the door, `commands.py` the table of commands (each module is imported
only when its command runs, so that `digest --help` stays quick), `call.py` what every command is
given, `say.py` how results are printed.
"""

from __future__ import annotations


def main() -> None:
    """Entry point of the `digest` program."""
    from digest.cli.main import main as run

    run()
