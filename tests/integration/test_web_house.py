"""The house colour on the pages of readers and editors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from digest.actions.app import App
from digest.actions.reporting import doctor
from digest.colours import contrast
from digest.model import Brand
from digest.setting_brand import BrandColours
from digest.settings import Settings
from digest.web.house import house
from tests.integration import web_kit as kit

SEA = "#1f5a7a"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", settings=Settings(brand=BrandColours(accent=SEA)))
    yield made
    made.close()


def test_every_kind_of_page_wears_the_accent(app: App) -> None:
    """Leaving, preferences, the archive, a page that is not there, and the door of the desk."""
    token, browser = kit.token_of(app, kit.add_reader(app)), kit.Browser(app)
    for path in (f"/leave/{token}", f"/predpochitania/{token}", "/archive", "/nyama", "/vhod"):
        page = browser.get(path).text
        address = page.split('<link rel="stylesheet" href="/tsvetove.css', 1)[1].split('"')[0]
        sheet = browser.get(f"/tsvetove.css{address}")
        assert sheet.headers["content-type"] == "text/css; charset=utf-8"
        assert f"--accent: {SEA}" in sheet.text
        assert page.index("/static/site.css") < page.index("/tsvetove.css")


def test_the_sheet_is_kept_and_its_address_changes_with_the_colour(app: App) -> None:
    """A new colour is seen at once, an old one costs nothing."""
    browser = kit.Browser(app)
    first = browser.get("/tsvetove.css")

    again = browser.get("/tsvetove.css", headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert "set-cookie" not in first.headers
    assert house(Brand(accent=SEA)).address != house(Brand()).address


def test_the_doctor_names_a_colour_that_no_section_has(tmp_path: Path) -> None:
    """A slip of the pen would do nothing and say nothing."""
    colours = BrandColours(sections={"sport": "#7a4b00", "sporrt": "#7a4b00"})
    app = kit.make_app(tmp_path / "home", settings=Settings(brand=colours))
    try:
        (only,) = [one for one in doctor(app) if one.code == "unknown-section"]
    finally:
        app.close()

    assert "„sporrt“ в [brand.sections]" in only.what
    assert "sport" in only.fix


@given(st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}"))
def test_an_accepted_accent_is_read_on_every_ground_of_the_pages(colour: str) -> None:
    """Words on buttons, and links on paper, on the ground and on findings, light and dark."""
    try:
        accent = BrandColours(accent=colour).accent
    except ValidationError:
        return
    light, dark = house(Brand(accent=accent)).sheet.splitlines()
    for line, grounds in (
        (light, ("#f6f4ef", "#ffffff", "#fbeaea", "#fdf3dc", "#e7f3ea")),
        (dark, ("#161514", "#201e1c", "#3a1d1b", "#372b12", "#18301f")),
    ):
        said = dict(
            part.strip().split(": ")
            for part in line.split("{")[-1].split("}")[0].split(";")
            if part.strip()
        )
        assert contrast(said["--accent"], said["--on-accent"]) >= 4.5
        assert all(contrast(said["--link"], ground) >= 4.5 for ground in grounds)
