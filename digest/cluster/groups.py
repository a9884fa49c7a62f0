"""Putting things together, and taking the parts out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Union:
    """Disjoint sets over 0…n-1; the smallest member names its set."""

    def __init__(self, n: int) -> None:
        self._over = list(range(n))

    def find(self, at: int) -> int:
        root = at
        while self._over[root] != root:
            root = self._over[root]
        while self._over[at] != root:
            self._over[at], at = root, self._over[at]
        return root

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._over[high] = low

    def groups(self, members: Iterable[int] | None = None) -> list[list[int]]:
        """The sets, each in ascending order, ordered by their first member."""
        found: dict[int, list[int]] = defaultdict(list)
        for at in sorted(members) if members is not None else range(len(self._over)):
            found[self.find(at)].append(at)
        return list(found.values())
