"""The gate on kinship: whose son, wife or sister somebody is said to be.

«Съпруг на Елисавета Перова» is caught where the articles tell of her son, and of no marriage. What
follows of itself is none: who has a mother is a son or a daughter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from digest.model import Problem
from digest.summarise.evidence import Reading, Witness

_SON, _DAUGHTER = r"син(?:ът|а|ове|овете)?", r"дъщер[ия]\w*|щерк\w+"
_PARENTS = r"родител\w*"
_FATHER, _MOTHER = r"бащ[аи]\w*|татк\w+", r"майк[аи]\w*|майчин\w*|мама|мами"
_CHILD = r"дете\w*|деца\w*|наследни\w+|осинов\w+|ро(?:ди|дена?|дени)|близна\w+"
_BOY, _GIRL = r"момче\w*", r"момиче\w*"
_SIBLINGS = r"брат(?:ът|а)?|брат[яи]\w*|сестр[аи]\w*|близна\w+"
_MARRIED = (
    r"съпру[гз]\w*|брак\w*|брачн\w+|[жо]?омъж\w+|жен(?:ен|и|ят|яха)|ожен\w+|сватб\w+|вдов\w+"
    r"|развод\w*|развел\w*|двойка\w*|младожен\w+"
    r"|(?:мъжът|мъжа|жената|жена)\s(?:ѝ|й|му|си|на)|не(?:гова|йни)\w*\s(?:жена|мъж)"
)
_NEPHEWS = r"племенни\w+"
_UNCLES = r"чичо\w*|вуйчо\w*|лел[яи]\w*|вуйн[аи]\w*|стринк[аи]\w*|свако\w*"
_IN_LAWS = r"тъст\w*|тъщ[аи]\w*|свекър\w*|свекърв\w*|зет(?:ят|я|ьове)?|сна[хш][аи]\w*"
_ELDERS = r"дядо\w*|баб[аи]\w*"

_FOLLOWS = {
    _SON: (_BOY, _CHILD, _FATHER, _MOTHER, _PARENTS),
    _DAUGHTER: (_GIRL, _CHILD, _FATHER, _MOTHER, _PARENTS),
    _FATHER: (_SON, _DAUGHTER, _CHILD, _PARENTS),
    _MOTHER: (_SON, _DAUGHTER, _CHILD, _PARENTS),
    r"съпруг(?:ът|а|ата|у)?": (_MARRIED,),
    r"брат(?:ът|а)?|сестра(?:та)?": (_SIBLINGS,),
    r"внук(?:ът|а)?": (_ELDERS, r"внуч?е\w*|внуци\w*"),
    r"внучка(?:та)?": (_ELDERS, r"внуч?е\w*|внуци\w*"),
    _NEPHEWS: (_UNCLES,),
    _UNCLES: (_NEPHEWS,),
    r"братовчед(?:ът|а|ка|ката)?": (r"братовчед\w*",),
    r"зет(?:ят|я)?|тъст(?:ът|а)?|тъща(?:та)?|снаха(?:та)?|свекър(?:ът|а|ва|вата)?": (_IN_LAWS,),
}
"""A word of kinship, and what must be in an article beside the word itself for it to follow."""
_ANY = "|".join((*_FOLLOWS, _SIBLINGS, r"внуц\w+|внуч\w+", _ELDERS))


def kin_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """Words of kinship that no article has or lets follow, where one has another."""
    text = " ".join(witness.whole.text for witness in witnesses)
    odd = [word for word, follows in _said(said.text) if not follows.search(text)]
    if not odd:
        return []
    others = dict.fromkeys(found.group().lower() for found in _whole(_ANY).finditer(text))
    return [Problem("name", word, ", ".join(others)) for word in odd if others]


def _said(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each word of kinship in a text, and what must stand in an article for it."""
    for form, others in _FOLLOWS.items():
        for found in _whole(form).finditer(text):
            yield found.group(), _whole("|".join((form, *others)))


@lru_cache(maxsize=64)
def _whole(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{form})(?![\w-])", re.IGNORECASE)
