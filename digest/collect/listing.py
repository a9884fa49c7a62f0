"""Front and section pages as sources: the links that look like articles of the same site.

A headline is the link's own heading or text, what it says to a screen reader, or the heading of
the card that the link stands in: sites link pictures, whole cards, or „Прочети още“.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote

from digest.collect import repair
from digest.collect.address import absolute, identity_key, is_home, path_and_query, same_site
from digest.collect.lines import kind_of
from digest.collect.markup import Element, elements, parse, text_of
from digest.collect.ordering import placed_on_page
from digest.model import Entry

MIN_TITLE = 20
"""Characters of a link's text; menus are shorter, headlines are not."""
MAX_TITLE = 300
CARD = 4
"""Levels above a link that may be its card."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONS = re.compile(
    r"(?i)/(?:tag|tags|etiket|tema|author|avtor|category|kategoria|search|tarsene|page|stranica"
    r"|login|vhod|register|kontakti|contact|reklama|za-nas|about|obshti-usloviya|privacy|terms"
    r"|cookies|poveritelnost|abonament|arhiv|archive)(?:/|$|\.)"
)
_ARTICLE = re.compile(r"\d|[^/-]+-[^/-]+-[^/]+|\.html?$")
_ARCHIVE = re.compile(r"/?(?:(?:19|20)\d\d)?(?:/\d{1,2}){0,2}/?")


def article_links(data: bytes, *, source: str, url: str, limit: int) -> list[Entry]:
    """Links to articles in page order, each address once, as entries with a title only.

    Raises BadInput for a page too large to read.
    """
    tree = parse(repair.decode(data).text)
    found: dict[str, Entry] = {}
    for link in elements(tree, "a"):
        address = absolute(link.get("href") or "", url)
        if not address or not _is_article(address, url):
            continue
        key = identity_key(address)
        title = "" if key in found else _headline(link)
        if title:
            found[key] = Entry(source=source, id=address, url=address, title=title)
        if len(found) >= limit:
            break
    return placed_on_page(list(found.values()), url)


def _is_article(address: str, page: str) -> bool:
    if not same_site(address, page) or is_home(address):
        return False
    if identity_key(address) == identity_key(page):
        return False
    escaped, query = path_and_query(address)
    path = unquote(escaped)
    if _SECTIONS.search(path) or _ARCHIVE.fullmatch(path):
        return bool(re.search(r"(?i)(?:^|&)\w*id=\d", query))
    return bool(_ARTICLE.search(path) or re.search(r"(?i)(?:^|&)\w*id=", query))


def _headline(link: Element) -> str:
    """The headline that a link stands for; empty for one of a menu or a button."""
    inner = next(iter(elements(link, *_HEADINGS)), None)
    said = [
        text_of(inner) if inner is not None else "",
        text_of(link),
        link.get("aria-label") or "",
        link.get("title") or "",
    ]
    for text in (" ".join(one.split()) for one in said):
        if MIN_TITLE <= len(text) <= MAX_TITLE and kind_of(text) is None:
            return text
    return _of_card(link)


def _of_card(link: Element) -> str:
    """The heading of the smallest card around a link, when the card is about one address."""
    for around in islice(link.iterancestors(), CARD):
        targets = {one.get("href") for one in elements(around, "a") if one.get("href")}
        if len(targets) > 1:
            return ""
        heading = next((text_of(one) for one in elements(around, *_HEADINGS)), "")
        if MIN_TITLE <= len(heading) <= MAX_TITLE:
            return heading
    return ""
