"""What must stay out of an edition whatever its score, with the reason that an editor reads."""

from __future__ import annotations

from datetime import datetime

from digest.bulgarian.dates import date_in_words
from digest.bulgarian.typography import count
from digest.model import Article, DateBasis, Rights, Story

_KINDS = {
    "sponsored": "Платено съдържание: не се печата като новина.",
    "listing": "Страницата е списък със заглавия, не е новина.",
}


def held(story: Story, now: datetime, fresh_hours: int) -> str | None:
    """Why the story may not be printed today, or None.

    Looked at in this order: rights, kind of text, old news, date. One fresh dated article is
    enough for a story, whatever the others lack.
    """
    usable = [a for a in story.articles if a.rights is not Rights.EXCLUDED]
    if not usable:
        return "Всички източници са изключени от употреба."
    news = [a for a in usable if a.kind == "article"]
    if not news:
        return _KINDS.get(usable[0].kind, "Страницата не е новинарски текст.")
    current = [a for a in news if a.old_news is None]
    if not current:
        return _old(news[0])
    return _by_date(current, now, fresh_hours)


def _old(article: Article) -> str:
    told = (article.old_news or "").strip().rstrip(".")
    return f"Стара новина: {told[:1].lower()}{told[1:]}." if told else "Стара новина."


def _by_date(current: list[Article], now: datetime, fresh_hours: int) -> str | None:
    dated = [a.published_at for a in current if a.published_at and a.published_at <= now]
    if not dated:
        return _unknown(current, now)
    hours = (now - max(dated)).total_seconds() / 3600
    if hours <= fresh_hours:
        return None
    last = max(dated).astimezone(now.tzinfo).date()
    told = f"последният текст е от {date_in_words(last)}"
    window = count(fresh_hours // 24, "ден") if fresh_hours >= 96 else count(fresh_hours, "час")
    return f"По-стара е от {window}: {told}"


def _unknown(current: list[Article], now: datetime) -> str:
    """The reason, with what the page shows instead of a date."""
    future = next((a.published_at for a in current if a.published_at), None)
    if future is not None:
        day = date_in_words(future.astimezone(now.tzinfo).date())
        return f"Датата е неизвестна: обявената е в бъдещето ({day})."
    header = next((a.date for a in current if a.date.basis is DateBasis.PAGE_HEADER), None)
    if header is not None:
        shown = f" („{header.evidence}“)" if header.evidence else ""
        return f"Датата е неизвестна: страницата показва само текущия ден{shown}."
    return "Датата е неизвестна: източникът не я посочва."
