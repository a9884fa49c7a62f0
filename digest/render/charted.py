"""A chart as the templates print it: a table, the bars of the page, and the words for both.

Takes a `Chart`, gives a `PrintedChart` of clean texts; nothing is left to decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Chart
from digest.render.chart import WIDTH, Row, bars, draw
from digest.render.words import clean, safe_url

_FULL = 100
"""Units of a bar's drawing on the page, from the lowest value to the highest."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: label, figure, and from where to where its bar goes (0…100)."""

    label: str
    figure: str
    left: float
    length: float


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """`image` is empty where readers are shown none; `said` tells everything in one sentence.

    `width` is that of the image in the mail, in pixels. `zero` is the place of zero (0…100).
    """

    title: str
    rows: tuple[PrintedRow, ...]
    said: str
    outlet: str
    image: str
    zero: float
    width: int = WIDTH


def printed(chart: Chart | None) -> PrintedChart | None:
    """The chart for the templates, or None where there is none."""
    if chart is None:
        return None
    title, values = clean(chart.title), [one.value for one in chart.points]
    spans = bars([*values, 0.0])
    rows = tuple(
        PrintedRow(
            clean(point.label),
            clean(point.figure),
            round(left * _FULL, 2),
            round((right - left) * _FULL, 2),
        )
        for point, (left, right) in zip(chart.points, spans, strict=False)
    )
    told = ", ".join(f"{row.label} {row.figure}" for row in rows)
    return PrintedChart(
        title=title,
        rows=rows,
        said=f"{title}: {told}{'' if told.endswith('.') else '.'}",
        outlet=clean(chart.outlet),
        image=safe_url(chart.image or ""),
        zero=round(spans[-1][0] * _FULL, 2),
    )


def drawing(chart: Chart, accent: str) -> bytes:
    """The PNG of a chart in the colour of the house."""
    rows = tuple(Row(one.label, one.figure, one.value) for one in chart.points)
    return draw(chart.title, rows, accent)
