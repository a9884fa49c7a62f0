"""Reading an HTML tree: meta tags, JSON-LD a block at a time, and what a page says of itself.

lxml parses once; a malformed JSON-LD block is skipped alone, so that a good one beside it still
counts (schema.org data of Bulgarian sites is often broken in one block of several).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from lxml import etree, html

from digest.collect.plain import one_line
from digest.errors import BadInput

Node: TypeAlias = dict[str, object]
Element: TypeAlias = html.HtmlElement

MAX_TAGS = 60_000
"""Elements of a page; 200 000 short paragraphs keep an extractor busy for half a minute."""
MAX_LINKS = 15_000

_ARTICLE = re.compile(
    r"(?:News|Reportage|Opinion|Analysis|Blog|Tech|Scholarly|Satirical|Advertiser\w*|LiveBlog)?"
    r"(?:Article|Posting|NewsArticle)$|^Report$|^Review$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself: metas by lower-case name, the article's JSON-LD, all types."""

    metas: dict[str, str] = field(default_factory=dict)
    article: Node = field(default_factory=dict)
    types: tuple[str, ...] = ()
    broken_blocks: int = 0

    def meta(self, *names: str) -> str:
        """The first of these metas that has a value."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    def ld(self, *path: str) -> str:
        """A text of the article's JSON-LD by path; lists give their first item."""
        return next(iter(texts(self.article, *path)), "")


def parse(text: str) -> Element:
    """The tree of a page. Raises BadInput for one too large to be an article."""
    tags = text.count("<")
    if tags > 2 * MAX_TAGS or text.count("<a ") + text.count("<A ") > MAX_LINKS:
        raise BadInput(
            "Страницата не е статия.",
            f"Тя има около {tags} етикета; разборът ѝ би отнел минути.",
            "Дайте адреса на самата статия.",
        )
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as cause:
        raise BadInput(
            "Страницата не може да се прочете.",
            f"Кодът ѝ е повреден: {cause}.",
            "Отворете адреса в браузър и проверете дали показва статия.",
        ) from cause
    return tree


def said(tree: Element) -> Said:
    """Metas and JSON-LD of a page."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if not name and of_article(meta):
            name = (meta.get("itemprop") or "").lower()
        content = one_line(meta.get("content") or "")
        if name and content:
            metas.setdefault(name.strip(), content)
    blocks, broken = _blocks(tree)
    nodes = [node for block in blocks for node in _nodes(block)]
    types = tuple(dict.fromkeys(kind for node in nodes for kind in _types(node)))
    return Said(metas, _article(nodes), types, broken)


_SCOPES = re.compile(r"(?i)article|posting|report|webpage|creativework|/review$")


def of_article(element: Element) -> bool:
    """True when an `itemprop` speaks of the article: not of a comment, a video or a product in it.

    The nearest element with an `itemscope` says of what (HTML Living Standard, 5.2.2).
    """
    for around in element.iterancestors():
        if around.get("itemscope") is not None:
            kind = around.get("itemtype") or ""
            return not kind or bool(_SCOPES.search(kind))
    return True


def _blocks(tree: Element) -> tuple[list[object], int]:
    good: list[object] = []
    broken = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = re.sub(
            r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$",
            "",
            script.text or "",
        )
        for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
            try:
                good.append(json.loads(attempt, strict=False))
                break
            except (ValueError, RecursionError):
                continue
        else:
            broken += 1
    return good, broken


def _nodes(block: object, depth: int = 0) -> Iterator[Node]:
    """Every object of a block that has a type, those in `@graph` and lists too."""
    if depth > 4:
        return
    if isinstance(block, list):
        for one in block[:200]:
            yield from _nodes(one, depth + 1)
    elif isinstance(block, dict):
        if "@type" in block:
            yield block
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(block.get(key), list | dict):
                yield from _nodes(block[key], depth + 1)


def _types(node: Node) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [k.rpartition("/")[2] for k in kinds if isinstance(k, str)]


def _article(nodes: list[Node]) -> Node:
    articles = [n for n in nodes if any(_ARTICLE.search(k) for k in _types(n))]
    dated = [n for n in articles if n.get("datePublished")]
    return next(iter(dated or articles), {})


def texts(node: object, *path: str) -> list[str]:
    """Texts at a path in JSON-LD; objects at its end give `name`, `url` or `@id`."""
    if isinstance(node, list):
        return [text for one in node[:20] for text in texts(one, *path)]
    if path:
        return texts(node.get(path[0]), *path[1:]) if isinstance(node, dict) else []
    if isinstance(node, str):
        return [one_line(node)] if node.strip() else []
    if isinstance(node, dict):
        for key in ("name", "url", "@id"):
            value = node.get(key)
            if isinstance(value, str) and value.strip():
                return [one_line(value)]
    return []


def tokens(element: Element) -> frozenset[str]:
    """The words of an element's class and id, lower case, split at every mark."""
    named, known = element.get("class"), element.get("id")
    return _words(f"{named or ''} {known or ''}") if named or known else _NO_WORDS


_NO_WORDS: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _words(names: str) -> frozenset[str]:
    """Split names; a page gives the same few classes to hundreds of its elements."""
    return frozenset(re.findall(r"[a-zа-я]+", names[:2000].lower()))


def text_of(element: Element) -> str:
    """The visible text of an element on one line."""
    return one_line(str(element.text_content()))


def short_text(element: Element, limit: int) -> str | None:
    """As `text_of` when that has at most so many characters, else None, without reading on."""
    if element.text and len(element.text) > 4 * limit:
        return None
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > limit:
            return None
    text = one_line("".join(parts))
    return text if len(text) <= limit else None


def drop(element: Element) -> None:
    """Takes an element out of its tree and leaves the text after it."""
    if element.getparent() is not None:
        element.drop_tree()


def elements(tree: Element, *tags: str) -> Iterable[Element]:
    """Elements in document order, comments and instructions left out."""
    found: Iterable[Element] = tree.iter(*tags)
    # Asked for by name, comments do not come.
    return found if tags else (e for e in found if isinstance(e.tag, str))
