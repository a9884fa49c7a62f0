"""The ways an editor looks at a mail: phone, desktop, dark, plain text, the raw message.

The bytes are those that would be sent. Because a frame takes its light or dark scheme from the
editor's machine, the condition `prefers-color-scheme` alone is settled here for the chosen look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Response

from digest.actions import editions
from digest.actions.picturing import PATH
from digest.render.pictures import for_browser
from digest.web.guard import MAIL_POLICY

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import Edition


@dataclass(frozen=True, slots=True)
class Look:
    """A tab: its word in addresses, its name, the part shown, and the scheme."""

    word: str
    name: str
    kind: str = "html"
    dark: bool = False


LOOKS = (
    Look("telefon", "Телефон"),
    Look("ekran", "Голям екран"),
    Look("tamno", "На тъмно", dark=True),
    Look("tekst", "Само текст", kind="text"),
)
RAW = Look("eml", "Цялото писмо", kind="eml")

FRAME = "sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
"""No scripts, no forms, no origin; a link opens a tab of its own."""

_SCHEME = re.compile(rb"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)")
_META = re.compile(rb'(<meta name="(?:supported-)?color-scheme(?:s)?" content=")[^"]*(")')
_HEAD = re.compile(rb"<head[^>]*>", re.IGNORECASE)


def look_named(word: str) -> Look:
    """The look of that word; the phone for any other."""
    return next((look for look in (*LOOKS, RAW) if look.word == word), LOOKS[0])


def as_seen(app: App, edition: Edition, look: Look) -> Response:
    """The mail in that look as a document of its own."""
    body = editions.preview(app, edition, kind=look.kind)
    headers = {
        "content-security-policy": MAIL_POLICY + FRAME,
        "x-frame-options": "SAMEORIGIN",
    }
    if look.kind == "html":
        shown = own_files(in_scheme(body, dark=look.dark), app)
        return Response(shown, media_type="text/html; charset=utf-8", headers=headers)
    if look.kind == "eml":
        headers["content-disposition"] = f'attachment; filename="{edition.date.isoformat()}.eml"'
        return Response(body, media_type="message/rfc822", headers=headers)
    return Response(body, media_type="text/plain; charset=utf-8", headers=headers)


def own_files(html: bytes, app: App) -> bytes:
    """Fonts and pictures of ours by path: they load at whatever address this site is read."""
    public = app.settings.masthead().public_url.encode()
    html = for_browser(html, f"/{PATH}")
    for folder in (b"/static/", f"/{PATH}/".encode()) if public else ():
        html = html.replace(public + folder, folder)
    return html


def in_scheme(html: bytes, *, dark: bool) -> bytes:
    """The same document with the scheme settled, and links that leave the frame."""

    def settled(match: re.Match[bytes]) -> bytes:
        wanted = (match[1] == b"dark") == dark
        return b"(min-width:0)" if wanted else b"(max-width:0)"

    scheme = b"dark" if dark else b"light"
    html = _META.sub(rb"\g<1>" + scheme + rb"\2", _SCHEME.sub(settled, html))
    return _HEAD.sub(lambda head: head[0] + b'<base target="_blank">', html, count=1)
