"""The door of the room: stories in, ranked stories out, best first, each place explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.errors import WrongSettings
from digest.model import Development, Newsroom, Printed, RankedStory, Reason, Story
from digest.rank.continuity import Archive, development, repeated
from digest.rank.held import held
from digest.rank.signals import SIGNALS, WEIGHTS, Context
from digest.settings import Rank


def rank(
    stories: Sequence[Story],
    *,
    now: datetime,
    newsroom: Newsroom,  # noqa: ARG001 – the section's interest will weigh here
    options: Rank,
    previous: Sequence[Printed] = (),
    fresh_hours: int,
) -> list[RankedStory]:
    """Every story with its score and reasons, best first; equal scores stand by id.

    The score is the sum of weight × value over the reasons. `held` says in Bulgarian why a story
    must stay out; `development` what is new in one that was printed. Stories of editions dated
    `now` or later are not earlier ones. Raises `WrongSettings` for a weight without a signal.
    """
    weights = _weights(options.weights)
    context = Context(now, fresh_hours)
    archive = Archive([p for p in previous if p.date < now.date()], stories)
    ranked = [_ranked(story, context, weights, archive) for story in stories]
    return sorted(ranked, key=lambda r: (-r.score, r.story.id))


def _ranked(
    story: Story, context: Context, weights: Mapping[str, float], archive: Archive
) -> RankedStory:
    reasons = tuple(_reasons(story, context, weights))
    score = round(sum(reason.weight * reason.value for reason in reasons), 6)
    why_not = held(story, context.now, context.fresh_hours)
    new: Development | None = None
    if why_not is None and (printed := archive.earlier(story)) is not None:
        new = development(story, printed, context.now)
        why_not = None if new else repeated(printed)
    return RankedStory(story, score, reasons, new, why_not)


def _reasons(story: Story, context: Context, weights: Mapping[str, float]) -> list[Reason]:
    found = []
    for name, signal in SIGNALS.items():
        given = signal(story, context)
        found.append(Reason(name, weights[name], round(given.value, 4), given.sentence))
    return found


def _weights(own: Mapping[str, float]) -> dict[str, float]:
    unknown = sorted(own.keys() - WEIGHTS.keys())
    if unknown:
        raise WrongSettings(
            f"Непознат сигнал „{unknown[0]}“ в rank.weights.",
            "Тежест може да има само сигнал, който подреждането познава.",
            f"Познатите са: {', '.join(WEIGHTS)}.",
        )
    return {**WEIGHTS, **own}
