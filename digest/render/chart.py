"""A series of figures drawn as plain bars: a small PNG for the mail.

Takes a title, labels, figures and values, gives bytes; the same give the same bytes with the same
Pillow. Bars always begin at zero: one that does not lies about how far the figures are apart. The
ground is white whatever the scheme of the mail, with a thin frame that holds it in the dark. What
the font cannot draw is left out.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from digest.assets import templates_dir
from digest.render.picture import fitted, printable

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH = 400
"""Pixels in the mail. Not the whole column: on a phone it shrinks by an eighth only, and its
letters stay as large as those around it."""
SCALE = 2
"""Drawn so many times as large, for sharp screens."""

GROUND, INK, MUTED, FRAME = "#ffffff", "#1d1d20", "#5a5c63", "#dcd7cd"
MARGIN = 18
TITLE, LABEL = 18, 17
"""Sizes of letters."""
TITLE_LINE, LABEL_LINE = 24, 23
BAR, ROW_GAP, TITLE_GAP = 10, 13, 10
LEAST_BAR = 1
"""A figure that is not zero is seen, however small."""
TITLE_LINES = 2
EDGES = ((MUTED, 0.5),)
"""Shades at the edges of letters, as a share of the ink on the ground; the grey of labels is one
more. Each further one makes the file a tenth larger."""
KEPT = 32
INSIDE = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its label, its figure as it is printed, and its length."""

    label: str
    figure: str
    value: float


@lru_cache(maxsize=KEPT)
def draw(title: str, rows: tuple[Row, ...], accent: str) -> bytes:
    """The PNG, `WIDTH` × 2 pixels wide. `accent` is `#rrggbb`, the colour of the bars."""
    from PIL import Image as Pictures
    from PIL import ImageDraw as Pens

    lines = _title_lines(title)
    top = MARGIN + len(lines) * TITLE_LINE + TITLE_GAP
    height = top + len(rows) * (LABEL_LINE + BAR + ROW_GAP) - ROW_GAP + MARGIN
    canvas = Pictures.new("RGB", (WIDTH * SCALE, height * SCALE), GROUND)
    pen = Pens.Draw(canvas)
    pen.rectangle((0, 0, WIDTH * SCALE - 1, height * SCALE - 1), outline=FRAME, width=SCALE)
    for place, line in enumerate(lines):
        _text(pen, line, (MARGIN, MARGIN + place * TITLE_LINE), _font("bold", TITLE), INK)
    spans = bars([row.value for row in rows])
    for place, (row, span) in enumerate(zip(rows, spans, strict=True)):
        _row(pen, row, span, top + place * (LABEL_LINE + BAR + ROW_GAP), accent)
    _zero(pen, [row.value for row in rows], top, height)
    file = io.BytesIO()
    exact = canvas.quantize(palette=_palette(accent), dither=Pictures.Dither.NONE)
    exact.save(file, "PNG", optimize=True)
    return file.getvalue()


def bars(values: Sequence[float]) -> list[tuple[float, float]]:
    """Where each bar begins and ends, from 0 to 1 across the place for bars.

    One scale for all, with zero on it: a negative bar ends at zero, a positive begins there.
    """
    low, high = min(0.0, *values), max(0.0, *values)
    whole = (high - low) or 1.0
    return [((min(0.0, v) - low) / whole, (max(0.0, v) - low) / whole) for v in values]


def _palette(accent: str) -> Image:
    """The few colours of the drawing, so that the file is small and each stays what it is."""
    from PIL import Image as Pictures
    from PIL import ImageColor

    ground = ImageColor.getrgb(GROUND)
    whole = [ImageColor.getrgb(one) for one in (GROUND, FRAME, accent, INK, MUTED)]
    edges = [
        [round(g + (i - g) * share) for g, i in zip(ground, ImageColor.getrgb(ink), strict=True)]
        for ink, share in EDGES
    ]
    image = Pictures.new("P", (1, 1))
    image.putpalette([part for colour in (*whole, *edges) for part in colour])
    return image


def _row(pen: ImageDraw, row: Row, span: tuple[float, float], top: int, accent: str) -> None:
    figure, bold, medium = printable(row.figure), _font("bold", LABEL), _font("medium", LABEL)
    width = bold.getlength(figure) / SCALE
    _text(pen, figure, (WIDTH - MARGIN - width, top), bold, INK)
    label = _shortened(printable(row.label), medium, INSIDE - width - MARGIN)
    _text(pen, label, (MARGIN, top), medium, MUTED)
    left, right = (MARGIN + INSIDE * part for part in span)
    if row.value:
        right = max(right, left + LEAST_BAR)
    at = (top + LABEL_LINE) * SCALE
    if right > left:
        box = (round(left * SCALE), at, round(right * SCALE) - 1, at + BAR * SCALE - 1)
        pen.rectangle(box, fill=accent)


def _zero(pen: ImageDraw, values: Sequence[float], top: int, height: int) -> None:
    """A line at zero where bars go to both sides of it."""
    if min(values) >= 0:
        return
    at = round((MARGIN + INSIDE * bars([*values, 0.0])[-1][0]) * SCALE)
    for place in range(len(values)):
        above = (top + place * (LABEL_LINE + BAR + ROW_GAP) + LABEL_LINE - 3) * SCALE
        below = min(above + (BAR + 6) * SCALE, (height - MARGIN + 3) * SCALE)
        pen.rectangle((at - 1, above, at, below), fill=INK)


def _title_lines(title: str) -> list[str]:
    font = _font("bold", TITLE)
    lines = fitted(printable(title), font.getlength, INSIDE * SCALE)
    if len(lines) > TITLE_LINES:
        rest = _shortened(" ".join(lines[TITLE_LINES - 1 :]), font, INSIDE)
        lines = [*lines[: TITLE_LINES - 1], rest]
    return lines


def _shortened(line: str, font: FreeTypeFont, width: float) -> str:
    if font.getlength(line) <= width * SCALE:
        return line
    while line and font.getlength(f"{line}…") > width * SCALE:
        line = line[:-1]
    return f"{line.rstrip(' ,;:–-')}…"


def _text(
    pen: ImageDraw, text: str, at: tuple[float, float], font: FreeTypeFont, colour: str
) -> None:
    pen.text((round(at[0] * SCALE), round(at[1] * SCALE)), text, font=font, fill=colour)


@cache
def _font(weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    # The basic engine is in every build of Pillow and lays the same text the same way.
    file = templates_dir() / "static" / "fonts" / f"sofia-sans-{weight}.ttf"
    return ImageFont.truetype(str(file), size * SCALE, layout_engine=ImageFont.Layout.BASIC)
