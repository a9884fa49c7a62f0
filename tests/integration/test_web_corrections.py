"""Corrections on the desk and in the public archive: form, page, feeds, and text that is no markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import html as lxml_html

from digest.actions import correcting, editions
from digest.actions.app import App
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.model import EditionState
from digest.settings import Publication, Settings
from tests.integration import web_kit as kit

SETTINGS = Settings(publication=Publication(public_url="https://utro.example.bg"))
PAGE = "/archive/2026-11-23"
HERE = f"/izdanie/{kit.edition().id}"
SAID, RIGHT = "Мостът се отваря в събота.", "Мостът се отваря чак в неделя."
EVIL = '</script><script>alert(1)</script> <b>ново</b> </header></h3> {{ 7 * 7 }} " id="n1">'


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The day after an edition was sent."""
    made = kit.make_app(tmp_path / "home", settings=SETTINGS)
    kit.publish(made)
    made.close()
    clock = FixedClock(kit.NOW + timedelta(days=1))
    later = open_app(tmp_path / "home", clock=clock, settings=SETTINGS)
    yield later
    later.close()


@pytest.fixture
def browser(app: App) -> kit.Browser:
    return kit.Browser(app)


def form(**words: str) -> dict[str, str]:
    return {"novina": "s1", "pisahme": SAID, "vyarno": RIGHT} | words


def correct(app: App, right: str = RIGHT, story: str | None = "s1", said: str = SAID) -> str:
    return correcting.correct(
        app, kit.edition().id, story, said=said, right=right, by="editor@example.bg"
    ).id


def tree(browser: kit.Browser) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(browser.get(PAGE).content)


def text(node: lxml_html.HtmlElement) -> str:
    return " ".join(node.text_content().replace("\u00a0", " ").split())


def data(page: lxml_html.HtmlElement) -> dict:
    (script,) = page.xpath("//script")
    return json.loads(script.text)


# ---- the desk


def test_an_editor_corrects_and_withdraws_on_the_page_of_a_sent_edition(
    browser: kit.Browser, app: App
) -> None:
    """Plain forms, no script; the page says what happened and shows what stands."""
    browser.sign_in("editor@example.bg")

    done = browser.post(f"{HERE}/popravka", data=form())
    shown = browser.get(done.headers["location"]).text

    assert done.status_code == 303
    assert "Поправката е записана" in shown
    assert RIGHT in shown
    (one,) = correcting.standing(app, kit.edition().id)
    assert one.correction.by == "editor@example.bg"

    gone = browser.post(f"{HERE}/ottegli", data={"popravka": one.correction.id})

    assert "Поправката е оттеглена" in browser.get(gone.headers["location"]).text
    assert correcting.standing(app) == ()


def test_a_text_that_cannot_be_taken_comes_back_with_the_reason(
    browser: kit.Browser, app: App
) -> None:
    """What was typed is still in the form, and the story is still chosen."""
    browser.sign_in("editor@example.bg")

    answer = browser.post(f"{HERE}/popravka", data=form(vyarno="а" * 501))
    page = lxml_html.document_fromstring(answer.text)

    assert answer.status_code == 422
    assert "Текстът „Вярното е“ е твърде дълъг." in answer.text
    assert page.xpath("string(//textarea[@name='pisahme'])") == SAID
    assert page.xpath("//select[@name='novina']/option[@selected]/@value") == ["s1"]
    assert correcting.standing(app) == ()


def test_only_what_readers_got_has_the_form(browser: kit.Browser, app: App) -> None:
    """A draft is edited instead; who may only read sees the corrections and no form."""
    with app.store.work() as work:
        work.editions.save(kit.edition(kit.DAY + timedelta(days=1)))
    correct(app)
    browser.sign_in("editor@example.bg")
    draft = browser.get("/izdanie/2026-11-24").text
    browser.sign_in("reader@example.bg")
    seen = browser.get(HERE).text
    refused = browser.post(f"{HERE}/popravka", data=form())

    assert "/popravka" not in draft
    assert RIGHT in seen
    assert "/popravka" not in seen
    assert "/ottegli" not in seen
    assert refused.status_code == 403


def test_a_forged_form_changes_nothing(browser: kit.Browser, app: App) -> None:
    """Another site's page cannot correct in an editor's name."""
    browser.sign_in("editor@example.bg")

    forged = browser.ask(
        "POST", f"{HERE}/popravka", data=form(), headers={"sec-fetch-site": "cross-site"}
    )

    assert forged.status_code == 403
    assert correcting.standing(app) == ()


def test_a_printed_correction_has_no_button_and_names_its_edition(
    browser: kit.Browser, app: App
) -> None:
    """What readers have in their mail cannot be taken back."""
    name = correct(app)
    after = kit.edition(kit.DAY + timedelta(days=1))
    with app.store.work() as work:
        work.editions.save(after)
        work.corrections.carry(after.id, [work.corrections.get(name)])
        work.editions.set_state(after.id, EditionState.SENT)
    browser.sign_in("editor@example.bg")

    page = browser.get(HERE).text
    late = browser.post(f"{HERE}/ottegli", data={"popravka": name})

    assert f'отпечатана в <a href="/izdanie/{after.id}">' in page
    assert "/ottegli" not in page
    assert late.status_code >= 400
    assert len(correcting.standing(app)) == 1


# ---- the archive


def test_the_page_says_it_on_top_and_at_the_story(browser: kit.Browser, app: App) -> None:
    """With the day of the correction; the story's own text stays as it was sent."""
    before = tree(browser)
    correct(app)

    page = tree(browser)
    (top,) = page.xpath("//header/following-sibling::*[1]")
    (lead,) = page.xpath("//article[@id='n1']")
    (other,) = page.xpath("//article[@id='n2']")

    assert text(top).startswith("Броят има поправка от 24 ноември 2026 г.")
    assert top.xpath(".//a/@href") == ["#n1"]
    assert f"Поправка от 24 ноември 2026 г. Писахме: {SAID} Вярното е: {RIGHT}" in text(lead)
    assert kit.FIRST in text(lead)
    assert "Поправка" not in text(other)
    assert "Поправка" not in text(before)


def test_several_corrections_are_counted(browser: kit.Browser, app: App) -> None:
    """One of the whole edition is told on top in full."""
    correct(app)
    correct(app, story=None, said="Броят е 6.", right="Броят е 7.")

    (top,) = tree(browser).xpath("//header/following-sibling::*[1]")

    assert "Броят има 2 поправки, последната от 24 ноември 2026 г." in text(top)
    assert "Писахме: Броят е 6. Вярното е: Броят е 7." in text(top)


def test_search_engines_are_told(browser: kit.Browser, app: App) -> None:
    """schema.org's correction of this page, not of the outlets' articles, and when it changed."""
    correct(app)

    found = data(tree(browser))

    (told,) = found["correction"]
    assert told["@type"] == "CorrectionComment"
    assert RIGHT in told["text"]
    assert told["datePublished"] == found["dateModified"] == "2026-11-24T06:20:00+02:00"
    items = [row["item"] for row in found["mainEntity"]["itemListElement"]]
    assert all("correction" not in item for item in items)


def test_the_kept_page_is_the_signed_one(browser: kit.Browser, app: App) -> None:
    """The correction is put in when the page is read; withdrawn, the page is as it was."""
    before = browser.get(PAGE).text
    edition = editions.get(app, kit.edition().id)
    kept = editions.render(app, edition)
    name = correct(app)

    changed = browser.get(PAGE).text
    correcting.withdraw(app, name, by="editor@example.bg")

    assert changed != before
    assert editions.render(app, edition) == kept
    assert browser.get(PAGE).text == before


def test_readers_with_a_kept_copy_get_the_corrected_page(browser: kit.Browser, app: App) -> None:
    """Both validators change with a correction."""
    old = browser.get(PAGE).headers
    correct(app)

    by_tag = browser.get(PAGE, headers={"if-none-match": old["etag"]})
    by_date = browser.get(PAGE, headers={"if-modified-since": old["last-modified"]})

    assert (by_tag.status_code, by_date.status_code) == (200, 200)
    assert by_date.headers["last-modified"] == "Tue, 24 Nov 2026 04:20:00 GMT"


def test_feeds_show_the_entry_as_updated(browser: kit.Browser, app: App) -> None:
    """Published when it was, updated with the correction, which the text opens with."""
    before = feedparser.parse(browser.get("/archive/atom.xml").content).entries[0]
    correct(app)

    feed = feedparser.parse(browser.get("/archive/atom.xml").content)
    (item,) = browser.get("/archive/feed.json").json()["items"]

    entry = feed.entries[0]
    assert (entry.id, entry.published) == (before.id, before.published)
    assert entry.updated == feed.feed.updated == "2026-11-24T06:20:00+02:00"
    assert item["date_modified"] == "2026-11-24T06:20:00+02:00" != item["date_published"]
    for body in (entry.content[0].value, item["content_html"]):
        start = text(lxml_html.fromstring(f"<div>{body}</div>"))
        assert start.startswith("Поправка от 24 ноември 2026 г.: Мостът край Пролом се отваря – ")
        assert RIGHT in start


def test_what_an_editor_types_is_never_markup(browser: kit.Browser, app: App) -> None:
    """In page, data, feeds and desk the text stays literal, also what looks like the page's own."""
    correct(app, said=EVIL, right=f"Вярното: {EVIL}")
    correct(app, story=None, said=EVIL, right=f"Друго: {EVIL}")
    literal = "<script>alert(1)</script> <b>ново</b> </header></h3> {{ 7 * 7 }}"

    page = tree(browser)
    atom = feedparser.parse(browser.get("/archive/atom.xml").content, sanitize_html=False)
    (item,) = browser.get("/archive/feed.json").json()["items"]
    desk = browser.sign_in("editor@example.bg").get(HERE)

    assert literal in text(page)
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//b") == []
    assert len(page.xpath("//article[@id='n1']")) == 1
    assert literal in data(page)["correction"][0]["text"]
    for body in (atom.entries[0].content[0].value, item["content_html"]):
        entry = lxml_html.fromstring(f"<div>{body}</div>")
        assert literal in text(entry)
        assert entry.xpath("//script | //b") == []
    assert b"<script>alert" not in desk.content
    assert literal in text(lxml_html.document_fromstring(desk.content))


def test_the_newer_edition_leads_back_to_the_wrong_one(browser: kit.Browser, app: App) -> None:
    """Its page and its feed entry print the panel that its mail had."""
    name = correct(app)
    with app.store.reading() as work:
        one = work.corrections.get(name)
    after = replace(kit.edition(kit.DAY + timedelta(days=1)), corrections=(one,))
    kit.publish(app, after)

    page = lxml_html.document_fromstring(browser.get("/archive/2026-11-24").content)
    (panel,) = page.xpath("//section[@class='corrections']")
    (item, _) = browser.get("/archive/feed.json").json()["items"]

    assert panel.xpath(".//a/@href") == ["https://utro.example.bg/archive/2026-11-23"]
    assert f"Писахме: {SAID} Вярното е: {RIGHT}" in text(panel)
    assert RIGHT in item["content_html"]
