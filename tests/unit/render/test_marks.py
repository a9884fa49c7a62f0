"""Pictograms of sections: one for each, seen in both schemes, the same bytes every time."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digest.colours import contrast
from digest.newsroom import load_newsroom
from digest.render.marks import LEAST, SHOWN, known_slugs, mark, mark_colour

ACCENT = "#9b1b30"
dark_enough = st.tuples(*[st.integers(0, 110)] * 3).map(
    lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb)
)


def opened(slug: str) -> Image.Image:
    return Image.open(io.BytesIO(mark(slug, ACCENT)))


def test_every_packaged_section_has_a_drawing_of_its_own() -> None:
    """And no drawing is left without a section."""
    assert set(known_slugs()) == {topic.slug for topic in load_newsroom().topics}
    assert len({mark(slug, ACCENT) for slug in known_slugs()}) == len(known_slugs())


@pytest.mark.parametrize("slug", [*known_slugs(), "nepoznata"])
def test_a_pictogram_is_drawn_at_twice_the_size_and_is_small(slug: str) -> None:
    """Transparent around the lines; a tenth to a half of its square is ink."""
    image = opened(slug)
    ink = sum(image.getchannel("A").histogram()[128:]) / (4 * SHOWN**2)

    assert image.size == (2 * SHOWN, 2 * SHOWN)
    assert 0.1 < ink < 0.5
    assert len(mark(slug, ACCENT)) < 3_000


def test_a_section_that_nobody_knows_has_the_plain_one() -> None:
    """A newsroom's own sections stand beside ours."""
    assert mark("nepoznata", ACCENT) == mark("druga", ACCENT)


@given(dark_enough)
def test_one_drawing_is_seen_in_both_schemes(colour: str) -> None:
    """Three to one on the white card and on the dark one (WCAG 2.2, 1.4.11)."""
    made = mark_colour(colour)

    assert contrast(made, "#1c1d21") >= LEAST
    assert contrast(made, "#ffffff") >= LEAST


def test_a_pictogram_has_the_colour_of_its_section() -> None:
    """The same hue as the heading beside it."""
    image = Image.open(io.BytesIO(mark("sport", "#0b5f45"))).convert("RGBA")
    pixels = [image.getpixel((at, SHOWN)) for at in range(image.width)]
    red, strong, blue, _ = max(pixels, key=lambda pixel: pixel[3])

    assert strong > red
    assert strong > blue
