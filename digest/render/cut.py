"""Cuts compiled text at its placeholders, and joins it with one person's values.

A placeholder is a token with the edition's sentinel, `SENTINELxNAMEx`: letters and digits only, so
that no stage encodes or breaks it. The sentinel is derived from the edition by hash and does not
occur in it; news text can therefore hold anything that looks like a placeholder.
"""

from __future__ import annotations

import hashlib
import html as html_entities
import re
from collections.abc import Mapping

from digest.errors import Refused
from digest.model import Piece

PLACEHOLDERS = ("UNSUB", "PREFS", "WEB", "NAME")
_TAG = re.compile(r"<(?!!--)[a-zA-Z/][^>]*>")


def sentinel_for(content: str, seed: str) -> str:
    """The first hash-made word that does not occur in `content`; the same for the same input."""
    for turn in range(1000):
        digest = hashlib.sha256(f"{seed}\x00{turn}\x00{content}".encode()).hexdigest()
        word = f"dg{digest[:24]}"
        if word not in content:
            return word
    raise AssertionError("a thousand hashes inside one text")


def token(sentinel: str, name: str) -> str:
    """How the placeholder stands in a template's output."""
    return f"{sentinel}x{name}x"


def cut(text: str, sentinel: str, *, html: bool) -> Piece:
    """Literals and names; raises `Refused` for unknown names, halves, or an unquoted address.

    With `html` set, a placeholder inside a tag must stand inside a quoted attribute, so that an
    escaped value cannot end it.
    """
    found = re.compile(f"{re.escape(sentinel)}x([A-Z]+)x")
    literals: list[str] = []
    names: list[str] = []
    last = 0
    for match in found.finditer(text):
        literals.append(text[last : match.start()])
        names.append(match[1])
        last = match.end()
    literals.append(text[last:])
    unknown = sorted(set(names) - set(PLACEHOLDERS))
    if unknown or any(sentinel in literal for literal in literals):
        raise _broken(f"Непознато или счупено място: {', '.join(unknown) or sentinel}.")
    if html:
        _only_quoted(text, found)
    return Piece(tuple(literals), tuple(names))


def join(piece: Piece, values: Mapping[str, str], *, escape: bool) -> str:
    """The text of one person; with `escape` each value is escaped for HTML, quotes too.

    Raises `Refused` when a value is missing or holds a control character.
    """
    ready: dict[str, str] = {}
    for name in set(piece.names):
        if name not in values:
            raise _broken(f"Липсва стойност за {name}.")
        value = values[name]
        if any(ord(c) < 32 or c in "\x7f\u2028\u2029" for c in value):
            raise _broken(f"Стойността за {name} съдържа управляващ знак.")
        ready[name] = html_entities.escape(value) if escape else value
    parts = [piece.literals[0]]
    for name, literal in zip(piece.names, piece.literals[1:], strict=True):
        parts += (ready[name], literal)
    return "".join(parts)


def _only_quoted(text: str, found: re.Pattern[str]) -> None:
    for tag in _TAG.finditer(text):
        if found.search(tag[0]) and found.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[0])):
            raise _broken("Място за лична стойност стои извън кавички в HTML.")


def _broken(why: str) -> Refused:
    return Refused(
        "Писмото не може да се подготви за изпращане.",
        why,
        "Проверете образците на писмото; позволени са UNSUB, PREFS, WEB и NAME.",
    )
