"""Numbers inside one word: «тригодишна», «шестчасова», «двудневен», «седемнадесетгодишният»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.bulgarian.numerals import SMALL

_FIRST = {"едно": 1, "дву": 2, "две": 2} | {
    word: value for word, value in SMALL.items() if value > 2 and not word.endswith("ина")
}
"""The numbers that such a word may begin with."""
_UNITS = {
    "годиш": "години",
    "месеч": "месеца",
    "седмич": "седмици",
    "днев": "дни",
    "часов": "ч.",
    "минут": "мин",
    "процент": "%",
    "километр": "км",
    "метров": "м",
    "тонн": "т",
    "тонен": "т",
    "литров": "л",
}
"""How what is counted goes on after the number, and its unit."""
_COMPOUND = re.compile(
    rf"(?<![а-яѝ])(?P<first>{'|'.join(sorted(_FIRST, key=lambda w: (-len(w), w)))})-?"
    rf"(?P<unit>{'|'.join(_UNITS)})[а-яѝ]*"
)
_TIMES = re.compile(
    r"(?<![а-яѝ])(?:(?P<two>двойно|двукратн\w+|двоен|двойна|удво[ияе]\w*)"
    r"|(?P<three>тройно|трикратн\w+|троен|тройна|утро[ия](?:х|л|в|т|ен)\w*|утрои)"
    r"|(?P<four>четворно|четирикратн\w+|учетвор\w+))(?![а-яѝ])"
)
"""«Двойно», «удвои»: so many times."""
_PERIOD = re.compile(r"(?<![а-яѝ])(?:(?P<six>полугодие)|десетилетие)(?:то)?(?![а-яѝ])")
"""«Полугодие» is six months, «десетилетие» ten years."""
_WORTH = re.compile("|".join(_UNITS))


def compounds(low: str) -> Iterator[tuple[int, str, int, int]]:
    """Value, unit (as in `Number`), start and end of each such word of a text in lower case."""
    for found in _TIMES.finditer(low):
        times = 2 if found.group("two") else 3 if found.group("three") else 4
        yield times, "пъти", *found.span()
    for found in _PERIOD.finditer(low):
        yield (6, "месеца", *found.span()) if found.group("six") else (10, "години", *found.span())
    if not _WORTH.search(low):
        return
    for found in _COMPOUND.finditer(low):
        yield _FIRST[found.group("first")], _UNITS[found.group("unit")], *found.span()
