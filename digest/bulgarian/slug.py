"""Addresses in Latin letters by the Transliteration Act (ДВ 19/2009, чл. 3–7)."""

from __future__ import annotations

import re
import unicodedata

_LATIN = "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya"
_TABLE = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        _LATIN.split(),
        strict=True,
    )
) | {"ѝ": "i"}
_EXCEPTIONS = {"българия": "bulgaria"}
_WORD = re.compile(r"[^\W_]+")
EMPTY = "bez-ime"


def slug(text: str) -> str:
    """Lower-case Latin words joined by hyphens; `bez-ime` when nothing is left.

    Only a–z, 0–9 and single hyphens come out. A word's final „ия“ is „ia“ (чл. 5), and
    „България“ is „bulgaria“ (чл. 6).
    """
    text = unicodedata.normalize("NFC", text).lower()
    parts = [_word(m.group()) for m in _WORD.finditer(text)]
    return "-".join(part for part in parts if part) or EMPTY


def _word(word: str) -> str:
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if word.endswith("ия"):
        return _letters(word[:-2]) + "ia"
    return _letters(word)


def _letters(word: str) -> str:
    latin = "".join(_TABLE.get(letter, letter) for letter in word)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return "".join(c for c in plain.lower() if c.isalnum())
