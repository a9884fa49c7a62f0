"""Towns in all the forms a Bulgarian text gives them: Пловдив, пловдивският, пловдивчани.

The name itself counts with its capital only („Лом“ is a town, „лом“ a tool); the words made from
it count in any case. Irregular ones („сливналии“) are not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_VOWELS = "аеиоуъяю"
_ARTICLES = "(?:и|а|о|ия|ият|ата|ото|ите)"
_PEOPLE = "(?:ен|ян|ан|й)?(?:ци|ците|ец|еца|ецът)|(?:ч?[ая]н)(?:и|ите|ин|ина|инът|ка|ката|ки|ките)"


@dataclass(frozen=True, slots=True)
class Place:
    """A town and the patterns of its name and of the words made from it."""

    name: str
    plain: re.Pattern[str]
    derived: re.Pattern[str]

    def found(self, text: str) -> str:
        """The first form of the town that stands in `text`; empty when none does."""
        match = self.plain.search(text) or self.derived.search(text)
        return match.group() if match else ""


@lru_cache(maxsize=256)
def place_of(name: str) -> Place:
    """The patterns of a town, one word or several („Стара Загора“, „старозагорски“)."""
    words = " ".join(name.split())
    stem = _stem(words.lower())
    bare = stem[-1:] == words.lower()[-1:]
    derived = "|".join(f"{one}{_ARTICLES}" for one in _adjectives(stem, bare=bare))
    people = f"{re.escape(_softened(stem))}(?:{_PEOPLE})"
    return Place(
        words,
        re.compile(rf"(?<!\w){re.escape(words)}(?!\w)"),
        re.compile(rf"(?<!\w)(?:{derived}|{people})(?!\w)", re.IGNORECASE),
    )


def _stem(name: str) -> str:
    """„пловдив“, „варн“, „старозагор“: what the endings are put after."""
    *before, last = name.split()
    joined = "".join(_cut(word) + "о" for word in before)
    return joined + _cut(last)


def _cut(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in _VOWELS else word


def _softened(stem: str) -> str:
    """Враца – врачани, Перник – перничани."""
    return stem[:-1] + "ч" if stem[-1:] in {"ц", "к"} else stem


def _adjectives(stem: str, *, bare: bool) -> tuple[str, ...]:
    """The stems of „пловдивски“, „варненски“, „софийски“, „бургаски“, „пернишки“, „врачански“.

    `bare`: nothing was cut off, so that „бургаски“ is a form of Бургас, „руски“ none of Русе.
    """
    one = re.escape(stem)
    usual = f"{one}(?:й|ен|анс|ян)?ск"
    changed = {
        "с": (f"{one}к",) if bare else (),
        "ч": (f"{re.escape(stem[:-1])}[чш]к",),
        "к": (f"{re.escape(stem[:-1])}шк",),
        "ц": (f"{re.escape(stem[:-1])}чанск",),
    }
    return (usual, *changed.get(stem[-1:], ()))
