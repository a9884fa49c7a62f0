"""A picture for each article: hills under a low sun, whose lines and colours follow from its id."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH, HEIGHT = 1280, 720
_RIDGES = 3


def picture_bytes(seed: str) -> bytes:
    """A PNG of 1280 by 720 pixels with a palette (ISO/IEC 15948); the same seed, the same bytes."""
    dice = sha256(seed.encode()).digest()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", _palette(dice))
        + _chunk(b"IDAT", zlib.compress(_rows(dice), 1))
        + _chunk(b"IEND", b"")
    )


def _palette(dice: bytes) -> bytes:
    """Sky, sun, and ridges that darken towards the front, all of one hue."""
    hue = [dice[n] % 90 for n in range(3)]
    sky = bytes(160 + one // 2 for one in hue)
    ridges = [bytes(max(0, 120 - 34 * n + one // 2 - 20) for one in hue) for n in range(_RIDGES)]
    return sky + b"\xfa\xe8\xb4" + b"".join(ridges)


def _rows(dice: bytes) -> bytes:
    """Scan lines, each after its filter type 0."""
    import numpy as np

    y, x = np.arange(HEIGHT)[:, None], np.arange(WIDTH)
    image = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    image[(x - 200 - 3 * dice[3]) ** 2 + (y - 120 - dice[4] // 3) ** 2 < 64**2] = 1
    for n in range(_RIDGES):
        image[y > _ridge(x, dice[5 + n], n)] = 2 + n
    return np.insert(image, 0, 0, axis=1).tobytes()


def _ridge(x: NDArray[np.int64], turn: int, n: int) -> NDArray[np.float64]:
    """Where the ridge begins at each x; the front ones lower."""
    import numpy as np

    slow, quick = np.sin(x / (190 + 50 * n) + turn), np.sin(x / 47 + 2 * turn)
    height: NDArray[np.float64] = HEIGHT * (0.5 + 0.15 * n) + 60 * slow + 18 * quick
    return height


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
