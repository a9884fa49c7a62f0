"""Texts that a page holds as data for a script: JSON-LD's `articleBody`, a framework's state.

Read only where the page itself shows nothing, since data holds other articles too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from digest.collect.markup import Said
from digest.collect.plain import html_to_text, one_line

LONGEST = 2_000_000
"""Characters of a script that is read; a state of more is a whole site's."""
LEAST = 200
"""Characters of a text in a state; shorter ones are labels and descriptions."""
DEEPEST = 40
_STATE = re.compile(
    r"<script\b[^>]{0,200}\bid=[\"']?__(?:NEXT|NUXT)_DATA__[^>]{0,200}>(.{2,2000000}?)</script"
    r"|\b__(?:NUXT|INITIAL_STATE)__\s*=\s*(\{.{2,2000000}?\})\s*;?\s*</script",
    re.DOTALL,
)
_KEYS = re.compile(r"(?i)(?:body|content|html|text)$")


def stored_text(facts: Said, page: str) -> list[str]:
    """Paragraphs of the article's data, else of the state in the page's code, else none.

    `page` is empty where the page shows some text, which then only the article's own data may
    replace. A text that the data calls not free stays where it is.
    """
    said = facts.article.get("articleBody")
    if str(facts.article.get("isAccessibleForFree")).lower() in {"false", "0"}:
        return []
    if isinstance(said, str) and said.strip():
        return _paragraphs(said)
    match = _STATE.search(page)
    if match is None:
        return []
    try:
        state = json.loads(match.group(1) or match.group(2))
    except (ValueError, RecursionError):
        return []
    return _paragraphs(max(_texts(state), key=len, default=""))


def _paragraphs(text: str) -> list[str]:
    """Lines of a text in HTML or without any marks, where each line is a paragraph."""
    plain = html_to_text(text) if "<" in text else unescape(text)
    return [folded for line in plain.split("\n") if (folded := one_line(line))]


def _texts(node: object, depth: int = 0, *, named: bool = False) -> Iterator[str]:
    """Long strings of a state under the names of a text, at any depth."""
    if depth > DEEPEST:
        return
    if isinstance(node, str):
        if named and len(node) >= LEAST:
            yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, depth + 1, named=bool(_KEYS.search(key)))
    elif isinstance(node, list):
        for one in node:
            yield from _texts(one, depth + 1)
