"""Reading an HTML tree: its elements, texts and names, and what a page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from lxml import etree, html

from digest.collect.address import identity_key, is_http
from digest.collect.plain import CONTROLS, one_line
from digest.collect.schema import About, Node, article_of, nodes, page_of, texts, types_of
from digest.errors import BadInput

Element: TypeAlias = html.HtmlElement

MAX_TAGS = 60_000
"""Elements of a page; 200 000 short paragraphs keep an extractor busy for half a minute."""
MAX_LINKS = 15_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself: metas by lower-case name, the article's JSON-LD, all types."""

    metas: dict[str, str] = field(default_factory=dict)
    article: Node = field(default_factory=dict)
    page: Node = field(default_factory=dict)
    types: tuple[str, ...] = ()
    broken_blocks: int = 0

    def meta(self, *names: str) -> str:
        """The first of these metas that has a value."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    def ld(self, *path: str) -> str:
        """A text of the article's JSON-LD by path; lists give their first item."""
        return next(iter(texts(self.article, *path)), "")


_CLASSES = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)
"""One class for all elements. lxml.html asks a Python function for the class of each that is
touched, so that forms get methods of their own; nobody here fills in a form."""


_SPACES = bytes.maketrans(b"\x0b\x0c", b"  ")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_REFERENCES = re.compile(
    rb"&#(?:0*(?:[1-8]|1[12]|1[4-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|[xX]0*(?:[1-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
"""What XML has no place for (XML 1.0 §2.2): lxml reads it from a page and then refuses to move it
from one element to another."""


def parse(text: str) -> Element:
    """The tree of a page. Raises BadInput for one too large to be an article."""
    code = text.encode("utf-8", "replace").translate(_SPACES, CONTROLS)
    for mark in _NO_CHARACTERS:
        code = code.replace(mark, b"")
    code = _REFERENCES.sub(b" ", code)
    tags = code.count(b"<")
    if tags > 2 * MAX_TAGS or code.count(b"<a ") + code.count(b"<A ") > MAX_LINKS:
        raise BadInput(
            "Страницата не е статия.",
            f"Тя има около {tags} етикета; разборът ѝ би отнел минути.",
            "Дайте адреса на самата статия.",
        )
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = html.document_fromstring(code, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as cause:
        raise BadInput(
            "Страницата не може да се прочете.",
            f"Кодът ѝ е повреден: {cause}.",
            "Отворете адреса в браузър и проверете дали показва статия.",
        ) from cause
    return tree


def said(tree: Element, url: str = "") -> Said:
    """Metas and JSON-LD of a page that was fetched at `url` (empty for a file)."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if not name and of_article(meta) and around_headline(meta):
            name = (meta.get("itemprop") or "").lower()
        content = one_line(meta.get("content") or "")
        if name and content:
            metas.setdefault(name.strip(), content)
    scripts = (one for one in tree.iter("script") if "ld+json" in (one.get("type") or "").lower())
    found, broken = nodes(script.text or "" for script in scripts)
    if not found:
        return Said(metas, broken_blocks=broken)
    types = tuple(dict.fromkeys(kind for node in found for kind in types_of(node)))
    about = About(_addresses(tree, metas, url), _titles(tree, metas))
    return Said(metas, article_of(found, about), page_of(found, about), types, broken)


def _addresses(tree: Element, metas: dict[str, str], url: str) -> frozenset[str]:
    """Keys of the page's addresses: fetched, canonical, and that of its card."""
    links = (one.get("href") or "" for one in tree.iter("link") if one.get("rel") == "canonical")
    said = (url, next(links, ""), metas.get("og:url", ""))
    return frozenset(identity_key(one) for one in said if is_http(one))


def _titles(tree: Element, metas: dict[str, str]) -> tuple[str, ...]:
    heads = (text_of(one) for one in tree.iter("h1", "title"))
    return tuple(one for one in (*heads, metas.get("og:title", "")) if one)


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


def around_headline(element: Element) -> bool:
    """True when the data's scope is the page, or holds a main heading or the text itself."""
    scope = next((one for one in element.iterancestors() if one.get("itemscope") is not None), None)
    if scope is None or scope.tag in {"html", "body"}:
        return True
    if next(iter(elements(scope, "h1")), None) is not None:
        return True
    return next(iter(scope.iterfind(".//*[@itemprop='articleBody']")), None) is not None


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
    if len(element) == 0:  # most elements that are asked hold nothing but text
        return one_line(element.text or "")
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
