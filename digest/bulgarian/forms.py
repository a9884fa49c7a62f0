"""Dictionary forms that a word may be a form of, by its ending alone.

The lemmatiser leaves many verb forms of the news as they stand («евакуираха», «издъхналите»,
«обезщетен»), and the plurals of words that it does not know («дронове»). What is returned here are
guesses, some of them no words at all: they are meant to be looked up in a list of real ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

LEAST_STEM = 3
"""Letters before an ending: a shorter stem fits too many words."""

# Endings of a form, then those of the first person singular: present, imperfect, aorist,
# renarrated and passive participles, adverbial participle, verbal noun.
_VERB = """
ам аш аме ате ах аше ахме ахте ай айте айки = ам
а аха ат ал = ам а
ан = ам
яме яте яше ях ям яш яйки = ям я
я яха ят ял ян = ям ея я
и иш им ите их ихме ихте иха ил ен еше ех еха = я а
е еш ем ете = а я
ее еят ел ела ело ели = ея
ане ането ания анията = ам
яне янето = ям ея
ене енето = я а
"""
_NAME = """
овете ове ът = -
ият ия ата ото ите о = -
ните ният ната ното ния ни на но = ен
ските ският ската ското ския ска ско = ски
ията ия иите ии = ие ия ий
ците ци = к ец ка
зите зи = г
сите си = х
ките ки = ка ък
та то те = -
ите и = - а я о е й
ят я = - й
а = -
"""
_DEFINITE = re.compile(r"(?<=[нтл])(?:ият|ия|ата|ото|ите|а|о|и)$")
_VERBAL = re.compile(r"(?:[аяе]н|нат|[аяие]л|[аяе]не)$")
# Adjectives that only look like participles of verbs of the news.
_ADJECTIVES = frozenset(
    {
        "забавен",
        "роден",
        "решен",
        "определен",
        "червен",
        "делен",
        "учен",
        "горен",
        "отделен",
        "чувал",
        "работен",
    }
)

Rule = tuple[str, tuple[str, ...]]


def _rules(text: str) -> tuple[Rule, ...]:
    """(ending, what stands for it in the dictionary), the longest ending first."""
    found: list[Rule] = []
    for line in text.strip().splitlines():
        endings, lemmas = line.split("=")
        plain = tuple(one.replace("-", "") for one in lemmas.split())
        found += [(ending, plain) for ending in endings.split()]
    return tuple(sorted(found, key=lambda rule: -len(rule[0])))


_VERB_RULES, _NAME_RULES = _rules(_VERB), _rules(_NAME)


@lru_cache(maxsize=50_000)
def verb_forms(word: str) -> tuple[str, ...]:
    """Verbs in the first person singular that `word` (lower case) may be a form of, best first."""
    bare = _DEFINITE.sub("", word)
    found = [*_exchanged(word, _VERB_RULES)]
    if bare != word:
        found += _exchanged(bare, _VERB_RULES)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def name_forms(word: str) -> tuple[str, ...]:
    """Nouns and adjectives, indefinite and singular, that `word` may be a form of, best first."""
    return tuple(dict.fromkeys(_exchanged(word, _NAME_RULES)))


def verbal(word: str) -> bool:
    """Whether a word looks made of a verb: «обезщетен», «падналите», «арестуването»."""
    bare = _DEFINITE.sub("", word).removesuffix("то")
    return bare not in _ADJECTIVES and _VERBAL.search(bare) is not None


def _exchanged(word: str, rules: tuple[Rule, ...]) -> list[str]:
    return [
        word[: -len(ending)] + plain
        for ending, plains in rules
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM
        for plain in plains
    ]
