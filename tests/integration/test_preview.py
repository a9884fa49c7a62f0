"""The preview shows every mail in every state and view, and what is broken with its line."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from digest.render import environment
from digest.render.letters import LETTERS
from tests.preview import mails
from tests.preview.mails import catalogue
from tests.preview.server import create_preview
from tests.preview.states import EDITIONS
from tests.preview.views import TEXT, VIEWS, in_the_dark, without_pictures, without_styles

WANTED = {"full", "empty-section", "one-story", "forty-stories", "long-words", "missing-images",
          "disagreement"}  # fmt: skip


def get(path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(create_preview())
        async with httpx.AsyncClient(transport=transport, base_url="http://preview.test") as one:
            return await one.get(path)

    return asyncio.run(ask())


def test_the_table_has_every_mail_state_and_view() -> None:
    """Daily, weekly and each letter; on a phone and a desktop, dark, bare, and as text."""
    page = get("/").text

    assert set(EDITIONS) >= WANTED
    assert set(VIEWS) == {"phone", "desktop", "dark", "images-off", "no-style"}
    for mail, states in catalogue().items():
        for state in states:
            for view in (*VIEWS, TEXT):
                assert f'href="/see/{mail}/{state}/{view}"' in page
    assert {f"letter-{name}" for name in LETTERS} < set(catalogue())


@pytest.mark.parametrize(
    ("mail", "state"), [(mail, state) for mail, states in catalogue().items() for state in states]
)
def test_every_mail_can_be_seen(mail: str, state: str) -> None:
    """In its frame and alone, with a language and a title."""
    for view in ("phone", TEXT):
        assert get(f"/see/{mail}/{state}/{view}").status_code == 200
        shown = get(f"/raw/{mail}/{state}/{view}")
        assert shown.status_code == 200
        assert 'lang="bg"' in shown.text


def test_each_view_changes_what_it_says() -> None:
    """And nothing else of the mail."""
    html, _ = mails.made("daily", "missing-images")

    assert "(prefers-color-scheme: dark)" in html
    assert "(prefers-color-scheme: dark)" not in in_the_dark(html)
    assert "niama.jpg" not in without_pictures(html)
    assert "<style" not in without_styles(html)
    assert "style=" not in without_styles(html)
    assert "Община № 1" in without_styles(html)


def test_what_is_not_there_is_not_found() -> None:
    """A mail, a state or a view."""
    for path in ("/raw/daily/full/nose", "/see/daily/none/phone", "/see/none/full/phone"):
        assert get(path).status_code == 404


def test_a_saved_template_is_seen_and_a_broken_one_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp that pages ask for changes; the fault stands on the page with what to do."""
    packaged = mails.templates_dir()
    for file in (packaged / "email").rglob("*.j2"):
        copy = tmp_path / file.relative_to(packaged)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    for module in (mails, environment):
        monkeypatch.setattr(module, "templates_dir", lambda: tmp_path)
    before = get("/stamp").text

    (tmp_path / "email/digest/subject.txt.j2").write_text("{{ page.nothing }}", "utf-8")
    (tmp_path / "email/digest/new.j2").write_text("", "utf-8")

    assert get("/stamp").text != before
    broken = get("/raw/daily/full/phone")
    assert broken.status_code == 500
    assert "nothing" in broken.text
    environment._packaged.cache_clear()
