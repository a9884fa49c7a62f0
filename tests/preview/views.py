"""One mail as its readers meet it: on a phone, in the dark, without pictures, without styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PHONE, DESKTOP = 390, 720
"""Widths in pixels."""
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r' style="[^"]*"')
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")
_SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=")[^"]*(")')


@dataclass(frozen=True, slots=True)
class View:
    """How wide the mail is shown, and what becomes of its HTML on the way."""

    width: int
    change: Callable[[str], str]


def _same(html: str) -> str:
    return html


def in_the_dark(html: str) -> str:
    """The dark scheme's rules in force whatever the machine prefers."""
    return _DARK.sub("@media all", html)


def without_pictures(html: str) -> str:
    """As mail programs show it before the reader allows pictures."""
    return _SOURCE.sub(r"\1about:blank\2", html)


def without_styles(html: str) -> str:
    """As programs show it that throw all styles away, in the head and in the tags."""
    return _INLINE.sub("", _STYLE.sub("", html))


VIEWS: Mapping[str, View] = {
    "phone": View(PHONE, _same),
    "desktop": View(DESKTOP, _same),
    "dark": View(PHONE, in_the_dark),
    "images-off": View(PHONE, without_pictures),
    "no-style": View(PHONE, without_styles),
}
"""View → width and change; „text“ is the text part and has neither."""
TEXT = "text"
