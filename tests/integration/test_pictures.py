"""Pictures of a draft: fetched once, by the rights of their source, and served from our own site."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from digest.actions import drafting
from digest.actions.picturing import FOLDER
from digest.model import Article, Edition, Rights
from digest.settings import Settings
from tests.integration.outlets import Site, serving
from tests.integration.web_kit import DAY, Browser, article, make_app

PUBLIC = "https://utro.example.bg"
OUTLET = "https://kartini.example.bg"


def photo(width: int = 1200, height: int = 800) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "olive").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        one.put("/most.jpg", photo(), content_type="image/jpeg")
        one.put("/hlyab.jpg", photo(), content_type="image/jpeg")
        yield one


TOLD = (
    article(
        7,
        "Общината в Белоречие отпусна 3,4 млн. евро за ремонт на моста над река Сивица. "
        "Строителството започва на 12 март и ще продължи осем месеца. Движението ще минава "
        "през Горната махала, докато работите не приключат.",
        title="Белоречие ремонтира моста над Сивица",
        outlet="Белоречки глас",
    ),
    article(
        8,
        "Пекарите в Каменосел намалиха цената на хляба с 5 стотинки от понеделник. Причината е "
        "по-добрата реколта от пшеница, обясни председателят на гилдията Рада Пекова. Белият хляб "
        "вече струва 1,35 евро.",
        title="Хлябът в Каменосел поевтиня с 5 стотинки",
        outlet="Каменоселски новини",
    ),
)


def illustrated(**more: object) -> tuple[Article, ...]:
    return tuple(
        replace(one, **{"image": f"{OUTLET}/{name}", **more})
        for one, name in zip(TOLD, ("most.jpg", "hlyab.jpg"), strict=True)
    )


def drafted(
    home: Path, site: Site, *articles: Article, public: str = PUBLIC, **compose: object
) -> Edition:
    chosen = Settings.model_validate(
        {
            "publication": {"public_url": public},
            "compose": compose,
            "collect": {"mirrors": {OUTLET: site.url("")}},
        }
    )
    app = make_app(home, drafted=False, settings=chosen)
    with app.store.work() as work:
        work.articles.add_new(articles)
    try:
        return drafting.build(app, day=DAY)
    finally:
        app.close()


def pictures(edition: Edition) -> set[str]:
    return {story.image for story in edition.stories if story.image}


def test_a_licensed_picture_is_fetched_and_served_by_us(tmp_path: Path, site: Site) -> None:
    """Cut for its place; the reader's program asks no outlet for anything."""
    shown = pictures(drafted(tmp_path / "home", site, *illustrated()))

    files = sorted((tmp_path / "home" / FOLDER).iterdir())
    assert len(files) == 2
    assert shown == {f"{PUBLIC}/kartini/{file.name}" for file in files}
    sizes = {
        file.stem.rpartition("-")[2]: Image.open(io.BytesIO(file.read_bytes())).size
        for file in files
    }
    assert sizes == {"lead": (1072, 604), "thumb": (192, 192)}


@pytest.mark.parametrize("rights", [Rights.EXTRACT, Rights.FACTS])
def test_a_picture_without_rights_is_never_asked_for(
    tmp_path: Path, site: Site, rights: Rights
) -> None:
    """What may not be shown is not fetched either."""
    shown = pictures(drafted(tmp_path / "home", site, *illustrated(rights=rights)))

    assert shown == set()
    assert not site.asked


def told_twice(first: Rights, second: Rights) -> tuple[Article, ...]:
    """One story of two outlets, each with a picture of its own."""
    one = TOLD[0]
    other = article(9, one.text, title=one.title, outlet="Сивишки вести")
    return (
        replace(one, rights=first, image=f"{OUTLET}/most.jpg"),
        replace(other, rights=second, image=f"{OUTLET}/hlyab.jpg"),
    )


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (Rights.EXTRACT, Rights.LICENSED, "/hlyab.jpg"),
        (Rights.LICENSED, Rights.EXTRACT, "/most.jpg"),
        (Rights.EXTRACT, Rights.FACTS, None),
    ],
)
def test_the_picture_is_that_of_the_licensed_outlet(
    tmp_path: Path, site: Site, first: Rights, second: Rights, asked: str | None
) -> None:
    """One outlet's licence for the text is none for another outlet's picture."""
    drafted(tmp_path / "home", site, *told_twice(first, second), min_stories=1)

    assert [path for path, _ in site.asked] == ([asked] if asked else [])


def test_a_story_shows_the_picture_of_whoever_has_one(tmp_path: Path, site: Site) -> None:
    """Where the outlet whose headline is printed has none, another licensed one's stands."""
    first, second = told_twice(Rights.LICENSED, Rights.LICENSED)

    shown = drafted(tmp_path / "home", site, replace(first, image=None), second, min_stories=1)

    assert len(pictures(shown)) == 1


def test_a_newsroom_that_wants_no_pictures_asks_for_none(tmp_path: Path, site: Site) -> None:
    """Nothing is shown and nothing fetched."""
    shown = drafted(tmp_path / "home", site, *illustrated(), pictures="never")

    assert pictures(shown) == set()
    assert not site.asked


def test_a_picture_that_cannot_be_had_leaves_no_hole(
    tmp_path: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Gone, or no picture at all: the story stands without one, and the log says why."""
    site.put("/most.jpg", b"", status=404)
    site.put("/hlyab.jpg", b"<html>", content_type="image/jpeg")

    shown = drafted(tmp_path / "home", site, *illustrated())

    assert pictures(shown) == set()
    assert caplog.text.count("is left out") == 2


def test_a_private_address_is_not_fetched_for_an_outlet(tmp_path: Path, site: Site) -> None:
    """An outlet's page that names a machine of ours gets nothing from it."""
    inside = tuple(replace(one, image=site.url("/most.jpg")) for one in TOLD)

    shown = drafted(tmp_path / "home", site, *inside)

    assert pictures(shown) == set()
    assert not site.asked


def test_a_picture_is_fetched_once(tmp_path: Path, site: Site) -> None:
    """A draft that is made anew finds it in the home."""
    chosen = Settings.model_validate(
        {
            "publication": {"public_url": PUBLIC},
            "collect": {"mirrors": {OUTLET: site.url("")}},
        }
    )
    app = make_app(tmp_path / "home", drafted=False, settings=chosen)
    with app.store.work() as work:
        work.articles.add_new(illustrated())
    first = drafting.build(app, day=DAY)
    again = drafting.build(app, day=DAY, anew=True)
    app.close()

    assert pictures(again) == pictures(first)
    assert site.times("/most.jpg") == site.times("/hlyab.jpg") == 1


def test_the_site_serves_pictures_and_nothing_else_of_the_folder(tmp_path: Path) -> None:
    """For ever under one name; a name that is none of ours is not found."""
    app = make_app(tmp_path / "home")
    folder = app.home / FOLDER
    folder.mkdir()
    name = "0123456789abcdef01234567-thumb.jpg"
    (folder / name).write_bytes(photo())
    (folder / "secret.txt").write_text("нищо")
    browser = Browser(app, headers={})

    found = browser.ask("GET", f"/kartini/{name}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "image/jpeg"
    assert "immutable" in found.headers["cache-control"]
    for other in ("secret.txt", f"{name}x", "%2e%2e%2fsecret.key", "../secret.key"):
        assert browser.ask("GET", f"/kartini/{other}").status_code == 404
    app.close()
