"""The desk: who gets in, what the edition's page shows, approving what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.model import EditionState
from digest.web.attempts import ALLOWED
from tests.integration import web_kit as kit


@pytest.fixture
def browser(app: App) -> kit.Browser:
    return kit.Browser(app)


HERE = f"/izdanie/{kit.edition().id}"


@pytest.mark.parametrize("path", ["/", HERE])
def test_a_stranger_is_led_to_the_sign_in(browser: kit.Browser, path: str) -> None:
    """Nothing of an edition is shown before signing in."""
    answer = browser.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/vhod"
    assert kit.FIRST not in answer.text


def test_a_stranger_does_not_see_the_letter(browser: kit.Browser) -> None:
    """The frame's document asks for the sign-in as well."""
    assert browser.get(f"{HERE}/pismo/telefon").status_code == 403


def test_signing_in_sets_an_opaque_cookie(browser: kit.Browser) -> None:
    """The cookie is out of reach of scripts and of other sites, and says nothing by itself."""
    done = browser.post("/vhod", data={"address": kit.APPROVER, "password": kit.PASSWORD})

    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "secure" not in cookie.lower()
    assert kit.APPROVER not in cookie


def test_the_cookie_is_secure_on_https(browser: kit.Browser) -> None:
    """Over TLS the cookie never travels in the open."""
    done = browser.post(
        "https://desk.test/vhod", data={"address": kit.APPROVER, "password": kit.PASSWORD}
    )

    assert "secure" in done.headers["set-cookie"].lower()
    assert "strict-transport-security" in done.headers


def test_a_wrong_password_is_refused_in_the_same_words(browser: kit.Browser) -> None:
    """The answer does not tell whether the address is known."""
    known = browser.post("/vhod", data={"address": kit.APPROVER, "password": "друга"})
    unknown = browser.post("/vhod", data={"address": "nikoy@example.bg", "password": "друга"})

    assert known.status_code == unknown.status_code == 403
    assert known.text.replace(kit.APPROVER, "") == unknown.text.replace("nikoy@example.bg", "")
    assert "set-cookie" not in known.headers


def test_guessing_is_slowed_down(browser: kit.Browser) -> None:
    """After too many failures even the right password waits."""
    for _ in range(ALLOWED):
        browser.post("/vhod", data={"address": "x", "password": "x"})
    late = browser.post("/vhod", data={"address": kit.APPROVER, "password": kit.PASSWORD})

    assert late.status_code == 403
    assert "Твърде много" in late.text


def test_signing_out_ends_the_sign_in_on_the_server(browser: kit.Browser) -> None:
    """An old cookie opens nothing after the sign-out."""
    browser.sign_in()
    old = dict(browser.cookies)

    browser.post("/izhod")
    browser.cookies.update(old)

    assert browser.get("/").status_code == 303


def test_the_edition_page_shows_what_an_editor_needs(browser: kit.Browser) -> None:
    """Date, state, revision, deadline, reasons, dropped stories, warnings, the frame."""
    page = browser.sign_in().get("/").text.replace("\u00a0", " ").replace("&nbsp;", " ")

    for wanted in (
        "понеделник, 23 ноември 2026 г.",
        "чернова",
        "редакция 1",
        "06:45 ч., след 25 мин.",
        "Разказват я две независими издания.",
        "Публикувана е преди години.",
        "Една новина е само от един източник.",
        "Одобри броя",
        "<iframe",
    ):
        assert wanted in page


def test_each_sentence_names_its_source(browser: kit.Browser) -> None:
    """Outlet, address of the article and the characters where the sentence stands."""
    page = browser.sign_in().get("/").text

    start = kit.ARTICLES[0].text.index(kit.SECOND)
    assert f"знаци {start}–{start + len(kit.SECOND)}" in page
    assert 'href="https://vesti.example.bg/1"' in page
    assert "Проломски вести" in page


def test_without_a_single_edition_the_page_says_so(tmp_path: Path) -> None:
    """A new newsroom gets a page with the next step, not an error."""
    made = kit.make_app(tmp_path / "other", drafted=False)
    answer = kit.Browser(made).sign_in().get("/")
    made.close()

    assert answer.status_code == 200
    assert "Още няма брой" in answer.text


def test_approving_signs_the_revision_that_was_seen(browser: kit.Browser, app: App) -> None:
    """The edition is approved by the signed-in person, and the page says it."""
    browser.sign_in()

    done = browser.post(f"{HERE}/odobri", data={"revision": "1"})
    page = browser.get(done.headers["location"])

    approved = editions.get(app, kit.edition().id)
    assert done.status_code == 303
    assert approved.state is EditionState.APPROVED
    assert approved.approved_by == kit.APPROVER
    assert "Броят е одобрен." in page.text
    assert "Одобри броя" not in page.text


def test_approving_a_stale_revision_is_a_conflict(browser: kit.Browser, app: App) -> None:
    """Whoever looked at an older revision must look again."""
    browser.sign_in()
    kit.revise(app)

    done = browser.post(f"{HERE}/odobri", data={"revision": "1"})

    assert done.status_code == 409
    assert "Отворете го отново" in done.text
    assert 'id="sadarzhanie"' in done.text
    assert editions.get(app, kit.edition().id).state is EditionState.DRAFT


def test_holding_keeps_the_edition_in(browser: kit.Browser, app: App) -> None:
    """„Задръж“ leaves the edition held until somebody approves it."""
    browser.sign_in().post(f"{HERE}/zadrazh")

    assert editions.get(app, kit.edition().id).state is EditionState.HELD


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_only_approvers_approve(browser: kit.Browser, app: App, role: str) -> None:
    """The right to read or to edit is not the right to approve."""
    browser.sign_in(f"{role}@example.bg")

    page = browser.get("/").text
    done = browser.post(f"{HERE}/odobri", data={"revision": "1"})

    assert "Одобри броя" not in page
    assert done.status_code == 403
    assert editions.get(app, kit.edition().id).state is EditionState.DRAFT


def test_approving_without_a_sign_in_changes_nothing(browser: kit.Browser, app: App) -> None:
    """A button pressed after the sign-in ran out is refused with the reason."""
    done = browser.post(f"{HERE}/odobri", data={"revision": "1"})

    assert done.status_code == 403
    assert "Влезте отново" in done.text
    assert editions.get(app, kit.edition().id).state is EditionState.DRAFT


def test_a_malformed_form_is_explained(browser: kit.Browser) -> None:
    """A revision that is no number is a wrong request, said in Bulgarian."""
    done = browser.sign_in().post(f"{HERE}/odobri", data={"revision": "първа"})

    assert done.status_code == 400
    assert "не може да се прочете" in done.text


@pytest.mark.parametrize("look", ["telefon", "ekran", "tamno"])
def test_the_letter_is_a_document_of_its_own(browser: kit.Browser, look: str) -> None:
    """It may have inline styles, never scripts, and only our own page may frame it."""
    answer = browser.sign_in().get(f"{HERE}/pismo/{look}")

    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "Мостът край Пролом се отваря" in answer.text
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_the_dark_look_settles_only_the_scheme(browser: kit.Browser) -> None:
    """Dark and light differ in the condition of the scheme, whatever the editor's machine."""
    browser.sign_in()

    dark = browser.get(f"{HERE}/pismo/tamno").text
    light = browser.get(f"{HERE}/pismo/ekran").text

    assert "prefers-color-scheme" not in dark + light
    assert dark.replace("(min-width:0)", "(max-width:0)").replace(
        'content="dark"', 'content="light"'
    ) == light.replace("(min-width:0)", "(max-width:0)")


def test_the_letter_as_text_and_as_a_file(browser: kit.Browser) -> None:
    """Both parts can be looked at, and the whole message taken away."""
    browser.sign_in()

    text = browser.get(f"{HERE}/pismo/tekst")
    whole = browser.get(f"{HERE}/pismo/eml")

    assert text.headers["content-type"].startswith("text/plain")
    assert "Мостът край Пролом" in text.text
    assert whole.headers["content-disposition"] == 'attachment; filename="2026-11-23.eml"'
    assert whole.content.startswith(b"From:") or b"\r\nFrom:" in whole.content


def test_the_ledger_is_shown_once_queued(browser: kit.Browser, app: App) -> None:
    """After queueing the page counts deliveries."""
    from digest.actions import dispatching

    kit.add_reader(app)
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(app, kit.edition().id)

    page = browser.sign_in().get("/").text

    assert "Отчет за изпращането" in page
    assert "Сметката излиза" in page


def test_an_unknown_edition_is_a_page_that_says_so(browser: kit.Browser) -> None:
    """404 with what, why and what to do."""
    answer = browser.sign_in().get("/izdanie/nyama-takava")

    assert answer.status_code == 404
    assert 'lang="bg"' in answer.text
