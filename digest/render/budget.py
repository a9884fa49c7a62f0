"""How large a mail may be, and what to say when it is larger."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Piece, Variant

WARN_BYTES = 75_000
FAIL_BYTES = 90_000
"""Gmail clips at 102 KB of HTML; personal addresses and the relay's encoding need the rest."""
STYLE_LIMIT = 8_192
"""Gmail drops a <style> block that is longer (hteumeuleu/email-bugs#90)."""

REMEDY = "Gmail реже писмата при 102\u00a0KB: махнете или скъсете последните новини."

Finding3 = tuple[str, str, str]


def size(piece: Piece) -> int:
    """Bytes in UTF-8 without the personal values."""
    return sum(len(literal.encode("utf-8")) for literal in piece.literals)


def findings(variants: Iterable[Variant]) -> tuple[Finding3, ...]:
    """Yellow over 75 KB of HTML, red over 90 KB, one for each variant that is too large."""
    found = (_judge(variant.key, size(variant.html)) for variant in variants)
    return tuple(one for one in found if one)


def _judge(key: str, bytes_: int) -> Finding3 | None:
    if bytes_ <= WARN_BYTES:
        return None
    level, code = ("red", "html-too-large") if bytes_ > FAIL_BYTES else ("yellow", "html-large")
    limit = FAIL_BYTES if level == "red" else WARN_BYTES
    return (
        level,
        code,
        f"Вариант „{key}“ е {bytes_ / 1000:.0f}\u00a0KB, над {limit // 1000}\u00a0KB. {REMEDY}",
    )
