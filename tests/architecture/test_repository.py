"""The repository speaks of itself alone: no place on a machine, no registry, no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.architecture.tree import ROOT, repository_files

_FOLDERS = "work|tmp|home|Users|root|mnt|private/var"
# Taken apart, so that this file does not name what it forbids.
_REGISTRIES = "|".join(
    re.escape(head + tail)
    for head, tail in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("proxy.go", "lang.org"),
        ("crates", ".io"),
        ("--index", "-url"),
        ("PIP_INDEX", "_URL"),
    )
)
MACHINE = re.compile(rf"(?<![\w.~$}})/-])/(?:{_FOLDERS})/[\w.-]")
REGISTRY = re.compile(_REGISTRIES)
SECRET = re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY-----")

BINARY = {".png", ".jpg", ".ico", ".woff2", ".gz", ".whl"}


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    """`file:line` of every text line in the repository that the pattern is found in."""
    for file in repository_files():
        if file.suffix in BINARY:
            continue
        text = (ROOT / file).read_text(encoding="utf-8", errors="replace")
        if pattern.search(text):
            numbered = enumerate(text.splitlines(), start=1)
            yield from (f"{file}:{at}" for at, line in numbered if pattern.search(line))


def test_no_file_names_a_place_on_a_machine() -> None:
    """A checkout works wherever it lies."""
    assert list(lines_with(MACHINE)) == []


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the machine's own setting."""
    assert list(lines_with(REGISTRY)) == []


def test_no_file_holds_a_private_key() -> None:
    """Keys for tests are made by the tests."""
    assert list(lines_with(SECRET)) == []


@pytest.mark.parametrize("text", ["see /wo" + "rk/main", "'/t" + "mp/x'", "=/ho" + "me/someone/x"])
def test_the_scan_finds_a_machine_path(text: str) -> None:
    """In prose, in quotes, after an equals sign."""
    assert MACHINE.search(text)


@pytest.mark.parametrize(
    "text", ["../shared/data", "{{ base }}/work/", "https://example.bg/home/news", "$DIR/tmp/x"]
)
def test_the_scan_leaves_addresses_and_relative_places_alone(text: str) -> None:
    """A path of a site or below a variable is no place on this machine."""
    assert not MACHINE.search(text)


def test_no_generated_file_is_part_of_the_repository() -> None:
    """Caches, databases and mail on disk stay out."""
    generated = re.compile(r"(^|/)(__pycache__|\.venv|var|dist|build)/|\.(pyc|sqlite3|eml|log)$")

    assert [f.as_posix() for f in repository_files() if generated.search(f.as_posix())] == []
