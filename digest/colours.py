"""Colours as WCAG 2.2 reads them: how far two are apart, and one made light or dark enough.

A colour is `#rrggbb`. The contrast of two is 1 (the same) to 21 (black and white).
"""

from __future__ import annotations

import colorsys
import re

LEAST = 4.5
"""Contrast of text that is not large (WCAG 2.2, 1.4.3, level AA)."""
_FORM = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 40


def is_colour(text: str) -> bool:
    """Whether it is written `#rrggbb`."""
    return _FORM.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, definition „contrast ratio“)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightened(colour: str, ground: str, least: float) -> str:
    """The colour, of the same hue, as light as it must be to stand out from a dark ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(_STEPS + 1):
        higher = light + (1 - light) * step / _STEPS
        mixed = _written(colorsys.hls_to_rgb(hue, higher, saturation))
        if contrast(mixed, ground) >= least:
            return mixed
    return "#ffffff"


def darkened(colour: str, ground: str, least: float) -> str:
    """The colour, of the same hue, as dark as it must be to stand out from a light ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(_STEPS + 1):
        lower = light * (1 - step / _STEPS)
        mixed = _written(colorsys.hls_to_rgb(hue, lower, saturation))
        if contrast(mixed, ground) >= least:
            return mixed
    return "#000000"


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, 0…1 (WCAG 2.2, definition)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
