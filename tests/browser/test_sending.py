"""Watching a sending in a real browser: fresh counts with scripts and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.actions import dispatching, reviewing, stops
from digest.actions.app import App
from digest.model import LaneState
from digest.web import steering
from tests.browser.test_desk import CONTRAST
from tests.integration import web_kit as kit
from tests.integration.doubts import send

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

HERE = f"/izdanie/{kit.edition().id}"
WAITS = "Готови: 0 от 1 доставка (0\u00a0%); чакащи: 1."
DONE = "Готови: 1 от 1 доставка (100\u00a0%)."


@pytest.fixture(autouse=True)
def queued(app: App) -> None:
    """An edition that waits for its one reader."""
    kit.add_reader(app)
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(app, kit.edition().id)


def signed_in(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/vhod")
    page.fill("input[name=address]", kit.APPROVER)
    page.fill("input[name=password]", kit.PASSWORD)
    page.click("main button")
    return page


def at_the_edition(context: BrowserContext, address: str) -> Page:
    """Signed in and looking at it, on a clock that the test moves."""
    page = signed_in(context, address)
    page.clock.install()
    page.goto(address + HERE)
    return page


def test_without_scripts_the_watched_page_loads_itself_anew(
    chromium: Browser, address: str, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until nothing waits; nobody presses anything."""
    monkeypatch.setattr(steering, "REFRESH_SECONDS", 1)
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, address)
    page.goto(address + HERE + "/hod")
    assert page.inner_text("#dokade") == WAITS

    send(app)
    page.get_by_text(DONE).wait_for()

    assert page.locator("progress").count() == 0
    context.close()


def test_with_scripts_only_the_counts_are_replaced(
    chromium: Browser, address: str, app: App
) -> None:
    """What an editor has typed into a form beside them stays."""
    context = chromium.new_context()
    page = at_the_edition(context, address)
    page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    assert page.inner_text("#dokade") == WAITS

    send(app)
    page.clock.run_for(11_000)
    page.get_by_text(DONE).wait_for()

    assert page.get_attribute("h1", "data-same") == "yes"
    assert page.get_attribute("#hod", "hx-get") is None
    context.close()


def test_an_open_page_tells_by_itself_that_a_lane_was_stopped(
    chromium: Browser, address: str, app: App
) -> None:
    """And keeps saying so when the sign-in has run out meanwhile: silence would read as all well."""
    context = chromium.new_context()
    page = at_the_edition(context, address)
    assert page.locator("#spreni .finding").count() == 0

    with app.store.work() as work:
        stopped = replace(LaneState("gmail", app.now()), stopped="554 5.7.1", ours=5, answered=9)
        work.lanes.save([stopped])
        stops.alarm(app, work, stopped)
    page.clock.run_for(31_000)
    page.get_by_text("Коридорът „gmail“ е спрян").wait_for()
    context.clear_cookies()
    with page.expect_response("**/spreni") as asked:
        page.clock.run_for(31_000)

    assert asked.value.status == 403
    page.get_by_text("Коридорът „gmail“ е спрян").wait_for()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1360])
def test_the_buttons_are_readable_and_fit(
    chromium: Browser, address: str, tmp_path: Path, scheme: str, width: int
) -> None:
    """Contrast of AA and no sideways scroll; the opened word of warning too."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = signed_in(context, address)
    for path in (HERE + "/hod", HERE):
        page.goto(address + path)
        if path == HERE:
            page.get_by_text("Отмени неизпратеното…").click()
        page.screenshot(path=tmp_path / f"{width}-{scheme}.png", full_page=True)

        assert page.evaluate(CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
