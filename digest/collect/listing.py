"""Front and section pages as sources: the links that look like articles of the same site."""

from __future__ import annotations

import re

from digest.collect import repair
from digest.collect.address import absolute, identity_key, is_home, same_site
from digest.collect.markup import elements, parse, text_of
from digest.model import Entry

MIN_TITLE = 20
"""Characters of a link's text; menus are shorter, headlines are not."""


def article_links(data: bytes, *, source: str, url: str, limit: int) -> list[Entry]:
    """Links to articles in page order, each address once, as entries with a title only.

    Raises BadInput for a page too large to read.
    """
    tree = parse(repair.decode(data).text)
    found: dict[str, Entry] = {}
    for link in elements(tree, "a"):
        title = text_of(link)
        address = absolute(link.get("href") or "", url)
        if len(title) < MIN_TITLE or not address or not _is_article(address, url):
            continue
        key = identity_key(address)
        if key not in found:
            found[key] = Entry(source=source, id=address, url=address, title=title[:300])
        if len(found) >= limit:
            break
    return list(found.values())


def _is_article(address: str, page: str) -> bool:
    if not same_site(address, page) or is_home(address):
        return False
    if identity_key(address) == identity_key(page):
        return False
    path = re.sub(r"^https?://[^/]+", "", address)
    return bool(re.search(r"\d|-[^/]*-|[?&]\w*id=|\.html?$", path)) and not re.search(
        r"(?i)/(?:tag|tags|author|avtor|category|search|page|login|kontakti|contact|reklama)(?:/|$)",
        path,
    )
