"""A newsroom's own logo made fit for the masthead: checked by content, shrunk, or refused.

Pure: bytes in, a `Logo` out. Nothing of the file's metadata is kept. A logo that is dark on
transparent ground would vanish in the dark, where many mail programs change colours by
themselves and follow no rule of ours; it is laid on a quiet white plate inside the picture, which
no program takes away.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render.photo import Unfit

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG")
MOST_BYTES = 2_000_000
MOST_PIXELS = 40_000_000
"""More in so few bytes is a bomb."""
HIGH, WIDE = 48, 280
"""Most pixels of the mail: 48 as the name is high, 280 as a phone of 320 has room."""
TALLEST, WIDEST = 1 / 3, 8.0
"""Width to height: beyond them it is a column or a banner, unreadable at 48 pixels."""
WORDMARK = 2.0
"""From this ratio on a logo is the written name and stands in its place; below it is a sign, and
the name stands under it."""
TOO_DARK, TOO_LIGHT = 104, 150
"""Brightness (0…255) below which grey has less than 3:1 on the dark card `#1c1d21`, and from which
it has less on white: contrast of graphics (WCAG 2.2, 1.4.11)."""
SOME, MOST = 0.1, 0.9
"""Share of the ink that may be lost in the dark before the plate is laid under it, and on white
before the logo is refused."""
_MARGIN = 8
"""Pixels of the mail from the ink to the plate's edge."""
_CORNER = 4
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture (`kind`: png or jpg), the size at which it is shown, and what it stands for.

    `instead` of the name, else above it. `soft` says that it has fewer than two pixels for each
    that is shown, so that sharp screens show it blurred.
    """

    data: bytes
    kind: str
    width: int
    height: int
    instead: bool
    soft: bool


def prepared(data: bytes) -> Logo:
    """The logo for the masthead.

    Raises `Unfit`, in Bulgarian: too large a file, no PNG or JPEG, too many pixels, too few, too
    long a shape, nothing in it, or light on transparent, which white paper swallows.
    """
    if len(data) > MOST_BYTES:
        raise Unfit(f"файлът е над {MOST_BYTES // 1_000_000}\u00a0MB")
    image = _opened(data)
    _demand_shape(*image.size)
    image = _loaded(image)
    _demand_shape(*image.size)
    instead = image.width / image.height >= WORDMARK
    plate = image.mode == "RGBA" and _needs_plate(image)
    beside = (2 * _MARGIN, _MARGIN) if plate else (0, 0)
    width, height = _shown(*image.size, beside)
    scale = 2 if image.height >= 2 * height else 1
    small = _shrunk(image, width * scale, height * scale)
    if plate:
        small = _on_plate(small, scale)
    size = (width + beside[0], height + beside[1])
    return Logo(*_packed(small, image.format), *size, instead, soft=scale == 1)


def _opened(data: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    if _is_svg(data):
        raise Unfit("SVG не се показва от пощенските програми; запазете го като PNG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as cause:
        raise Unfit("картината има повече точки от допустимото") from cause
    except (UnidentifiedImageError, OSError, ValueError) as cause:
        raise Unfit("файлът не е картина в PNG или JPEG") from cause


def _is_svg(data: bytes) -> bool:
    return b"<svg" in data[:2000].lower()


def _demand_shape(width: int, height: int) -> None:
    """Before anything is unpacked."""
    if width * height > MOST_PIXELS:
        raise Unfit(f"картината е {width} на {height} точки, над допустимото")
    if not TALLEST <= width / height <= WIDEST:
        raise Unfit(
            f"картината е твърде издължена ({width} на {height} точки); "
            "допуска се от 1 : 3 до 8 : 1"
        )
    shown = _shown(width, height)[1]
    if height < shown:
        raise Unfit(f"картината е малка: {width} на {height} точки; нужна е височина {2 * shown}")


def _shown(width: int, height: int, beside: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    """The size in the mail, less what the plate takes."""
    scale = min((HIGH - beside[1]) / height, (WIDE - beside[0]) / width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _loaded(image: Image) -> Image:
    """Upright, the first frame, less an empty margin, in RGB, or RGBA where it is transparent."""
    from PIL import ImageOps

    kind = image.format
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as cause:
        raise Unfit("файлът е повреден") from cause
    drawn = upright.getchannel("A").getbbox()
    if drawn is None:
        raise Unfit("картината е изцяло прозрачна")
    made = upright.crop(drawn)
    if made.getchannel("A").getextrema() == (255, 255):
        made = made.convert("RGB")
    made.format = kind
    return made


def _shrunk(image: Image, width: int, height: int) -> Image:
    from PIL import Image as Pictures

    return image.resize((width, height), Pictures.Resampling.LANCZOS)


def _needs_plate(image: Image) -> bool:
    """Whether the dark would swallow it. Raises `Unfit` for what white paper swallows."""
    opaque = image.getchannel("A").point(lambda value: 255 if value > 127 else 0)
    counts = image.convert("L").histogram(opaque)
    ink = sum(counts)
    if not ink:
        raise Unfit("картината е почти прозрачна")
    if sum(counts[TOO_LIGHT:]) > MOST * ink:
        raise Unfit("логото е светло върху прозрачно и на бяло не се вижда; дайте го на свой фон")
    return sum(counts[:TOO_DARK]) > SOME * ink


def _on_plate(image: Image, scale: int) -> Image:
    """On white with a margin and round corners."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    margin = _MARGIN * scale
    size = (image.width + 2 * margin, image.height + margin)
    mask = Pictures.new("L", (size[0] * 4, size[1] * 4), 0)
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, _CORNER * scale * 4, fill=255)
    plate = Pictures.new("RGBA", size, "white")
    plate.alpha_composite(image, (margin, margin // 2))
    plate.putalpha(mask.resize(size, Pictures.Resampling.LANCZOS))
    return plate


def _packed(image: Image, kind: str | None) -> tuple[bytes, str]:
    """A fresh file: what the newsroom's had beside its pixels stays behind."""
    from PIL import Image as Pictures

    bare = Pictures.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    if kind == "JPEG":
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
        return out.getvalue(), "jpg"
    bare.save(out, "PNG", optimize=True)
    return out.getvalue(), "png"
