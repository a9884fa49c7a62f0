"""The public site: leaving, coming back, preferences."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.actions.app import App
from digest.web.archive import Archive
from digest.web.desk import Desk
from digest.web.pages import Pages
from digest.web.public import Public
from digest.web.steering import Steering
from subscribers.model import Person, Status
from tests.integration import web_kit as kit

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser(app: App) -> kit.Browser:
    return kit.Browser(app, headers={})


@pytest.fixture
def reader(app: App) -> Person:
    return kit.add_reader(app)


@pytest.fixture
def token(app: App, reader: Person) -> str:
    return kit.token_of(app, reader)


def status_of(app: App, reader: Person) -> Status:
    with app.store.reading() as work:
        return work.roll.get(reader.id).status


def test_a_scanner_that_follows_every_link_changes_nothing(
    browser: kit.Browser, app: App, token: str
) -> None:
    """GET and HEAD of every address of the site leave every row of the database as it was."""
    browser.sign_in()
    here = f"/izdanie/{kit.edition().id}"
    kit.publish(app)
    before = kit.rows(app)

    paths = [
        "/", "/vhod", "/zdrave", "/iztochnitsi", here, f"/leave/{token}", f"/predpochitania/{token}",
        f"/leave/{token}/undo", f"/brij/{kit.edition().id}", f"{here}/odobri", f"{here}/zadrazh",
        "/spreni", f"{here}/hod", f"{here}/spri", f"{here}/produlzhi", f"{here}/otmeni",
        f"{here}/pismo/telefon", f"{here}/pismo/eml", "/izhod", "/static/site.css", "/nyama", "/brij", "/favicon.ico",
        "/archive", "/archive/latest", "/archive/2026-11-23", "/archive/2026-11", "/archive/2026-11-23.png",
        "/archive/2026-11-23/digest", "/archive/atom.xml", "/archive/feed.json", "/sitemap.xml", "/robots.txt",
    ]  # fmt: skip
    for path in paths:
        for method in ("GET", "HEAD"):
            assert browser.ask(method, path).status_code < 500, path

    assert kit.rows(app) == before


def test_every_reading_route_is_in_the_list_above(app: App) -> None:
    """A new page must be added to the scanner's list."""
    pages = Pages(app)
    desk = Desk(app, pages)
    rooms = (desk, Steering(desk), Public(app, pages), Archive(app, pages))
    routes = [route for room in rooms for route in room.router().routes]
    reading = {route.path for route in routes if "GET" in route.methods}

    assert reading == {
        "/", "/vhod", "/zdrave", "/izdanie/{edition_id}", "/izdanie/{edition_id}/pismo/{look}",
        "/izdanie/{edition_id}/hod", "/spreni",
        "/leave/{token}", "/predpochitania/{token}", "/brij/{edition_id}", "/brij", "/favicon.ico",
        "/iztochnitsi", "/archive", "/archive/latest", "/archive/{name}", "/archive/{name}/{publication}",
        "/archive/atom.xml", "/archive/feed.json", "/sitemap.xml", "/robots.txt",
    }  # fmt: skip


def test_the_leave_page_masks_the_address(browser: kit.Browser, token: str) -> None:
    """A forwarded copy does not tell whose it was."""
    answer = browser.get(f"/leave/{token}")

    assert answer.status_code == 200
    assert "ivana@chitateli.example" not in answer.text
    assert "Отпишете ме" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_one_click_leaves_at_once(
    browser: kit.Browser, app: App, reader: Person, token: str, form: str
) -> None:
    """RFC 8058: one POST without cookies, in either encoding, no redirect; again is harmless."""
    body = (
        {"data": ONE_CLICK}
        if form == "urlencoded"
        else {"files": {"List-Unsubscribe": (None, "One-Click")}}
    )

    first = browser.ask("POST", f"/leave/{token}", **body)
    left = status_of(app, reader)
    second = browser.ask("POST", f"/leave/{token}", **body)

    assert (first.status_code, second.status_code) == (200, 200)
    assert left is Status.LEFT
    assert first.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in first.headers
    assert status_of(app, reader) is Status.LEFT


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": b""},
        {"data": {"List-Unsubscribe": "one-click"}},
        {"data": {"list-unsubscribe": "One-Click"}},
        {"data": {"confirm": "page"}},
        {"json": ONE_CLICK},
        {"content": b"List-Unsubscribe=One-Click", "headers": {"content-type": "text/plain"}},
        {"content": b"\xff\xfe", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"files": {"List-Unsubscribe": ("a.txt", b"One-Click")}},
    ],
)
def test_a_post_without_the_right_body_changes_nothing(
    browser: kit.Browser, app: App, token: str, body: dict
) -> None:
    """Only the body of RFC 8058 §3.1 leaves."""
    before = kit.rows(app)

    answer = browser.ask("POST", f"/leave/{token}", **body)

    assert answer.status_code == 400
    assert kit.rows(app) == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("change", ["seal", "body", "junk", "empty-seal", "cyrillic"])
def test_a_token_that_does_not_verify_is_not_found(
    browser: kit.Browser, app: App, token: str, method: str, change: str
) -> None:
    """Forged, cut or foreign tokens answer alike and change nothing."""
    forged = {
        "seal": token[:-1] + ("a" if token[-1] != "a" else "b"),
        "body": "b" + token,
        "junk": "x" * 3000,
        "empty-seal": token.rpartition("-")[0] + "-",
        "cyrillic": "отписване",
    }[change]
    before = kit.rows(app)

    answer = browser.ask(method, f"/leave/{forged}", data=ONE_CLICK if method == "POST" else None)

    assert answer.status_code == 404
    assert kit.rows(app) == before


def test_the_button_of_the_page_shows_a_page_with_undo(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """Who leaves by hand sees that it is done and can take it back with one press."""
    done = browser.post(f"/leave/{token}", data={**ONE_CLICK, "confirm": "page"})
    left = status_of(app, reader)
    back = browser.post(f"/leave/{token}/undo")

    assert "Отписани сте" in done.text
    assert "/undo" in done.text
    assert left is Status.LEFT
    assert back.status_code == 200
    assert status_of(app, reader) is Status.ACTIVE


def test_the_leave_page_of_one_who_left_offers_the_way_back(
    browser: kit.Browser, token: str
) -> None:
    """A second look at the link says where things stand."""
    browser.ask("POST", f"/leave/{token}", data=ONE_CLICK)

    assert "Вече сте отписани" in browser.get(f"/leave/{token}").text


def test_preferences_show_and_keep_the_choice(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """Sections, hour, frequency and format are saved by POST and shown again."""
    choice = {
        "rubriki": ["kultura", "sport"],
        "chas": "9",
        "chestota": "weekdays",
        "format": "text",
    }

    saved = browser.post(f"/predpochitania/{token}", data=choice)
    with app.store.reading() as work:
        person = work.roll.get(reader.id)

    assert saved.status_code == 200
    assert "Изборът е записан" in saved.text
    assert person.sections == frozenset({"kultura", "sport"})
    assert (person.hour, person.frequency, person.format) == (9, "weekdays", "text")
    assert 'value="9" selected' in browser.get(f"/predpochitania/{token}").text


def test_all_sections_ticked_means_all_that_ever_come(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """A section added next year reaches those who wanted everything."""
    everything = [topic.slug for topic in app.newsroom.topics]

    browser.post(f"/predpochitania/{token}", data={"rubriki": everything})

    with app.store.reading() as work:
        assert work.roll.get(reader.id).sections == frozenset()


@pytest.mark.parametrize(
    "wrong",
    [
        {"rubriki": "nyama"},
        {"chas": "99"},
        {"chas": "-1"},
        {"chestota": "hourly"},
        {"format": "pdf"},
    ],
)
def test_a_choice_that_does_not_exist_is_refused(
    browser: kit.Browser, app: App, token: str, wrong: dict[str, str]
) -> None:
    """A forged form changes nothing."""
    before = kit.rows(app)

    answer = browser.post(f"/predpochitania/{token}", data=wrong)

    assert answer.status_code in {400, 422}
    assert kit.rows(app) == before


def test_a_pause_holds_the_mail_and_ends_by_itself(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """Two weeks without mail: whoever is paused is not mailable until that morning, then again."""
    answer = browser.post(f"/predpochitania/{token}/pauza", data={"sedmitsi": "2"})

    with app.store.reading() as work:
        person = work.roll.get(reader.id)
    assert answer.status_code == 200
    assert "На пауза до" in answer.text
    assert "Прекратете паузата" in answer.text
    assert person.status == "paused"
    assert person.paused_until is not None
    local = person.paused_until.astimezone(ZoneInfo(app.settings.publication.timezone))
    today = app.now().astimezone(local.tzinfo).date()
    assert (local.date() - today, local.hour, local.minute) == (timedelta(weeks=2), 0, 0)


def test_a_pause_can_be_ended_early(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """The button takes the pause away; the page offers a pause again."""
    browser.post(f"/predpochitania/{token}/pauza", data={"sedmitsi": "1"})

    answer = browser.post(f"/predpochitania/{token}/pauza/kray")

    assert "Паузата е прекратена" in answer.text
    assert 'name="sedmitsi"' in answer.text
    assert status_of(app, reader) == "active"


def test_ending_a_pause_brings_back_nobody_who_has_left(
    browser: kit.Browser, app: App, reader: Person, token: str
) -> None:
    """An old page of preferences is no way back onto the list, and neither is a pause."""
    browser.post(f"/leave/{token}", data=ONE_CLICK)

    browser.post(f"/predpochitania/{token}/pauza/kray")
    refused = browser.post(f"/predpochitania/{token}/pauza", data={"sedmitsi": "1"})

    assert refused.status_code in {400, 409, 422}
    assert status_of(app, reader) == "left"
    assert "Върнете абонамента си" in browser.get(f"/predpochitania/{token}").text


@pytest.mark.parametrize("weeks", ["0", "-1", "3", "5200", "dve", ""])
def test_a_pause_that_is_not_offered_is_refused(
    browser: kit.Browser, app: App, token: str, weeks: str
) -> None:
    """A forged length changes nothing."""
    before = kit.rows(app)

    answer = browser.post(f"/predpochitania/{token}/pauza", data={"sedmitsi": weeks})

    assert answer.status_code in {400, 409, 422}
    assert kit.rows(app) == before


def test_health_is_a_word_for_machines(browser: kit.Browser) -> None:
    """`/zdrave` answers JSON."""
    assert browser.get("/zdrave").json()["ok"] is True
