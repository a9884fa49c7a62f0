"""JSON-LD of a page: read a block at a time, and which of its nodes is the page's article.

A malformed block is skipped alone, so that a good one beside it still counts (schema.org data of
Bulgarian sites is often broken in one block of several). Related articles, comments and reviews
stand in the same data; a node is believed to be the article when its address or headline is the
page's, or when there is no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from digest.collect.address import identity_key, is_http
from digest.collect.plain import one_line
from digest.halves import read_json

Node: TypeAlias = dict[str, object]

_ARTICLE = re.compile(
    r"(?:News|Reportage|Opinion|Analysis|Blog|Tech|Scholarly|Satirical|Advertiser\w*|BackgroundNews"
    r"|ReviewNews|LiveBlog|Social\w*)?(?:Article|Posting)$|^Report$"
)
_PAGE = frozenset({"WebPage", "ItemPage", "AboutPage"})


@dataclass(frozen=True, slots=True)
class About:
    """What tells the page's own node from others: keys of its addresses, its stated titles."""

    addresses: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()


def nodes(blocks: Iterable[str]) -> tuple[list[Node], int]:
    """Every typed object of these blocks, and how many blocks are broken beyond a lost comma."""
    good: list[object] = []
    broken = 0
    for block in blocks:
        text = re.sub(
            r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$",
            "",
            block,
        )
        for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
            try:
                good.append(read_json(attempt, strict=False))
                break
            except (ValueError, RecursionError):
                continue
        else:
            broken += 1
    return [node for block in good for node in _typed(block)], broken


def _typed(block: object, depth: int = 0) -> Iterator[Node]:
    """Every object of a block that has a type, those in `@graph` and lists too."""
    if depth > 4:
        return
    if isinstance(block, list):
        for one in block[:200]:
            yield from _typed(one, depth + 1)
    elif isinstance(block, dict):
        if "@type" in block:
            yield block
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(block.get(key), list | dict):
                yield from _typed(block[key], depth + 1)


def types_of(node: Node) -> list[str]:
    """The schema.org types of a node, without their address."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [k.rpartition("/")[2] for k in kinds if isinstance(k, str)]


def article_of(found: Iterable[Node], about: About) -> Node:
    """The node of the page's own article; empty when none of several can be told to be it."""
    articles = [
        node
        for node in found
        if any(
            _ARTICLE.search(kind) and kind != "DiscussionForumPosting" for kind in types_of(node)
        )
    ]
    best = max(articles, key=lambda node: _likeness(node, about), default={})
    if _likeness(best, about) > 0:
        return best
    plausible = [node for node in articles if not _is_stranger(node, about)]
    return plausible[0] if len(plausible) == 1 else {}


def page_of(found: Iterable[Node], about: About) -> Node:
    """The node of the page itself (`WebPage`), of the page's address or the only one."""
    pages = [node for node in found if not _PAGE.isdisjoint(types_of(node))]
    own = [node for node in pages if _likeness(node, about) > 0]
    return next(iter(own), pages[0] if len(pages) == 1 else {})


def _likeness(node: Node, about: About) -> int:
    """How many of address and headline a node shares with the page; a date decides equals."""
    if not node:
        return 0
    shared = bool(_keys(node) & about.addresses) + _says_title(node, about.titles)
    return 2 * shared + bool(node.get("datePublished")) if shared else 0


def _is_stranger(node: Node, about: About) -> bool:
    """True when a node names another address and another headline than the page's."""
    keys, said = _keys(node), texts(node, "headline")
    return bool(keys and about.addresses and said and about.titles)


def _keys(node: Node) -> set[str]:
    said = [*texts(node, "url"), *texts(node, "@id"), *texts(node, "mainEntityOfPage")]
    entity = node.get("mainEntityOfPage")
    if isinstance(entity, dict):
        said += [*texts(entity, "@id"), *texts(entity, "url")]
    return {identity_key(one) for one in said if is_http(one)}


def _says_title(node: Node, titles: tuple[str, ...]) -> bool:
    """True when a headline stands in one of the page's titles, or one of them in it."""
    bare = [_bare(one) for one in titles]
    said = [_bare(one) for key in ("headline", "name") for one in texts(node, key)]
    return any(
        len(one) >= 12
        and any(one in title or (len(title) >= 12 and title in one) for title in bare)
        for one in said
    )


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def texts(node: object, *path: str) -> list[str]:
    """Texts at a path in JSON-LD; objects at its end give `@value`, `name`, `url` or `@id`."""
    if isinstance(node, list):
        return [text for one in node[:20] for text in texts(one, *path)]
    if path:
        return texts(node.get(path[0]), *path[1:]) if isinstance(node, dict) else []
    if isinstance(node, str):
        return [one_line(node)] if node.strip() else []
    if isinstance(node, int) and not isinstance(node, bool):
        return [str(node)]
    if isinstance(node, dict):
        for key in ("@value", "name", "url", "@id"):
            value = node.get(key)
            if isinstance(value, str) and value.strip():
                return [one_line(value)]
    return []
