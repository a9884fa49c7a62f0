"""When a story was told: how fresh it is, and whether it retells something old."""

from __future__ import annotations

from digest.bulgarian.typography import count
from digest.rank.material import Context, Material
from digest.rank.signals.signal import Signal


def freshness(told: Material, context: Context) -> Signal:
    """½ to the power of hours ÷ half of `fresh_hours`; an unknown date is not fresh."""
    at = max(told.dates.values(), default=None)
    if at is None:
        return Signal(0.0, "Не се знае кога е публикувана.")
    hours = max(0.0, (context.now - at).total_seconds() / 3600)
    value: float = 0.5 ** (hours / (context.fresh_hours / 2))
    return Signal(value, f"Последно е разказана {_ago(hours)}.")


def _ago(hours: float) -> str:
    if hours < 1:
        return "преди по-малко от час"
    if hours < 48:
        return f"преди {count(round(hours), 'час')}"
    return f"преди {count(round(hours / 24), 'ден')}"


def old_news(told: Material, _context: Context) -> Signal:
    """The share of the story's articles that only retell something old."""
    articles = told.story.articles
    old = [a for a in articles if a.old_news is not None]
    if not old:
        return Signal(0.0, "Няма статия, която разказва старо.")
    said = (old[0].old_news or "").strip().rstrip(".")
    which = f"{len(old)} от {count(len(articles), 'статия')}"
    why = f": {said[:1].lower()}{said[1:]}" if said else ""
    return Signal(len(old) / len(articles), f"Старо разказва {which}{why}.")
