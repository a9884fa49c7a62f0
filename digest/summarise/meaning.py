"""Words that say the same in the news, as one: «заем» and «кредит», «водач» and «шофьор».

The gate asks whether a sentence has a place in an article at all, and a good editor does not
repeat the article's words. The groups are those of `digest.bulgarian.thesaurus`.
"""

from __future__ import annotations

from functools import lru_cache

from digest.bulgarian.thesaurus import head
from digest.bulgarian.words import lemma


@lru_cache(maxsize=100_000)
def meant(word: str) -> str:
    """The word that stands for all that mean the same; else its lemma."""
    return head(word) or lemma(word)
