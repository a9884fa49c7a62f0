"""Every kind of slip in every kind of own template: refused by file and line, and nothing hangs."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, story

from digest.assets import templates_dir
from digest.model import RenderedEdition, Section
from digest.render.marked import Trial, banner
from digest.render.render import render

SLIPS = {
    "syntax": ("{% if %}", "липсва израз"),
    "unknown value": ("{{ nosuch }}", "няма стойност „nosuch“"),
    "forbidden attribute": ("{{ ''.__class__ }}", "достъпът до „__class__“ не е разрешен"),
    "giant range": ("{% for i in range(10**9) %}.{% endfor %}", "числото е твърде голямо"),
    "long loop": (
        "{% for a in range(99999) %}{% for b in range(99999) %}.{% endfor %}{% endfor %}",
        "твърде дълго",
    ),
    "much text": (
        "{% set n = namespace(t='жжжжжжжжжж') %}"
        "{% for _ in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "missing part": ('{% include "_parts/nosuch.j2" %}', "няма образец"),
}
DIGEST_FILES = (
    "digest/subject.txt.j2",
    "digest/body.mjml.j2",
    "digest/body.txt.j2",
    "_parts/head.mjml.j2",
    "_parts/dark.j2",
    "_parts/preheader.mjml.j2",
    "_parts/story.j2",
    "_parts/footer.mjml.j2",
)
MARK_FILES = ("subject.txt.j2", "banner.html.j2", "banner.txt.j2")
PAGE_FILES = ("page.html.j2", "archive.css")


def rewritten(home: Path, file: str, planted: str, root: str = "email") -> None:
    """An own copy of a packaged template that begins with what is planted."""
    packaged = (templates_dir() / root / file).read_text(encoding="utf-8")
    path = home / root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{planted}\n{packaged}", encoding="utf-8")


def rendered(home: Path | None = None) -> RenderedEdition:
    return render(edition(), MASTHEAD, newsroom=NEWSROOM, overrides=home)


def refusal(home: Path) -> str:
    """The one finding, about an own template that is not used."""
    ((level, code, said),) = rendered(home).findings
    assert (level, code) == ("yellow", "override-refused")
    return said


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("file", DIGEST_FILES)
def test_a_slip_in_any_template_of_the_digest_is_refused_and_the_packaged_mail_made(
    file: str, slip: str, tmp_path: Path
) -> None:
    """Body, subject, text and each shared part alike."""
    planted, why = SLIPS[slip]
    rewritten(tmp_path, file, planted)

    made, plain = rendered(tmp_path), rendered()

    assert (made.subject, made.variants) == (plain.subject, plain.variants)
    said = refusal(tmp_path)
    assert f"email/{file}, ред 1)" in said
    assert why in said


@pytest.mark.parametrize(
    ("file", "planted", "why"),
    [
        ("digest/body.mjml.j2", "<mj-bogus />", "MJML няма таг „mj-bogus“"),
        ("_parts/footer.mjml.j2", "<mj-bogus />", "MJML няма таг „mj-bogus“"),
        ("_parts/story.j2", "{% macro x() %}2 < 3{% endmacro %}", "знакът „<“"),
    ],
)
def test_a_tag_that_mjml_does_not_know_is_refused_in_the_digest(
    file: str, planted: str, why: str, tmp_path: Path
) -> None:
    """mrml itself would pass it in silence."""
    rewritten(tmp_path, file, planted)

    said = refusal(tmp_path)

    assert f"email/{file}, ред 1" in said
    assert why in said


@pytest.mark.parametrize(("file", "part"), [("body.mjml.j2", "html"), ("body.txt.j2", "text")])
def test_a_digest_without_the_way_out_is_refused_by_file(
    file: str, part: str, tmp_path: Path
) -> None:
    """In either part: leaving must be as easy as joining."""
    rewritten(tmp_path, f"digest/{file}", "")
    path = tmp_path / "email/digest" / file
    path.write_text(path.read_text(encoding="utf-8").replace("token.UNSUB", "token.WEB"))

    said = refusal(tmp_path)

    assert f"email/digest/{file}" in said
    assert "отписване" in said
    assert "UNSUB" in getattr(rendered(tmp_path).variants["all"], part).names


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("file", MARK_FILES)
def test_a_slip_in_the_mark_of_a_test_send_is_refused(file: str, slip: str, tmp_path: Path) -> None:
    """A test send leaves with the packaged mark."""
    planted, why = SLIPS[slip]
    rewritten(tmp_path, f"test_send/{file}", planted)
    trial = Trial("Тема", "06:45 ч.", approved=False, public=False)

    made, ((_, _, said),) = banner(trial, overrides=tmp_path)

    assert made == banner(trial)[0]
    assert f"email/test_send/{file}, ред 1)" in said
    assert why in said


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("file", PAGE_FILES)
def test_a_slip_in_an_own_archive_page_is_refused(file: str, slip: str, tmp_path: Path) -> None:
    """The page is made as packaged, and the mail is not touched."""
    planted, why = SLIPS[slip]
    rewritten(tmp_path, f"archive/{file}", planted, root="web")

    made, plain = rendered(tmp_path), rendered()

    assert (made.web_html, made.variants) == (plain.web_html, plain.variants)
    said = refusal(tmp_path)
    assert f"web/archive/{file}, ред 1)" in said
    assert why in said


def test_an_own_archive_page_and_sheet_are_used(tmp_path: Path) -> None:
    """Each by itself; a „<“ is no fault in a style sheet."""
    rewritten(tmp_path, "archive/archive.css", "/* наш лист: (width < 40rem) */", root="web")
    made = rendered(tmp_path)
    assert made.findings == ()
    assert "/* наш лист" in made.web_html

    (tmp_path / "web/archive/page.html.j2").write_text(
        "<!DOCTYPE html><html lang='bg'><title>{{ page.subject }}</title>"
        "<style>{{ style | safe }}</style><h1>Наш брой</h1>{{ page.lead.title }}</html>",
        encoding="utf-8",
    )
    made = rendered(tmp_path)
    assert made.findings == ()
    assert "<h1>Наш брой</h1>" in made.web_html
    assert "/* наш лист" in made.web_html


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html>{{ page.lead.title }}</html>", "не започва с"),
        ("<!DOCTYPE html><html><p>Скоро</p></html>", "водещата новина липсва"),
        (b"<!DOCTYPE html>\xff", "не е в UTF-8"),
    ],
)
def test_an_archive_page_that_is_no_edition_is_refused(
    page: str | bytes, why: str, tmp_path: Path
) -> None:
    """It is public, and stays so for years."""
    path = tmp_path / "web/archive/page.html.j2"
    path.parent.mkdir(parents=True)
    path.write_bytes(page if isinstance(page, bytes) else page.encode())

    said = refusal(tmp_path)

    assert "web/archive/page.html.j2" in said
    assert why in said


def test_own_copies_fill_the_largest_edition_far_under_the_limits(tmp_path: Path) -> None:
    """The limits are for slips: sixty long stories are none."""
    for file in DIGEST_FILES:
        rewritten(tmp_path, file, "")
    for file in PAGE_FILES:
        rewritten(tmp_path, f"archive/{file}", "{#- -#}", root="web")
    stories = tuple(story(n, summary="Дълго изречение. " * 40) for n in range(1, 61))
    large = edition(Section("bulgaria", "България", stories))

    made = render(large, MASTHEAD, newsroom=NEWSROOM, overrides=tmp_path)

    assert [said for _, code, said in made.findings if code == "override-refused"] == []
