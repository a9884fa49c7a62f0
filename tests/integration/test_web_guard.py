"""The guard: forged requests, huge bodies, headers, and faults without tracebacks."""

from __future__ import annotations

import pytest

from digest.actions import editions
from digest.actions.app import App
from digest.errors import DigestError
from digest.model import EditionState
from digest.web.guard import MAX_BODY
from digest.web.statuses import STATUSES, status_of
from tests.integration import web_kit as kit

APPROVE = f"/izdanie/{kit.edition().id}/odobri"


@pytest.fixture
def browser(app: App) -> kit.Browser:
    return kit.Browser(app)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": kit.HOST},
        {"origin": "https://zlosten.test"},
        {"origin": "null"},
        {"origin": kit.HOST + ".zlosten.test"},
        {"origin": ""},
    ],
)
def test_a_forged_approval_changes_nothing(
    browser: kit.Browser, app: App, headers: dict[str, str]
) -> None:
    """A POST that our own page did not make is refused although the cookie is good."""
    browser.sign_in()

    answer = browser.ask("POST", APPROVE, data={"revision": "1"}, headers=headers)

    assert answer.status_code == 403
    assert editions.get(app, kit.edition().id).state is EditionState.DRAFT


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": kit.HOST}],
)
def test_our_own_page_passes(browser: kit.Browser, app: App, headers: dict[str, str]) -> None:
    """Both ways a browser vouches for a request are enough."""
    browser.sign_in()

    answer = browser.ask("POST", APPROVE, data={"revision": "1"}, headers=headers)

    assert answer.status_code == 303
    assert editions.get(app, kit.edition().id).state is EditionState.APPROVED


@pytest.mark.parametrize("path", ["/leave/x/undo", "/predpochitania/x", "/vhod", "/izhod"])
def test_only_the_one_click_post_is_exempt(browser: kit.Browser, path: str) -> None:
    """Everything else that changes state must come from our page."""
    assert browser.ask("POST", path, data={"a": "b"}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_guarded_too(browser: kit.Browser, method: str) -> None:
    """No method but GET, HEAD and OPTIONS passes unasked."""
    assert browser.ask(method, "/").status_code == 403


def test_a_huge_body_is_cut_by_its_length(browser: kit.Browser) -> None:
    """A declared length beyond the limit is refused unread."""
    assert browser.ask("POST", "/leave/x", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_a_huge_body_without_a_length_is_cut_too(browser: kit.Browser) -> None:
    """A stream is counted as it arrives."""

    async def endless():
        for _ in range(MAX_BODY // 1000 + 10):
            yield b"x" * 1000

    answer = browser.ask(
        "POST",
        "/leave/x",
        content=endless(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/vhod", "/zdrave", "/nyama", "/static/site.css", "/leave/x"])
def test_safe_headers_are_everywhere(browser: kit.Browser, path: str) -> None:
    """Pages, files and errors alike."""
    headers = browser.get(path).headers

    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_a_fault_is_a_page_without_a_traceback(browser: kit.Browser, app: App) -> None:
    """A broken database shows what, why and what to do; the cause goes to the log."""
    browser.sign_in()
    with app.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE editions RENAME TO elsewhere")

    answer = browser.get("/")

    assert answer.status_code >= 500
    assert "Traceback" not in answer.text
    assert "no such table" not in answer.text
    assert 'lang="bg"' in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_an_unexpected_fault_is_a_page_too(browser: kit.Browser) -> None:
    """Even a mistake of ours ends in a page in Bulgarian."""

    def broken() -> None:
        raise RuntimeError("вътрешна тайна")

    browser.site.add_api_route("/schupeno", broken)

    answer = browser.get("/schupeno")

    assert answer.status_code == 500
    assert "тайна" not in answer.text
    assert "вътрешна грешка" in answer.text


def test_pages_have_no_inline_scripts_or_styles(browser: kit.Browser) -> None:
    """What the policy would block is not there in the first place."""
    page = browser.sign_in().get("/").text

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_every_error_has_a_status() -> None:
    """A new class of errors must be given its status on purpose."""
    known = set(DigestError.__subclasses__())

    assert {kind for kind in known if kind.__module__ == "digest.errors"} == set(STATUSES)
    assert status_of(DigestError("а", "б", "в")) == 500
