"""What an edition prints and in which size: budgets, a share for each section, one lead.

Takes ranked stories, best first, and their summaries. Gives the chosen ones with a tier, in rank
order, and the others with the reason an editor reads. Decides only; writes no text of the mail.

The aim is the greatest sum of scores within the budgets, where a one-liner counts `BRIEF_WORTH`
of its story; stories are seated greedily, first those that a person pinned and those that a
section's minimum asks for, then the best. docs/decisions/0021 says how near that comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType

from digest.compose.cost import NOTHING, Cost
from digest.compose.seats import Room, Rules, Seat, seat_of
from digest.model import Dropped, RankedStory, Rights, StoryId, Summary
from digest.settings import Compose

BRIEF_WORTH = 0.4
"""A title with one line tells about so much of a story."""
CONTENDERS = 4
"""Stories that are looked at for each seat: a busy day has thousands, and summing them all up
would take longer than everything else of the morning."""
BEST = 3
"""The floor is a share of the middle one of so many scores: one great story of the day does not
make all the others weak."""

NO_PINS: Mapping[StoryId, int] = MappingProxyType({})
Price = Callable[[RankedStory, Summary, str], Cost]
"""What a story would cost in a tier."""


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
    """The chosen stories in rank order, the lead first, what was left out, how many were weak."""

    chosen: tuple[Chosen, ...]
    dropped: tuple[Dropped, ...]
    weak: int = 0


@dataclass(frozen=True, slots=True)
class _Able:
    """A story that may be printed, with its place in the rank (from 1)."""

    ranked: RankedStory
    summary: Summary
    place: int

    @property
    def id(self) -> StoryId:
        return self.ranked.story.id

    @property
    def topic(self) -> str:
        return self.ranked.story.topic

    @property
    def readable(self) -> bool:
        return bool(self.summary.text.strip())


def pick(
    ranked: Sequence[RankedStory],
    summaries: Mapping[StoryId, Summary],
    options: Compose,
    *,
    price: Price = lambda *_: Cost(),
    names: Mapping[str, str] = MappingProxyType({}),
    pinned: Mapping[StoryId, int] = NO_PINS,
    taken: Cost = NOTHING,
) -> Pick:
    """What is printed, within every limit of the settings.

    A third of the seats at most, and never more than `briefs`, are kept for one-liners, so that
    a busy morning shows more topics instead of more of the same. The lead is the best story with
    something to read; it is printed whatever it costs. `pinned` maps a story to the place (1 is
    the lead) where an editor wants it: such a story needs no score and fills no section's share,
    but a story that may not be printed is not printed by pinning it. `names` gives the printed
    names of sections for the reasons; `taken` is what the edition holds beside its stories.
    """
    able, dropped = _able(ranked, summaries)
    line = floor_of([one.ranked.score for one in able], options.floor)
    strong = [one for one in able if one.ranked.score >= line or one.id in pinned]
    kept = {one.id for one in strong}
    weak = [one for one in able if one.id not in kept]
    order = _lead_first(_pinned_first(strong, pinned))
    room = Room(Rules.of(options, names), taken)
    tiers = _seat(order, room, options, price, pinned)
    chosen = [Chosen(one.ranked, one.summary, tiers[one.id]) for one in order if one.id in tiers]
    over = [_drop(one, room.why_not(one.id, one.place)) for one in order
            if one.id not in tiers]  # fmt: skip
    below = [_drop(one, _too_weak(one, line, options)) for one in weak]
    return Pick(tuple(chosen), (*dropped, *over, *below), len(weak))


def contenders(
    ranked: Sequence[RankedStory],
    options: Compose,
    pinned: Mapping[StoryId, int] = NO_PINS,
) -> list[RankedStory]:
    """The stories that may come to be printed, best first: only these need a summary.

    Four for each seat, of a section with a minimum four for each it asks for, and the pinned.
    """
    able = [one for one in ranked if one.held is None]
    wanted = able[: CONTENDERS * options.max_stories]
    left = {slug: CONTENDERS * share.min for slug, share in options.sections.items()}
    for one in wanted:
        left[one.story.topic] = left.get(one.story.topic, 0) - 1
    for one in able[len(wanted) :]:
        asked = left.get(one.story.topic, 0) > 0
        if asked or one.story.id in pinned:
            left[one.story.topic] = left.get(one.story.topic, 0) - 1
            wanted.append(one)
    return wanted


def floor_of(scores: Sequence[float], share: float) -> float:
    """The score below which a story of this day is not printed.

    Minus infinity on a day whose best stories score nothing: no share of nought says a thing.
    """
    best = sorted(scores, reverse=True)[:BEST]
    middle = median(best) if best else 0.0
    return share * middle if middle > 0 else float("-inf")


def _able(
    ranked: Sequence[RankedStory], summaries: Mapping[StoryId, Summary]
) -> tuple[list[_Able], list[Dropped]]:
    able: list[_Able] = []
    dropped: list[Dropped] = []
    for place, one in enumerate(ranked, 1):
        summary = summaries.get(one.story.id)
        why = _obstacle(one, summary, place)
        if why or summary is None:
            title = summary.title if summary and summary.title.strip() else one.story.lead.title
            dropped.append(Dropped(one.story.id, title, why))
        else:
            able.append(_Able(one, summary, place))
    return able, dropped


def _obstacle(one: RankedStory, summary: Summary | None, place: int) -> str:
    if one.held:
        return one.held
    if summary is None:
        return f"Не беше обобщена: под №\u00a0{place} е в подреждането, далеч зад местата в броя."
    if summary.rights is Rights.EXCLUDED:
        return "Правата на източника не позволяват препечатване."
    if summary.text and not all(check.supported for check in summary.checks):
        return "В обобщението има изречение без опора в източниците."
    if not summary.title.strip():
        return "Няма заглавие."
    return ""


def _pinned_first(able: Sequence[_Able], pinned: Mapping[StoryId, int]) -> list[_Able]:
    """The rank with the pinned stories moved to the places that editors gave them."""
    order = [one for one in able if one.id not in pinned]
    moved = sorted((one for one in able if one.id in pinned), key=lambda o: (pinned[o.id], o.id))
    for one in moved:
        order.insert(min(pinned[one.id] - 1, len(order)), one)
    return order


def _lead_first(order: list[_Able]) -> list[_Able]:
    """The best story with something to read leads; a bare title cannot carry the front page."""
    place = next((n for n, one in enumerate(order) if one.readable), 0)
    return [*order[place : place + 1], *order[:place], *order[place + 1 :]]


def _seat(
    order: Sequence[_Able],
    room: Room,
    options: Compose,
    price: Price,
    pinned: Mapping[StoryId, int],
) -> dict[StoryId, str]:
    """The tier of each story that is seated: lead, pinned, minimums, then the best."""
    tiers: dict[StoryId, str] = {}
    needed = _needed(order, options)

    def asks(one: _Able, tier: str) -> Seat:
        return seat_of(
            one.ranked,
            tier,
            lambda: price(one.ranked, one.summary, tier),
            free=one.id in pinned,
        )

    def seated(one: _Able, *, full: bool, brief: bool, wanted: bool) -> bool:
        allowed = [("full", full and one.readable), ("brief", brief)]
        for tier in (tier for tier, may in allowed if may):
            if room.fits(asks(one, tier), wanted=wanted):
                tiers[one.id] = tier
                return True
        return False

    if order:
        room.take(asks(order[0], "lead"))
        tiers[order[0].id] = "lead"
    first = needed | pinned.keys()
    for one in order[1:]:
        if one.id in first:
            seated(one, full=True, brief=True, wanted=True)
    rest = [one for one in order[1:] if one.id not in first]
    smaller = [one for one in rest if not seated(one, full=True, brief=False, wanted=False)]
    for one in smaller:
        seated(one, full=False, brief=True, wanted=False)
    return tiers


def _needed(order: Sequence[_Able], options: Compose) -> set[StoryId]:
    """The best stories of each section that has a minimum, as many as it asks for."""
    left = {slug: share.min for slug, share in options.sections.items()}
    found: set[StoryId] = set()
    for one in order:
        if left.get(one.topic, 0) > 0:
            left[one.topic] -= 1
            found.add(one.id)
    return found


def _too_weak(one: _Able, line: float, options: Compose) -> str:
    return (
        f"Под прага на броя: оценка {_figure(one.ranked.score)} при праг {_figure(line)} "
        f"({round(options.floor * 100)}% от средната от трите най-силни)."
    )


def _drop(one: _Able, why: str) -> Dropped:
    return Dropped(one.id, one.summary.title, why)


def _figure(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
