"""Institutions by their short and long names: «НСИ», «Националният статистически институт».

The list itself is config/institutions.toml with a home's additions; whoever asks brings it as an
`Institutions`, and `known_as` lays it down for the questions of one check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+(?:-\w+)*")
_SHORT = re.compile(r"(?<!\w)[А-ЯA-Z]\w*[А-ЯA-Z](?!\w)")
LEAST_WORD = 4
"""Letters of a word of a long name that is looked for; smaller ones are prepositions."""


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution: „НСИ“, its long name, and what it is called besides."""

    short: str
    long: str
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _SHORT.fullmatch(self.short):
            raise ValueError(f"a short name is one word that begins and ends in capitals: {self}")
        if not all(_stems(name) for name in (self.long, *self.others)):
            raise ValueError(f"a long name has a word of four letters: {self}")


@dataclass(frozen=True, slots=True)
class Institutions:
    """A list of institutions, looked up by short name in any case."""

    rows: tuple[Institution, ...] = ()
    _names: dict[str, tuple[frozenset[str], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict[str, tuple[frozenset[str], ...]]
    )
    _words: dict[str, frozenset[str]] = field(
        init=False, repr=False, compare=False, default_factory=dict[str, frozenset[str]]
    )

    def __post_init__(self) -> None:
        for row in self.rows:
            names = (row.long, *row.others)
            self._names[row.short.lower()] = tuple(_stems(name) for name in names)
            self._words[row.short] = frozenset(w for name in names for w in _words(name))

    def knows(self, short: str) -> bool:
        """Whether the list has an institution of that short name, in any case."""
        return short.lower() in self._names

    def spelled_out(self, short: str, low: str) -> bool:
        """Whether a text in lower case has a long name of `short`, at least two words of three."""
        return any(
            3 * sum(stem in low for stem in stems) >= 2 * len(stems)
            for stems in self._names.get(short.lower(), ())
        )

    def stand_for(self, word: str, shorts: AbstractSet[str]) -> bool:
        """Whether a word belongs to the long name of an institution whose short name is there."""
        stem = _stem(word)
        return any(
            other.startswith(stem)
            for short in shorts & self._words.keys()
            for other in self._words[short]
        )


_CURRENT: ContextVar[Institutions] = ContextVar("institutions", default=Institutions())  # noqa: B039 - frozen


@contextmanager
def known_as(table: Institutions) -> Iterator[None]:
    """The list by which `current` answers inside the block, in this thread alone."""
    before = _CURRENT.set(table)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def current() -> Institutions:
    """The list of the innermost `known_as`; empty outside."""
    return _CURRENT.get()


def short_names(text: str) -> frozenset[str]:
    """Words of a text that begin and end in capitals, as they stand: „НСИ“, „МВнР“."""
    return frozenset(_SHORT.findall(text))


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _stem(word: str) -> str:
    return word[: max(LEAST_WORD, len(word) - 3)]


def _stems(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _words(name) if len(word) >= LEAST_WORD)
