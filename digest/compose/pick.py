"""What an edition prints and in which size: a budget, a share for each section, one lead.

Takes ranked stories, best first, and their summaries. Gives the chosen ones with a tier, in rank
order, and the others with the reason an editor reads. Decides only; writes no text of the mail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model import Dropped, RankedStory, Rights, StoryId, Summary
from digest.settings import Compose


@dataclass(frozen=True, slots=True)
class Chosen:
    """A story that is printed. `tier`: lead, full or brief."""

    ranked: RankedStory
    summary: Summary
    tier: str

    @property
    def topic(self) -> str:
        return self.ranked.story.topic


@dataclass(frozen=True, slots=True)
class Pick:
    """The chosen stories in rank order, the lead first, and what was left out."""

    chosen: tuple[Chosen, ...]
    dropped: tuple[Dropped, ...]


def pick(
    ranked: Sequence[RankedStory],
    summaries: Mapping[StoryId, Summary],
    options: Compose,
) -> Pick:
    """At most `max_stories` stories in all, one of them the lead.

    A third of the room at most, and never more than `briefs`, is kept for one-liners, so that a
    busy morning shows more topics instead of more of the same. A section prints at most
    `max_per_section` stories in full; the rest of it are one-liners.
    """
    able: list[tuple[RankedStory, Summary]] = []
    dropped: list[Dropped] = []
    for one in ranked:
        summary = summaries.get(one.story.id)
        why = _obstacle(one, summary)
        if why or summary is None:
            dropped.append(_drop(one, summary, why))
        else:
            able.append((one, summary))
    chosen, over = _seat(_lead_first(able), options)
    return Pick(tuple(chosen), tuple(dropped + over))


def _obstacle(one: RankedStory, summary: Summary | None) -> str:
    if one.held:
        return one.held
    if summary is None:
        return "няма обобщение"
    if summary.rights is Rights.EXCLUDED:
        return "правата на източника не позволяват препечатване"
    if summary.method == "model" and not all(check.supported for check in summary.checks):
        return "в обобщението има изречение без опора в източниците"
    if not summary.title.strip():
        return "няма заглавие"
    return ""


def _lead_first(able: list[tuple[RankedStory, Summary]]) -> list[tuple[RankedStory, Summary]]:
    """The best story with something to read leads; a bare title cannot carry the front page."""
    for place, (_, summary) in enumerate(able):
        if summary.text.strip():
            return [able[place], *able[:place], *able[place + 1 :]]
    return able


def _seat(
    able: list[tuple[RankedStory, Summary]], options: Compose
) -> tuple[list[Chosen], list[Dropped]]:
    briefs = min(options.briefs, options.max_stories // 3)
    room = options.max_stories - briefs
    full: Counter[str] = Counter()
    chosen: list[Chosen] = []
    over: list[Dropped] = []
    for place, (one, summary) in enumerate(able):
        topic = one.story.topic
        fits = room > 0 and full[topic] < options.max_per_section and summary.text.strip()
        if place == 0 or fits:
            chosen.append(Chosen(one, summary, "full" if place else "lead"))
            full[topic] += 1
            room -= 1
        elif briefs > 0:
            chosen.append(Chosen(one, summary, "brief"))
            briefs -= 1
        else:
            over.append(_drop(one, summary, _crowded(full[topic], options)))
    return chosen, over


def _crowded(in_section: int, options: Compose) -> str:
    if in_section >= options.max_per_section:
        return "рубриката е пълна"
    return "Не се побра в обема на броя"


def _drop(one: RankedStory, summary: Summary | None, why: str) -> Dropped:
    title = summary.title if summary and summary.title.strip() else one.story.lead.title
    return Dropped(one.story.id, title, why)
