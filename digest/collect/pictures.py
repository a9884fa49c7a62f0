"""Pictures: the address that a reader's browser would show, never a pixel or a placeholder.

Sites load pictures late: `src` holds a grey pixel and the picture stands in `data-src` or
`srcset` (HTML Living Standard, 4.8.4). Addresses of data and of scripts are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from digest.collect.address import absolute
from digest.collect.markup import Element, Said, elements, tokens
from digest.collect.schema import texts

_LATE = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-url", "data-image",
    "data-full-src", "data-hi-res-src",
)  # fmt: skip
_LATE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_NONE = re.compile(
    r"(?i)(?:^|[/_.-])(?:pixel|spacer|blank|1x1|placeholder|transparent|loading|lazy|dummy|beacon"
    r"|tracker|tracking)(?:[/_.?-]|$)|no[-_]?(?:image|photo|picture)"
)
_SMALL = re.compile(r"(?i)(?:^|[/_.-])(?:logo|icon|ikona|avatar|sprite|emoji|badge)(?:s?[/_.-]|$)")
_BESIDE = frozenset({"logo", "avatar", "icon", "author", "emoji", "banner", "ad", "ads"})
TINY = 40
"""A picture of fewer pixels in width or height says nothing."""
_IMG = re.compile(r"(?is)<img\b([^>]{0,2000})>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{3,20})\s*=\s*(?:"([^"]{0,1200})"|'([^']{0,1200})')""")


def page_picture(tree: Element, facts: Said, url: str) -> str | None:
    """The page's own picture: what it states of itself, else the first one of its article."""
    stated = [
        facts.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image"),
        *texts(facts.article, "image", "url"),
        *texts(facts.article, "image"),
    ]
    for candidate in stated:
        if (address := _real(candidate, url)) and not _SMALL.search(candidate):
            return address
    return next(_in_article(tree, url), None)


def first_picture(fragment: str, base: str) -> str | None:
    """The first real picture of an HTML fragment (a feed's), as an absolute address."""
    for match in list(_IMG.finditer(fragment))[:20]:
        named = {n.lower(): one or other for n, one, other in _ATTRIBUTE.findall(match.group(1))}
        if address := picture_of(named, base):
            return address
    return None


def picture_of(attributes: Mapping[str, str], base: str) -> str:
    """The address of an `img` with these attributes; empty for none that may be shown."""
    if _is_tiny(attributes.get("width")) or _is_tiny(attributes.get("height")):
        return ""
    late = [attributes[name] for name in _LATE if "/" in attributes.get(name, "")]
    sets = [_largest(attributes[name]) for name in _LATE_SETS if attributes.get(name)]
    for candidate in (*late, *sets, attributes.get("src") or ""):
        if address := _real(candidate, base):
            return address
    return ""


def _in_article(tree: Element, url: str) -> Iterator[str]:
    """Pictures of the element that holds the headline and the text, in order."""
    around = next((one for one in elements(tree, "article", "main")
                   if next(iter(elements(one, "h1", "p")), None) is not None), tree)  # fmt: skip
    for image in elements(around, "img", "amp-img", "source"):
        parent = image.getparent()
        beside = tokens(image) | (tokens(parent) if parent is not None else frozenset())
        attributes = {str(name): str(value) for name, value in image.attrib.items()}
        address = picture_of(attributes, url)
        if address and not beside & _BESIDE and not _SMALL.search(address):
            yield address


def _largest(candidates: str) -> str:
    """The widest address of a srcset („/a.jpg 320w, /b.jpg 2x“)."""
    best, widest = "", -1.0
    for one in re.split(r",\s+|,(?=https?:|/)", candidates)[:20]:
        address, _, size = one.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        width = float(number.group()) if number else 0.0
        if address and width > widest:
            best, widest = address, width
    return best


def _is_tiny(size: str | None) -> bool:
    number = re.match(r"\s*(\d{1,5})", size or "")
    return number is not None and int(number.group(1)) < TINY


def _real(candidate: str, base: str) -> str:
    text = candidate.strip()
    if not text or re.match(r"(?i)[a-z][a-z0-9+.-]*:(?!//)", text) or _NONE.search(text):
        return ""
    return absolute(text, base)
