"""How exactly a number is meant: above or below what is said, about it, or just that."""

from __future__ import annotations

import re
from typing import Literal

from digest.bulgarian.numerals import ABOUT

Bound = Literal["above", "below", "about", "exactly"]

_LOOK = 48
"""Characters before a number in which «приблизително» or «увеличението достигна до» stands."""
_BEFORE = re.compile(
    r"(?<!\w)(?:"
    r"(?P<below>под|по-малко от|до|най-много|не повече от|не над|максимум)"
    r"|(?P<above>(?<!не )над|(?<!не )повече от|поне|най-малко|не по-малко от|минимум|надхвърл\w+)"
    r"|(?P<about>около|близо|почти|към|приблизително|някъде|горе-долу|едва ли не)"
    r")(?:\s+(?:към|до|около|на))?\s*$"
)
_AFTER = re.compile(r"\s+(?:(?:и|или)\s+(?:(?P<above>повече|нагоре)|(?P<below>по-малко)))(?!\w)")
_SPAN = re.compile(r"(?<!\w)от\s+\S+(?:\s\S+){0,2}?\s+до\s*$")
_COME_TO = re.compile(
    r"(?<!\w)(?:забав|ускор|спад|пад[анм]|сле[зз]|слиз|сни[жз]|намал|пони[жз]|пови[шс]|кач|покач"
    r"|нара[сщ]|раст|увелич|скоч|скач|поскъп|поевтин|сви[втлх]|стиг|достиг|вдиг|свал)\w*"
    r"(?:\s+[^\W\d]+){0,3}?\s+до\s*$"
)
"""«Инфлацията се забави до 0,4%» is just that."""
_WORD = re.compile("[а-яѝ]+")


def bound(text: str, start: int, end: int) -> Bound:
    """How the number at `text[start:end]` is meant.

    «Над 1000», «поне 12», «100 и повече» are above; «под 30», «до 30», «най-много 30» below;
    «близо 200», «десетина», «30-ина» about; anything else exactly. The second number of
    «от 5 до 7» is exact: the two are bounds of something else.
    """
    low = text[max(0, start - _LOOK) : start].lower()
    found = _AFTER.match(text, end) or _BEFORE.search(low)
    if found is None:
        return "about" if _by_itself(text[start:end].lower()) else "exactly"
    if found.group("above"):
        return "above"
    if found.group("below"):
        return "exactly" if _SPAN.search(low) or _COME_TO.search(low) else "below"
    return "about"


def _by_itself(number: str) -> bool:
    return "-ина" in number or any(word in ABOUT for word in _WORD.findall(number))
