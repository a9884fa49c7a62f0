"""The one-line version of a summary."""

from __future__ import annotations

from digest.bulgarian.quotation import spans
from digest.bulgarian.sentences import split
from digest.bulgarian.words import STOPWORDS

ONE_LINE = 110
_LEAST = 40


def fold(text: str) -> str:
    """White space folded to single spaces, trimmed."""
    return " ".join(text.split())


def one_line(text: str, limit: int = ONE_LINE) -> str:
    """The first sentence, or its beginning with „…“; at most `limit` characters."""
    whole = fold(text)
    found = split(whole)
    first = whole[found[0][0] : found[0][1]] if found else ""
    return first if len(first) <= limit else _cut(first, limit)


def _cut(text: str, limit: int) -> str:
    head = text[:limit]
    head = head[: head.rfind(" ")] if " " in head else head[: limit - 1]
    for start, _, closed in spans(head):
        if not closed and start >= _LEAST:
            head = head[:start]
    parts = head.split()
    while len(parts) > 3 and parts[-1].strip(",;:–-").lower() in STOPWORDS | {"", "–"}:
        parts.pop()
    return " ".join(parts).rstrip(" ,;:–-.") + "…"
