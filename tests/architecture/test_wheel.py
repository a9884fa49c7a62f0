"""What is shipped: everything the product reads, and nothing of the machine it was built on."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.architecture.tree import ROOT, copied, repository_files

PLANTED = "config/local.toml"
NEEDED = (
    "digest/__main__.py",
    "digest/_assets/config/default.toml",
    "digest/_assets/config/demo.toml",
    "digest/_assets/config/institutions.toml",
    "digest/_assets/config/topics.toml",
    "digest/_assets/templates/email/digest/body.mjml.j2",
    "digest/_assets/templates/static/vendor/htmx.min.js",
    "digest/bulgarian/thesaurus/groups/saying.txt",
    "digest/bulgarian/thesaurus/opposites.txt",
    "digest/sample/newsroom.toml",
    "digest/sample/subscribers.csv",
    "digest/store/migrations/env.py",
    "subscribers/roll.py",
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from a fresh clone on which somebody has local settings."""
    clone = copied(tmp_path_factory.mktemp("clone"))
    (clone / PLANTED).write_text("[web]\nport = 1\n", encoding="utf-8")
    out = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=clone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    shutil.rmtree(clone)
    return names


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_holds_what_the_product_reads(shipped: set[str], name: str) -> None:
    """Templates, settings, the sample newsroom and the migrations travel with the code."""
    assert name in shipped


def test_every_template_and_packaged_setting_ships(shipped: set[str]) -> None:
    """Whatever lies in `templates/` and `config/` is found again under `_assets`."""
    assets = {
        f"digest/_assets/{file.as_posix()}"
        for file in repository_files()
        if file.parts[0] in {"templates", "config"}
    }

    assert assets - shipped == set()


def test_every_migration_and_sample_text_ships(shipped: set[str]) -> None:
    """Files beside the code are packed whatever their ending."""
    beside = {
        file.as_posix() for file in repository_files() if file.parts[0] in {"digest", "subscribers"}
    }

    assert any("migrations/versions/" in name for name in shipped)
    assert beside - shipped == set()


def test_local_settings_do_not_ship(shipped: set[str]) -> None:
    """What git ignores stays where it is: it may hold a password."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert PLANTED in ignored
    assert not [name for name in shipped if name.endswith("local.toml")]


def test_only_the_two_packages_ship(shipped: set[str]) -> None:
    """Tests, papers and tools stay at home."""
    tops = {name.partition("/")[0] for name in shipped if ".dist-info/" not in name}

    assert tops == {"digest", "subscribers"}
