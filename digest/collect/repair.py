"""Repairs before any parser: unpacking, the true charset, and XML that is nearly XML.

The bytes decide, not the declaration: bytes that are UTF-8 but for a few are UTF-8 whatever they
say, and bytes that say UTF-8 and are not are what gives Cyrillic words. Text that was read in the
wrong charset before it came here is put right too.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from digest.collect import charset, mojibake
from digest.collect.plain import join_references
from digest.errors import BadInput

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHAPES = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"""(?i)<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)"""),
    re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)"""),
)
_MULTIBYTE = ("utf", "iso2022", "hz", "shift", "euc", "gb", "big5")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it really had, and Bulgarian warnings about what was repaired."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = field(default=())


def unpack(data: bytes, *, limit: int) -> bytes:
    """A gzip body as its content; anything else unchanged. More than `limit` bytes: BadInput."""
    if data[:2] != b"\x1f\x8b":
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error as cause:
        raise BadInput(
            "Съдържанието не може да се разархивира.",
            f"Архивът gzip е повреден: {cause}.",
            "Изтеглете файла отново.",
        ) from cause
    if len(out) > limit:
        raise BadInput(
            "Съдържанието е твърде голямо.",
            f"Разархивирано надхвърля {limit // 1000} KB.",
            "Проверете адреса; ако е верен, вдигнете collect.max_bytes.",
        )
    return out


def decode(data: bytes, headers: Mapping[str, str] | None = None) -> Decoded:
    """Bytes to text by BOM, validity, HTTP header, declaration, and Cyrillic evidence.

    Order: byte order mark; UTF-16 by its shape; UTF-8, strict or with a few damaged bytes; the
    charset of `Content-Type`; the XML or meta declaration (WHATWG Encoding §4); the single-byte
    charset that gives Cyrillic words; else windows-1252 with a warning.
    """
    read = _decode(data, headers or {})
    text, warning = mojibake.mended(_plain(read.text))
    warnings = (*read.warnings, warning) if warning else read.warnings
    return Decoded(text, read.encoding, warnings)


def _decode(data: bytes, headers: Mapping[str, str]) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name.removesuffix("-sig"))
    shaped = next((name for shape, name in _SHAPES if data.startswith(shape)), "")
    if name := shaped or charset.utf16(data):
        return Decoded(data.decode(name, "replace"), name)
    said = _said(data, headers)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, said)
    lies = next((name for name in said if name not in {"utf-8", "ascii", "iso8859-1"}), None)
    if lies and (text.isascii() or lies.startswith(_MULTIBYTE)):
        lies = None
    warning = (f"Документът твърди, че е {lies}, но е UTF-8.",) if lies else ()
    if text.isascii() and said and _seven_bit(said[0]):
        return Decoded(data.decode(said[0], "replace"), said[0])
    return Decoded(text, "utf-8", warning)


def text_of(data: bytes, limit: int = 5_000_000) -> str:
    """The text of a body as it came: unpacked, decoded; empty when it cannot be unpacked."""
    try:
        return decode(unpack(data, limit=limit)).text
    except BadInput:
        return ""


def _seven_bit(name: str) -> bool:
    return name.startswith(("iso2022", "hz", "utf_7", "utf-7")) and name not in {"utf_7", "utf-7"}


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff")


def _said(data: bytes, headers: Mapping[str, str]) -> list[str]:
    """Charsets named by the server, then by the document, as Python codecs."""
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    names = re.findall(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)", content_type)
    for pattern in _DECLARED:
        names += [m.decode("ascii", "replace") for m in pattern.findall(data[:4096])[:1]]
    return [codec for name in names if (codec := _codec(name))]


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
    if "escape" in found:
        return ""  # Python's own: its text may hold halves of characters
    return {"iso8859-1": "cp1252"}.get(found, found)


def _not_utf8(data: bytes, said: list[str]) -> Decoded:
    claims_utf8 = "utf-8" in said
    damaged = charset.damaged_utf8(data, claimed=claims_utf8)
    if damaged is not None:
        return Decoded(damaged, "utf-8", ("Документът има повредени знаци.",))
    cyrillic = charset.single_byte(data)
    for name in said:
        if name in {"utf-8", "ascii"} or name.startswith("utf"):
            continue
        if name != "cp1252" or not cyrillic:
            return Decoded(data.decode(name, "replace"), name)
    if cyrillic:
        why = "твърди, че е UTF-8, но е" if claims_utf8 else "не казва кодировката си; чете се като"
        return Decoded(
            data.decode(cyrillic, "replace"),
            cyrillic,
            (f"Документът {why} {charset.NAMES[cyrillic]}.",),
        )
    return Decoded(
        data.decode("cp1252", "replace"),
        "cp1252",
        ("Кодировката не е известна; чете се като windows-1252.",),
    )


# ---- XML that is nearly XML


def clean_controls(text: str) -> str:
    """The text without characters that XML 1.0 §2.2 forbids."""
    return _CONTROL.sub("", text)


_ENTITY_NAMES = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BAD_NUMBERS = re.compile(
    r"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)


_COMMENT = re.compile(r"(?s)<!--.*?(?:-->|\Z)")
_NODE = re.compile(r"(?is)\s*(?:<\?[^<]*?\?>|<\?[^>]*>|<!--.*?-->|<!doctype\s+(?!html)[^>]*>)")
_OPENED = re.compile(
    r"(?i)\s*<((?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex))\b[^>]*(?<!/)>"
)


def after_prologue(text: str) -> int:
    """Where the prologue of XML ends: declarations, instructions, comments, document types.

    Node by node, so that the time is linear: one pattern for all of them goes back and forth
    through a file of nothing but declarations.
    """
    place = 0
    while (node := _NODE.match(text, place)) is not None:
        place = node.end()
    return place


def unfinished(text: str) -> bool:
    """True for a feed whose root is never closed: its connection ended before it did."""
    root = _OPENED.match(text, after_prologue(text))
    return root is not None and re.search(rf"(?i)</{re.escape(root[1])}\s*>", text) is None


def repair_xml(text: str) -> str:
    """XML that a strict parser accepts more often: one root start, legal characters, sane `&`.

    Junk before the declaration is cut, the declaration is replaced, bare `&` is escaped and
    HTML's named entities become characters. CDATA sections are left as they are.
    """
    text = join_references(clean_controls(text)).lstrip()
    head = _COMMENT.sub(lambda match: " " * len(match.group()), text[:4000])
    start = re.search(r"<(?:\?xml|rss|feed|rdf:RDF|RDF|channel|urlset|!DOCTYPE)\b", head)
    if start:
        text = text[start.start() :]
    text = re.sub(r"^<\?xml[^>]*\?>", "", text, count=1).lstrip()
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "".join(_outside_cdata(text))


def _outside_cdata(text: str) -> Iterator[str]:
    """The pieces of a text with `&` repaired, CDATA sections as they are; linear in its length."""
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        yield _ampersands(text[place:start])
        yield text[start : end + 3]
        place = end + 3
    yield _ampersands(text[place:])


def _ampersands(text: str) -> str:
    text = _ENTITY_NAMES.sub("&amp;", text)
    text = _BAD_NUMBERS.sub(" ", text)
    return _NAMED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _XML_NAMES:
        return match.group()
    char = html.unescape(match.group())
    return char if char != match.group() else f"&amp;{name};"


def refuse_entities(text: str) -> None:
    """Raises BadInput for a document that declares entities: a bomb or a reach for local files.

    XML 1.0 §4.2; no feed needs them.
    """
    if re.search(r"<!ENTITY", text[:200_000], re.IGNORECASE):
        raise BadInput(
            "Емисията е отказана.",
            "Обявява собствени XML единици (<!ENTITY>), с които се препълва паметта или се четат "
            "чужди файлове.",
            "Съобщете на издателя; обикновена емисия няма нужда от тях.",
        )


_SUSPECT = re.compile(
    r"&(?:quot|amp|apos|lt|gt|nbsp|laquo|raquo|bdquo|ldquo|rdquo|ndash|mdash|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)


def escaped_twice(texts: Iterable[str]) -> bool:
    """True when a whole feed is escaped once too often: entities in it and no bare quote or `&`."""
    texts = list(texts)
    bare = any('"' in text or re.search(r"&(?![#\w]+;)|[<>]", text) for text in texts)
    return not bare and any(_SUSPECT.search(text) for text in texts)


def unescape_again(text: str) -> str:
    """One or two more unescapes for a text that was escaped twice (`&amp;quot;`)."""
    for _ in range(2):
        if not _SUSPECT.search(text):
            break
        text = html.unescape(text)
    return text
