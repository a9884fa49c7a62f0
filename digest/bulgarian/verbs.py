"""Verbs, told by the word alone: enough to know that a sentence has one."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.words import lemma

_AUX = word_set(
    """е са съм сме сте беше бяха бе бил била било били ще бъде бъдат има имат имаше няма нямат
    нямаше може могат можеше трябва трябваше би биха стана стават става остава остават каза заяви
    съобщи обяви подписа спечели загина загинаха почина пое прие"""
)
_VERB_END = re.compile(r"\w{2,}(?:[аеиояъ]ха|[аеия]ше|ува|ява|ва|ват|ираха?|ат|ят)$")


@lru_cache(maxsize=50_000)
def verbish(word: str) -> bool:
    """Whether a word is likely a verb: an auxiliary, a verb's ending, or a changed verb lemma."""
    if word in _AUX or _VERB_END.match(word):
        return True
    base = lemma(word)
    if base == word or not base.endswith(("а", "я", "м")):
        return False
    return word.endswith("а") or (word.endswith("и") and base.endswith("я"))
