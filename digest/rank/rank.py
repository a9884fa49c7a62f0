"""The door of the room: stories in, ranked stories out, best first, each place explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from digest.errors import WrongSettings
from digest.model import (
    AcceptedWeights,
    Development,
    Newsroom,
    Printed,
    RankedStory,
    Reason,
    Ruling,
    Story,
)
from digest.rank.actors import actors_of
from digest.rank.continuity import Archive, development, repeated
from digest.rank.diversity import Entrant, arrange
from digest.rank.held import held
from digest.rank.material import Context, Material, active_outlets
from digest.rank.places import place_of
from digest.rank.rulings import Desk, at_their_places, boosted, desk_of, vetoed
from digest.rank.signals import DIVERSITY, SIGNALS
from digest.rank.weights import in_force
from digest.settings import Rank


def rank(
    stories: Sequence[Story],
    *,
    now: datetime,
    newsroom: Newsroom,
    options: Rank,
    previous: Sequence[Printed] = (),
    fresh_hours: int,
    accepted: AcceptedWeights | None = None,
    rulings: Sequence[Ruling] = (),
) -> list[RankedStory]:
    """Every story with its score and reasons, best first; equal scores stand by id.

    The score is the sum of weight × value over the reasons. `held` says in Bulgarian why a story
    must stay out; `development` what is new in one that was printed. Stories of editions dated
    `now` or later are not earlier ones. `accepted` are the weights that the desk accepted,
    `rulings` what editors said of stories for this edition. Raises `WrongSettings` for a weight
    without a signal and for the interest in a section that the newsroom does not have.
    """
    weights = in_force(options.weights, accepted).by_name
    context = _context(stories, now, newsroom, options, fresh_hours)
    desk = desk_of(rulings)
    earlier = [one for one in previous if one.date < now.date()]
    archive = Archive(earlier, stories) if earlier else None
    told = [Material(story, now) for story in stories]
    reasons = _Reasons(context, weights)
    judged = [_judged(one, reasons, archive, desk) for one in told]
    return at_their_places(_arranged(judged, told, weights[DIVERSITY], context, desk), desk)


def _context(
    stories: Sequence[Story], now: datetime, newsroom: Newsroom, options: Rank, fresh_hours: int
) -> Context:
    names = {topic.slug: topic.name for topic in newsroom.topics}
    unknown = sorted(options.interest.keys() - names.keys()) if names else []
    if unknown:
        raise WrongSettings(
            f"Непозната рубрика „{unknown[0]}“ в rank.interest.",
            "Интерес може да има само рубрика на изданието.",
            f"Рубриките са: {', '.join(names)}.",
        )
    return Context(
        now=now,
        fresh_hours=fresh_hours,
        growth_hours=options.growth_hours,
        outlets=active_outlets(stories),
        interest=options.interest,
        sections=names,
        places=tuple([place_of(name) for name in options.places if name.strip()]),
    )


class _Reasons:
    """Gives the reasons of stories; those that say „nothing of the kind“ are made once a run."""

    def __init__(self, context: Context, weights: Mapping[str, float]) -> None:
        self.context = context
        self._signals = [(name, signal, weights[name]) for name, signal in SIGNALS.items()]
        self._quiet: dict[tuple[str, str], Reason] = {}

    def of(self, told: Material) -> list[Reason]:
        """One reason a signal, in the order of the table."""
        found = []
        for name, signal, weight in self._signals:
            value, sentence = signal(told, self.context)
            reason = None if value else self._quiet.get((name, sentence))
            if reason is None:
                reason = Reason(name, weight, round(value, 4), sentence)
                if not value:
                    self._quiet[name, sentence] = reason
            found.append(reason)
        return found


class _Judged(NamedTuple):
    """A story with the reasons that look at it alone, and whether it must stay out."""

    story: Story
    score: float
    reasons: list[Reason]
    development: Development | None
    held: str | None


def _judged(told: Material, given: _Reasons, archive: Archive | None, desk: Desk) -> _Judged:
    story = told.story
    reasons = given.of(told)
    if story.id in desk.boosts:
        reasons.append(boosted(desk.boosts[story.id]))
    score = sum([reason.weight * reason.value for reason in reasons])
    why_not, new = _kept_out(story, given.context, archive, desk)
    return _Judged(story, score, reasons, new, why_not)


def _kept_out(
    story: Story, context: Context, archive: Archive | None, desk: Desk
) -> tuple[str | None, Development | None]:
    """Why a story must stay out, or what is new in one that was printed."""
    if story.id in desk.vetoes:
        return vetoed(desk.vetoes[story.id]), None
    why_not = held(story, context.now, context.fresh_hours)
    if why_not is not None or archive is None or (printed := archive.earlier(story)) is None:
        return why_not, None
    new = development(story, printed, context.now)
    return (None if new else repeated(printed)), new


def _arranged(
    judged: Sequence[_Judged],
    told: Sequence[Material],
    weight: float,
    context: Context,
    desk: Desk,
) -> list[RankedStory]:
    entrants = [
        Entrant(one.story.id, one.score, one.story.topic, actors, one.held is None)
        for one, actors in zip(judged, actors_of(told), strict=True)
    ]
    pins = {
        n: desk.pins[one.story.id].place
        for n, one in enumerate(judged)
        if one.story.id in desk.pins and one.held is None
    }
    ranked = []
    for placed in arrange(entrants, weight, context.sections, pins):
        one = judged[placed.entrant]
        one.reasons.append(Reason(DIVERSITY, weight, placed.value, placed.sentence))
        score = round(one.score + weight * placed.value, 6)
        ranked.append(RankedStory(one.story, score, tuple(one.reasons), one.development, one.held))
    return ranked
