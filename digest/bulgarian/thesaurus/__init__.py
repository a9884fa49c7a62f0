"""Words of the news that may stand for one another, and those that may not.

`groups/*.txt` hold a group a line, one file a field: verbs of both aspects, their nouns and
adjectives as the lemmatiser writes them; the first word is the group's head. Two words share a
group only where an editor may put one for the other in most reports without changing a fact. A
word marked `=` is written as people know it, and what the lemmatiser makes of it follows («=варна
варя»).

`opposites.txt` holds pairs that turn a statement round, `exclusive.txt` lines of things of which
one is not another (gold, silver, bronze), both as any words of the groups between `|`. Everything
here is looked up by lemma, then by the form (`digest.bulgarian.forms`); nothing reads a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType

from digest.bulgarian.forms import name_forms, verb_forms, verbal
from digest.bulgarian.words import known, lemma

AS_IT_STANDS = "="
Table = MappingProxyType[str, frozenset[str]]


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, ...], ...]:
    """All groups as they are written, without the mark of words that stand as they are."""
    return tuple(
        tuple(word.removeprefix(AS_IT_STANDS) for word in line.split())
        for file in sorted(files(__name__).joinpath("groups").iterdir(), key=lambda f: f.name)
        for line in _lines(file.read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=100_000)
def head(word: str) -> str | None:
    """The first word of the group that `word` (lower case, any form) belongs to; None if none."""
    heads, base = _heads(), lemma(word)
    # The lemma of a lemma: «успяха», «успя», «успея».
    found = heads.get(base) or heads.get(word) or heads.get(lemma(base))
    return found or next((heads[one] for one in _guesses(word, base) if one in heads), None)


def opposed(one: str, other: str) -> bool:
    """Whether one word for the other turns a statement round: «прие», «отхвърли»."""
    return _stem(other) in opposites(one)


def excluded(one: str, other: str) -> bool:
    """Whether what is the one is not the other: «злато», «сребро»; opposites are not asked."""
    return _stem(other) in rivals(one)


def opposites(word: str) -> frozenset[str]:
    """Heads of the groups (or lone lemmas) that turn round what `word` says."""
    return _opposites().get(_stem(word), frozenset())


def rivals(word: str) -> frozenset[str]:
    """Heads of the groups (or lone lemmas) that `word` excludes by being said."""
    return _rivals().get(_stem(word), frozenset())


def written(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a table, `opposites` or `exclusive`, each as its words."""
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(tuple(word.strip() for word in line.split("|")) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    return {word: group[0] for group in groups() for word in group}


def _stem(word: str) -> str:
    return head(word) or lemma(word)


def _guesses(word: str, base: str) -> Iterator[str]:
    """Dictionary forms of a word that is not in the dictionary, or is a noun of a verb there."""
    for form in dict.fromkeys((word, base)):
        if not known(base):
            yield from verb_forms(form)
            yield from name_forms(form)
        elif verbal(form):
            yield from verb_forms(form)


@lru_cache(maxsize=1)
def _opposites() -> Table:
    return _paired("opposites")


@lru_cache(maxsize=1)
def _rivals() -> Table:
    return _paired("exclusive")


def _paired(name: str) -> Table:
    """Each head with those that any line of the table sets against it."""
    found: dict[str, set[str]] = {}
    for line in written(name):
        for one, other in combinations([_stem(word) for word in line], 2):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return MappingProxyType({key: frozenset(rest) for key, rest in found.items()})
