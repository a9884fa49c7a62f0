"""The grounds that most of these tests stand on; a module that needs another has its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.bootstrap import init_home
from tests.integration import web_kit as kit
from tests.integration.outlets import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on the loopback that plays outlets."""
    with serving() as here:
        yield here


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, by its folder."""
    init_home(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The small newsroom of `web_kit`, open."""
    made = kit.make_app(tmp_path / "home")
    yield made
    made.close()
