"""A source's picture: its real type, its size before it is unpacked, and nothing of its metadata."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.render.photo import LEAD, MOST_BYTES, THUMB, Layout, Unfit, fitted


def photo(
    width: int = 1600, height: int = 900, form: str = "JPEG", mode: str = "RGB", **how
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 128 if mode == "L" else "teal").save(out, form, **how)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("layout", [LEAD, THUMB])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_every_kind_that_outlets_serve_becomes_a_jpeg(form: str, layout: Layout) -> None:
    """Twice the layout's size, for sharp screens; Outlook shows no WebP."""
    image = opened(fitted(photo(form=form), layout))

    assert image.size == (layout.width * 2, layout.height * 2)


def test_a_smaller_picture_is_not_blown_up() -> None:
    """But it fills its place."""
    assert opened(fitted(photo(700, 400), LEAD)).size == (700, 394)
    assert opened(fitted(photo(536, 302), LEAD)).size == (536, 302)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "не е снимка"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "не е снимка"),
        (b"\xff\xd8\xff" + b"x" * 500, "не е снимка"),
        (photo(300, 200), "малка"),
        (photo(3000, 400), "издължена"),
        (photo(540, 4000), "издължена"),
        (photo(form="BMP"), "не е снимка"),
        (photo()[:900], "повреден"),
        (b"\xff" * (MOST_BYTES + 1), "над 20 MB"),
    ],
)  # fmt: skip
def test_what_is_no_picture_for_a_mail_is_refused_with_the_reason(data: bytes, why: str) -> None:
    """Text, a broken file, a button, a banner, a giant."""
    with pytest.raises(Unfit, match=why):
        fitted(data, LEAD)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A hundred million points in a few kilobytes."""
    bomb = photo(12_000, 9_000, form="PNG", mode="L")
    assert len(bomb) < 1_000_000

    with pytest.raises(Unfit, match="точки"):
        fitted(bomb, LEAD)


def test_metadata_stay_behind_and_the_picture_stands_upright() -> None:
    """Where it was taken is nobody's business; a telephone says how it was held."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Фотоапарат"

    image = opened(fitted(photo(900, 1600, exif=exif), LEAD))

    assert image.size == (1072, 604)
    assert not image.getexif()


def test_what_is_transparent_stands_on_white() -> None:
    """A logo does not turn black."""
    out = io.BytesIO()
    Image.new("RGBA", (800, 600), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(fitted(out.getvalue(), THUMB)).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_gives_the_same_bytes() -> None:
    """An edition drafted again is the same edition."""
    assert fitted(photo(), LEAD) == fitted(photo(), LEAD)


@settings(max_examples=60)
@given(
    st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: photo(200, 200)[:120] + tail)
)
def test_any_bytes_are_a_picture_or_are_refused(data: bytes) -> None:
    """Nothing else is ever raised."""
    try:
        opened(fitted(data, THUMB))
    except Unfit:
        return  # refused with a reason, which the other tests read
