"""Reprints: the same body under another header, credit or cut.

Candidates come from MinHash at a low threshold and from the pairs that the caller already found
alike (a cut feed line in a full article has too small a Jaccard index for MinHash). Containment
decides: shared runs of three words over those of the shorter text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from heapq import merge
from itertools import combinations, groupby, islice
from typing import TYPE_CHECKING

from digest.cluster.differ import differences
from digest.cluster.gates import veto
from digest.cluster.groups import Union
from digest.cluster.material import Material
from digest.cluster.pairs import Pair
from digest.cluster.shingles import Hashed, containment, proposed, shingles
from digest.model import Copy

if TYPE_CHECKING:
    from digest.cluster.shingles import Hashes

MIN_WORDS = 8
"""A body of fewer words is a copy only of an equal title and body."""

LEAST_RUNS = MIN_WORDS - 2

NEARLY_ALL = 0.9
"""Share of a text of like length that makes it the same text whatever stands first. With less the
common part may be a paragraph that two reports of one day share."""

NEAR_IDENTICAL = 0.95
LONG_AFTER = timedelta(days=7)
"""Texts dated further apart share phrases of their kind of event; a reprint shares nearly all."""
SAME_TITLE = 0.3

LIKE = 0.15
"""Likeness from which two texts of like meaning are held against each other as copies."""
MOST_HELD = 12
"""Texts within one that are laid beside each other: a round-up is seen by its first two."""

HALF, MOST_STANDING = 0.5, 10
"""Share of a text that is its outlet's notice before that is said, and of how many others."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two places (ascending) whose texts share `share` (0…1) of the shorter.

    `whole` says that the two are one text; else one holds the other's text among others.
    """

    one: int
    other: int
    share: float
    whole: bool


class Copies:
    """The copies among the articles of one run: all pairs at once, then asked story by story."""

    def __init__(self, materials: Sequence[Material], near: Collection[Pair], least: float) -> None:
        """`least` (0…1) is the share of the shorter text that makes a copy.

        `near` are pairs of places that the caller found alike, in ascending order.
        """
        self._materials, self._least = materials, least
        self._runs: list[Hashes] = []
        self._lengths: list[int] = []
        self._twins = self._read()
        self._first = {at: group[0] for group in self._twins for at in group}
        self._carry: dict[str, list[int]] = defaultdict(list)
        for at, material in enumerate(materials):
            for part in material.standing:
                self._carry[part].append(at)
        self._linked: dict[int, list[Link]] = defaultdict(list)
        links = list(self._links(near))
        self.round_ups = self._find_round_ups(links, near)
        """Places of texts that gather several pieces of news; they are a copy of none."""
        for found in links:
            both = {found.one, found.other}
            link = replace(found, whole=found.whole and self.round_ups.isdisjoint(both))
            self._linked[link.one].append(link)
            self._linked[link.other].append(link)
        self._runs = []  # asked no more, and the most of what was read here

    def length(self, at: int) -> int:
        """Words of a body."""
        return self._lengths[at]

    def wholes(self) -> list[tuple[int, ...]]:
        """Places whose texts are one: groups of equals, then pairs, the surest first."""
        links = {link for links in self._linked.values() for link in links if link.whole}
        ordered = sorted(links, key=lambda link: (-link.share, link.one, link.other))
        equals = [group for group in self._twins if len(group) > 1]
        return [*(tuple(group) for group in equals), *((k.one, k.other) for k in ordered)]

    def grouped(self, members: Sequence[int]) -> list[list[int]]:
        """The members put together by copies alone; most are alone."""
        if len(members) == 1:
            return [list(members)]
        inside = {at: place for place, at in enumerate(members)}
        union = Union(len(members))
        firsts: dict[int, int] = {}
        for at, place in inside.items():
            union.join(firsts.setdefault(self._first[at], place), place)
            for link in self._linked[at]:
                if link.whole and link.one in inside and link.other in inside:
                    union.join(inside[link.one], inside[link.other])
        return [[members[place] for place in group] for group in union.groups()]

    def of(self, members: Sequence[int]) -> tuple[Copy, ...]:
        """What each of `members` (earliest first) repeats.

        An earlier one of them as a reprint, else a part of earlier articles of any story.
        """
        order = {at: position for position, at in enumerate(members)}
        return tuple(copy for at in members for copy in self._of(at, order))

    def _of(self, at: int, order: Mapping[int, int]) -> list[Copy]:
        first = self._first[at]
        if first != at and first in order:
            return [self._copy(at, first, 1.0, "reprint")]
        linked = self._linked[first]
        earlier = [
            k for k in linked if k.whole and order.get(_other(k, first), len(order)) < order[at]
        ]
        if earlier:
            best = min(earlier, key=lambda link: order[_other(link, first)])
            return [self._copy(at, _other(best, first), best.share, "reprint")]
        parts = sorted((k for k in linked if not k.whole and k.other == at), key=lambda k: k.one)
        found = [self._copy(at, link.one, link.share, "part") for link in parts]
        return [*found, *self._standing(at)]

    def _standing(self, at: int) -> list[Copy]:
        """Texts that share nothing but a notice, told so that nobody takes them for reprints."""
        mine = self._materials[at]
        size = len(mine.article.text)
        share = sum(map(len, mine.standing)) / size if size else 0.0
        if share < HALF:
            return []
        fewest = min((self._carry[part] for part in sorted(mine.standing)), key=len)
        same = (o for o in fewest if o != at and mine.standing <= self._materials[o].standing)
        return [self._copy(at, o, share, "standing") for o in islice(same, MOST_STANDING)]

    def _copy(self, at: int, original: int, share: float, kind: str) -> Copy:
        one, other = self._materials[at].article, self._materials[original].article
        found = differences(one, other) if kind == "reprint" else ()
        return Copy(one.id, other.id, round(share, 3), found, kind)

    def _read(self) -> list[list[int]]:
        """Hashes every body once; gives the groups of equal texts."""
        hashed = Hashed()
        equal: dict[object, list[int]] = defaultdict(list)
        for at, material in enumerate(self._materials):
            words = hashed.words(material.tokens)
            self._runs.append(shingles(words))
            self._lengths.append(len(words))
            equal[_identity(material, words, at)].append(at)
        return list(equal.values())

    def _links(self, near: Iterable[Pair]) -> Iterator[Link]:
        """Pairs of which one repeats at least `least` of the other, the shorter counted.

        Of equal texts the first stands for all. Reports from one template (monthly rates, daily
        accidents) repeat most of each other and are no copies: the veto keeps them apart.
        """
        firsts = [group[0] for group in self._twins]
        alone = set(firsts)
        hashed = proposed([self._runs[at] for at in firsts], LEAST_RUNS)
        pairs = sorted((firsts[a], firsts[b]) for a, b in hashed)
        close = (pair for pair in near if pair[0] in alone and pair[1] in alone)
        for (one, other), _ in groupby(merge(pairs, close)):
            if min(len(self._runs[one]), len(self._runs[other])) < LEAST_RUNS:
                continue
            share = containment(self._runs[one], self._runs[other])
            if share >= self._least and veto(self._materials[one], self._materials[other]) is None:
                yield Link(one, other, share, self._one_text(one, other, share))

    def _find_round_ups(self, links: Iterable[Link], near: Container[Pair]) -> frozenset[int]:
        """The texts that hold two others which have nothing to do with each other.

        What stands under the title of one of them is that one's text, whatever else it tells.
        """
        held: dict[int, list[int]] = defaultdict(list)
        for link in links:
            short, long = sorted((link.one, link.other), key=self._size)
            held[long].append(short)
        return frozenset(
            long
            for long, shorts in held.items()
            if self._unrelated(shorts, near)
            and not any(
                _title_overlap(self._materials[long], self._materials[short]) >= SAME_TITLE
                for short in shorts
            )
        )

    def _size(self, at: int) -> tuple[int, int]:
        return len(self._runs[at]), at

    def _unrelated(self, shorts: Sequence[int], near: Container[Pair]) -> bool:
        """Whether two of the texts neither resemble nor repeat each other."""
        return any(
            (min(a, b), max(a, b)) not in near
            and containment(self._runs[a], self._runs[b]) < self._least
            for a, b in combinations(shorts[:MOST_HELD], 2)
        )

    def _one_text(self, one: int, other: int, share: float) -> bool:
        """A short text within a long one is its copy only at the start or under its title.

        Else a round-up that holds two pieces of news would make one story of them.
        """
        a, b = self._materials[one], self._materials[other]
        if share < NEAR_IDENTICAL and a.at and b.at and abs(a.at - b.at) > LONG_AFTER:
            return False
        short, long = sorted((one, other), key=lambda at: len(self._runs[at]))
        if share >= NEARLY_ALL and 2 * len(self._runs[short]) >= len(self._runs[long]):
            return True
        if _title_overlap(a, b) >= SAME_TITLE:
            return True
        begin = self._materials[long].tokens[: 2 * self._lengths[short] + 40]
        return containment(self._runs[short], shingles(Hashed().words(begin))) >= self._least


def _other(link: Link, at: int) -> int:
    return link.other if link.one == at else link.one


def _identity(material: Material, words: Hashes, at: int) -> object:
    """What equal texts have in common; a text of a few words needs an equal title too."""
    same = hashlib.blake2b(words.tobytes(), digest_size=16).digest()
    if len(words) >= MIN_WORDS:
        return same
    title = material.article.title.strip().casefold()
    return (title, same) if title or len(words) else at


def _title_overlap(one: Material, other: Material) -> float:
    fewer = min(len(one.title_stems), len(other.title_stems))
    return len(one.title_stems & other.title_stems) / fewer if fewer else 0.0
