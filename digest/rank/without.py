"""What would lead if a source were muted: its articles out, and the two rankings compared.

Stories of the two are matched by their articles: the one that shares most is the same story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.errors import WrongUsage
from digest.model import Article, ArticleId, RankedStory
from digest.rank.material import host_of

SHOWN = 20
"""Known sources that an error names."""


@dataclass(frozen=True, slots=True)
class Before:
    """Where a story stood with all sources: place from 1, and its independent sources."""

    ranked: RankedStory
    place: int

    def as_dict(self) -> dict[str, object]:
        """The `without` key of a line of `digest rank --without --json`."""
        return {
            "place_before": self.place,
            "independent_sources_before": self.ranked.story.independent_sources,
        }


@dataclass(frozen=True, slots=True)
class Muted:
    """The ranking without some sources against the ranking with all.

    `before` gives for each remaining story (by index) what it was; a story that only comes about
    without them has none. `vanished` and `weakened` (stories that lost voices, with the number
    they had) are in rank order; `leader` is the first printable story, `same_leader` whether it
    led with all sources too.
    """

    before: Mapping[int, Before]
    vanished: tuple[RankedStory, ...]
    weakened: tuple[tuple[RankedStory, int], ...]
    leader: RankedStory | None
    same_leader: bool


def mute(articles: Sequence[Article], sources: Sequence[str]) -> list[Article]:
    """The articles that come from none of `sources`: source ids, outlet names or hosts.

    Upper and lower case are one. Raises `WrongUsage` for a source that no article has.
    """
    wanted = {one.strip().casefold(): one for one in sources}
    called = [_names(article) for article in articles]
    known = set().union(*called) if called else set()
    missing = sorted(wanted.keys() - known)
    if missing:
        raise _unknown(wanted[missing[0]], articles)
    return [one for one, names in zip(articles, called, strict=True) if not names & wanted.keys()]


def _names(article: Article) -> frozenset[str]:
    host = host_of(article)
    names = (article.source, article.outlet, host, f"www.{host}" if host else "")
    return frozenset([name.casefold() for name in names if name])


def _unknown(wanted: str, articles: Sequence[Article]) -> WrongUsage:
    names = sorted({a.outlet or a.source or host_of(a) for a in articles} - {""})
    more = f" и още {len(names) - SHOWN}" if len(names) > SHOWN else ""
    return WrongUsage(
        f"Няма статия от източник „{wanted.strip()}“.",
        "Източникът се познава по номера си, по името на изданието или по хоста на адреса.",
        f"Познатите са: {', '.join(names[:SHOWN])}{more}."
        if names
        else "Статиите не казват откъде са: добавете „source“, „outlet“ или „url“.",
    )


def compare(before: Sequence[RankedStory], after: Sequence[RankedStory]) -> Muted:
    """What changed between the ranking with all sources and the one without some."""
    at: dict[ArticleId, int] = {a.id: n for n, one in enumerate(before) for a in one.story.articles}
    matched: dict[int, Before] = {}
    for n, one in enumerate(after):
        shared = Counter(at[a.id] for a in one.story.articles if a.id in at)
        if shared:
            place = min(shared, key=lambda p: (-shared[p], p))
            matched[n] = Before(before[place], place + 1)
    first = _leader(after)
    kept = {one.place - 1 for one in matched.values()}
    return Muted(
        before=matched,
        vanished=tuple(one for n, one in enumerate(before) if n not in kept),
        weakened=tuple(
            (after[n], was.ranked.story.independent_sources)
            for n, was in matched.items()
            if after[n].story.independent_sources < was.ranked.story.independent_sources
        ),
        leader=after[first] if first is not None else None,
        same_leader=first is not None
        and first in matched
        and matched[first].place - 1 == _leader(before),
    )


def _leader(ranked: Sequence[RankedStory]) -> int | None:
    """The index of the first story that may be printed."""
    return next((n for n, one in enumerate(ranked) if one.held is None), None)
