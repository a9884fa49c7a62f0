"""Judges that look: the mails in Chromium, by axe and by measure, as sent and without styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import css_inline
import mjml
import pytest

from digest.render.mail import INLINE_MARK, compile_mail
from tests.judges import look, tools
from tests.judges.mails import HOSTILE, NAMES, TEST_SEND, mail
from tests.judges.table import Verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# One process, so that the browser starts once.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("judges")]
every_mail = pytest.mark.parametrize("name", NAMES)
USUAL = tuple(name for name in NAMES if name not in {"forty stories", "sixty stories"})

SMALLEST_TEXT = 13.0
"""Pixels; smaller text is blown up by iOS, which breaks the lines."""
SMALLEST_TARGET = 24.0
"""Pixels; WCAG 2.2, success criterion 2.5.8."""
MOST_DIFFERING = 0.001
"""Share of pixels: two inliners and none may round a letter's edge differently, nothing else."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, once for the module (see tests/browser/conftest.py on why no longer)."""
    program = tools.program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@every_mail
def test_axe_finds_nothing_serious(chromium: Browser, name: str, verdict: Verdict) -> None:
    """Contrast, names of links, headings, sizes of targets: in light, dark, and without pictures."""
    # Axe takes seconds for a giant, whose stories are those of the others.
    views = (*look.LIGHT, *look.DARK) if name in USUAL else ((look.PHONE, "light"),)
    for width, scheme in views:
        with look.opened(chromium, mail(name).html, width, scheme) as seen:
            verdict.none("axe", f"serious or critical, {scheme}", name, seen.judged_by_axe())

    with look.opened(chromium, mail(name).html, look.PHONE, images=False) as seen:
        overflow = seen.measure(look.OVERFLOW)
        verdict.none("axe", "serious or critical, no pictures", name, seen.judged_by_axe())
        verdict.most("layout", "overflow without pictures, px", name, overflow, 0)


@every_mail
def test_mail_fits_every_window_and_asks_nobody_else(
    chromium: Browser, name: str, verdict: Verdict
) -> None:
    """Nothing to push sideways, nothing too small to read or hit, no address of others."""
    for width, _ in look.LIGHT:
        with look.opened(chromium, mail(name).html, width) as seen:
            text, where = seen.measure(look.FONTS)
            target, link = seen.measure(look.TARGETS)

            assert seen.measure("() => document.compatMode") == "CSS1Compat"
            verdict.most("layout", "overflow, px", name, seen.measure(look.OVERFLOW), 0, width)
            verdict.least("layout", "smallest text, px", name, text, SMALLEST_TEXT, where)
            verdict.least("layout", "smallest target, px", name, target, SMALLEST_TARGET, link)
            wide = seen.measure(look.WIDE_PICTURES) if width == look.DESKTOP else ()
        # Outlook obeys the attribute, and there the column has its full width.
        verdict.none("layout", "pictures wider than their column", name, wide)
        verdict.none("layout", "addresses of others", name, seen.foreign)


@every_mail
def test_mail_is_readable_without_any_style(chromium: Browser, name: str, verdict: Verdict) -> None:
    """What abv.bg and others leave of a mail: no style block, every title there, nothing cut."""
    bare = look.unstyled(mail(name).html)

    for width, _ in look.LIGHT:
        with look.opened(chromium, bare, width) as seen:
            shown = _squeezed(seen.measure(look.SHOWN))
            text, where = seen.measure(look.FONTS)
            overflow = seen.measure(look.OVERFLOW)

        missing = [one for one in mail(name).titles if _squeezed(one) not in shown]
        verdict.most("no styles", "overflow, px", name, overflow, 0, width)
        verdict.none("no styles", "titles out of sight", name, missing)
        verdict.least("no styles", "smallest text, px", name, text, SMALLEST_TEXT, where)
    assert "<style" not in bare


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *((name, 600, "light") for name in USUAL if name != TEST_SEND),
        ("fifteen stories", look.PHONE, "light"),
        ("fifteen stories", look.PHONE, "dark"),
        ("fifteen stories", 600, "dark"),
        (HOSTILE, look.PHONE, "dark"),
        ("letter confirm", look.PHONE, "dark"),
    ],
)
def test_inliners_agree_to_the_pixel(
    chromium: Browser, name: str, width: int, scheme: str, verdict: Verdict
) -> None:
    """premailer, the mail before inlining, and another inliner show the same."""
    source = mail(name).sources[0]
    before = _before_inlining(source)

    shots = []
    for page in (compile_mail(source, name), before, _inlined_by_another(before)):
        with look.opened(chromium, page, width, scheme) as seen:
            shots.append(seen.pixels())

    with look.opened(chromium, "<!DOCTYPE html><title>.</title>", width) as seen:
        for other, shot in zip(("the input", "css-inline"), shots[1:], strict=True):
            share = 0 if shot == shots[0] else seen.measure(look.DIFFERING, [shots[0], shot])
            what = f"pixels unlike {other}, share"
            verdict.most("premailer", what, name, share, MOST_DIFFERING, f"{width} {scheme}")


FAULTS = (
    '<p style="color:#bbbbbb;background:#ffffff">Блед текст</p>'
    '<p style="font-size:9px;line-height:9px"><a href="#x">Дребен текст</a></p>'
    '<div style="width:1500px">Широко</div>'
    '<img src="https://chuzhd.example.test/p.png" alt="" width="2" />'
    '<table role="presentation" style="table-layout:fixed;width:50px"><tr><td>'
    '<img alt="" width="90" src="a.png" /></td></tr></table>'
)


def test_planted_faults_are_seen(chromium: Browser) -> None:
    """Pale, small, wide, foreign: a judge that finds nothing here finds nothing anywhere."""
    good = mail("one story").html
    html = good.replace("</body>", f"{FAULTS}</body>")

    with look.opened(chromium, good, look.DESKTOP) as seen:
        before = seen.pixels()
    with look.opened(chromium, html, look.DESKTOP) as seen:
        complaints = " ".join(seen.judged_by_axe())

        assert "color-contrast: <p" in complaints
        assert seen.measure(look.OVERFLOW) > 400
        assert seen.measure(look.FONTS)[0] == 9
        assert seen.measure(look.TARGETS)[0] < SMALLEST_TARGET
        assert len(seen.measure(look.WIDE_PICTURES)) == 1
        assert seen.foreign == ["https://chuzhd.example.test/p.png"]
        assert seen.measure(look.DIFFERING, [before, seen.pixels()]) > MOST_DIFFERING
        assert "Широко" in seen.measure(look.SHOWN)


def _before_inlining(source: str) -> str:
    html = str(mjml.mjml2html(source, fonts={}, disable_comments=False))
    return re.sub("(?i)<!doctype html>", "<!DOCTYPE html>", html, count=1)


def _inlined_by_another(html: str) -> str:
    """By css-inline, which inlines our own block alone as premailer does."""
    guarded = re.sub(
        r"<style([^>]*)>(?!\s*/\* inline)", r'<style data-css-inline="ignore"\1>', html
    )
    inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
    inlined = inliner.inline(guarded)
    return re.sub(
        r"<style[^>]*>(.*?)</style>",
        lambda m: "" if INLINE_MARK in m[1] else m[0],
        inlined,
        flags=re.DOTALL,
    )
