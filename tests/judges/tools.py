"""The judges that are programs of their own: where they are, and how they are asked.

What is missing is named; its tests are skipped here, and fail where `CI` is set (the skip becomes
a failure in `tests/conftest.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
TIMEOUT = 300.0
"""Seconds for one question; the largest takes a few."""


def program(name: str) -> str:
    """The path of a program of the system; skips the test by its name without it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here (make system)")
    return found


def module(*parts: str) -> Path:
    """A file of the locked Node judges; skips the test by its name without it."""
    found = MODULES.joinpath(*parts)
    if not found.exists():
        pytest.skip(f"no {parts[0]} here (npm ci in tests/judges, or make test)")
    return found


def asked(command: list[str], told: bytes = b"", **environment: str) -> bytes:
    """What a judge says on its standard output; its error output is the reason when it fails."""
    ran = subprocess.run(
        command,
        input=told,
        cwd=HERE,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        env=os.environ | environment,
    )
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")[-2000:]
    return ran.stdout


def node(script: str, package: str, told: Mapping[str, object]) -> dict[str, list[str]]:
    """The answer of one of the scripts beside this file: name → complaints."""
    module(package)
    said = asked([program("node"), str(HERE / script)], json.dumps(told).encode())
    answer: dict[str, list[str]] = json.loads(said)
    return answer
