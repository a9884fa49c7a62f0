"""What stands behind an address or in a file: a feed, a page, or a plain-text dump, by content."""

from __future__ import annotations

import re

from digest.collect import repair
from digest.collect.repair import after_prologue
from digest.errors import BadInput

_ROOT = re.compile(r"(?i)\s*<(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\b")


def sniff(data: bytes, content_type: str = "") -> str:
    """`feed`, `page` or `dump`; what cannot be unpacked is a `dump`, and reading says why."""
    try:
        text = repair.decode(repair.unpack(data[:300_000], limit=20_000_000)).text[:20_000]
    except BadInput:
        return "dump"
    # A document type with declarations of its own (entity bombs have them) hides the root element.
    if re.match(r"(?is)\s*(?:<\?xml[^>]*>\s*)?<!doctype\s+(?:rss|feed|rdf)\b", text):
        return "feed"
    if _ROOT.match(text, after_prologue(text)) or re.search(
        r"(?i)<(?:rss|rdf:RDF|urlset)\b[^>]*(?:version|xmlns)", text[:4000]
    ):
        return "feed"
    if text.lstrip().startswith("{") and re.search(r'"(?:items|version)"\s*:', text):
        return "feed"
    from digest.collect.extract import is_html

    if is_html(text) or "html" in content_type.lower():
        return "page"
    return "dump"


_MARKS = (
    (b"%PDF-", "PDF документ"),
    (b"\x89PNG", "картина"),
    (b"\xff\xd8\xff", "картина"),
    (b"GIF8", "картина"),
    (b"PK\x03\x04", "архив или офис документ"),
)
_TYPES = (
    ("application/pdf", "PDF документ"),
    ("image/", "картина"),
    ("video/", "видео"),
    ("audio/", "звук"),
    ("application/zip", "архив"),
)


def foreign(data: bytes, content_type: str = "") -> str:
    """What came in place of a feed or page, in Bulgarian; empty for what may be one."""
    head = data.lstrip()[:16]
    for mark, named in _MARKS:
        if head.startswith(mark):
            return named
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "картина"
    if sniff(data, content_type) == "page":
        return ""
    if head[:1] in {b"{", b"["}:
        return "JSON, който не е JSON Feed"
    said = content_type.strip().lower()
    return next((named for kind, named in _TYPES if said.startswith(kind)), "")
