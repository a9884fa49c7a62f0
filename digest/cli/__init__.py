"""The command line: parse words, call one action or room, show the result.

`digest/cli/main.py` is the door, `commands.py` the table of commands (each module is imported
only when its command runs, so that `digest --help` stays quick), `call.py` what every command is
given, `say.py` how results are printed.
"""

from __future__ import annotations

import gc


def main() -> None:
    """Entry point of the `digest` program.

    Python's cycle collector rests while modules load (a tenth of the start of a short command);
    `digest/cli/call.py: started` wakes it when the command's own work begins.
    """
    gc.disable()
    from digest.cli.main import main as run

    run()
