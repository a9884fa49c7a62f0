"""Bulgarian in Latin letters by the Transliteration Act (ДВ 19/2009, чл. 3–6)."""

from __future__ import annotations

import re
import unicodedata

_LATIN = "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya"
_TABLE = dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя", _LATIN.split(), strict=True)) | {"ѝ": "i"}
_WORD = re.compile(r"[^\W\d_]+")
_SETTLED = {"българия": "bulgaria"}
"""Names whose Latin form was settled before the Act (чл. 6)."""


def latin(text: str) -> str:
    """The text in Latin letters, with its capitals; other letters and signs stay as they are.

    One letter becomes one to three (чл. 3); „ия“ that ends a word is „ia“ (чл. 5), and „България“
    is „Bulgaria“ (чл. 6). Of a letter that becomes several only the first is a capital, unless its
    neighbour is one too: „Щъркел“ is „Shtarkel“, „ЩЪРКЕЛ“ is „SHTARKEL“.
    """
    return _WORD.sub(lambda m: _word(m.group()), unicodedata.normalize("NFC", text))


def _word(word: str) -> str:
    low = word.lower()
    if len(low) != len(word):  # letters of other scripts that grow
        return word
    settled = _SETTLED.get(low)
    if settled:
        return settled.upper() if word.isupper() else _like(word, settled)
    letters = [_TABLE.get(letter, "") for letter in low]
    if low.endswith("ия"):
        letters[-1] = "a"
    return "".join(_cased(word, at, told) for at, told in enumerate(letters))


def _like(word: str, told: str) -> str:
    return told.capitalize() if word[0].isupper() else told


def _cased(word: str, at: int, told: str) -> str:
    letter = word[at]
    if not told:
        return letter
    if not letter.isupper():
        return told
    beside = word[at + 1 : at + 2] or word[at - 1 : at]
    return told.upper() if beside.isupper() else told.capitalize()
