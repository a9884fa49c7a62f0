"""HTML fragments of feeds to plain text: paragraphs joined by a blank line, nothing executable.

What leaves here is well formed: no controls, no halves of characters.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from digest.halves import well_formed

_BLOCKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote"}


def html_to_text(fragment: str) -> str:
    """The visible text of a fragment; scripts, styles and comments are gone.

    nh3 (ammonia) parses as a browser does; its time grows with the square of the nesting, so of a
    fragment that is nested beyond any editor's work only the beginning is read.
    """
    import nh3

    fragment = join_references(fragment)
    if "<" not in fragment:
        return paragraphs(html.unescape(fragment))
    limit = 20_000 if _too_deep(fragment) else 1_000_000
    if len(fragment) > limit:
        fragment = fragment[:limit].rpartition("<")[0]
    safe = nh3.clean(
        fragment,
        tags=_BLOCKS,
        attributes={},
        clean_content_tags={"script", "style", "noscript", "iframe", "object", "figcaption"},
    )
    broken = re.sub(r"</?(?:p|div|li|h\d|tr|blockquote)>|<br>\s*<br>", "\n\n", safe)
    broken = re.sub(r"<br>", "\n", broken)
    return paragraphs(html.unescape(re.sub(r"<[^>]{0,100}>", "", broken)))


_DEEPEST = 500
_UNCLOSED = frozenset({"p", "li", "br", "img", "hr", "td", "tr", "dt", "dd", "input", "source"})
"""Tags that HTML lets stand open; they do not nest."""


def _too_deep(fragment: str) -> bool:
    """True when elements nest more than 500 deep; one pass, whatever is closed in what order."""
    depth: Counter[str] = Counter()
    for match in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})", fragment):
        tag = match.group(2).lower()
        if tag in _UNCLOSED:
            continue
        depth[tag] = max(0, depth[tag] + (-1 if match.group(1) else 1))
        if depth[tag] > _DEEPEST:
            return True
    return False


def paragraphs(text: str) -> str:
    """Paragraphs with single spaces, joined by one blank line; soft hyphens are gone."""
    text = well_formed(text)
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\r", "\n")
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(folded for block in blocks if (folded := one_line(block)))


_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200d\u2060\ufeff]"
)
"""Controls (C0 and C1 less white space) and marks that nobody sees."""


CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
"""C0 controls that are no white space, as bytes of UTF-8."""


def one_line(text: str) -> str:
    """White space folded to single spaces, controls, soft hyphens and zero-width marks gone."""
    if not text.isprintable():  # what is cut is never printable, and few texts hold any of it
        text = _INVISIBLE.sub("", well_formed(text))
    return " ".join(text.split())


# ---- halves of characters

_REFERENCES = re.compile(r"(?i)(?:&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});)+")


def join_references(text: str) -> str:
    """Numeric references to the two halves of a character as that character.

    `&#xD83D;&#xDE00;` is what a program writes that counts in UTF-16; XML and HTML forbid it.
    """
    return _REFERENCES.sub(_joined, text) if "&#" in text else text


def _joined(run: re.Match[str]) -> str:
    said = re.findall(r"&#([xX]?)([0-9a-fA-F]+);", run.group())
    numbers = [int(digits, 16 if mark else 10) for mark, digits in said]
    if not any(0xD800 <= number <= 0xDFFF for number in numbers):
        return run.group()
    kept = (chr(number) if 0xD800 <= number <= 0xDFFF else f"&#{number};" for number in numbers)
    return well_formed("".join(kept))
