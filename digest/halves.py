"""Halves of characters: what JSON may hold and no UTF-8 can (Unicode §3.9, D92).

Who cuts a headline by UTF-16 units leaves half an emoji. It can be neither stored nor printed, so
it is joined to its other half, or marked, where a text comes in.
"""

from __future__ import annotations

import json
import re

_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"(?i)\\ud[89a-f]")


def well_formed(text: str) -> str:
    """The text with surrogate pairs joined, and U+FFFD for a half that stands alone."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_json(text: str | bytes, *, strict: bool = True) -> object:
    """`json.loads` whose texts and names are well formed; bytes are UTF-8. Raises ValueError."""
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    tree: object = json.loads(text, strict=strict)
    return _whole(tree) if _ESCAPED_HALF.search(text) else tree


def _whole(tree: object) -> object:
    if isinstance(tree, str):
        return well_formed(tree)
    if isinstance(tree, list):
        return [_whole(one) for one in tree]
    if isinstance(tree, dict):
        return {well_formed(key): _whole(value) for key, value in tree.items()}
    return tree
