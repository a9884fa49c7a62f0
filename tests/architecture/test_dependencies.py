"""What the product stands on: declared, locked, new enough, and of licences it may use."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

FLOORS = {
    "trafilatura": ("2.3.1", "earlier ones were under the GPL"),
    "htmldate": ("1.11", "earlier ones were under the GPL"),
}
GPL_AT_CHOICE = {
    "tld": "MPL-1.1, GPL or LGPL at the user's choice: used under MPL-1.1",
}
_GPL = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|(Affero )?General Public License)", re.IGNORECASE)


def _pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def base_requirements() -> list[Requirement]:
    declared = _pyproject()["project"]["dependencies"]
    assert isinstance(declared, list)
    return [Requirement(line) for line in declared]


def base_distributions() -> Iterator[metadata.Distribution]:
    """What the base install brings, each once, dependencies of dependencies included."""
    waiting = base_requirements()
    seen: set[tuple[str, frozenset[str]]] = set()
    given: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen or not _applies(wanted, {""}):
            continue
        seen.add((name, extras))
        found = metadata.distribution(name)
        if name not in given:
            given.add(name)
            yield found
        inner = [Requirement(line) for line in found.requires or ()]
        waiting += [_bare(one) for one in inner if _applies(one, extras or {""})]


def _applies(wanted: Requirement, extras: frozenset[str] | set[str]) -> bool:
    marker = wanted.marker
    return marker is None or any(marker.evaluate({"extra": one}) for one in extras)


def _bare(wanted: Requirement) -> Requirement:
    wanted.marker = None
    return wanted


def licences(found: metadata.Distribution) -> str:
    """Everything a distribution says of its licence, but the text of the licence itself."""
    said = found.metadata
    classifiers = [c for c in said.get_all("Classifier") or () if c.startswith("License")]
    first_line = (said.get("License") or "").partition("\n")[0]
    return "; ".join([said.get("License-Expression") or "", first_line, *classifiers])


def test_every_import_is_declared_and_every_declaration_imported() -> None:
    """deptry finds nothing; what is needed without an import is listed with it."""
    checked = subprocess.run(
        [sys.executable, "-m", "deptry", "--no-ansi", "."],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", FLOORS)
def test_a_library_whose_licence_changed_is_new_enough(name: str) -> None:
    """An older release of the same name would bring another licence."""
    floor, why = FLOORS[name]
    (declared,) = [one for one in base_requirements() if one.name == name]

    assert Version(metadata.version(name)) >= Version(floor), why
    assert not declared.specifier.contains("0.1"), why


def test_nothing_in_the_base_install_is_under_the_gpl() -> None:
    """The product is under MIT, and so is its user's freedom to change it."""
    bound = {
        name: said
        for found in base_distributions()
        if (name := canonicalize_name(found.name)) not in GPL_AT_CHOICE
        and _GPL.search(said := licences(found))
    }

    assert bound == {}


def test_every_distribution_says_its_licence() -> None:
    """A licence that nobody knows cannot be kept."""
    silent = [one.name for one in base_distributions() if not licences(one).strip("; ")]

    assert silent == []


@pytest.mark.parametrize("name", GPL_AT_CHOICE)
def test_a_choice_of_licences_is_still_offered(name: str) -> None:
    """The exception holds as long as the library offers another licence beside the GPL."""
    assert " OR " in licences(metadata.distribution(name))


@pytest.mark.parametrize(
    ("said", "is_gpl"),
    [
        ("GPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0", True),
        ("LGPL-3.0-or-later", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3", False),
        ("MIT", False),
    ],
)
def test_the_scan_tells_the_gpl_from_the_lgpl(said: str, *, is_gpl: bool) -> None:
    """One letter makes the difference."""
    assert bool(_GPL.search(said)) is is_gpl


def test_locks_carry_hashes_and_no_addresses() -> None:
    """An install checks every byte and takes it from wherever the machine is set up to."""
    locks = sorted(ROOT.glob("requirements*.lock"))
    problems = [
        f"{lock.name}: {fault}" for lock in locks for fault in _faults(lock.read_text("utf-8"))
    ]

    assert [lock.name for lock in locks], "there is no lock"
    assert problems == []


def test_the_lock_holds_every_base_requirement() -> None:
    """What pyproject.toml asks for is pinned, at a version that it allows."""
    pinned = dict(_pins((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    wanted = {canonicalize_name(one.name): one.specifier for one in base_requirements()}

    assert wanted.keys() - pinned.keys() == set()
    assert not [name for name, allowed in wanted.items() if pinned[name] not in allowed]


def _entries(text: str) -> Iterator[str]:
    """Each requirement of a lock with its hashes, on one line, without comments."""
    bare = re.sub(r"(?m)(^|\s)#.*$", "", text).replace("\\\n", " ")
    yield from (line.strip() for line in bare.splitlines() if line.strip())


def _faults(text: str) -> Iterator[str]:
    if "://" in text:
        yield "names an address"
    for entry in _entries(text):
        if entry.startswith("-"):
            yield f"an option stands in it: {entry}"
        elif "==" not in entry or "--hash=sha256:" not in entry:
            yield f"is not pinned by version and hash: {entry[:60]}"


def _pins(text: str) -> Iterator[tuple[str, str]]:
    for entry in _entries(text):
        if found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", entry):
            yield canonicalize_name(found[1]), found[2]


@pytest.mark.parametrize(
    "text",
    [
        "click==8.1.0\n",
        "click>=8 --hash=sha256:00\n",
        "--no-binary x\n",
        "# from https://mirror.test\nclick==8.1.0 \\\n    --hash=sha256:00\n",
    ],
)
def test_the_scan_of_locks_finds_each_fault(text: str) -> None:
    """No hash, no version, an option, an address even in a comment."""
    assert list(_faults(text))


def test_the_scan_of_locks_accepts_a_good_one() -> None:
    """Pinned, hashed, with a marker and a comment of who wants it."""
    text = "tzdata==2026.1 ; sys_platform == 'win32' \\\n    --hash=sha256:0a \\\n    --hash=sha256:0b\n    # via digest\n"

    assert not list(_faults(text))
    assert dict(_pins(text)) == {"tzdata": "2026.1"}
