"""Where a newsroom learns that its own template is not used: desk, doctor, approval."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from digest.actions import reviewing
from digest.actions.app import App
from digest.actions.reporting import doctor
from digest.actions.stages import render_to
from digest.compose.exchange import to_json
from tests.integration import web_kit as kit


def own(app: App, file: str, text: str) -> None:
    path = app.home / "templates" / "email" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_desk_names_file_and_line_of_a_refused_template(app: App) -> None:
    """The editor sees it before approving, and the edition can leave as packaged."""
    own(app, "digest/body.mjml.j2", '<mjml lang="bg">\n{{ page.nosuch }}')

    shown = kit.Browser(app).sign_in().get(f"/izdanie/{kit.edition().id}").text

    assert "email/digest/body.mjml.j2, ред 2" in shown
    assert "няма стойност „nosuch“" in shown
    signed = reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    assert signed.content_hash


def test_the_doctor_tries_the_own_templates_of_every_mail(app: App) -> None:
    """Letters are rare; a slip in one would wait for months."""
    own(app, "goodbye/body.txt.j2", "{{ back_url | nosuch }}")
    own(app, "digest/subject.txt.j2", "{{ page.nosuch }}")
    own(app, "wellcome/subject.txt.j2", "Здравейте")

    found = {one.what: one for one in doctor(app) if one.code.startswith("override")}

    assert {one.level for one in found.values()} == {"yellow"}
    assert all(one.fix for one in found.values())
    said = " ".join(found)
    assert "email/goodbye/body.txt.j2, ред 1" in said
    assert "email/digest/subject.txt.j2, ред 1" in said
    assert "„email/wellcome“" in said


def test_the_doctor_tries_the_own_archive_page_too(app: App) -> None:
    """Also in a home that has no templates of mails; the site's other pages are not its own."""
    for file, text in (("archive/page.html.j2", "<p>\n{{ nosuch }}"), ("desk/base.html.j2", "")):
        path = app.home / "templates" / "web" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    said = " ".join(one.what for one in doctor(app) if one.code.startswith("override"))

    assert "web/archive/page.html.j2, ред 2" in said
    assert "„web/desk“" in said


def test_the_doctor_says_that_own_templates_work(app: App) -> None:
    """Green is said too: nobody has to wonder whether the folder is seen at all."""
    assert "own-templates" not in {one.code for one in doctor(app)}

    own(app, "welcome/subject.txt.j2", "Здравейте")

    assert ("green", "own-templates") in {(one.level, one.code) for one in doctor(app)}


def test_a_fault_of_a_shared_part_is_told_once(app: App) -> None:
    """Ten mails include it; one line needs repair."""
    own(app, "_parts/footer.mjml.j2", "{{ nosuch }}")

    (only,) = [one for one in doctor(app) if one.code == "override-refused"]

    assert "email/_parts/footer.mjml.j2, ред 1" in only.what


def test_a_home_named_by_a_relative_path_is_searched_as_well(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--home ./dom` is how most people call it."""
    own(app, "goodbye/body.mjml.j2", "\n{{ nosuch }}")
    monkeypatch.chdir(app.home.parent)

    found = doctor(replace(app, home=Path(app.home.name)))

    assert any("email/goodbye/body.mjml.j2, ред 2" in one.what for one in found)


def test_a_rendered_file_uses_own_templates_and_says_which_is_refused(app: App) -> None:
    """`digest render` shows the mail as this home would send it."""
    own(app, "digest/subject.txt.j2", "Сутрин: {{ page.subject }}")
    data = json.dumps(to_json(kit.edition()), ensure_ascii=False).encode()
    out = app.home / "out"

    def findings() -> list[str]:
        line = render_to(
            data, "broj.json", out, settings=app.settings, newsroom=app.newsroom,
            now=app.now(), overrides=app.home / "templates",
        )  # fmt: skip
        return [one["code"] for one in line["findings"]]  # type: ignore[attr-defined]

    assert "override-refused" not in findings()
    subject = message_from_bytes((out / "edition.eml").read_bytes(), policy=SMTP)["Subject"]
    assert subject.startswith("Сутрин: ")
    own(app, "digest/subject.txt.j2", "{{ page.nosuch }}")
    assert "override-refused" in findings()
