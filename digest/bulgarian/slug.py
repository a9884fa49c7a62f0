"""Addresses in Latin letters by the Transliteration Act (ДВ 19/2009, чл. 3–7)."""

from __future__ import annotations

import re
import unicodedata

from digest.bulgarian.transliteration import latin

_WORD = re.compile(r"[^\W_]+")
EMPTY = "bez-ime"


def slug(text: str) -> str:
    """Lower-case Latin words joined by hyphens; `bez-ime` when nothing is left.

    Only a–z, 0–9 and single hyphens come out. A word's final „ия“ is „ia“ (чл. 5), and
    „България“ is „bulgaria“ (чл. 6).
    """
    parts = [_plain(m.group()) for m in _WORD.finditer(latin(text.lower()))]
    return "-".join(part for part in parts if part) or EMPTY


def _plain(word: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return "".join(c for c in ascii_only.lower() if c.isalnum())
