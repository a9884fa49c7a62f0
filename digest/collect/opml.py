"""OPML in any encoding, both ways (OPML 2.0, http://opml.org/spec2.opml).

Takes bytes, gives outlines; knows nothing of sources and their rights.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from digest.collect.repair import decode, refuse_entities, repair_xml
from digest.errors import BadInput

log = logging.getLogger(__name__)

MAX_OUTLINES = 10_000
NAMESPACE = "urn:digest:opml"
"""Of the attributes that OPML lacks (OPML 2.0, „Extending OPML“)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of the list: its address, the outlet's name, and the folder it lay in.

    The rest is what our own exports add (namespace `NAMESPACE`); other readers ignore it.
    """

    url: str
    title: str
    category: str | None = None
    rights: str | None = None
    language: str | None = None
    weight: float = 1.0
    timezone: str | None = None


def read_opml(data: bytes) -> list[Outline]:
    """The feeds in order, each address once. Raises `BadInput` for what is no OPML."""
    from lxml import etree

    text = decode(data).text
    refuse_entities(text)
    whole = repair_xml(re.sub(r"^\s*<\?xml[^>]*\?>", "", text)).encode("utf-8")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False,
        encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(whole, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        log.info("no OPML: %s", cause)
        raise _no_opml("записът не е XML") from cause
    if root is None or not str(root.tag).lower().endswith("opml"):
        raise _no_opml("коренът не е <opml>")
    seen: dict[str, Outline] = {}
    for outline in _feeds(root):
        seen.setdefault(outline.url, outline)
        if len(seen) >= MAX_OUTLINES:
            break
    return list(seen.values())


def _feeds(root: object) -> Iterator[Outline]:
    from lxml import etree

    assert isinstance(root, etree._Element)  # noqa: SLF001 - lxml's public element type
    for node in root.iter("{*}outline", "outline"):
        words = {str(key).lower(): str(value).strip() for key, value in node.attrib.items()}
        url = words.get("xmlurl", "")
        if url:
            parent = node.getparent()
            folder = parent.get("text") or parent.get("title") if parent is not None else None
            category = folder or words.get("category")
            title = words.get("title") or words.get("text") or url
            yield Outline(url, title, category, *_own(words))


def _own(words: dict[str, str]) -> tuple[str | None, str | None, float, str | None]:
    """Rights, language, weight and zone of a row, as an export of ours wrote them."""
    rights, language, weight, zone = (
        words.get(f"{{{NAMESPACE}}}{name}") for name in ("rights", "language", "weight", "timezone")
    )
    number = float(weight) if weight and re.fullmatch(r"\d{1,3}(?:\.\d{1,9})?", weight) else 1.0
    return rights, language, number, zone


def write_opml(outlines: Sequence[Outline], *, title: str) -> bytes:
    """An OPML 2.0 document in UTF-8, in the order given."""
    rows = "".join(f"    <outline {_attributes(one)}/>\n" for one in outlines)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<opml version="2.0" xmlns:digest="{NAMESPACE}">\n'
        f"  <head><title>{escape(title)}</title></head>\n"
        f"  <body>\n{rows}  </body>\n</opml>\n"
    )
    return text.encode("utf-8")


def _attributes(one: Outline) -> str:
    said = {
        "type": "rss",
        "text": one.title,
        "title": one.title,
        "xmlUrl": one.url,
        "category": one.category,
        "digest:rights": one.rights,
        "digest:language": one.language,
        "digest:weight": _plain(one.weight),
        "digest:timezone": one.timezone,
    }
    return " ".join(f"{name}={quoteattr(value)}" for name, value in said.items() if value)


def _plain(number: float) -> str:
    """A number without an exponent, as `_own` reads it."""
    return f"{number:.9f}".rstrip("0").rstrip(".")


def _no_opml(why: str) -> BadInput:
    return BadInput(
        "Файлът не е OPML.", f"Причина: {why}.", "Изнесете списъка отново от четеца си на емисии."
    )
