"""Chromium of the system, driven by Playwright; left out by name where it is not installed."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.web.server import WebServer
from tests.integration import web_kit as kit


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """The running browser; skips without one, and in CI fails instead.

    Of one module: Playwright holds an event loop while it lives, and tests of other modules in
    the same process start loops of their own.
    """
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no /usr/bin/chromium here, and in CI nothing may be left out")
        pytest.skip("no chromium here (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def address(app: App) -> Iterator[str]:
    """The site on a free loopback port."""
    listening = threading.Event()
    server = WebServer(app, "127.0.0.1", 0, lambda _at: listening.set())
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert listening.wait(30)
        yield server.address
    finally:
        server.stop()
        thread.join(30)
