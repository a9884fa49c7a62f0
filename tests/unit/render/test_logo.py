"""A newsroom's logo: what is shown of it, and what is refused with the reason."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from digest.render.logo import HIGH, WIDE, Logo, prepared
from digest.render.photo import Unfit

NAVY, OCHRE, PALE = "#14213d", "#b5651d", "#f4f1ea"


def drawn(width: int, height: int, ink: str, *, ground: str = "", kind: str = "PNG") -> bytes:
    """Ink to the very edges; transparent where nothing is drawn, unless there is a ground."""
    image = Image.new("RGBA", (width, height), ground or (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((0, 0, width - 1, height - 1), fill=ink)
    out = io.BytesIO()
    image.convert("RGB" if kind == "JPEG" else "RGBA").save(out, kind)
    return out.getvalue()


def opened(logo: Logo) -> Image.Image:
    return Image.open(io.BytesIO(logo.data))


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it has so many points on each side."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checked = name + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_logo_is_shown_as_high_as_the_name_and_made_twice_as_large() -> None:
    """48 pixels of the mail, 96 of the file, for sharp screens."""
    logo = prepared(drawn(1200, 400, OCHRE))

    assert (logo.width, logo.height) == (144, HIGH)
    assert opened(logo).size == (288, 96)
    assert not logo.soft


def test_a_long_logo_fits_a_phone() -> None:
    """Its width decides then."""
    logo = prepared(drawn(1600, 200, OCHRE))

    assert (logo.width, logo.height) == (WIDE, 35)


@pytest.mark.parametrize(("size", "instead"), [((800, 200), True), ((300, 300), False)])
def test_a_wordmark_stands_for_the_name_and_a_sign_above_it(
    size: tuple[int, int],
    instead: object,
) -> None:
    """A square has no room for a name that can be read."""
    assert prepared(drawn(*size, OCHRE)).instead is instead


def test_what_is_transparent_stays_so_where_both_schemes_show_it() -> None:
    """A middle colour needs nothing under it."""
    image = opened(prepared(drawn(800, 200, OCHRE)))

    assert image.format == "PNG"
    assert image.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_dark_logo_lies_on_a_white_plate_inside_the_picture() -> None:
    """In the dark it would vanish, and many programs darken without asking our styles."""
    logo = prepared(drawn(800, 200, NAVY))
    image = opened(logo).convert("RGBA")

    assert image.getpixel((image.width // 2, 1)) == (255, 255, 255, 255)
    assert image.getpixel((0, 0))[3] < 128
    assert logo.height <= HIGH
    assert image.size == (2 * logo.width, 2 * logo.height)


def test_an_empty_margin_is_cut_away() -> None:
    """A small sign in a large empty sheet is as large as any other."""
    sheet = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    sheet.paste(OCHRE, (300, 400, 700, 500))
    out = io.BytesIO()
    sheet.save(out, "PNG")

    logo = prepared(out.getvalue())

    assert (logo.width, logo.height) == (192, HIGH)


def test_nothing_beside_the_pixels_is_sent() -> None:
    """Author, place and program of a file are nobody's business."""
    note = PngInfo()
    note.add_text("Author", "Петър Пробен")
    out = io.BytesIO()
    Image.new("RGB", (800, 200), OCHRE).save(out, "PNG", pnginfo=note)

    logo = prepared(out.getvalue())

    assert "Author" not in opened(logo).info
    assert "Петър".encode() not in logo.data


def test_a_jpeg_stays_a_jpeg() -> None:
    """A photograph as PNG would be ten times as large."""
    logo = prepared(drawn(800, 200, NAVY, ground=PALE, kind="JPEG"))

    assert logo.kind == "jpg"
    assert opened(logo).format == "JPEG"


def test_a_small_logo_is_shown_and_told_of() -> None:
    """Blurred on a sharp screen is better than none."""
    assert prepared(drawn(200, 60, OCHRE)).soft


def test_the_same_file_gives_the_same_bytes() -> None:
    """An approval signs them."""
    assert prepared(drawn(800, 200, NAVY)) == prepared(drawn(800, 200, NAVY))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * 20_000_000, "над 2"),
        ("просто текст".encode(), "не е картина"),
        (b"", "не е картина"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (bomb(20_000), "от допустимото"),
        (bomb(8_000), "над допустимото"),
        (drawn(4000, 100, OCHRE), "издължена"),
        (drawn(100, 400, OCHRE), "издължена"),
        (drawn(60, 20, OCHRE), "малка"),
        (drawn(800, 200, "#ffffff"), "светло"),
        (drawn(800, 200, NAVY)[:300], "повреден"),
        (drawn(800, 200, "#00000000"), "прозрачна"),
    ],
    ids=[
        "20 MB", "text", "empty", "svg", "bomb", "small bomb", "banner", "column", "tiny", "white", "cut", "clear",
    ],
)  # fmt: skip
def test_what_is_no_logo_is_refused_with_the_reason(data: bytes, why: str) -> None:
    """The mail then leaves with the name in words."""
    with pytest.raises(Unfit, match=why):
        prepared(data)
