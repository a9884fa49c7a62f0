"""The picture that a shared link to an edition shows: name, leading headline, date in words.

1200 × 630 PNG, as ogp.me and the networks expect. Takes texts and the house colour, gives bytes;
the same ones give the same bytes with the same Pillow. What the font cannot draw is left out,
never a box.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from digest.assets import templates_dir
from digest.model import Brand
from digest.render.words import clean

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
"""Pixels. 1.91 : 1 is shown uncut (developers.facebook.com, „Images in Link Shares“)."""

GROUND, INK, MUTED = "#f7f4ee", "#1d1d20", "#5a5c63"
"""The colours of the archive page in the light."""

MARGIN, BAR = 72, 14
TEXT_WIDTH = SIZE[0] - 2 * MARGIN
HEADLINE_TOP, HEADLINE_BOTTOM, DATE_TOP = 164, 500, 534
SIZES = (84, 76, 68, 60, 54, 48)
"""Of the headline, tried from the largest; under 48 px a phone's preview cannot be read."""

LEADING = 1.14
LONGEST = 300
"""Characters that are measured at all: a headline of more does not fit at any size."""

KEPT = 64
"""Pictures in memory, some 30 KB each: those of the last weeks are asked for again and again."""


@lru_cache(maxsize=KEPT)
def picture(publication: str, headline: str, day: str, accent: str = Brand().accent) -> bytes:
    """The PNG. `day` is the date in words, `accent` the colour of bar and name (`#rrggbb`).

    Empty texts leave their place empty.
    """
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, SIZE[0], BAR), fill=accent)
    _line(draw, publication, 46, MARGIN, accent)
    _headline(draw, printable(headline)[:LONGEST])
    _line(draw, day[:1].upper() + day[1:], 36, DATE_TOP, MUTED)
    file = io.BytesIO()
    canvas.quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def printable(text: str) -> str:
    """The text less what the font has no letter for."""
    return " ".join("".join(c for c in clean(text) if c.isspace() or _has(c)).split())


def fitted(text: str, width: Callable[[str], float], limit: float) -> list[str]:
    """Lines no wider than `limit`; a word that is wider is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}") <= limit:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width, limit)
    return lines


def _pieces(word: str, width: Callable[[str], float], limit: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _headline(draw: ImageDraw, text: str) -> None:
    for size in SIZES:
        lines = fitted(text, _font(size).getlength, TEXT_WIDTH)
        room = int((HEADLINE_BOTTOM - HEADLINE_TOP) // (size * LEADING))
        if len(lines) <= room:
            break
    else:
        lines = [*lines[: room - 1], _shortened(lines[room - 1], size)]
    for place, line in enumerate(lines):
        at = (MARGIN, HEADLINE_TOP + place * size * LEADING)
        draw.text(at, line, font=_font(size), fill=INK)


def _line(draw: ImageDraw, text: str, size: int, top: int, colour: str) -> None:
    text = printable(text)[:LONGEST]
    if _font(size).getlength(text) > TEXT_WIDTH:
        text = _shortened(text, size)
    draw.text((MARGIN, top), text, font=_font(size), fill=colour)


def _shortened(line: str, size: int) -> str:
    while line and _font(size).getlength(f"{line}…") > TEXT_WIDTH:
        line = line[:-1]
    return f"{line.rstrip(' ,;:–-')}…"


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    # The basic engine is in every build of Pillow and lays the same text the same way.
    file = templates_dir() / "static" / "fonts" / "sofia-sans-bold.ttf"
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _has(letter: str) -> bool:
    """False for a letter that would be drawn as the font's „missing“ box."""
    return _drawn(letter) != _drawn("\uffff")


def _drawn(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(36).getmask(letter)
    return mask.size, bytes(mask)
