"""What editors said of stories, as the ranking takes it: boosts, vetoes, pins and their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.model import RankedStory, Reason, Ruling, StoryId

_PLACES = ("", "първо", "второ", "трето", "четвърто", "пето", "шесто", "седмо", "осмо", "девето",
           "десето")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """The rulings of one edition by kind and story; of two on one story the later stands."""

    pins: Mapping[StoryId, Ruling]
    vetoes: Mapping[StoryId, Ruling]
    boosts: Mapping[StoryId, Ruling]


def desk_of(rulings: Sequence[Ruling]) -> Desk:
    """Sorts rulings that hold for one edition."""
    kinds: dict[str, dict[StoryId, Ruling]] = {"pin": {}, "veto": {}, "boost": {}}
    for one in sorted(rulings, key=lambda r: (r.at, r.by)):
        kinds[one.kind][one.story] = one
    return Desk(kinds["pin"], kinds["veto"], kinds["boost"])


def boosted(ruling: Ruling) -> Reason:
    """What a boost adds to the score."""
    verb = "Вдигната" if ruling.value > 0 else "Свалена"
    return Reason("boost", ruling.value, 1.0, f"{verb} от {ruling.by}{_because(ruling)}.")


def vetoed(ruling: Ruling) -> str:
    """Why a vetoed story stays out."""
    return f"Спряна от {ruling.by}{_because(ruling)}."


def pinned(ruling: Ruling) -> str:
    """„Закачена на първо място от editor@example.bg.“."""
    word = _PLACES[ruling.place] if ruling.place < len(_PLACES) else f"{ruling.place}-о"
    return f"Закачена на {word} място от {ruling.by}{_because(ruling)}."


def _because(ruling: Ruling) -> str:
    return f": {ruling.reason.strip().rstrip('.')}" if ruling.reason.strip() else ""


def at_their_places(ranked: Sequence[RankedStory], desk: Desk) -> list[RankedStory]:
    """The stories in the same order, the pinned ones with the reason that holds them there.

    The reason adds what is missing between the neighbours, up or down, so that a score is still
    the sum of its reasons and scores still fall from first to last. One that must stay out is
    not held anywhere; its pin is only told.
    """
    scores = [one.score for one in ranked]
    held_at = [n for n, one in enumerate(ranked) if one.story.id in desk.pins and not one.held]
    for n in reversed(held_at):
        scores[n] = max(scores[n], scores[n + 1]) if n + 1 < len(scores) else scores[n]
    for n in held_at:
        scores[n] = min(scores[n], scores[n - 1]) if n else scores[n]
    return [
        _with_pin(one, scores[n], desk.pins[one.story.id]) if one.story.id in desk.pins else one
        for n, one in enumerate(ranked)
    ]


def _with_pin(one: RankedStory, score: float, pin: Ruling) -> RankedStory:
    reason = Reason("pin", round(score - one.score, 6), 1.0, pinned(pin))
    return replace(one, score=score, reasons=(*one.reasons, reason))
