"""Where articles stood before: stories keep their ids, and an editor's word stands above likeness.

What was grouped in an earlier run begins as one group; what an editor joined begins as one, what
an editor parted never meets again; two stories that readers saw never become one by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from digest.cluster.gates import veto
from digest.cluster.groups import Union
from digest.cluster.material import Material
from digest.model import ArticleId, Bond, StoryId

LOOKED_AT = 12
"""Texts of a family of copies that are held against another's: they are nearly the same."""


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier runs and editors have said. `settled` are stories that readers saw."""

    known: Mapping[ArticleId, StoryId] = field(default_factory=dict)
    settled: frozenset[StoryId] = frozenset()
    bonds: tuple[Bond, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a group brings along: the stories it stood in, and the settled one among them.

    `sides` are the sides of partings on which it stands: (number of the bond, side).
    """

    stories: tuple[StoryId, ...] = ()
    settled: StoryId | None = None
    sides: frozenset[tuple[int, bool]] = frozenset()

    def against(self, other: Claim) -> bool:
        """Whether the two must not be one story."""
        if self.settled and other.settled and self.settled != other.settled:
            return True
        return any((bond, not side) in other.sides for bond, side in self.sides)

    def plus(self, other: Claim) -> Claim:
        return Claim(
            tuple(dict.fromkeys((*self.stories, *other.stories))),
            self.settled or other.settled,
            self.sides | other.sides,
        )

    @property
    def name(self) -> StoryId | None:
        """The id under which the group goes on: the one that readers saw, else the first."""
        return self.settled or (self.stories[0] if self.stories else None)


@dataclass(frozen=True, slots=True)
class Begun:
    """Groups of places (ascending) that stand before any likeness is asked, with their claims."""

    groups: Sequence[Sequence[int]]
    claims: Sequence[Claim]


def begin(materials: Sequence[Material], copies: Iterable[Sequence[int]], before: Before) -> Begun:
    """Groups by editors' bonds, by earlier runs, then by copies (two places or more each).

    What a parting forbids is left apart.
    """
    kept = _Kept(materials, before)
    for bond in before.bonds:
        if bond.together:
            kept.join(kept.places((*bond.these, *bond.those)))
    for members in kept.earlier():
        kept.join(members)
    for members in copies:
        kept.join(members, judged=len(members) == 2)
    groups = kept.union.groups()
    return Begun(groups, [kept.claim(group[0]) for group in groups])


class _Kept:
    """Groups that remember what was claimed of their members."""

    def __init__(self, materials: Sequence[Material], before: Before) -> None:
        self._place = {material.article.id: at for at, material in enumerate(materials)}
        self._materials = materials
        self._families: dict[int, list[int]] = {}
        self._known = before.known
        self.union = Union(len(materials))
        self._claims: dict[int, Claim] = {}
        for name, at in self._place.items():
            story = before.known.get(name)
            if story is not None:
                seen = story if story in before.settled else None
                self._claims[at] = Claim((story,), seen)
        for number, bond in enumerate(before.bonds):
            if not bond.together:
                self._part(number, bond)

    def _part(self, number: int, bond: Bond) -> None:
        for side, names in ((False, bond.these), (True, bond.those)):
            for at in self.places(names):
                mine = Claim(sides=frozenset({(number, side)}))
                self._claims[at] = self._claims.get(at, Claim()).plus(mine)

    def places(self, names: Iterable[ArticleId]) -> list[int]:
        return [self._place[name] for name in names if name in self._place]

    def earlier(self) -> list[Sequence[int]]:
        """The places of each story of earlier runs."""
        found: dict[StoryId, list[int]] = {}
        for name, at in self._place.items():
            if name in self._known:
                found.setdefault(self._known[name], []).append(at)
        return [*found.values()]

    def claim(self, at: int) -> Claim:
        return self._claims.get(self.union.find(at), Claim())

    def join(self, members: Sequence[int], *, judged: bool = False) -> None:
        """Each of the members to the first, unless a claim is against it.

        With `judged` also unless a text of the one family contradicts one of the other: what is
        copied by two reports of different accidents makes no one story of them.
        """
        for at in members[1:]:
            one, other = self.union.find(members[0]), self.union.find(at)
            mine, theirs = self.claim(one), self.claim(other)
            if one == other or mine.against(theirs) or (judged and self._contradict(one, other)):
                continue
            both = mine.plus(theirs) if one < other else theirs.plus(mine)
            self.union.join(one, other)
            low, high = sorted((one, other))
            self._families[low] = self._family(low) + self._family(high)
            if both != Claim():
                self._claims[self.union.find(one)] = both

    def _family(self, root: int) -> list[int]:
        return self._families.get(root, [root])

    def _contradict(self, one: int, other: int) -> bool:
        pairs = (
            (a, b) for a in self._family(one)[:LOOKED_AT] for b in self._family(other)[:LOOKED_AT]
        )
        return any(veto(self._materials[a], self._materials[b]) for a, b in pairs)
