"""The public archive: addresses by date, months, feeds, validators, and nothing of a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from digest.actions import dispatching, reviewing
from digest.actions.app import App
from digest.model import Edition, EditionId, EditionState
from digest.settings import Publication, Settings
from tests.integration import web_kit as kit

SITE = "https://utro.example.bg"
TEXTS = (
    "/archive", "/archive/2026-11", "/archive/2026-11-23", "/archive/atom.xml", "/archive/feed.json",
    "/sitemap.xml",
)  # fmt: skip
PATHS = (*TEXTS, "/archive/2026-11-23.png")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    settings = Settings(publication=Publication(public_url=SITE))
    made = kit.make_app(tmp_path / "home", settings=settings)
    yield made
    made.close()


@pytest.fixture
def browser(app: App) -> kit.Browser:
    return kit.Browser(app)


def other(day: date, publication: str = "kratko") -> Edition:
    name = EditionId(f"{publication}-{day.isoformat()}")
    return replace(kit.edition(day), id=name, publication=publication, subject="Кратко за моста")


def links(html: str, query: str = "//main//li/a") -> list[str]:
    return [node.get("href") for node in lxml_html.document_fromstring(html).xpath(query)]


def test_only_sent_editions_are_public(browser: kit.Browser, app: App) -> None:
    """A draft, an approved edition and one that waits for its hour are nobody's reading yet."""
    places = (
        "/archive/2026-11-23",
        "/archive/2026-11",
        f"/brij/{kit.edition().id}",
        "/archive/latest",
    )
    kit.add_reader(app)

    seen = [[browser.get(path).status_code for path in places]]
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    seen += [[browser.get(path).status_code for path in places]]
    dispatching.queue(app, kit.edition().id)
    seen += [[browser.get(path).status_code for path in places]]

    assert seen == [[404] * 4] * 3
    assert "Още няма излязъл брой." in browser.get("/archive").text
    assert feedparser.parse(browser.get("/archive/atom.xml").content).entries == []
    assert b"2026-11-23" not in browser.get("/sitemap.xml").content

    with app.store.work() as work:
        work.editions.set_state(kit.edition().id, EditionState.SENT)

    assert [browser.get(path).status_code for path in places] == [200, 200, 200, 302]


def test_a_cancelled_edition_says_that_it_was_stopped(browser: kit.Browser, app: App) -> None:
    """Who got it before learns why the page is gone."""
    with app.store.work() as work:
        work.editions.set_state(kit.edition().id, EditionState.CANCELLED)

    answer = browser.get(f"/brij/{kit.edition().id}")

    assert answer.status_code == 404
    assert "Този брой е спрян." in answer.text


def test_the_address_of_the_mails_shows_the_page_and_names_the_canonical_one(
    browser: kit.Browser, app: App
) -> None:
    """Sent mails lead there for ever; search engines learn one address."""
    kit.publish(app)

    old, new = browser.get(f"/brij/{kit.edition().id}"), browser.get("/archive/2026-11-23")

    assert old.status_code == new.status_code == 200
    assert old.content == new.content
    assert old.headers["link"] == f'<{SITE}/archive/2026-11-23>; rel="canonical"'
    assert links(old.text, "//link[@rel='canonical']") == [f"{SITE}/archive/2026-11-23"]
    assert browser.get("/brij").status_code == 200


def test_latest_leads_to_the_newest_and_is_never_kept(browser: kit.Browser, app: App) -> None:
    """Tomorrow the same address is another edition; a short one of the day is not the paper."""
    kit.publish(app, kit.edition(date(2026, 11, 20)))
    kit.publish(app)
    kit.publish(app, other(date(2026, 11, 24)))

    for path in ("/archive/latest", "/brij/latest"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (302, "/archive/2026-11-23")
        assert answer.headers["cache-control"] == "no-store"


def test_two_editions_of_one_day_do_not_clash(browser: kit.Browser, app: App) -> None:
    """Each has its page, its picture, its entry; a name that is not needed leads to the short address."""
    kit.publish(app)
    kit.publish(app, other(kit.DAY))

    daily, short = browser.get("/archive/2026-11-23"), browser.get("/archive/2026-11-23/kratko")
    renamed = browser.get("/archive/2026-11-23/digest.png")

    assert "Кратко за моста" not in daily.text
    assert "Кратко за моста" in short.text
    assert links(short.text, "//link[@rel='canonical']") == [f"{SITE}/archive/2026-11-23/kratko"]
    assert browser.get("/archive/2026-11-23/kratko.png").headers["content-type"] == "image/png"
    assert (renamed.status_code, renamed.headers["location"]) == (301, "/archive/2026-11-23.png")
    assert links(browser.get("/archive/2026-11").text) == [
        "/archive/2026-11-23", "/archive/2026-11-23/kratko",
    ]  # fmt: skip


def test_a_day_with_only_another_publication_leads_to_it(browser: kit.Browser, app: App) -> None:
    """Addresses outlive a publication that took another name."""
    kit.publish(app, other(date(2026, 11, 21)))

    answer = browser.get("/archive/2026-11-21")

    assert (answer.status_code, answer.headers["location"]) == (302, "/archive/2026-11-21/kratko")


def test_the_front_counts_the_editions_of_each_month(browser: kit.Browser, app: App) -> None:
    """In Bulgarian: „1 брой“, „2 броя“; the newest month first."""
    for day in (date(2026, 11, 20), date(2026, 10, 30), date(2025, 12, 31)):
        kit.publish(app, kit.edition(day))
    kit.publish(app)

    page = browser.get("/archive")
    text = " ".join(lxml_html.document_fromstring(page.text).text_content().split())

    assert "ноември 2 броя октомври 1 брой" in text
    assert text.index("2026 г. ноември") < text.index("2025 г. декември 1 брой")
    assert links(page.text, "//ul[@class='months']//a") == [
        "/archive/2026-11", "/archive/2026-10", "/archive/2025-12",
    ]  # fmt: skip
    assert links(page.text, "//link[@rel='alternate']") == [
        "/archive/atom.xml",
        "/archive/feed.json",
    ]


def test_a_month_leads_to_the_months_beside_it(browser: kit.Browser, app: App) -> None:
    """Only to those that have an edition."""
    for day in (date(2026, 9, 1), date(2026, 11, 2)):
        kit.publish(app, kit.edition(day))

    page = browser.get("/archive/2026-09")

    assert "Броевете от септември 2026\u00a0г." in page.text
    assert links(page.text, "//a[@rel='next']") == ["/archive/2026-11"]
    assert links(page.text, "//a[@rel='prev']") == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/archive/2026-11-22", "Няма брой за неделя, 22\u00a0ноември 2026\u00a0г."),
        ("/archive/2026-11-23/kratko", "Няма брой за понеделник, 23\u00a0ноември 2026\u00a0г."),
        ("/archive/2026-09", "Няма броеве от септември 2026\u00a0г."),
        ("/archive/2026-02-30", "Няма такъв брой."),
        ("/archive/0000-00", "Няма такъв брой."),
        ("/archive/2026-11.png", "Няма такъв брой."),
        ("/archive/20261123", "Няма такъв брой."),
        ("/archive/%D9%A2%D9%A0%D9%A2%D9%A6-11-23", "Няма такъв брой."),
        ("/archive/%3Cscript%3E%00%E2%80%AE", "Няма такъв брой."),
        ("/archive/2026-11/kratko", "Няма такъв брой."),
    ],
)
def test_what_is_not_there_is_said_in_words(
    browser: kit.Browser, app: App, path: str, said: str
) -> None:
    """A page that says why, leads to the list, and is not kept."""
    kit.publish(app)

    answer = browser.get(path)
    page = lxml_html.document_fromstring(answer.text)

    assert answer.status_code == 404
    assert page.xpath("string(//h1)") == said
    assert "/archive" in page.xpath("//main//a/@href")
    assert page.xpath("//script") == []
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_is_not_sent_again(browser: kit.Browser, app: App, path: str) -> None:
    """RFC 9110: the entity tag answers 304 without a body; another tag gets the whole."""
    kit.publish(app)
    first = browser.get(path)
    tag = first.headers["etag"]

    known = browser.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    unknown = browser.get(path, headers={"if-none-match": '"other"'})

    assert first.status_code == unknown.status_code == 200
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert unknown.content == first.content
    assert "set-cookie" not in first.headers


@pytest.mark.parametrize("path", ["/archive/2026-11-23", "/archive/atom.xml", "/archive/feed.json"])
def test_a_date_answers_only_where_there_is_no_tag(
    browser: kit.Browser, app: App, path: str
) -> None:
    """RFC 9110 §13.2.2; a date that cannot be read is no condition."""
    kit.publish(app)
    since = browser.get(path).headers["last-modified"]

    def status(**headers: str) -> int:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return browser.get(path, headers=given).status_code

    assert since == "Mon, 23 Nov 2026 04:20:00 GMT"
    assert status(if_modified_since=since) == 304
    assert status(if_modified_since="Mon, 23 Nov 2026 04:19:59 GMT") == 200
    assert status(if_modified_since=since, if_none_match='"other"') == 200
    assert status(if_modified_since="yesterday") == 200
    assert status(if_modified_since="Mon, 23 Nov 2026 04:20:00 -0000") == 200


def test_the_feeds_tell_the_sent_editions(browser: kit.Browser, app: App) -> None:
    """Both the same ones, under the types that programs look for."""
    kit.publish(app, kit.edition(date(2026, 11, 20)))
    kit.publish(app)

    atom, feed = browser.get("/archive/atom.xml"), browser.get("/archive/feed.json")
    read = feedparser.parse(atom.content)
    items = json.loads(feed.content)["items"]

    assert atom.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["content-type"] == "application/feed+json"
    assert read.bozo == 0
    assert [one.link for one in read.entries] == [one["url"] for one in items]
    assert items[0]["url"] == f"{SITE}/archive/2026-11-23"
    assert [one.id for one in read.entries] == [one["id"] for one in items]


def test_every_address_of_the_map_answers(browser: kit.Browser, app: App) -> None:
    """And robots.txt says where the map is."""
    kit.publish(app)
    kit.publish(app, other(date(2026, 10, 3)))
    tree = etree.fromstring(browser.get("/sitemap.xml").content)
    found = [node.text for node in tree.iter("{*}loc")]

    assert len(found) == 5
    for address in found:
        assert browser.get(address.removeprefix(SITE)).status_code == 200
    assert f"Sitemap: {SITE}/sitemap.xml" in browser.get("/robots.txt").text


def test_nothing_of_a_reader_is_in_the_archive(browser: kit.Browser, app: App) -> None:
    """No address, name, token or place for one, on any page and in any feed."""
    reader = kit.add_reader(app, "ivana@chitateli.example")
    kit.publish(app)
    with app.store.reading() as work:
        (line,) = work.deliveries.lines(kit.edition().id)
    secrets = (
        b"ivana", b"chitateli.example", kit.token_of(app, reader).encode(), b"/leave/",
        b"/predpochitania/", b"UNSUB", b"PREFS", b"%%", line.delivery.encode(),
    )  # fmt: skip

    for path in (*TEXTS, f"/brij/{kit.edition().id}"):
        answer = browser.get(path)
        assert answer.status_code == 200
        for secret in secrets:
            assert secret not in answer.content, (path, secret)


def test_an_archived_page_runs_no_script_and_loads_only_its_own(
    browser: kit.Browser, app: App
) -> None:
    """JSON-LD is data; fonts and icon are the site's."""
    kit.publish(app)
    answer = browser.get("/archive/2026-11-23")

    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert links(answer.text, "//link[@rel='icon']") == ["/static/icon.svg"]
    assert "url(/static/fonts/sofia-sans-cyrillic.woff2)" in answer.text
