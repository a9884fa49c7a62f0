"""Imports run one way: entry points, actions, rooms, model; people apart."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

PLANTED = {
    "digest/bulgarian/planted.py": "import digest.collect",
    "digest/cluster/planted.py": "import digest.store.work",
    "digest/rank/planted.py": "import digest.cluster.stories",
    "digest/actions/planted.py": "import digest.cli.main",
    "subscribers/planted.py": "import digest.errors",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Checks the contracts of a tree; what is imported comes from that tree, not from here."""
    run = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", run, "--no-cache", "--no-logo"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_every_import_runs_in_the_allowed_direction(copy: Path) -> None:
    """The contracts of pyproject.toml hold over the whole tree."""
    checked = lint(copy)

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_import_against_the_direction_is_caught(copy: Path, place: str) -> None:
    """A contract that nothing can break would guard nothing."""
    (copy / place).write_text(PLANTED[place] + "\n", encoding="utf-8")

    checked = lint(copy)

    assert checked.returncode != 0
    assert Path(place).with_suffix("").as_posix().replace("/", ".") in checked.stdout
