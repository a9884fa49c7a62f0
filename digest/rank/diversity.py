"""The order of the stories: each place goes to the best one after what stands above it.

A story is worth less the more of the stories above it are of its section or about the same
people. What stands above only grows, so a penalty never shrinks: a heap of the last known scores
suffices, and a story returns to it at most once for each of the few steps of its penalty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappushpop
from types import MappingProxyType
from typing import NamedTuple

from digest.rank.actors import Actor

SECTION_STEPS = 6
"""Stories of one section above that are the most that counts: a page holds about as many."""
ACTOR_STEPS = 3
"""Stories about one person above: the fourth is worth no more than the fifth."""
SECTION_SHARE = 0.3
"""Sections repeat by nature and have their own limits in the edition; people should not."""

_VALUES = tuple(
    tuple(
        round(SECTION_SHARE * topic / SECTION_STEPS + (1 - SECTION_SHARE) * people / ACTOR_STEPS, 4)
        for people in range(ACTOR_STEPS + 1)
    )
    for topic in range(SECTION_STEPS + 1)
)
"""Penalty by stories above of the section, then by stories above about the same person."""

_WORDS = ("", "Една по-горна тема също е", "Две по-горни теми също са", "Три по-горни теми също са",
          "Четири по-горни теми също са", "Пет по-горни теми също са",
          "Шест по-горни теми също са")  # fmt: skip


class Entrant(NamedTuple):
    """A story that waits for its place; `score` is without diversity.

    `counts` is false for one that will not be printed and so takes no place from others.
    """

    id: str
    score: float
    topic: str
    actors: tuple[Actor, ...]
    counts: bool = True


class Placed(NamedTuple):
    """Which entrant (its number), how much stands above it (0…1), and the sentence."""

    entrant: int
    value: float
    sentence: str


class _Above:
    """What stands above the next place."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._topics: defaultdict[str, int] = defaultdict(int)
        self._actors: defaultdict[str, int] = defaultdict(int)

    def place(self, index: int, one: Entrant) -> Placed:
        """Gives an entrant the next place; from now on it stands above the others."""
        if not one.counts:
            return Placed(index, 0.0, "Не се печата, затова не се сравнява с по-горните.")
        placed = Placed(index, self.value(one), self.sentence(one))
        self._topics[one.topic] += 1
        for actor in one.actors:
            self._actors[actor.key] += 1
        return placed

    def value(self, one: Entrant) -> float:
        if not one.counts:
            return 0.0
        seen = 0
        for actor in one.actors:
            seen = max(seen, self._actors[actor.key])
        return _VALUES[min(self._topics[one.topic], SECTION_STEPS)][min(seen, ACTOR_STEPS)]

    def sentence(self, one: Entrant) -> str:
        most = max(one.actors, key=lambda a: self._actors[a.key], default=None)
        if most is not None and self._actors[most.key]:
            return f"{_how_many(self._actors[most.key])} за {most.name}."
        if self._topics[one.topic]:
            name = self._names.get(one.topic, one.topic)
            return f"{_how_many(self._topics[one.topic])} от рубриката „{name}“."
        return "Няма по-горна тема от рубриката или за същите хора."


def _how_many(number: int) -> str:
    known = _WORDS[number] if number < len(_WORDS) else ""
    return known or f"{number} по-горни теми също са"


def arrange(
    entrants: Sequence[Entrant],
    weight: float,
    names: Mapping[str, str],
    pins: Mapping[int, int] = MappingProxyType({}),
) -> list[Placed]:
    """All entrants in their order, best first; equal ones by id.

    `weight` ≤ 0 is that of the penalty; `names` are printed names of sections; `pins` give the
    place (from 1, among those that count) of the entrants that an editor pinned, by index. n
    entrants cost O(n · steps · log n), never n².
    """
    above = _Above(names)
    free = [(-one.score, one.id, n) for n, one in enumerate(entrants) if n not in pins]
    heapify(free)
    pinned = sorted(pins, key=lambda n: (pins[n], entrants[n].id), reverse=True)
    order: list[Placed] = []
    place = 1
    while free or pinned:
        if pinned and (pins[pinned[-1]] <= place or not free):
            index = pinned.pop()
        else:
            index = _best(free, entrants, weight, above)
        one = entrants[index]
        order.append(above.place(index, one))
        place += one.counts
    return order


def _best(
    free: list[tuple[float, str, int]], entrants: Sequence[Entrant], weight: float, above: _Above
) -> int:
    """Takes the one that is best now; those found to be worth less go back with that."""
    at, _, index = heappop(free)
    while free:
        one = entrants[index]
        now = -(one.score + weight * above.value(one))
        if now <= at:
            break
        at, _, index = heappushpop(free, (now, one.id, index))
    return index
