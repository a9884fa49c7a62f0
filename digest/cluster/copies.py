"""Reprints: the same body under another header, credit or cut.

Candidates come from MinHash (rensa) at a low threshold and from the pairs that the caller already
found alike (a cut feed line in a full article has too small a Jaccard index for MinHash).
Containment decides: shared runs of three words over those of the shorter text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest.cluster.gates import veto
from digest.cluster.groups import Union
from digest.cluster.material import Material, shingles
from digest.model import Copy

MIN_WORDS = 8
"""A body of fewer words is a copy only of an equal title and body."""

PERMUTATIONS, BANDS, SEED = 128, 64, 20
MOST_CANDIDATES = 40
"""Of one text: a thousand like texts stay a thousand times forty comparisons."""

NEAR_IDENTICAL = 0.95
LONG_AFTER = timedelta(days=7)
"""Texts dated further apart share phrases of their kind of event; a reprint shares nearly all."""
SAME_TITLE = 0.3


@dataclass(frozen=True, slots=True)
class Link:
    """Two places in the list of materials whose texts share `share` (0…1) of the shorter."""

    one: int
    other: int
    share: float


def twins(materials: Sequence[Material]) -> list[list[int]]:
    """Groups of equal texts by their place in the list; most are alone."""
    groups: dict[object, list[int]] = defaultdict(list)
    for at, material in enumerate(materials):
        groups[_identity(material, at)].append(at)
    return list(groups.values())


def _identity(material: Material, at: int) -> object:
    if len(material.tokens) >= MIN_WORDS:
        return material.tokens
    title = material.article.title.strip().casefold()
    return (title, material.tokens) if title or material.tokens else at


def links(
    materials: Sequence[Material], alike: Iterable[tuple[int, int]], least: float
) -> list[Link]:
    """Pairs of which one repeats at least `least` of the other, the shorter counted.

    Reports from one template (monthly rates, daily accidents) repeat most of each other and are
    no copies: the veto of `gates` keeps them apart.
    """
    pairs = {(min(p), max(p)) for p in _hashed(materials)} | {(min(p), max(p)) for p in alike}
    found = (Link(a, b, containment(materials[a], materials[b])) for a, b in sorted(pairs))
    return [link for link in found if link.share >= least and _one_text(materials, link, least)]


def containment(one: Material, other: Material) -> float:
    """Share (0…1) of the shorter text's three-word runs that the longer has too."""
    short, long = sorted((one.shingles, other.shingles), key=len)
    if len(short) < MIN_WORDS - 2:
        return 0.0
    return len(short & long) / len(short)


def _one_text(materials: Sequence[Material], link: Link, least: float) -> bool:
    """A short text within a long one is its copy only at the start or under its title.

    Else a round-up that holds two pieces of news would make one story of them.
    """
    one, other = materials[link.one], materials[link.other]
    if veto(one, other):
        return False
    if link.share < NEAR_IDENTICAL and one.at and other.at and abs(one.at - other.at) > LONG_AFTER:
        return False
    short, long = sorted(
        (materials[link.one], materials[link.other]), key=lambda m: len(m.shingles)
    )
    if 2 * len(short.shingles) >= len(long.shingles):
        return True
    if _title_overlap(short, long) >= SAME_TITLE:
        return True
    start = shingles(long.tokens[: 2 * len(short.tokens) + 40])
    return len(short.shingles & start) >= least * len(short.shingles)


def _title_overlap(one: Material, other: Material) -> float:
    fewer = min(len(one.title_terms), len(other.title_terms))
    return len(one.title_terms & other.title_terms) / fewer if fewer else 0.0


def _hashed(materials: Sequence[Material]) -> Iterator[tuple[int, int]]:
    """Candidate pairs by MinHash. A text that all but equals an earlier one is not indexed."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.3, num_perm=PERMUTATIONS, num_bands=BANDS)
    for at, material in enumerate(materials):
        if len(material.tokens) < MIN_WORDS:
            continue
        mark = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        mark.update([" ".join(run) for run in sorted(material.shingles)])
        near = sorted(int(key) for key in index.query(mark))[:MOST_CANDIDATES]
        yield from ((key, at) for key in near)
        best = max((containment(materials[key], material) for key in near), default=0.0)
        if best < NEAR_IDENTICAL:
            index.insert(at, mark)


def joined(materials: Sequence[Material], equal: list[list[int]], found: list[Link]) -> Union:
    """Equal texts and copies put together."""
    union = Union(len(materials))
    for group in equal:
        for at in group[1:]:
            union.join(group[0], at)
    for link in found:
        union.join(link.one, link.other)
    return union


def copies_of(
    members: Sequence[int], materials: Sequence[Material], found: Sequence[Link], least: float
) -> tuple[Copy, ...]:
    """The copies among `members` (earliest first), each of the earliest text that it repeats."""
    linked = _neighbours(members, found)
    order = {at: position for position, at in enumerate(members)}
    firsts: dict[object, int] = {}
    result: list[Copy] = []
    for at in members:
        twin = firsts.setdefault(_identity(materials[at], at), at)
        earlier = [m for m in linked[twin] if order[m] < order[at]]
        best = min([*earlier, *([twin] if twin != at else [])], key=order.__getitem__, default=None)
        if best is not None:
            share = 1.0 if best == twin else max(least, containment(materials[best], materials[at]))
            ids = materials[at].article.id, materials[best].article.id
            result.append(Copy(*ids, round(share, 3)))
    return tuple(result)


def _neighbours(members: Sequence[int], found: Sequence[Link]) -> dict[int, set[int]]:
    """Who is linked with whom; of equal texts only the first is in `found`."""
    inside = set(members)
    linked: dict[int, set[int]] = {m: set() for m in members}
    for link in found:
        if link.one in inside and link.other in inside:
            linked[link.one].add(link.other)
            linked[link.other].add(link.one)
    return linked
