"""The map of the archive for search engines (sitemaps.org) and what robots may read (RFC 9309).

Takes the issues, gives bytes. Only a corrected edition has `lastmod`: no other text changes after
it was sent, and a date that says nothing new teaches a crawler to ignore it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from lxml import etree

from digest.model import EditionId, Issue, Masthead
from digest.render.address import ARCHIVE, absolute, edition_path, month_path

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""Addresses in one map (sitemaps.org, „Sitemap index files“): a daily needs 130 years for them."""

SITEMAP = "/sitemap.xml"
CLOSED = ("/izdanie/", "/iztochnitsi", "/vhod")
"""The desk. Pages of one reader are not named: their `noindex` is only seen where it is read, and
an address that leaked would else be listed without its page."""


def sitemap(
    issues: Sequence[Issue],
    masthead: Masthead,
    corrected: Mapping[EditionId, datetime] = MappingProxyType({}),
) -> bytes:
    """The archive, its months and its editions, the newest first, each once.

    `corrected`: when an edition was last put right, aware.
    """
    changed = {
        edition_path(one, masthead): corrected[one.id] for one in issues if one.id in corrected
    }
    urlset = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap={None: NAMESPACE})
    for path in list(dict.fromkeys(_paths(issues, masthead)))[:MOST]:
        url = etree.SubElement(urlset, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = absolute(path, masthead)
        if at := changed.get(path):
            etree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = at.isoformat(timespec="seconds")
    document: bytes = etree.tostring(urlset, encoding="utf-8", xml_declaration=True)
    return document


def _paths(issues: Sequence[Issue], masthead: Masthead) -> Iterator[str]:
    yield ARCHIVE
    for issue in issues:
        yield edition_path(issue, masthead)
    for issue in issues:
        yield month_path(issue.date)


def robots(masthead: Masthead) -> str:
    """`robots.txt`."""
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    where = absolute(SITEMAP, masthead)
    return "\n".join([*rules, *(["", f"Sitemap: {where}"] if where else []), ""])
