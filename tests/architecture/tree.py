"""The repository as these tests read it: its files, its Python sources, and copies of it."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("digest", "subscribers")


@cache
def repository_files() -> tuple[Path, ...]:
    """What git tracks, and what it would: relative to the root, sorted."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout here: which files belong to the repository is unknown")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    names = (name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(Path(name) for name in names if (ROOT / name).is_file()))


def sources() -> Iterator[Path]:
    """The Python files of the two packages, relative to the root."""
    for package in PACKAGES:
        yield from sorted(file.relative_to(ROOT) for file in (ROOT / package).rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), filename=str(file))


def copied(into: Path) -> Path:
    """A copy of the repository's files, as a fresh clone would have them."""
    for file in repository_files():
        target = into / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, target)
    return into
