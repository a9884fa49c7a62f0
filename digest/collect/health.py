"""How a source is: its usual rhythm, learned from its history, and one word with a sentence.

Pure: takes times and a state. A rhythm is learned in the outlet's own zone and apart for working
days and weekends, because an outlet that rests on Sunday is not silent on Sunday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from digest.bulgarian.dates import day_month
from digest.bulgarian.typography import count
from digest.gathered import SourceState
from digest.model import Source

SPANS = (30, 60, 120, 240, 480)
"""Days before the last article that a rhythm is learned from: the first span that holds enough.

Before the last article, not before today: the history of a source that died must not grow out of
sight. Longer for one that publishes rarely.
"""
ENOUGH = 8
"""Articles under which nothing is learned."""
RECENT = 600
"""A source's newest articles that are looked at: thirty days of one that publishes twenty a day."""
QUIET = timedelta(days=30)
"""Without a learned rhythm a source is called silent after this long."""
LATE = 1.5
"""Times the longest usual gap after which a source is late; twice that, it is silent."""
LEAST_SILENCE = timedelta(days=1)
"""No source is called silent sooner."""
SATURDAY = 5

WORDS = {
    "new": "нов",
    "good": "наред",
    "unread": "не е четен",
    "empty": "без статии",
    "late": "закъснява",
    "silent": "мълчи",
    "failing": "не дава",
    "waiting": "изчаква",
    "paused": "спрян",
    "off": "изключен",
}
"""Levels of a standing, in a word."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is usual: articles a day, and the longest gap of a day, on three days of four.

    The longest gap, because a newsroom that sleeps is not late at night. `learned` is False while
    there is too little history; `weekend` tells whether it publishes on Saturdays and Sundays.
    """

    per_day: float = 0.0
    gap: timedelta | None = None
    weekend: bool = True

    @property
    def learned(self) -> bool:
        return self.gap is not None

    @property
    def words(self) -> str:
        """„12 статии на ден“, „3 статии на седмица“; empty while nothing is learned."""
        if not self.learned:
            return ""
        rest = "" if self.weekend else ", без събота и неделя"
        if self.per_day >= 1:
            return f"{count(round(self.per_day), 'статия')} на ден{rest}"
        return f"{count(max(1, round(self.per_day * 7)), 'статия')} на седмица{rest}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A level of `WORDS`, and a Bulgarian sentence on what is wrong; empty when nothing is."""

    level: str
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.level not in WORDS:
            raise ValueError(f"no such standing: {self.level!r}")


def rhythm(times: Sequence[datetime], *, now: datetime, zone: tzinfo) -> Rhythm:
    """The usual rhythm from the publication times of a source's newest articles, in any order."""
    recent = _enough(sorted(at for at in times if at <= now))
    if not recent:
        return Rhythm()
    days = max((recent[-1] - recent[0]) / timedelta(days=1), 1.0)
    weekend = _weekends(recent, zone)
    longest: dict[date, timedelta] = {}
    for before, after in pairwise(recent):
        day, gap = after.astimezone(zone).date(), _awake(before, after, zone, weekend=weekend)
        longest[day] = max(gap, longest.get(day, gap))
    gaps = sorted(longest.values())
    usual = gaps[min(len(gaps) - 1, int(0.75 * len(gaps)))]
    return Rhythm(len(recent) / days, max(usual, timedelta(minutes=30)), weekend)


def _enough(times: Sequence[datetime]) -> Sequence[datetime]:
    """The end of a history that is long enough to learn from; empty when none is."""
    for days in SPANS:
        recent = [at for at in times if times[-1] - at <= timedelta(days=days)]
        if len(recent) >= ENOUGH:
            return recent
    return ()


def _weekends(times: Sequence[datetime], zone: tzinfo) -> bool:
    """Whether it publishes at weekends: one article in fifty is enough."""
    at_rest = sum(1 for at in times if at.astimezone(zone).weekday() >= SATURDAY)
    span = (times[-1] - times[0]) / timedelta(days=1)
    return span < 8 or at_rest * 50 >= len(times)


def _awake(start: datetime, end: datetime, zone: tzinfo, *, weekend: bool) -> timedelta:
    """The time between two moments, weekends left out for an outlet that rests then."""
    gap = end - start
    if weekend:
        return gap
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    rests = sum(1 for day in _days(first, last) if day.weekday() >= SATURDAY)
    return max(gap - timedelta(days=rests), timedelta(0))


def _days(first: date, last: date) -> Sequence[date]:
    """The days from the first to the last, both included, at most two months of them."""
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 62))]


def standing(
    source: Source,
    state: SourceState | None,
    usual: Rhythm,
    *,
    now: datetime,
    zone: tzinfo,
    entries: int = 0,
) -> Standing:
    """How a source is now. `state` is None for one that was never asked.

    `entries` counts those of its last answer that held any.
    """
    if not source.active:
        return Standing("off", "Изключен е от редакцията.")
    if state is None or (state.last_ok_at is None and not state.failures and not state.paused):
        return Standing("new", "Още не е питан.")
    if state.paused:
        back = f"Ако е било по грешка, пуснете го с „digest sources resume {source.id}“."
        return Standing("paused", f"{state.paused} {back}")
    if state.failures:
        return _failing(state, now, zone)
    if state.last_new_at is None and not usual.learned:
        return _fruitless(source, state, entries)
    return _speaking(state, usual, now, zone)


def _failing(state: SourceState, now: datetime, zone: tzinfo) -> Standing:
    since = f" от {_when(state.last_ok_at, now, zone)}" if state.last_ok_at else ""
    tries = f"{count(state.failures, 'опит')} поред без успех"
    tries = "един неуспешен опит" if state.failures == 1 else tries
    said = f"Не дава нищо{since}: {tries}. {state.last_error}".strip()
    waiting = state.not_before is not None and state.not_before > now
    if waiting and state.waiting_for == "server":
        said += f" Ще бъде питан пак {_when(state.not_before, now, zone)}"
        return Standing("waiting", said)
    return Standing("failing", said)


def _fruitless(source: Source, state: SourceState, entries: int) -> Standing:
    """One that answers and has brought no article yet."""
    if state.full_at is None and source.url.lower().startswith("http"):
        said = "Отговаря само, че няма нищо ново (304); от него още нищо не е прочетено."
        return Standing("unread", said)
    if not entries:
        return Standing("empty", "Отговаря, но без нито един запис.")
    said = f"Дава {count(entries, 'запис')}, но още нито една своя статия."
    return Standing("empty", said)


def _speaking(state: SourceState, usual: Rhythm, now: datetime, zone: tzinfo) -> Standing:
    last = state.last_new_at
    if last is None:
        return Standing("good")
    if usual.gap is None:
        if now - last <= QUIET:
            return Standing("good")
        return Standing("silent", f"Мълчи от {_span(now - last)}; обичайното още не е научено.")
    quiet = _awake(last, now, zone, weekend=usual.weekend)
    if quiet > max(2 * LATE * usual.gap, LEAST_SILENCE):
        said = f"Мълчи от {_span(quiet)}; обичайно пуска по {usual.words}."
        return Standing("silent", said)
    if quiet > max(LATE * usual.gap, timedelta(hours=3)):
        return Standing("late", f"Закъснява: последната нова статия е отпреди {_span(quiet)}.")
    return Standing("good")


def _span(gap: timedelta) -> str:
    """„3 дни“, „7 часа“."""
    if gap >= timedelta(days=2):
        return count(gap.days, "ден")
    return count(max(1, round(gap / timedelta(hours=1))), "час")


def _when(at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """„вчера в 14:05“, „днес в 6:10“, „12 ноември“."""
    if at is None:
        return ""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local:%M}"
    if local.date() == today:
        return f"днес в {clock} ч."
    if local.date() == today - timedelta(days=1):
        return f"вчера в {clock} ч."
    if local.date() == today + timedelta(days=1):
        return f"утре в {clock} ч."
    return f"{day_month(local.date())} в {clock} ч."
