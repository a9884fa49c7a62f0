"""Cyrillic words with Latin letters of the same shape in them, all in Cyrillic again.

Takes text, gives it mended with the number of words. Scrapers, old keyboards and guards against
copying mix a, e, o, p, c, x … into Cyrillic words. Precision first: brands, abbreviations, model
numbers, Roman numerals, addresses and „витамин C“ stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from digest.bulgarian.words import known

_TWINS = dict(zip(map(ord, "aceopxyABCEHKMOPTXyk"), "асеорхуАВСЕНКМОРТХук", strict=True))
_TWINS_BACK = frozenset(map(ord, _TWINS.values()))
_CYRILLIC = "а-яА-ЯѝЍ"
_MIXED = re.compile(
    rf"(?<!\w)(?:[a-zA-Z]+[{_CYRILLIC}]|[{_CYRILLIC}]+[a-zA-Z])[a-zA-Z{_CYRILLIC}]*(?!\w)"
)
_LATIN = re.compile(
    rf"(?:(?<=[{_CYRILLIC}] )|(?<=[{_CYRILLIC}] [„(]))[ABCEHKMOPTXaceopxyk][aceopxyk]{{3,}}"
    rf"(?=[“).,!?:;]*(?:\s+[{_CYRILLIC}–-]|\s*$))"
)
"""A word of Latin twins with nothing but Cyrillic beside it: „Пожар в Pyce“."""
_SMALL = re.compile(rf"(?:(?<=[{_CYRILLIC}“,] )|(?<![^\n(„]))([aceoy])(?= [„(]?[{_CYRILLIC}])")
"""„той e“, „c кола“: no Latin letter stands alone between small Cyrillic words but a variable's."""
_CAPITAL = re.compile(r"(?:(?<![^\n(„])|(?<=[.!?…] ))([ABCO])(?= [а-яѝ])")
"""„B понеделник“ opens a sentence; inside one it may be „витамин C“ or „клас A“."""
_ADDRESS = re.compile(r"@|://|www\.|[\w-]\.[\w-]+/|[a-zA-Z]\.[a-zA-Z]{2}|[#_=\\]")
_ENDING = re.compile(r"[A-Z]{2,}[а-я]{1,4}")
"""„CEOто“: an abbreviation with a Bulgarian ending glued on."""
_BREVE = str.maketrans({"и": "й", "И": "Й"})


def repaired(text: str) -> tuple[str, int]:
    """A text with its Cyrillic words whole again, and how many words were mended.

    A word of both alphabets is mended when all of it is Cyrillic afterwards; a word of Latin
    letters between Cyrillic ones when it is a Bulgarian word then, and no English one before; й
    written as и with a breve is one letter.
    """
    text, mended = re.subn("[иИ]\u0306", lambda match: match.group()[0].translate(_BREVE), text)
    if not re.search("[a-zA-Z]", text):
        return text, mended
    for pattern, twin in ((_MIXED, _mixed), (_SMALL, _alone), (_CAPITAL, _alone)):
        text, times = _each(pattern, twin, text)
        mended += times
    # Kaka and Beko are names, Pyce is not: a Latin word has a y for a vowel more seldom.
    text, times = _each(_LATIN, _latin if mended else _latin_with_y, text)
    return text, mended + times


def _each(
    pattern: re.Pattern[str], twin: Callable[[re.Match[str]], str], text: str
) -> tuple[str, int]:
    """The text with every match as its twin, and how many are another word now."""
    changed = 0

    def fix(match: re.Match[str]) -> str:
        nonlocal changed
        whole = twin(match)
        changed += whole != match.group()
        return whole

    return pattern.sub(fix, text), changed


def _alone(match: re.Match[str]) -> str:
    return match.group().translate(_TWINS)


def _mixed(match: re.Match[str]) -> str:
    word = match.group()
    whole = word.translate(_TWINS)
    if any(letter.isascii() for letter in whole) or _ENDING.fullmatch(word):
        return word
    if not _is_anchored(word) and (word.isupper() or not known(whole)):
        return word
    return word if _ADDRESS.search(_surroundings(match)) else whole


def _is_anchored(word: str) -> bool:
    """True when the word is Cyrillic by half or by a letter that has no twin.

    „БTA“ is; „BBC“ with a Cyrillic С may be either.
    """
    cyrillic = [letter for letter in word if not letter.isascii()]
    return len(cyrillic) * 2 >= len(word) or any(ord(c) not in _TWINS_BACK for c in cyrillic)


def _latin_with_y(match: re.Match[str]) -> str:
    return _latin(match) if re.search("[^aeo]y[^aeo]", match.group()) else match.group()


def _latin(match: re.Match[str]) -> str:
    from simplemma import is_known

    word = match.group()
    whole = word.translate(_TWINS)
    return whole if known(whole) and not is_known(word.lower(), lang="en") else word


def _surroundings(match: re.Match[str]) -> str:
    """The word with all that stands beside it without a space, at most 200 characters each way."""
    text, start, end = match.string, match.start(), match.end()
    left = re.search(r"\S*$", text[max(0, start - 200) : start])
    right = re.match(r"\S*", text[end : end + 200])
    return "".join(part.group() for part in (left, match, right) if part)
