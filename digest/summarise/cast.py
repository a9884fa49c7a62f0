"""Who is who in an article: its people, and what each sentence has of them (see `casting.py`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarise.described import role_of
from digest.summarise.evidence import Witness
from digest.summarise.meaning import meant

_MAN = re.compile(r"(?:[оеё]в|ин|[сцшч]ки)$")
_WOMAN = re.compile(r"(?:ва|ина|[сцшч]ка)$")
LEAST_NAME = 3
"""Letters of a word by which a person is found."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the article names: the fullest name, and what he is said to be.

    `roles` are those that the text sets beside the name, `now` those that it does not call former;
    `told` is all that stands beside the name.
    """

    name: str
    roles: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    told: str = ""

    @property
    def family(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]

    @property
    def woman(self) -> bool | None:
        """As far as the family name tells."""
        if _MAN.search(self.family):
            return False
        return True if _WOMAN.search(self.family) else None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence: the people it speaks of, as places in `Cast.people`, and who says it.

    `named` are those that stand there by name, `aside` those whose every mention follows a
    preposition. `holder` is None where nobody is told to say it.
    """

    people: frozenset[int]
    named: frozenset[int]
    aside: frozenset[int]
    holder: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an article, and its sentences as scenes, in order."""

    people: tuple[Person, ...]
    scenes: tuple[Scene, ...] = ()

    def find(self, name: str) -> int | None:
        """The person of that name: by the family name, else by a given name that one alone has."""
        parts = [word for word in name.split() if len(word) >= LEAST_NAME]
        if not parts:
            return None
        found = [n for n, one in enumerate(self.people) if one.family == parts[-1]]
        if len(found) > 1 and len(parts) > 1:
            found = [n for n in found if set(parts) <= set(self.people[n].name.split())][:1]
        if not found and len(parts) == 1:
            found = [n for n, one in enumerate(self.people) if parts[0] in one.name.split()[:-1]]
        return found[0] if len(found) == 1 else None

    def has(self, word: str) -> bool:
        """Whether the word is part of somebody's name."""
        return any(word in one.name.split() for one in self.people)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that names a person: `who` is his place in the cast."""

    witness: Witness
    cast: Cast
    who: int

    @property
    def person(self) -> Person:
        """The person as this article has him."""
        return self.cast.people[self.who]

    @property
    def others(self) -> list[Person]:
        """Everybody else whom it names."""
        return [one for n, one in enumerate(self.cast.people) if n != self.who]


def having(word: str, people: Sequence[Person]) -> list[int]:
    """Who has the role, by the same word; where nobody has, by one that means the same."""
    role = role_of(word)
    same = [n for n, one in enumerate(people) if role in one.roles]
    idea = meant(role)
    return same or [n for n, one in enumerate(people) if idea in map(meant, one.roles)]
