"""The house colours as the templates use them: on white, and on the dark scheme's ground.

A newsroom sets one colour for each thing; what it is in the dark follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.colours import lightened
from digest.model import Brand

DARK = "#25262b"
"""The lighter of the dark scheme's two grounds (templates/email/_parts/dark.j2)."""
LEAST_DARK = 6.5
"""Contrast in the dark: headings of a colour are read there, not only seen."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour on light ground, and its like on dark ground."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The accent and, by slug, the tones of sections that have one of their own."""

    accent: Tone
    sections: dict[str, Tone]

    def of(self, slug: str) -> Tone:
        """The tone of a section: its own or the accent."""
        return self.sections.get(slug, self.accent)


def palette(brand: Brand) -> Palette:
    """The colours of a newsroom in both schemes."""
    return Palette(tone(brand.accent), {slug: tone(colour) for slug, colour in brand.sections})


def tone(colour: str) -> Tone:
    """A colour with its like on dark ground."""
    return Tone(colour, lightened(colour, DARK, LEAST_DARK))
