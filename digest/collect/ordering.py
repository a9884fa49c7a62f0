"""Whether a feed or a front page is ordered by weight, and the place of each entry in it.

Most feeds list what is newest first: there a place says only when an entry came. An order says
what editors think of their news where it does not follow the time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from digest.collect.address import is_home
from digest.model import Entry, FeedPlace

HEAD = 50
"""Entries from the top by which an order is judged: who arranges, arranges what is seen."""
LEAST = 10
"""Entries with a date from which on a single one out of its time cannot make the order another."""
CHRONOLOGICAL = 0.2
"""Share of pairs against the order of time up to which a list follows it: one entry of n that is
pinned or redated makes at most 2 ÷ n, an order by weight a third to a half."""


def placed(
    entries: Sequence[Entry], kind: str, repeats: Collection[int] = frozenset()
) -> tuple[Entry, ...]:
    """The entries of a feed with their places, where its order is an editor's.

    A repeated entry has no place and takes none. A map of a site is ordered for machines.
    """
    if kind == "sitemap" or not _by_weight([e.published_at for e in entries[:HEAD]]):
        return tuple(entries)
    return _numbered(entries, repeats)


def placed_on_page(links: Sequence[Entry], url: str) -> list[Entry]:
    """The links of a page with their places, when it is a front page.

    Links have no dates to judge by, and a page of a section lists what is newest first.
    """
    return list(_numbered(links, ())) if is_home(url) and len(links) >= LEAST else list(links)


def _by_weight(dates: Sequence[datetime | None]) -> bool:
    """Whether the order goes neither from new to old nor from old to new; undated it is unknown."""
    known = [at for at in dates if at is not None]
    if len(known) < LEAST:
        return False
    pairs = [above < below for above, below in combinations(known, 2) if above != below]
    least = CHRONOLOGICAL * len(pairs)
    return least < sum(pairs) < len(pairs) - least


def _numbered(entries: Sequence[Entry], repeats: Collection[int]) -> tuple[Entry, ...]:
    of = len(entries) - len(repeats)
    found: list[Entry] = []
    place = 0
    for at, entry in enumerate(entries):
        own = at not in repeats
        place += own
        found.append(replace(entry, place=FeedPlace(place, of)) if own else entry)
    return tuple(found)
