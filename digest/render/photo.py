"""A source's picture made fit for the mail: checked, turned upright, cut and shrunk, or refused.

Pure: bytes in, the bytes of a JPEG out. What comes from outside is untrusted: its type is read
from its content, its size before it is unpacked, and nothing of its metadata is kept.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""What is read. What is printed is JPEG: Outlook shows no WebP (caniemail)."""
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
"""A photograph of a good camera; more in few bytes is a bomb."""
QUALITY = 80
WIDEST = 3.0
"""Sides may differ so much: beyond it is a banner or a column, not a picture."""


class Unfit(ValueError):
    """Why a picture is not shown, in Bulgarian."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a picture stands, in pixels of the mail.

    It must be as large at least, and is made twice as large for sharp screens where it can be.
    """

    name: str
    width: int
    height: int


LEAD = Layout("lead", 536, 302)
"""Across the column of 600 less its margins, 16 to 9."""
THUMB = Layout("thumb", 96, 96)
LAYOUTS = {one.name: one for one in (LEAD, THUMB)}


def fitted(data: bytes, layout: Layout) -> bytes:
    """The picture as a JPEG for that place.

    Raises `Unfit` for what is no picture of `FORMATS`, too large to unpack, too small, or too long.
    """
    if len(data) > MOST_BYTES:
        raise Unfit(f"файлът е над {MOST_BYTES // 1_000_000} MB")
    image = _opened(data)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Unfit(f"картината е {width} на {height} точки, повече от допустимото")
    if width < layout.width or height < layout.height:
        raise Unfit(f"картината е малка: {width} на {height} точки")
    if max(width / height, height / width) > WIDEST:
        raise Unfit(f"картината е твърде издължена: {width} на {height} точки")
    return _jpeg(_cut(_flat(image), layout))


def _opened(data: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as cause:
        raise Unfit("файлът не е снимка (JPEG, PNG, GIF или WebP)") from cause


def _flat(image: Image) -> Image:
    """Upright as the camera was held, the first frame, on white where it is transparent."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as cause:
        raise Unfit("файлът е повреден") from cause
    ground = Pictures.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    return ground


def _cut(image: Image, layout: Layout) -> Image:
    """From the middle, a little above: faces and roofs stand there."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    scale = min(2.0, image.width / layout.width, image.height / layout.height)
    size = (
        max(layout.width, round(layout.width * scale)),
        max(layout.height, round(layout.height * scale)),
    )
    return ImageOps.fit(image, size, Pictures.Resampling.LANCZOS, centering=(0.5, 0.4))


def _jpeg(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
