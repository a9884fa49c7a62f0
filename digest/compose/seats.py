"""The room that an edition has: seats, sections' shares, reading time and bytes.

A story asks for a seat and is told whether it fits; what decided against it is kept in one
Bulgarian sentence with its figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digest.bulgarian.typography import NBSP, count
from digest.compose.cost import EMPTY, NOTHING, Cost, of_section
from digest.model import WORDS_A_MINUTE, RankedStory, StoryId
from digest.setting_sections import Share
from digest.settings import Compose

TAIL_SHARE = 3
"""Of what is left beside the lead at most a third is kept for the one-liners."""
TYPICAL_BRIEF = Cost(2_000, 700, 30)
"""What a one-liner with one source costs."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A story that asks: its id, section, tier, cost and title; `free` of the sections' shares.

    The cost is asked for only when a seat is free: a busy morning has thousands of stories.
    """

    id: StoryId
    topic: str
    tier: str
    cost: Callable[[], Cost]
    title: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the settings. `names` are the printed names of sections."""

    full: int
    briefs: int
    per_section: int
    shares: Mapping[str, Share]
    words: int
    html: int
    names: Mapping[str, str]

    @classmethod
    def of(cls, options: Compose, names: Mapping[str, str]) -> Rules:
        """A third of the seats at most, and never more than `briefs`, are for one-liners."""
        briefs = min(options.briefs, options.max_stories // 3)
        return cls(
            options.max_stories - briefs,
            briefs,
            options.max_per_section,
            options.sections,
            options.reading_minutes * WORDS_A_MINUTE,
            options.max_bytes,
            names,
        )


class Room:
    """What is taken so far."""

    def __init__(self, rules: Rules, taken: Cost = NOTHING) -> None:
        """`taken` is what stands in the edition whatever its stories."""
        self._rules = rules
        self.used = EMPTY + taken
        self._full: Counter[str] = Counter()
        self._sections: Counter[str] = Counter()
        self._briefs = 0
        self._why: dict[StoryId, str] = {}

    def take(self, seat: Seat) -> None:
        """Seats a story, whatever it costs."""
        self.used += self._whole(seat)
        self._sections[seat.topic] += 1
        if seat.tier == "brief":
            self._briefs += 1
        else:
            self._full[seat.topic] += 1

    def fits(self, seat: Seat, *, wanted: bool = False) -> bool:
        """Seats a story if every limit allows; else keeps why not.

        A story that is not `wanted` (pinned, or asked for by a minimum) leaves some of the time
        and of the bytes to the one-liners.
        """
        if seat.tier == "brief" and self._briefs >= self._rules.briefs:
            # Why it was not printed in full says more.
            self._why.setdefault(seat.id, self._no_brief())
            return False
        why = self._share(seat) or self._seats(seat)
        why = why or self._budget(seat, Cost() if wanted else self._kept(seat))
        if why:
            self._why[seat.id] = why
            return False
        self.take(seat)
        return True

    def why_not(self, story: StoryId, place: int) -> str:
        """The sentence for a story that has no seat; `place` is its place in the rank."""
        return self._why[story].replace("№", f"№{NBSP}{place}", 1)

    def _share(self, seat: Seat) -> str:
        share = self._rules.shares.get(seat.topic)
        if seat.free or share is None or self._sections[seat.topic] < share.max:
            return ""
        printed = count(share.max, "новина") if share.max else "нито една новина"
        return f"Рубриката {self._name(seat.topic)} е пълна: побира най-много {printed}."

    def _no_brief(self) -> str:
        return f"Местата „Накратко“ ({self._rules.briefs}) са заети, а за повече няма текст."

    def _seats(self, seat: Seat) -> str:
        rules, in_section = self._rules, self._full[seat.topic]
        if seat.tier == "brief":
            return ""
        if self._full.total() >= rules.full:
            every = count(rules.full + rules.briefs, "новина")
            return f"Броят е пълен: побира {every}, а тази е под № в подреждането."
        if in_section < rules.per_section or seat.free:
            return ""
        return (
            f"Рубриката {self._name(seat.topic)} е пълна: {in_section} с резюме, колкото "
            f"побира, а местата „Накратко“ ({rules.briefs}) са заети."
        )

    def _budget(self, seat: Seat, kept: Cost) -> str:
        cost, rules = self._whole(seat), self._rules
        left = rules.words - self.used.words - kept.words
        if cost.words > left:
            return (
                f"Времето за четене не стига: иска още {count(cost.words, 'дума')}, а от "
                f"{count(rules.words // WORDS_A_MINUTE, 'минута')} остават за {max(0, left)}."
            )
        room = rules.html - self.used.html - kept.html
        if cost.html > room:
            return (
                f"Писмото би станало твърде дълго: иска още {_kb(cost.html)}, а до "
                f"{_kb(rules.html)} остават {_kb(max(0, room))}."
            )
        return ""

    def _kept(self, seat: Seat) -> Cost:
        """What the one-liners that may still come are left."""
        if seat.tier == "brief":
            return Cost()
        seats = self._rules.briefs - self._briefs
        words = (self._rules.words - self.used.words) // TAIL_SHARE
        html = (self._rules.html - self.used.html) // TAIL_SHARE
        return Cost(
            min(seats * TYPICAL_BRIEF.html, max(0, html)),
            0,
            min(seats * TYPICAL_BRIEF.words, max(0, words)),
        )

    def _whole(self, seat: Seat) -> Cost:
        if self._sections[seat.topic]:
            return seat.cost()
        return seat.cost() + of_section(self._rules.names.get(seat.topic, seat.topic), seat.title)

    def _name(self, topic: str) -> str:
        return f"„{self._rules.names.get(topic, topic)}“"


def seat_of(one: RankedStory, tier: str, cost: Callable[[], Cost], *, free: bool) -> Seat:
    """A ranked story as it asks for a seat."""
    return Seat(one.story.id, one.story.topic, tier, cost, one.story.lead.title, free)


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}{NBSP}KB".replace(".", ",").replace(",0", "")
