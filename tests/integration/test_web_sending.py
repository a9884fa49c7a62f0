"""The desk's hand on the sending: three buttons, and counts that are fresh without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html

from digest.actions import denials, dispatching, reviewing
from digest.model import DeliveryState, EditionState
from tests.fakes.transport import BLOCKED, NEVER
from tests.faults.ground import Ground, add_readers, later, queued_home
from tests.integration import web_kit as kit
from tests.integration.doubts import send, states

PEOPLE = 4
GONE = [f"chitatel{n}@abv.bg" for n in range(5)]
HERE = f"/izdanie/{kit.edition().id}"
BUTTONS = {"spri", "otmeni"}


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


@pytest.fixture
def browser(ground: Ground) -> kit.Browser:
    return kit.Browser(ground.app)


def tree(browser: kit.Browser, path: str = HERE) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(browser.get(path).content)


def deeds(browser: kit.Browser, path: str = HERE) -> set[str]:
    """The last words of the addresses that the page's forms post to."""
    actions = {form.get("action").rpartition("/")[2] for form in tree(browser, path).forms}
    return actions & (BUTTONS | {"produlzhi"})


def paused(ground: Ground) -> bool:
    with ground.app.store.reading() as work:
        return work.editions.flags(ground.edition).paused


def test_a_queued_edition_can_be_held_and_let_go_on(ground: Ground, browser: kit.Browser) -> None:
    """The page offers what can be done now, and a word says that it was."""
    browser.sign_in()
    assert deeds(browser) == BUTTONS

    held = browser.post(f"{HERE}/spri")

    assert paused(ground)
    assert "Изпращането е спряно" in browser.get(held.headers["location"]).text
    assert send(ground.app).accepted == []
    assert deeds(browser) == {"produlzhi", "otmeni"}

    browser.post(f"{HERE}/produlzhi")

    assert not paused(ground)
    assert len(send(ground.app).accepted) == PEOPLE


def test_cancelling_calls_off_what_has_not_left(ground: Ground, browser: kit.Browser) -> None:
    """The account says how much had; the buttons are gone with it."""
    browser.sign_in().post(f"{HERE}/otmeni")
    page = browser.get(HERE).text

    assert states(ground) == {DeliveryState.CANCELLED: PEOPLE}
    assert "отменени: 4, а до 0 души броят е тръгнал" in page
    assert deeds(browser) == set()


@pytest.mark.parametrize("deed", ["spri", "produlzhi", "otmeni"])
@pytest.mark.parametrize("role", ["reader", "editor"])
def test_only_approvers_steer(ground: Ground, browser: kit.Browser, role: str, deed: str) -> None:
    """Others see the counts and no buttons, and a POST by hand changes nothing."""
    browser.sign_in(f"{role}@example.bg")
    before = kit.rows(ground.app)

    answer = browser.post(f"{HERE}/{deed}")

    assert answer.status_code == 403
    assert "Нямате право" in answer.text
    assert deeds(browser) == set()
    assert {name: rows for name, rows in kit.rows(ground.app).items() if name != "logins"} == {
        name: rows for name, rows in before.items() if name != "logins"
    }


@pytest.mark.parametrize("deed", ["spri", "produlzhi", "otmeni"])
def test_a_form_of_another_site_steers_nothing(
    ground: Ground, browser: kit.Browser, deed: str
) -> None:
    """Nor does a GET, which a mail program might follow."""
    browser.sign_in()
    headers = {"sec-fetch-site": "cross-site"}

    assert browser.ask("POST", f"{HERE}/{deed}", headers=headers).status_code == 403
    assert browser.get(f"{HERE}/{deed}").status_code == 405
    assert states(ground) == {DeliveryState.QUEUED: PEOPLE}


def test_the_watched_page_loads_itself_anew_while_something_waits(
    ground: Ground, browser: kit.Browser
) -> None:
    """The browser's own refresh, no script; it ends with the sending."""
    browser.sign_in()
    waiting = browser.get(f"{HERE}/hod")

    send(ground.app)
    done = browser.get(f"{HERE}/hod")

    assert "Спри изпращането" in waiting.text, "a hand on it here too"
    assert (waiting.headers.get("refresh"), done.headers.get("refresh")) == ("10", None)
    assert "Готови: 0 от 4 доставки (0\u00a0%); чакащи: 4." in waiting.text
    assert "Готови: 4 от 4 доставки (100\u00a0%)." in done.text
    assert deeds(browser, f"{HERE}/hod") == set()


def test_the_counts_on_the_editions_page_are_asked_for_again(
    ground: Ground, browser: kit.Browser
) -> None:
    """With scripts only that part is replaced, so that what stands in a form is not lost."""
    browser.sign_in()
    (part,) = tree(browser).xpath("//*[@id='hod']")

    assert part.get("hx-get") == f"{HERE}/hod"
    assert not part.xpath(".//form")

    send(ground.app)

    assert tree(browser).xpath("//*[@id='hod']/@hx-get") == []


def test_a_stranger_watches_nothing(browser: kit.Browser) -> None:
    """Led to the sign-in."""
    assert browser.get(f"{HERE}/hod").headers["location"] == "/vhod"


def test_what_was_not_queued_has_no_page_to_watch(tmp_path: Path) -> None:
    """It leads to the edition."""
    app = kit.make_app(tmp_path / "draft")
    try:
        answer = kit.Browser(app).sign_in().get(f"{HERE}/hod")
    finally:
        app.close()

    assert answer.headers["location"] == HERE


def test_an_edition_for_nobody_says_so_at_the_desk(tmp_path: Path) -> None:
    """Sent is not the same as read."""
    app = kit.make_app(tmp_path / "nobody")
    try:
        reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
        dispatching.queue(app, kit.edition().id)
        page = kit.Browser(app).sign_in().get(HERE).text
        with app.store.reading() as work:
            state = work.editions.get(kit.edition().id).state
    finally:
        app.close()

    assert state is EditionState.SENT
    assert "без да е изпратен на никого" in page


def said_stopped(browser: kit.Browser, path: str = HERE) -> str:
    """What a page of the desk says of lanes that are stopped."""
    (place,) = tree(browser, path).xpath("//*[@id='spreni']")
    return " ".join(place.text_content().split())


@pytest.fixture
def halted(ground: Ground) -> Ground:
    """The last answers of the edition stop its lane: every address is denied."""
    add_readers(ground.app, GONE)
    dispatching.queue(ground.app, ground.edition)
    send(ground.app, dict.fromkeys(GONE, NEVER))
    return ground


def test_a_lane_stopped_by_the_last_answers_is_told_on_every_page(
    halted: Ground, browser: kit.Browser
) -> None:
    """The edition is sent by then; the page says since when, why, and what lets the lane go on."""
    browser.sign_in()
    with halted.app.store.reading() as work:
        state = work.editions.get(halted.edition).state

    pages = [said_stopped(browser, path) for path in (HERE, f"{HERE}/hod", "/iztochnitsi", "/")]

    assert state is EditionState.SENT
    assert len(set(pages)) == 1
    assert "Пречка: Коридорът „abv.bg“ е спрян от днес, 6:20: за 5 адреса" in pages[0]
    assert f"digest lanes resume abv.bg --as {kit.APPROVER}" in pages[0]


def test_a_stop_is_told_until_a_person_lets_the_lane_go_on(
    halted: Ground, browser: kit.Browser
) -> None:
    """Also on the days after, whatever edition is looked at; then nothing is left of it."""
    tomorrow = kit.Browser(later(halted.app, 24 * 60)).sign_in()
    next_day = said_stopped(tomorrow)
    browser.sign_in()

    denials.resume(halted.app, "abv.bg", by=kit.APPROVER)

    assert "е спрян от вчера, 6:20" in next_day
    assert said_stopped(browser) == ""
    assert "няма спрени коридори" in browser.get("/spreni").text


def test_an_open_page_asks_for_the_stops_anew(halted: Ground, browser: kit.Browser) -> None:
    """By itself where scripts run; who is not signed in any more is not told that there are none."""
    stranger = browser.get("/spreni")
    browser.sign_in("reader@example.bg")
    (place,) = tree(browser).xpath("//*[@id='spreni']")

    assert place.get("hx-get") == "/spreni"
    assert "--as АДРЕС" in said_stopped(browser, "/spreni")
    assert (stranger.status_code, "spreni" in stranger.text) == (403, False)


def test_a_relays_words_about_us_name_no_reader(ground: Ground, browser: kit.Browser) -> None:
    """A stop stands on every page for every role, and outlives a reader who is erased."""
    add_readers(ground.app, GONE)
    dispatching.queue(ground.app, ground.edition)
    send(ground.app, dict.fromkeys(GONE, BLOCKED))

    page = browser.sign_in().get("/spreni").text
    with ground.app.store.reading() as work:
        kept = [one.after for one in work.activity.list() if one.what == "lane.stop"]

    assert "554 5.7.1" in page
    assert "chitatel0" not in page + "".join(kept)
    assert kept
