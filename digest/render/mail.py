"""MJML → HTML that mail programs read: mrml, premailer, and what both leave undone.

The only module that knows premailer (last release 2021). Its options are those under which
Chromium shows no differing pixel; with the defaults it drops the doctype
(peterbe/premailer#156) and `!important` (peterbe/premailer#241).
"""

from __future__ import annotations

import logging
import re

from digest.errors import Refused

INLINE_MARK = "/* inline */"
"""First words of the style block that is written into the tags and then dropped."""

_STYLE = re.compile(r"<style(?P<attrs>[^>]*)>(?P<body>.*?)</style>", re.DOTALL)
_OPEN = re.compile(r"<!--\[if")
_CLOSE = re.compile(r"<!\[endif\]")
_DOCTYPE = re.compile(r"<!doctype html[^>]*>", re.IGNORECASE)
_EMPTY_PAIR = re.compile(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_METAS = (
    '<meta name="x-apple-disable-message-reformatting">'
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">'
)


class BadMarkup(Refused):
    """MJML does not take the document; where its fault stands mrml seldom says."""


def compile_mail(source: str, name: str) -> str:
    """The HTML of a whole MJML document; raises `Refused` naming the template and the fault.

    It is `BadMarkup` when the document is no MJML. After every stage the Outlook comments are
    counted: a lost half would hide the rest of the mail from Outlook.
    """
    compiled = _doctype(_mrml(source, name))
    comments = check_comments(compiled, f"{name}: mjml")
    inlined = _inline(_guard_styles(compiled))
    if check_comments(inlined, f"{name}: premailer") != comments:
        raise _damaged(name, "Вграждането на стиловете изгуби условни коментари за Outlook.")
    return _finish(inlined, name)


def check_comments(html: str, where: str) -> int:
    """How many Outlook comments there are; raises `Refused` when they do not pair up."""
    opened, closed = len(_OPEN.findall(html)), len(_CLOSE.findall(html))
    if opened != closed:
        raise _damaged(where, f"Условните коментари за Outlook са {opened} и {closed}.")
    return opened


def _mrml(source: str, name: str) -> str:
    from mjml import mjml2html

    try:
        # Our own markers are comments; no font is fetched from a foreign host.
        return str(mjml2html(source, fonts={}, disable_comments=False))
    except (ValueError, OSError) as cause:
        raise BadMarkup(
            f"Образецът „{name}“ не може да се превърне в писмо.",
            f"MJML: {cause}.",
            "Поправете образеца: всеки таг се затваря, всяка стойност се екранира.",
        ) from cause


def _doctype(html: str) -> str:
    # Lower case is dropped by premailer, and without it heights change by 32–60 px.
    html = _DOCTYPE.sub("<!DOCTYPE html>", html, count=1)
    return html if html.startswith("<!DOCTYPE html>") else f"<!DOCTYPE html>{html}"


def _guard_styles(html: str) -> str:
    """Only our own inline block may be inlined: mrml's resets on every cell cost 17 % more."""

    def guard(match: re.Match[str]) -> str:
        if INLINE_MARK in match["body"]:
            return match[0]
        return f'<style data-premailer="ignore"{match["attrs"]}>{match["body"]}</style>'

    return _STYLE.sub(guard, html)


def _inline(html: str) -> str:
    from premailer import Premailer

    inlined: str = Premailer(
        html,
        keep_style_tags=True,
        remove_classes=False,
        strip_important=False,
        disable_link_rewrites=True,
        disable_validation=True,
        allow_network=False,
        disable_basic_attributes=["width", "height", "bgcolor", "align", "valign"],
        method="html",
        cssutils_logging_level=logging.CRITICAL,
    ).transform(pretty_print=False)
    return inlined


def _finish(html: str, name: str) -> str:
    """What the stages leave undone; the order of the steps does not matter."""
    html = _STYLE.sub(lambda m: "" if INLINE_MARK in m["body"] else m[0], html)
    html = html.replace(' data-premailer="ignore"', "").replace(' height="auto"', "")
    html = _merge_pairs(html)
    html = re.sub(r'(<html\b[^>]*?\blang="([a-z]+)")', r'\1 xml:lang="\2"', html, count=1)
    html = html.replace("</title>", f"</title>{_METAS}", 1)
    check_comments(html, f"{name}: край")
    if not html.startswith("<!DOCTYPE html>") or ' lang="' not in html[:300]:
        raise _damaged(name, "Липсва декларацията на документа или езикът му.")
    return html if html.endswith("\n") else html + "\n"


def _merge_pairs(html: str) -> str:
    """Adjacent Outlook comments become one, as npm mjml does."""
    return _EMPTY_PAIR.sub("", html)


def _damaged(where: str, why: str) -> Refused:
    return Refused(
        f"Писмото е повредено при обработката ({where}).",
        why,
        "Върнете последната промяна в образците на писмото.",
    )
