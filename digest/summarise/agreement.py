"""Which of two noun phrases cannot be the doer of a verb, whatever stands first.

Bulgarian puts an object first freely («10 000 евро предлага кметът», «вид откриха учени»). A sum
does nothing, and a verb agrees in number with who does it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import NUMBER_WORDS
from digest.bulgarian.verbs import finite
from digest.bulgarian.words import lemma

_MONEY = word_set("евро лев лева долара паунда процента процент")
_ARE = word_set("са бяха сме сте")
_MANY_DO = re.compile(r"(?:ха|ат|ят)$")
"""Endings of the third person plural, present and past."""
_SEVERAL = 2
"""Words of a phrase beyond which it may be two joined by «и»."""


def object_first(group: Sequence[str], verb: str, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether `one`, before the verb, cannot do it, and `other`, after it, can.

    `group` are the words of the predicate with its particles, all in lower case.
    """
    if not _MONEY.isdisjoint(one) and _MONEY.isdisjoint(other):
        return True
    if not finite(verb):
        return False
    plural = _MANY_DO.search(verb) is not None or not _ARE.isdisjoint(group)
    return plural and not _many(one) and _many(other)


def _many(phrase: Sequence[str]) -> bool:
    """Whether it may be more than one: a plural, a number, or a list."""
    plural = (word for word in phrase if word.endswith(("и", "ите")) and lemma(word) != word)
    counted = (word[0].isdigit() or word in NUMBER_WORDS for word in phrase)
    return any(plural) or any(counted) or len(phrase) > _SEVERAL
