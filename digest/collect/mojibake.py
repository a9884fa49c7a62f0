"""Text that somebody read in the wrong charset and saved again: „РЎРїРѕРґРµР»Рё“, „Îáùèíà“.

Takes text, gives it with such stretches in Cyrillic again. ftfy (Apache-2.0) is the runner-up: it
mends UTF-8 read as another charset, but not windows-1251 read as latin-1, and would be one more
dependency for a table of 128 letters.
"""

from __future__ import annotations

import re

from digest.collect.charset import LIKE, likeness


def _upper_half(codec: str) -> dict[str, int]:
    """Character → byte for 80…FF; a byte without a character stands for itself, as in browsers."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(codec, "ignore") or chr(byte)
        table[char] = byte
    return table


class _Misread:
    """UTF-8 read as one charset: how its pairs look, and the way back."""

    def __init__(self, codec: str) -> None:
        self._bytes = _upper_half(codec)
        chars = {byte: char for char, byte in self._bytes.items()}
        later = "".join(re.escape(c) for c, byte in self._bytes.items() if byte < 0xC0)
        first = f"{chars[0xD0]}{chars[0xD1]}"
        # Cyrillic; quotes and dashes (U+2000…U+203F); no-break space, «, », §, é and the like.
        others = f"{chars[0xE2]}[{chars[0x80]}\x80][{later}]|[{chars[0xC2]}{chars[0xC3]}][{later}]"
        self._units = re.compile(f"(?:[{first}][{later}]|{others})+")
        self._surely = re.compile(f"(?:[{first}][{later}]){{2}}")

    def mended(self, text: str) -> str:
        """The text with every garbled stretch in Cyrillic."""
        return _STRETCH.sub(self._stretch, text)

    def _stretch(self, match: re.Match[str]) -> str:
        stretch = match.group()
        return self._units.sub(self._read, stretch) if self._surely.search(stretch) else stretch

    def _read(self, match: re.Match[str]) -> str:
        whole = bytes(self._bytes[char] for char in match.group()).decode("utf-8", "replace")
        return match.group() if "\ufffd" in whole else whole


_STRETCH = re.compile(r"[^<>\n]+")
"""A line of a dump, a text or a tag of a page: mended or left alone as one."""
_UTF8_A, _CP1251_A = "°", "à"
"""The second half of „а“ in UTF-8, and „а“ of windows-1251: no garbled text is without them."""
_WORD = re.compile("(?<![a-zA-Z])[À-ÿ]+(?![a-zA-Z])|[\x80-\x9f¹]")
_LONG_WORD = re.compile("(?<![a-zA-Z])[À-ÿ]{3,}(?![a-zA-Z])")
_CP1251 = {
    byte: bytes([byte]).decode("cp1251", "ignore") or chr(byte) for byte in range(0x80, 0x100)
}


def mended(text: str) -> tuple[str, str]:
    """The text with what was garbled in Cyrillic again, and a Bulgarian warning or nothing."""
    whole = _cyrillic_again(text)
    if whole == text:
        return text, ""
    lost = re.search("[а-я][ÐÑ]|[ÐÑ][а-я]", whole)
    some = "; част от буквите са загубени" if lost else ""
    return whole, f"Документът е записан с объркана кодировка; буквите са възстановени{some}."


def _cyrillic_again(text: str) -> str:
    if _UTF8_A in text:
        for misread in _MISREAD:
            text = misread.mended(text)
    if _CP1251_A in text:
        words = " ".join(_LONG_WORD.findall(text)).translate(_CP1251)
        if likeness(words) >= LIKE:
            text = _STRETCH.sub(_latin_stretch, text)
    return text


def _latin_stretch(match: re.Match[str]) -> str:
    """A stretch of windows-1251 read as latin-1: words of accented letters only, none Western."""
    stretch = match.group()
    if not _LONG_WORD.search(stretch):
        return stretch
    return _WORD.sub(lambda word: word.group().translate(_CP1251), stretch)


_MISREAD = (_Misread("cp1251"), _Misread("cp1252"))
