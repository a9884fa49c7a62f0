"""A round in parts that may be asked on different machines at once.

    sources ─ by site and outlet ─ groups ─ by number ─ slices

Politeness is kept inside one slice, so whatever meets on one site is in one: sources of one
registrable domain, and those of one outlet, whose pages lie on its site wherever its feeds are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from digest.collect.address import site
from digest.model import Source, SourceId

HERE = ("folder:", "maildir:")
"""Addresses of what lies on the disk of one machine."""


def is_here(source: Source) -> bool:
    """True for a source that only the machine with its files can read."""
    return source.url.startswith(HERE)


def sliced(sources: Sequence[Source], parts: int) -> list[tuple[SourceId, ...]]:
    """At most so many slices of about equal numbers of sources, none empty.

    Every source is in one of them, in the order given.
    """
    order = {source.id: place for place, source in enumerate(sources)}
    slices: list[list[SourceId]] = [[] for _ in range(min(parts, len(sources)))]
    # The largest first, each to the shortest: one big outlet does not end up beside another.
    for group in sorted(_groups(sources), key=len, reverse=True):
        min(slices, key=len).extend(group)
    return [tuple(sorted(one, key=order.__getitem__)) for one in slices if one]


def _groups(sources: Iterable[Source]) -> list[list[SourceId]]:
    """The sources that must not be parted, in the order of their first."""
    above: dict[str, str] = {}
    groups: defaultdict[str, list[SourceId]] = defaultdict(list)
    sources = list(sources)
    for source in sources:
        place, outlet = (_top(above, name) for name in _names(source))
        above[outlet] = place
    for source in sources:
        groups[_top(above, _names(source)[0])].append(source.id)
    return list(groups.values())


def _top(above: dict[str, str], name: str) -> str:
    """The name that stands for all that `name` was joined with."""
    while above.setdefault(name, name) != name:
        name = above[name]
    return name


def _names(source: Source) -> tuple[str, str]:
    """By what a source is held together with others: its site, if it has one, and its outlet."""
    outlet = f"outlet:{source.outlet.strip().casefold()}"
    place = site(source.url)
    return (f"site:{place}" if place else outlet), outlet
