"""Old articles that come as new: what of an article itself says so, in a Bulgarian sentence.

The evidence is the article's own: its date claims, its address, a dateline of its text. The day
of the feed or of the page's header is never evidence of freshness against them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from digest.collect.anchors import written_before
from digest.collect.months import MONTHS
from digest.collect.when import find_dates
from digest.gathered import Seen
from digest.model import Article, DateBasis, DateClaim

_BASIS = {
    DateBasis.JSON_LD: "данните на страницата (JSON-LD)",
    DateBasis.META: "мета данните на страницата",
    DateBasis.TIME: "обозначеното време на страницата",
    DateBasis.FEED: "емисията",
    DateBasis.URL: "адреса",
    DateBasis.TEXT: "текста на страницата",
}
SLACK = timedelta(hours=24)
"""A day-only claim stands for its midnight; the article may be up to a day younger."""
_MONTH_NAMES = {n: name for name, n in list(MONTHS.items())[:12]}
_SAID = re.compile(r"(?i)\b(?:днес|вчера|тази сутрин|снощи)\b[^.]{0,40}?[,(]?\s*(?=\d{1,2}[\s.])")


def old_news(
    article: Article,
    claims: Sequence[DateClaim],
    *,
    now: datetime,
    fresh_hours: int,
    zone: tzinfo,
    seen: Seen | None = None,
) -> str | None:
    """Why an article is old, or None.

    Looks at the archive (`seen`: an older article with the same text), at every claim, at the
    address, at the dateline, and at what the text calls present or to come (`anchors`).
    """
    limit = now - timedelta(hours=fresh_hours)
    stands = article.date.at
    if seen is not None:
        return _already(seen, zone)
    if stands is not None and stands < limit:
        return f"Публикувана е на {_day(stands, zone)} според {_BASIS[article.date.basis]}."
    for one in claims:
        if one.at is not None and one.at < limit - SLACK:
            what = "Пусната е наново с нова дата" if stands is not None else "Статията е стара"
            return f"{what}: {_BASIS[one.basis]} сочи {_day(one.at, zone)}."
    return _dateline(article, limit, zone) or _own_words(article, now, limit, zone)


def _already(seen: Seen, zone: tzinfo) -> str:
    where = "в същото издание" if seen.same_outlet else f"в „{seen.outlet}“"
    return f"Същият текст е излязъл на {_day(seen.at, zone)} {where} под заглавие „{seen.title}“."


def _dateline(article: Article, limit: datetime, zone: tzinfo) -> str | None:
    """An old day that the first paragraph calls „днес“ or „вчера“, or opens with."""
    first = (article.lead or "") + "\n" + article.text[:400]
    for match in _SAID.finditer(first):
        when = next(iter(find_dates(first[match.end() : match.end() + 40], zone)), None)
        if when is not None and when.start <= 1 and when.at < limit - SLACK:
            return f"Самият текст казва „{first[match.start() : match.end() + when.end].strip()}“."
    return None


def _own_words(article: Article, now: datetime, limit: datetime, zone: tzinfo) -> str | None:
    """What the text speaks of as present or to come, though it is long over."""
    text = f"{article.title}.\n\n{article.lead or ''}\n\n{article.text}"
    anchor = written_before(text, now, zone)
    if anchor is None or anchor.until >= limit - SLACK:
        return None
    return (
        f"Текстът говори за „{anchor.phrase}“ като за настояще или бъдеще; "
        f"писан е най-късно до {_day(anchor.until, zone)}."
    )


def _day(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {_MONTH_NAMES[local.month]} {local.year} г."
