"""Pictograms of sections: line drawings of our own, made by one hand, as PNG of twice the size.

Each stands beside a section's heading and only decorates. Drawn on a grid of 24 with one pen at
eight times the scale and shrunk; the same slug and colour give the same bytes with the same
Pillow. One drawing serves both schemes: mail programs that darken by themselves swap no pictures,
so its colour stands out from white and from the dark alike.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.colours import lightened

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SHOWN = 24
"""Pixels of the mail; the picture has twice as many."""
DARK = "#1c1d21"
"""The card in the dark, on which headings of sections stand (templates/email/_parts/dark.j2)."""
LEAST = 3.0
"""Contrast of graphics (WCAG 2.2, 1.4.11) in the dark; on white it is then above 4.5, for white is
16 from that ground."""

_SCALE = 8
_PEN = 1.75
"""Of the line, on the grid: at 24 pixels it is as strong as the letters beside it."""
_KEPT = 64

Point = tuple[float, float]


def mark_colour(colour: str) -> str:
    """A section's colour as light as it must be for both schemes."""
    return lightened(colour, DARK, LEAST)


@lru_cache(maxsize=_KEPT)
def mark(slug: str, colour: str) -> bytes:
    """The PNG for a section, transparent around the lines; a plain sheet for an unknown slug."""
    from PIL import Image

    side = SHOWN * _SCALE
    ink = Image.new("L", (side, side), 0)
    _DRAWINGS.get(slug, _sheet)(_Pen(ink))
    shape = ink.resize((SHOWN * 2, SHOWN * 2), Image.Resampling.LANCZOS)
    picture = Image.new("RGBA", shape.size, mark_colour(colour))
    picture.putalpha(shape)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def known_slugs() -> tuple[str, ...]:
    """Sections with a drawing of their own."""
    return tuple(_DRAWINGS)


class _Pen:
    """One width, round ends and round corners, whatever is drawn."""

    def __init__(self, ink: Image) -> None:
        from PIL import ImageDraw as Drawing

        self._draw: ImageDraw = Drawing.Draw(ink)
        self._wide = round(_PEN * _SCALE)

    def line(self, *points: Point, close: bool = False) -> None:
        """Straight strokes from point to point."""
        path = [*points, points[0]] if close else list(points)
        self._draw.line([_scaled(one) for one in path], fill=255, width=self._wide)
        for one in path:
            self.dot(one, _PEN / 2 - 1 / (2 * _SCALE))

    def dot(self, centre: Point, radius: float) -> None:
        """A full circle."""
        self._draw.ellipse(_box(centre, radius, radius), fill=255)

    def ring(self, centre: Point, across: float, down: float | None = None) -> None:
        """An ellipse with these half-axes, the middle of the stroke on its edge."""
        self.arc(centre, across, down or across, 0, 360)

    def arc(self, centre: Point, across: float, down: float, start: float, end: float) -> None:
        """A part of an ellipse; degrees run clockwise from three o'clock."""
        from math import cos, pi, sin

        steps = max(8, round(abs(end - start) / 4))
        turn = (end - start) * pi / 180 / steps
        angles = [start * pi / 180 + turn * step for step in range(steps + 1)]
        self.curve([(centre[0] + across * cos(a), centre[1] + down * sin(a)) for a in angles])

    def curve(self, points: Sequence[Point]) -> None:
        """Points so near each other that their strokes read as one bend."""
        self.line(*points)

    def bend(self, start: Point, pull: Point, end: Point) -> None:
        """A quadratic curve from start to end, drawn towards `pull`."""
        steps = [step / 24 for step in range(25)]
        self.curve([_between(_between(start, pull, t), _between(pull, end, t), t) for t in steps])


def _scaled(point: Point) -> Point:
    return point[0] * _SCALE, point[1] * _SCALE


def _box(centre: Point, across: float, down: float) -> tuple[float, float, float, float]:
    left, top = _scaled((centre[0] - across, centre[1] - down))
    right, bottom = _scaled((centre[0] + across, centre[1] + down))
    return left, top, right, bottom


def _between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def _flag(pen: _Pen) -> None:
    pen.line((5, 2.5), (5, 21.5))
    pen.bend((5, 4), (9, 1.8), (12, 4))
    pen.bend((12, 4), (15, 6.2), (19.5, 4))
    pen.line((19.5, 4), (19.5, 13.5))
    pen.bend((5, 13.5), (9, 11.3), (12, 13.5))
    pen.bend((12, 13.5), (15, 15.7), (19.5, 13.5))


def _globe(pen: _Pen) -> None:
    pen.ring((12, 12), 9.2)
    pen.ring((12, 12), 4, 9.2)
    pen.line((2.8, 12), (21.2, 12))


def _trend(pen: _Pen) -> None:
    pen.line((3, 3), (3, 21), (21.5, 21))
    pen.line((6.8, 16), (11, 10.5), (14.5, 13.5), (20.5, 5.5))
    pen.line((15.7, 5.2), (20.7, 5.2), (20.7, 10.2))


def _people(pen: _Pen) -> None:
    pen.ring((9, 7.5), 3.8)
    pen.arc((9, 20.5), 6.8, 6.3, 180, 360)
    pen.arc((15.6, 7.5), 3.8, 3.8, -70, 70)
    pen.arc((15.4, 20.5), 6.6, 6.3, 290, 360)


def _mask(pen: _Pen) -> None:
    pen.bend((4.5, 4.2), (12, 7), (19.5, 4.2))
    pen.bend((4.5, 4.2), (3.2, 17.5), (12, 21.3))
    pen.bend((19.5, 4.2), (20.8, 17.5), (12, 21.3))
    pen.bend((7.2, 10.8), (8.7, 9.2), (10.2, 10.8))
    pen.bend((13.8, 10.8), (15.3, 9.2), (16.8, 10.8))
    pen.bend((8.6, 14.6), (12, 18.4), (15.4, 14.6))


def _ball(pen: _Pen) -> None:
    from math import cos, pi, sin

    def around(radius: float) -> list[Point]:
        angles = [-pi / 2 + turn * 2 * pi / 5 for turn in range(5)]
        return [(12 + radius * cos(a), 12 + radius * sin(a)) for a in angles]

    pen.ring((12, 12), 9.2)
    pen.line(*around(3.7), close=True)
    for near, far in zip(around(3.7), around(9.0), strict=True):
        pen.line(near, far)


def _flask(pen: _Pen) -> None:
    pen.line((8.5, 3), (15.5, 3))
    pen.line((10, 3), (10, 9), (4.6, 18.6))
    pen.line((14, 3), (14, 9), (19.4, 18.6))
    pen.bend((4.6, 18.6), (3.6, 21), (6.2, 21))
    pen.bend((19.4, 18.6), (20.4, 21), (17.8, 21))
    pen.line((6.2, 21), (17.8, 21))
    pen.line((7.2, 15), (16.8, 15))


def _pin(pen: _Pen) -> None:
    pen.arc((12, 9.8), 7, 7, 158, 382)
    pen.bend((5.5, 12.4), (7.6, 16.8), (12, 21.7))
    pen.bend((18.5, 12.4), (16.4, 16.8), (12, 21.7))
    pen.ring((12, 9.8), 2.5)


def _sheet(pen: _Pen) -> None:
    pen.line((5, 3), (19, 3), (19, 21), (5, 21), close=True)
    pen.line((9, 8), (15, 8))
    pen.line((9, 12), (15, 12))
    pen.line((9, 16), (12.5, 16))


_DRAWINGS: dict[str, Callable[[_Pen], None]] = {
    "bulgaria": _flag,
    "svyat": _globe,
    "ikonomika": _trend,
    "obshtestvo": _people,
    "kultura": _mask,
    "sport": _ball,
    "nauka": _flask,
    "regionalno": _pin,
}
"""Slug of a packaged section (config/topics.toml) → its drawing."""
