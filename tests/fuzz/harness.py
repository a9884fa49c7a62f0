"""Coverage-guided search: `python -m tests.fuzz.harness KIND CORPUS [libFuzzer flags]`.

Runs in a process of its own, because libFuzzer ends its process when it finds something.
"""

from __future__ import annotations

import logging
import sys

import atheris

with atheris.instrument_imports(include=["digest.collect"]):
    from tests.fuzz.contract import TARGETS


def main() -> None:
    """Runs one target until its time is over."""
    logging.disable(logging.CRITICAL)
    kind = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[kind])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
