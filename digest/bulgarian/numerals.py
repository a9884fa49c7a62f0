"""Number words: what each is worth, and where a text has one.

Cardinal («двайсет», «двама», «хиляда»), with the article («двете»), approximate («десетина»),
ordinal («деветдесет и втори») and Roman («XXI век»). `numbers.py` puts them together with scales
and units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FROM_TEN = {
    "десет": 10, "единадесет": 11, "единайсет": 11, "дванадесет": 12, "дванайсет": 12,
    "тринадесет": 13, "тринайсет": 13, "четиринадесет": 14, "четиринайсет": 14,
    "петнадесет": 15, "петнайсет": 15, "шестнадесет": 16, "шестнайсет": 16,
    "седемнадесет": 17, "седемнайсет": 17, "осемнадесет": 18, "осемнайсет": 18,
    "деветнадесет": 19, "деветнайсет": 19,
}  # fmt: skip
ONES = {
    "нула": 0, "два": 2, "две": 2, "двама": 2, "три": 3, "трима": 3, "четири": 4,
    "четирима": 4, "пет": 5, "петима": 5, "шест": 6, "шестима": 6, "седем": 7, "седмина": 7,
    "осем": 8, "осмина": 8, "девет": 9, "деветима": 9, "десетима": 10, "половин": -1,
} | _FROM_TEN  # fmt: skip
SINGLE = {"един": 1, "една": 1, "едно": 1}
_TENS = {
    "двадесет": 20, "двайсет": 20, "тридесет": 30, "трийсет": 30, "четиридесет": 40,
    "четирийсет": 40, "петдесет": 50, "шестдесет": 60, "шейсет": 60, "седемдесет": 70,
    "осемдесет": 80, "деветдесет": 90,
}  # fmt: skip
_HUNDREDS = {
    "сто": 100, "двеста": 200, "триста": 300, "четиристотин": 400, "петстотин": 500,
    "шестстотин": 600, "седемстотин": 700, "осемстотин": 800, "деветстотин": 900,
}  # fmt: skip
_THOUSAND = {"хиляда": 1000}
ABOUT = {f"{word}ина": value for word, value in {**_FROM_TEN, **_TENS}.items()} | {
    "стотина": 100, "дузина": 12,
}  # fmt: skip
"""«Десетина», «двайсетина», «дузина»: about so many."""
SMALL = {**ONES, **_TENS, **_HUNDREDS, **_THOUSAND, **ABOUT}
VALUES = {**SMALL, **SINGLE}
NUMERAL = re.compile(
    rf"(?<![а-яѝ])(?P<word>{'|'.join(sorted(VALUES, key=lambda w: (-len(w), w)))})"
    r"(?:т[ае])?(?![а-яѝ])"
)
"""A number word, with or without its article (двамата, трите), in lower case."""
FORMS = frozenset(word + ending for word in VALUES for ending in ("", "та", "те"))
NUMBER_WORDS = frozenset(VALUES) | {f"{w}та" for w in ONES} | {"милион", "милиард"}
"""Words that are figures, with the article that people take (двамата)."""

_FIRST_TEN = {
    "първ": 1, "втор": 2, "трет": 3, "четвърт": 4, "пет": 5, "шест": 6, "седм": 7, "осм": 8,
    "девет": 9,
}  # fmt: skip
PARTS = {stem: value for stem, value in _FIRST_TEN.items() if value > 2} | {"десет": 10}
_STEMS = {**_FIRST_TEN, **_FROM_TEN, **_TENS, "стот": 100}
_ENDING = r"(?:и|ия|ият|а|ата|о|ото|ите|у)(?![а-яѝ])"
_STEM = rf"(?P<stem>{'|'.join(sorted(_STEMS, key=lambda w: (-len(w), w)))}){_ENDING}"
_ORDINAL = re.compile(rf"(?<![а-яѝ]){_STEM}", re.IGNORECASE)
_ORDINAL_NEXT = re.compile(rf"\s+и\s+{_STEM}")
_WHOLE = "|".join((*_TENS, *_HUNDREDS, *_THOUSAND))
_BEFORE = re.compile(rf"(?<![а-яѝ])(?:(?:{_WHOLE})\s+)+и\s+$")
_LONGEST_BEFORE = 60
"""Characters before an ordinal in which its hundreds and tens stand."""
_ROMAN = re.compile(
    r"([IVXLХ]{1,7})(?=[ \u00a0]+(?:век|столети|в\.(?!\w)|място|клас|степен|район|инстанци|група))"
)
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "Х": 10, "L": 50}


def continues(gap: str, total: int, part: int) -> bool:
    """Whether a word worth `part` after `gap` goes on with a number of `total` so far."""
    if part <= 0 or not re.fullmatch(r"\s+(?:и\s+)?", gap) or (part == 1 and "и" not in gap):
        return False
    tens = total % 100
    if tens:
        return tens >= 20 and tens % 10 == 0 and part < 10
    return total >= 100 and part < (100 if total % 1000 else 1000)


def goes_on_as_ordinal(low: str, end: int, total: int) -> bool:
    """Whether the words up to `end` are the beginning of an ordinal: «деветдесет» и втори."""
    found = _ORDINAL_NEXT.match(low, end)
    return found is not None and continues(" и ", total, _STEMS[found.group("stem")])


def ordinals(text: str, low: str) -> Iterator[tuple[int, int, int]]:
    """Ordinal words and Roman numbers before „век“ and the like, as (value, start, end)."""
    for match in _ORDINAL.finditer(text):
        value, start = _STEMS[match.group("stem").lower()], match.start()
        before = _BEFORE.search(low, max(0, start - _LONGEST_BEFORE), start)
        if before:
            so_far = sum(VALUES[word] for word in before.group().split() if word != "и")
            if continues(" и ", so_far, value):
                # «тридесет и първа» is one place, not thirty and the first
                value, start = so_far + value, before.start()
        yield value, start, match.end()
    for match in _ROMAN.finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum():
            yield _roman(match.group(1)), match.start(), match.end()


def _roman(letters: str) -> int:
    worth = [_ROMAN_WORTH[letter] for letter in letters]
    later = [*worth[1:], 0]
    return sum(-one if one < after else one for one, after in zip(worth, later, strict=True))
