"""What stands behind an address or in a file: a feed, a page, or a plain-text dump, by content."""

from __future__ import annotations

import re

from digest.collect import repair
from digest.errors import BadInput

_NODE = re.compile(r"(?is)\s*(?:<\?[^<]*?\?>|<\?[^>]*>|<!--.*?-->|<!doctype\s+(?!html)[^>]*>)")
_ROOT = re.compile(r"(?i)\s*<(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\b")


def after_prologue(text: str) -> int:
    """Where the prologue of XML ends: declarations, instructions, comments, document types.

    Node by node, so that the time is linear: one pattern for all of them goes back and forth
    through a file of nothing but declarations.
    """
    place = 0
    while (node := _NODE.match(text, place)) is not None:
        place = node.end()
    return place


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
