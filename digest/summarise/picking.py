"""Which sentences make the summary: the worthiest, or those that tell what several voices tell.

A story of one voice is told by its best sentences, one after another. In a story of several the
numbers, names and places that two independent voices share are what readers must learn, so
whole sets of sentences are weighed against each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from types import MappingProxyType

from digest.model import Article, ArticleId, Story
from digest.settings import Summarise
from digest.summarise.candidates import Candidate, Sketch, candidate, sketches
from digest.summarise.scoring import (
    ALIKE,
    LIKENESS,
    Scale,
    facts_of,
    likeness,
    repeats_title,
    scale,
    worth,
)
from digest.summarise.usable import why_none

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

MOST_WEIGHED = 60
"""Groups of one text that are weighed against what is taken: the rest could not win."""

MORE_SENTENCES = 3
"""Sentences beyond the usual for a story of several voices, when each tells a shared fact."""

WIDTH = 16
"""Unfinished sets that are kept at each step."""

COVERAGE = 6.0
"""What telling all shared facts is worth, in sentences: it decides, worth only breaks ties."""


class Unusable(Exception):
    """A text gives no summary; the message is the reason, a sentence in Bulgarian."""


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """A sentence, or one with the sentence it needs; its worth and the shared facts it tells."""

    members: tuple[Candidate, ...]
    worth: float
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was taken so far, in the order of taking."""

    sentences: tuple[Candidate, ...] = ()
    facts: frozenset[str] = frozenset()
    worth: float = 0.0

    def fresh(self, group: _Group) -> list[Candidate]:
        return [one for one in group.members if one not in self.sentences]

    def plus(self, group: _Group) -> _Choice:
        sentences = (*self.sentences, *self.fresh(group))
        return _Choice(sentences, self.facts | group.facts, self.worth + group.worth)

    def fits(self, group: _Group, most: int, chars: int) -> bool:
        """Whether there is room for the group within so many sentences and characters."""
        if len(self.sentences) >= most or not (fresh := self.fresh(group)):
            return False
        length = sum([len(one.text) + 1 for one in (*self.sentences, *fresh)]) - 1
        return length <= chars and len(self.sentences) + len(fresh) <= most


Places = Mapping[ArticleId, Sequence[int]]
"""Characters of articles; the sentences that hold them are left out."""

NOWHERE: Places = MappingProxyType({})


def pick(
    story: Story,
    pool: Sequence[Article],
    options: Summarise,
    title: str,
    *,
    without: Places = NOWHERE,
) -> list[Candidate]:
    """The sentences of the summary in reading order, together at most `options.max_chars` long.

    `title` is what is printed above them, and not said again. What a later article replaced is
    left out, and what stands at the places of `without`. Raises
    `Unusable` with the reason when none may stand.
    """
    found = [sketch for article in pool for sketch in sketches(article)]
    on = scale(story, pool, found, title)
    replaced = outdated(story)
    gone = {one.id: (*replaced.get(one.id, ()), *without.get(one.id, ())) for one in pool}
    groups = _Groups(pool, found, on, gone, options.max_chars)
    choice = _covering(list(groups), on, options) if on.facts else _best(groups, options)
    if not choice.sentences:
        raise Unusable(groups.why_none())
    return _in_reading_order(choice.sentences, pool)


def _in_reading_order(taken: Sequence[Candidate], pool: Sequence[Article]) -> list[Candidate]:
    """What stood first in its article comes first: news begins with what happened.

    A sentence that needs the one before it stays right behind it.
    """
    order = {a.id: place for place, a in enumerate(pool)}

    def place(one: Candidate) -> tuple[int, int, int]:
        behind = int(one.sketch.needs_previous)
        return one.index - behind, order[one.article_id], behind

    return sorted(taken, key=place)


class _Groups:
    """The sentences that may be taken, the worthiest first.

    Whether a sentence may stand at all is asked only when its turn comes: of a long text a few
    are looked at.
    """

    def __init__(
        self,
        pool: Sequence[Article],
        found: Sequence[Sketch],
        on: Scale,
        replaced: Mapping[ArticleId, Sequence[int]],
        longest: int,
    ) -> None:
        self._articles = {article.id: article for article in pool}
        self._at = {(one.article_id, one.index): one for one in found}
        self._on, self._replaced, self._longest = on, replaced, longest
        self._stood: dict[Sketch, Candidate | None] = {}

    def __iter__(self) -> Iterator[_Group]:
        value = {one: worth(one, self._on) for one in self._at.values()}
        found = False
        for group in self._grouped(value):
            found = True
            yield group
        if not found:
            at_need = sorted((s for s in value if s.at_need), key=lambda s: -value[s])
            for sketch in at_need:
                if one := self._standing(sketch):
                    yield self._group((one,), value[sketch])

    def _grouped(self, value: Mapping[Sketch, float]) -> Iterator[_Group]:
        groups: list[tuple[float, tuple[Sketch, ...]]] = []
        for sketch, own in value.items():
            before = self._at.get((sketch.article_id, sketch.index - 1))
            if not sketch.needs_previous:
                groups.append((own, (sketch,)))
            elif before and not before.needs_previous:
                groups.append(((own + value[before]) / 2, (before, sketch)))
        for mean, sketched in sorted(groups, key=lambda row: -row[0]):
            members = [one for one in map(self._standing, sketched) if one]
            if len(members) == len(sketched):
                yield self._group(tuple(members), mean)

    def _standing(self, sketch: Sketch) -> Candidate | None:
        """The sentence as it may be taken; the same object whenever it is asked."""
        if sketch not in self._stood:
            self._stood[sketch] = self._candidate(sketch)
        one = self._stood[sketch]
        return None if one is None or repeats_title(sketch, self._on.title) else one

    def _candidate(self, sketch: Sketch) -> Candidate | None:
        article = self._articles[sketch.article_id]
        places = self._replaced.get(sketch.article_id, ())
        if any(sketch.start <= place < sketch.end for place in places):
            return None
        return candidate(article, sketch, longest=self._longest)

    def _group(self, members: tuple[Candidate, ...], value: float) -> _Group:
        shared = self._on.facts
        if not shared:
            return _Group(members, value)
        told = frozenset().union(*[facts_of(one.text) for one in members])
        return _Group(members, value, told & shared.keys())

    def why_none(self) -> str:
        """Why nothing was there to be taken, in Bulgarian."""
        if any(self._stood.values()):
            return "Изреченията, които могат да стоят сами, само повтарят заглавието."
        return why_none(next(iter(self._articles.values())).text, self._longest)


def _best(groups: Iterable[_Group], options: Summarise) -> _Choice:
    """The worthiest, one after another, each less what it repeats of those before it."""
    waiting = iter(groups)
    seen: list[_Group] = []
    choice, most = _Choice(), options.sentences
    while len(choice.sentences) < most:
        best, score = None, -math.inf
        for group in chain(list(seen), _noted(islice(waiting, MOST_WEIGHED), seen)):
            if group.worth < score:
                break  # it and all that follow are worth less, even with nothing repeated
            now = group.worth - LIKENESS * _alike(group, choice.sentences)
            if now > score and _may_join(choice, group, most, options.max_chars):
                best, score = group, now
        if best is None:
            break
        choice = choice.plus(best)
    return choice


def _noted(groups: Iterable[_Group], seen: list[_Group]) -> Iterator[_Group]:
    for group in groups:
        seen.append(group)
        yield group


def _may_join(choice: _Choice, group: _Group, most: int, chars: int) -> bool:
    """Whether there is room for the group, and it says something else than what is taken."""
    return choice.fits(group, most, chars) and _alike(group, choice.sentences) < ALIKE


def _alike(group: _Group, taken: Sequence[Candidate]) -> float:
    """How much the group repeats of sentences taken before it, 0…1."""
    return max(
        (likeness(a.sketch, b.sketch) for a in group.members for b in taken if a is not b),
        default=0.0,
    )


def _covering(groups: Sequence[_Group], on: Scale, options: Summarise) -> _Choice:
    """The set that tells most of the shared facts, by a search along the `WIDTH` best sets.

    Beyond the usual number of sentences one is added only for a shared fact.
    """
    usual, total = options.sentences, sum(on.facts.values())

    def value(choice: _Choice) -> tuple[float, int]:
        told = sum(on.facts[fact] for fact in choice.facts)
        mean = choice.worth / max(1, len(choice.sentences))
        return COVERAGE * told / total + mean, -sum(len(one.text) for one in choice.sentences)

    telling = _telling(groups, on)
    best, front = _Choice(), [_Choice()]
    while front:
        grown = {
            frozenset(more.sentences): more
            for choice in front
            for group in telling
            if _may_join(choice, group, usual + MORE_SENTENCES, options.max_chars)
            if len(choice.sentences) + len(choice.fresh(group)) <= usual
            or group.facts - choice.facts
            for more in (choice.plus(group),)
        }
        front = sorted(grown.values(), key=value, reverse=True)[:WIDTH]
        best = max([best, *front], key=value)
    return best


def _telling(groups: Sequence[_Group], on: Scale) -> list[_Group]:
    """The groups that can win: those that tell most for their length, and the worthiest."""

    def rate(group: _Group) -> float:
        length = sum(len(one.text) for one in group.members)
        return sum(on.facts[fact] for fact in group.facts) / (80 + length)

    by_facts = sorted((g for g in groups if g.facts), key=lambda g: (-rate(g), -g.worth))
    by_worth = sorted(groups, key=lambda g: -g.worth)
    few = [*by_facts[: MOST_WEIGHED // 2], *by_worth[: MOST_WEIGHED // 6]]
    return list(dict.fromkeys(few))


def outdated(story: Story) -> dict[ArticleId, list[int]]:
    """Where articles give a disputed figure that a later article of the story replaced."""
    when = {a.id: a.published_at or _LONG_AGO for a in story.articles}
    found: defaultdict[ArticleId, list[int]] = defaultdict(list)
    for dispute in story.disagreements:
        latest = max(when.get(v.article_id, _LONG_AGO) for v in dispute.values)
        for value in dispute.values:
            if when.get(value.article_id, _LONG_AGO) < latest:
                found[value.article_id].append(value.start)
    return dict(found)
