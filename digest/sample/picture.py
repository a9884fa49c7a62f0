"""A picture for each article: a plain PNG in a colour that follows from the article's id."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

WIDTH, HEIGHT = 640, 360


def picture_bytes(seed: str) -> bytes:
    """A PNG of 640 by 360 pixels in one muted colour (ISO/IEC 15948, one-bit palette)."""
    colour = bytes(90 + byte // 3 for byte in sha256(seed.encode()).digest()[:3])
    row = bytes(1 + WIDTH // 8)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 1, 3, 0, 0, 0))
        + _chunk(b"PLTE", colour + colour)
        + _chunk(b"IDAT", zlib.compress(row * HEIGHT, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
