"""The picture of a shared edition: size, letters, and headlines that do not fit."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from digest.render.picture import SIZE, TEXT_WIDTH, fitted, picture, printable

DAY = "петък, 20 ноември 2026\u00a0г."
LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяѝ„“–…№€0123456789"


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_it_is_a_small_png_of_the_size_that_networks_show() -> None:
    """1200 × 630; a phone on a slow network loads it."""
    png = picture("Утрото на Примерово", "Нова читалня край реката", DAY)

    assert opened(png).format == "PNG"
    assert opened(png).size == SIZE == (1200, 630)
    assert len(png) < 60_000


def test_the_same_texts_give_the_same_bytes() -> None:
    """Its validator would change for nothing."""
    first = picture("Утрото", "Читалня", DAY)
    picture.cache_clear()

    assert picture("Утрото", "Читалня", DAY) == first


def test_bar_and_name_are_in_the_house_colour() -> None:
    """A shared link looks like the house, not like the program."""
    image = opened(picture("Утрото", "Читалня", DAY, "#1f5a7a")).convert("RGB")

    found = {colour for _, colour in image.getcolors(64)}
    assert image.getpixel((600, 5)) == (0x1F, 0x5A, 0x7A)
    assert (0x9B, 0x1B, 0x30) not in found


def test_every_letter_of_bulgarian_can_be_drawn() -> None:
    """With quotes, dash, numero sign and euro."""
    assert printable(LETTERS) == LETTERS


def test_what_the_font_has_not_is_left_out() -> None:
    """A box says nothing to anybody."""
    assert printable("🎉 Читалня 漢字\x00 \u202eкрай") == "Читалня край"


@pytest.mark.parametrize(
    "headline",
    ["", "щ" * 400, "дума " * 80, "🎉", "<script>alert(1)</script> {{ x }}", "а\u0301" * 50],
)
def test_no_headline_is_too_long_or_too_strange(headline: str) -> None:
    """Margins stay free of ink, right and below the date."""
    image = opened(picture("Ж" * 90, headline, DAY)).convert("RGB")
    ground = image.getpixel((5, 300))

    for box in ((SIZE[0] - 60, 20, SIZE[0], SIZE[1]), (0, SIZE[1] - 40, *SIZE)):
        assert image.crop(box).getcolors(2) == [((box[2] - box[0]) * (box[3] - box[1]), ground)]


def test_lines_are_no_wider_than_the_place() -> None:
    """A word that is wider than a line is broken, others are not."""
    lines = fitted("една дълга " + "я" * 150, lambda text: 10.0 * len(text), TEXT_WIDTH)

    assert lines[0] == "една дълга"
    assert all(10 * len(line) <= TEXT_WIDTH for line in lines)
    assert "".join(lines[1:]) == "я" * 150
