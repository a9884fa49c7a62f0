"""Negation: which words of a stretch are denied, and by what.

Three ways to say no: a negator («не», «няма да», «без», «нито един») over the word after it, a
verb of denial («отрече да», «опроверга, че») over what depends on it, and a word that is negative
in itself («липсва», «неуспешен»). What is denied twice is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.predicates import Token, tokens
from digest.bulgarian.words import STOPWORDS


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator with the word of meaning that it governs, in lower case; `start` is its place."""

    start: int
    by: str
    target: str


_NEGATORS = word_set(
    """не няма нямаше нямам нямаме нямат нямаха нямал нямало без нито никакъв никаква никакво
    никакви недей недейте"""
)
_SKIPPED = STOPWORDS | word_set(
    """се си ме те го я му ѝ й им ни ви ги ми ти вече още е са съм сме бе беше бяха бил била било
    били да може могат можеше могъл могла могли бъде бъдат би биха един една едно един-единствен
    все така толкова съвсем напълно официално нищо никой никого никога никъде"""
)
_NOT_ONLY = re.compile(
    r"(?<!\w)не\s+(?:само|просто|случайно|веднъж|без|по-малко|чак)(?!\w)|нищо\s+друго"
    r"|(?<!\w)няма\s+как\s+да\s+не(?!\w)|(?<!\w)не\s+може\s+да\s+не(?!\w)|едва\s+ли\s+не",
    re.IGNORECASE,
)
_HARDLY = re.compile(r"(?<!\w)(?:едва\s+ли(?!\s+не)|надали)(?!\w)", re.IGNORECASE)
_DENIAL = re.compile(
    r"(?<!\w)(?:отрек|отрич|отреч|опроверг|опровержени)\w*",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:липс\w+|недостиг\w*|против\w*|отказ\w+|отказв\w*|отхвърл\w*|отре[кч]\w*|отрич\w*"
    r"|опроверг\w*|отрицател\w*|никак\w*|ник(?:ой|ого|ъде|ога)|нищо|възраз\w+|въздърж\w+"
    r"|забран\w+|спр[яеи]\w*|осуети\w*|провал\w*|съмнява\w*|изключ\w+|под въпрос|невъзмож\w+"
    r"|отпад\w+|пропус[нк]\w+|едва|напус\w+|отсъств\w+|изгуб\w+|лиш\w+|избегна\w*|избягва\w*"
    r"|престан\w+|прекрат\w+|преустанов\w+|спор\w+|оспор\w+|малко вероятно|далеч от|вместо)(?!\w)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[.,;:!?–()]")
_FAR = 6
"""Words within which a negator finds what it governs."""


@lru_cache(maxsize=20_000)
def negations(text: str) -> tuple[Negation, ...]:
    """Each negator with the word it governs, in order; those of «не само» are none.

    «Никой не» and «нито един не» are one negation each. Never raises.
    """
    row = tokens(text)
    free = [m.span() for m in _NOT_ONLY.finditer(text)]
    found = []
    for at, token in enumerate(row):
        if token.word not in _NEGATORS or any(a <= token.start < b for a, b in free):
            continue
        target = _governed(text, row, at)
        if target and not (found and found[-1].target == target):
            found.append(Negation(token.start, token.word, target))
    found += [Negation(m.start(), m.group().lower(), "") for m in _HARDLY.finditer(text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _governed(text: str, row: list[Token], at: int) -> str:
    for n in range(at + 1, min(len(row), at + _FAR + 1)):
        if _SIGN.search(text[row[n - 1].end : row[n].start]):
            return ""
        word = row[n].word
        if word not in _SKIPPED and not word.isdigit() and word not in _NEGATORS:
            return word
    return ""


@lru_cache(maxsize=20_000)
def denies(text: str) -> bool:
    """Whether anything in the text is negative: a negator, a denial, a word negative in itself."""
    return bool(negations(text)) or bool(_NEGATIVE.search(text)) or bool(_PREFIXED.search(text))


_PREFIXED = re.compile(
    r"(?<!\w)не(?!г|я|й|щ|дел|к|що|обход|мс|мц|ж|же|бе|в[ея]с)\w{4,}(?:[нт]|[нт][аои]|о)(?:ите|ата|ото|ият)?"
    r"(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def is_denial(text: str) -> bool:
    """Whether the text denies a claim («отрече», «опроверга») without being denied itself."""
    found = _DENIAL.search(text)
    return found is not None and not re.search(r"(?<!\w)не\s+$", text[: found.start()])


_DENIED = re.compile(rf"(?:{_DENIAL.pattern})\s+(?:\S+\s+){{0,4}}?да(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def denial(text: str) -> bool:
    """Whether the text denies what its own «да» tells: «отрече да е участвал»."""
    return is_denial(text) and bool(_DENIED.search(text))
