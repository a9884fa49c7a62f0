"""Which sentences make the summary: the worthiest, or those that tell what several voices tell.

A story of one voice is told by its best sentences, one after another. In a story of several the
numbers, names and places that two independent voices share are what readers must learn, so
whole sets of sentences are weighed against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.model import Article, Story
from digest.settings import Summarise
from digest.summarise.candidates import Candidate, candidates
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

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

MOST_WEIGHED = 60
"""Groups of one text that are weighed against what is taken: the rest could not win."""

MORE_SENTENCES = 2
"""Sentences beyond the usual for a story of several voices, when each tells a shared fact."""

WIDTH = 16
"""Unfinished sets that are kept at each step."""

COVERAGE = 6.0
"""What telling all shared facts is worth, in sentences: it decides, worth only breaks ties."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A sentence, or one with the sentence it needs; its worth and the shared facts it tells."""

    members: tuple[Candidate, ...]
    worth: float
    facts: frozenset[str]


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
        """Whether the group says something else within so many sentences and characters."""
        fresh = self.fresh(group)
        length = sum(len(one.text) + 1 for one in (*self.sentences, *fresh)) - 1
        if not fresh or length > chars or len(self.sentences) + len(fresh) > most:
            return False
        return all(likeness(one, other) < ALIKE for one in fresh for other in self.sentences)


def pick(story: Story, pool: Sequence[Article], options: Summarise) -> list[Candidate]:
    """The sentences of the summary in reading order; empty when none may stand.

    Together at most `options.max_chars` characters. What a later article replaced is left out.
    """
    found = [c for a in pool for c in candidates(a, longest=options.max_chars)]
    found = [c for c in found if not _outdated(story, c)]
    if not found:
        return []
    on = scale(story, pool, found)
    groups = list(_groups(found, on))
    choice = _covering(groups, on, options) if on.facts else _best(groups, options)
    order = {a.id: place for place, a in enumerate(pool)}
    return sorted(choice.sentences, key=lambda c: (order[c.article_id], c.index))


def _groups(found: Sequence[Candidate], on: Scale) -> Iterator[_Group]:
    """Sentences that stand alone, and those that need the one before them, with it."""
    fresh = [one for one in found if not repeats_title(one, on.title)] or list(found)
    at = {(one.article_id, one.index): one for one in fresh if not one.needs_previous}
    for one in fresh:
        before = at.get((one.article_id, one.index - 1))
        if not one.needs_previous:
            yield _group((one,), on)
        elif before:
            yield _group((before, one), on)


def _group(members: tuple[Candidate, ...], on: Scale) -> _Group:
    value = sum(worth(one, on) for one in members) / len(members)
    told = (facts_of(one.text) for one in members) if on.facts else ()
    return _Group(members, value, frozenset().union(*told) & on.facts.keys())


def _best(groups: Sequence[_Group], options: Summarise) -> _Choice:
    """The worthiest, one after another, each less what it repeats of those before it."""
    best = sorted(groups, key=lambda g: -g.worth)[:MOST_WEIGHED]
    choice = _Choice()
    while fitting := [g for g in best if choice.fits(g, options.sentences, options.max_chars)]:
        choice = choice.plus(max(fitting, key=lambda g: g.worth - _repeats(choice, g)))
    return choice


def _repeats(choice: _Choice, group: _Group) -> float:
    taken = choice.sentences
    same = (likeness(a, b) for a in choice.fresh(group) for b in taken)
    return LIKENESS * max(same, default=0.0)


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
            frozenset(id(one) for one in more.sentences): more
            for choice in front
            for group in telling
            if choice.fits(group, usual + MORE_SENTENCES, options.max_chars)
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
    return list({id(group): group for group in few}.values())


def _outdated(story: Story, one: Candidate) -> bool:
    """Whether the sentence gives a disputed figure that a later article of the story replaced."""
    when = {a.id: a.published_at or _LONG_AGO for a in story.articles}
    for dispute in story.disagreements:
        latest = max(when.get(v.article_id, _LONG_AGO) for v in dispute.values)
        for value in dispute.values:
            inside = value.article_id == one.article_id and one.start <= value.start < one.end
            if inside and when.get(value.article_id, _LONG_AGO) < latest:
                return True
    return False
