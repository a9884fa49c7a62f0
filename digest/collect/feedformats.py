"""The two formats that feedparser does not read: JSON Feed 1.1 and news sitemaps.

Both give the same raw values as the feed parser's child, so that one reader makes the entries.
"""

from __future__ import annotations

import logging
import re
from json import JSONDecodeError

from digest.collect.feedlimits import Raw
from digest.errors import BadInput
from digest.halves import read_json

log = logging.getLogger(__name__)

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def json_feed(text: str, source: str) -> Raw:
    """A JSON Feed (jsonfeed.org/version/1.1). Raises BadInput when it is none."""
    try:
        tree = read_json(text)
    except JSONDecodeError as cause:
        raise _not_json(source, f"сгрешен е на ред {cause.lineno}, знак {cause.colno}") from cause
    except (ValueError, RecursionError) as cause:
        log.info("JSON Feed: %s", cause)
        raise _not_json(source, "числата или вложените части в него са прекомерни") from cause
    items = tree.get("items") if isinstance(tree, dict) else None
    if not isinstance(items, list):
        raise _not_json(source, "няма списък items")
    return {
        "version": "json",
        "title": _text(tree, "title"),
        "link": _text(tree, "home_page_url"),
        "language": _text(tree, "language"),
        "entries": [_item(item) for item in items[:5000] if isinstance(item, dict)],
    }


def _item(item: dict[str, object]) -> Raw:
    tags = item.get("tags")
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    identity = item.get("id")
    body = _text(item, "content_html") or _text(item, "content_text")
    return {
        "id": str(identity) if isinstance(identity, str | int) else "",
        "link": _text(item, "url") or _text(item, "external_url"),
        "title": _text(item, "title"),
        "summary": _text(item, "summary") or body,
        "content": body,
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "author": _text(first, "name") if isinstance(first, dict) else "",
        "categories": [t for t in tags if isinstance(t, str)] if isinstance(tags, list) else [],
        "image": _text(item, "image") or _text(item, "banner_image"),
        "language": _text(item, "language"),
    }


def _text(tree: object, key: str) -> str:
    value = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(value, int) and key.startswith("date_"):
        return str(value)  # seconds since 1970: against the format, and met
    return value if isinstance(value, str) else ""


def _not_json(source: str, detail: str) -> BadInput:
    return BadInput(
        f"„{source}“ не е JSON Feed.",
        f"Записът не се чете: {detail[:160]}.",
        "Проверете адреса.",
    )


def sitemap(text: str, source: str) -> Raw:
    """A sitemap, best with the news extension (sitemaps.org 0.9, sitemap-news 0.9).

    `lastmod` is a modification time and never becomes the publication date.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, huge_tree=False, no_network=True, recover=True, load_dtd=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as cause:
        raise _not_sitemap(source, f"сгрешен е на ред {cause.lineno or 1}") from cause
    if root is None or root.tag.endswith("sitemapindex"):
        raise _not_sitemap(source, "сочи към други карти, а не към статии")
    rows = [row for row in root if isinstance(row.tag, str) and row.tag.endswith("url")]
    return {
        "version": "sitemap",
        "title": "",
        "link": "",
        "language": "",
        "entries": [_url(row) for row in rows[:5000]],
    }


MAPS = 5
"""Maps that are followed from a map of maps."""


def sitemap_index(text: str) -> list[str]:
    """The maps that a sitemap index points to (sitemaps.org): news first, then the newest.

    Empty for anything that is no index. At most `MAPS`.
    """
    from lxml import etree

    if not re.search(r"<(?:\w+:)?sitemapindex\b", text[:4000]):
        return []
    parser = etree.XMLParser(
        resolve_entities=False, huge_tree=False, no_network=True, recover=True, load_dtd=False
    )
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    root = etree.fromstring(bare.encode(), parser) if bare.strip() else None
    found: list[tuple[bool, str, str]] = []
    for row in root.iter("{*}sitemap") if root is not None else ():
        loc = (row.findtext("{*}loc") or "").strip()
        when = (row.findtext("{*}lastmod") or "").strip()
        if loc.startswith(("http://", "https://")):
            found.append(("news" in loc.lower() or "novini" in loc.lower(), when[:25], loc))
    # Stable: maps without a day keep the order of the index.
    found.sort(key=lambda one: (one[0], one[1]), reverse=True)
    return list(dict.fromkeys(loc for *_, loc in found))[:MAPS]


def _url(row: object) -> Raw:
    from lxml import etree

    assert isinstance(row, etree._Element)  # noqa: SLF001  lxml names its element so

    def get(path: str) -> str:
        return (row.findtext(path, namespaces={"s": _SITEMAP, "n": _NEWS}) or "").strip()

    loc = get("s:loc") or get("loc")
    keywords = get("n:news/n:keywords")
    return {
        "id": loc,
        "link": loc,
        "title": get("n:news/n:title") or _slug_title(loc),
        "summary": "",
        "content": "",
        "published": get("n:news/n:publication_date"),
        "updated": get("s:lastmod") or get("lastmod"),
        "author": "",
        "categories": [k.strip() for k in keywords.split(",") if k.strip()],
        "image": "",
        "language": get("n:news/n:publication/n:language"),
    }


def _slug_title(loc: str) -> str:
    return loc.rstrip("/").rpartition("/")[2]


def _not_sitemap(source: str, detail: str) -> BadInput:
    return BadInput(
        f"„{source}“ не е карта на новини.",
        f"Записът не се чете: {detail[:160]}.",
        "Дайте адреса на карта със статии (urlset).",
    )
