"""Old articles that come as new: what of an article itself says so, in a Bulgarian sentence.

The evidence is the article's own: its date claims, its address, a dateline of its text. The day
of the feed or of the page's header is never evidence of freshness against them. But many old days
stand on a page that are not its own (a caption, a birth, a contract, an event in the slug):
against a page that dates itself today, such a day alone is a hint and proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from digest.collect.anchors import written_before
from digest.collect.months import MONTHS
from digest.collect.when import When, find_dates
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
_DECLARED = (DateBasis.JSON_LD, DateBasis.META)
_VISIBLE = (DateBasis.TIME, DateBasis.TEXT)
"""Bases of one kind are one witness: a time tag and the line that holds it are the same date."""
SLACK = timedelta(hours=24)
"""A day-only claim stands for its midnight; the article may be up to a day younger."""
WEB = 1995
"""No article of an outlet's site is older: an earlier day in a text is history."""
_MONTH_NAMES = {n: name for name, n in list(MONTHS.items())[:12]}
_SAID = re.compile(
    r"(?i)(?<!\w)(?<!до )(?<!от )(?:днес|вчера|утре|снощи|тази (?:сутрин|вечер|нощ))"
    r"[\s,(–-]+(?:(?:е|на|в|във|сутринта|вечерта|следобед|понеделник|вторник|сряда|четвъртък|петък"
    r"|събота|неделя)[\s,(]+)*(?=\d{1,2}[\s.])"
)
_OPENING = re.compile(r"[А-Я][\w-]+(?: [А-Я][\w-]+)?,\s+(?=\d{1,2}[\s.])")
_AGENCY = re.compile(r"[\s,]*(?:/[^/\n]{2,30}/|\([А-Я]{2,8}\))")
_RETOLD = re.compile(
    r"(?i)(?<!\w)(?:пише|писа|пишат|вестник\w*|летопис\w*|хроника\w*|дневник\w*|писмо\w*|телеграма\w*"
    r"|архив\w*|спомен\w*|от (?:18|19|20)\d\d)(?!\w)|[„“«»\"]"
)
"""A sentence of an old paper or a letter, whose „днес“ is not the article's."""
_PUBLISHED = re.compile(
    r"(?i)^\W*(?:(?:статията|материалът|новината|текстът)\s+е\s+)?(?:първоначално\s+)?"
    r"(?:публикуван[аои]?|качен[аои]?|добавен[аои]?|published|posted|опубликовано|veröffentlicht)"
    r"(?!\w)"
)
_MONTH_PATH = re.compile(r"/(?P<year>20\d\d|199\d)/(?P<month>0[1-9]|1[0-2])/")


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
    old = [one for one in claims if one.at is not None and one.at < limit - SLACK]
    for one in old:
        if one.at is not None and _proves(one, old, claims, article, zone):
            what = "Пусната е наново с нова дата" if stands is not None else "Статията е стара"
            return f"{what}: {_named(one)} сочи {_day(one.at, zone)}."
    hints = [one.at for one in old if one.at is not None]
    return (
        _month_of_address(article, limit, zone)
        or _dateline(article, limit, zone)
        or _own_words(article, now, limit, zone, hints)
    )


def _already(seen: Seen, zone: tzinfo) -> str:
    where = "в същото издание" if seen.same_outlet else f"в „{seen.outlet}“"
    return f"Същият текст е излязъл на {_day(seen.at, zone)} {where} под заглавие „{seen.title}“."


def _named(one: DateClaim) -> str:
    """The basis as the subject of a sentence."""
    return {DateBasis.URL: "адресът", DateBasis.TEXT: "текстът на страницата"}.get(
        one.basis, _BASIS[one.basis]
    )


def _proves(
    one: DateClaim,
    old: Sequence[DateClaim],
    claims: Sequence[DateClaim],
    article: Article,
    zone: tzinfo,
) -> bool:
    """Whether an old claim stands against the fresh date of the article."""
    if one.basis is DateBasis.URL:
        return _is_path(one, article) or _second_witness(one, old, zone)
    page_says_today = article.date.basis in {*_DECLARED, DateBasis.TIME}
    if one.basis not in _VISIBLE or not page_says_today:
        return True
    if _second_witness(one, old, zone):
        return True
    return _is_stamp(one, zone) and not _shows_today(claims, article, zone)


def _is_path(one: DateClaim, article: Article) -> bool:
    """True for a day that is a folder of the address, not a part of its slug."""
    day = one.evidence.strip("/")
    return "/" in day or any(f"/{day}/" in url for url in (article.url, article.canonical_url))


def _second_witness(one: DateClaim, old: Sequence[DateClaim], zone: tzinfo) -> bool:
    """True when a basis of another kind names the same day."""
    return any(
        _witness(other) != _witness(one)
        and other.at is not None
        and one.at is not None
        and other.at.astimezone(zone).date() == one.at.astimezone(zone).date()
        for other in old
    )


def _witness(one: DateClaim) -> str:
    if one.basis in _DECLARED:
        return "declared"
    return "visible" if one.basis in _VISIBLE else one.basis.value


def _is_stamp(one: DateClaim, zone: tzinfo) -> bool:
    """True for „Публикувана на …“, and for a line that is a day with its hour and no word more."""
    if one.basis is not DateBasis.TEXT:
        return False
    if _PUBLISHED.search(one.evidence):
        return True
    when = next(iter(find_dates(one.evidence, zone)), None)
    if when is None or not when.has_time:
        return False
    rest = one.evidence[: when.start] + one.evidence[when.end :]
    return not re.search(r"\w", re.sub(r"(?i)\b(?:ч|часа|г)\b", "", rest))


def _shows_today(claims: Sequence[DateClaim], article: Article, zone: tzinfo) -> bool:
    """True when the page also shows the day on which it dates itself: other days are others'."""
    stands = article.date.at
    return stands is not None and any(
        one.basis is DateBasis.TEXT
        and one.at is not None
        and one.confidence > UNSURE
        and one.at.astimezone(zone).date() == stands.astimezone(zone).date()
        for one in claims
    )


UNSURE = 0.5
"""Claims up to this are of a last change, or relative: they say nothing of the first day."""


def _month_of_address(article: Article, limit: datetime, zone: tzinfo) -> str | None:
    """An address under `/2023/05/` whose month was over long ago."""
    for url in (article.url, article.canonical_url):
        match = _MONTH_PATH.search(url.partition("?")[0])
        if match is None:
            continue
        year, month = int(match["year"]), int(match["month"])
        over = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        if over < limit - SLACK:
            return f"Пусната е наново с нова дата: адресът сочи {_MONTH_NAMES[month]} {year} г."
    return None


def _dateline(article: Article, limit: datetime, zone: tzinfo) -> str | None:
    """An old day that the first paragraph calls „днес“ or „вчера“, or that an agency opens with."""
    for first in filter(None, (article.title, article.lead, article.text[:400])):
        opening = _OPENING.match(first)
        for match in (*_SAID.finditer(first), *([opening] if opening else [])):
            when = _date_at(first, match.end(), zone)
            if when is None or not when.at.year >= WEB or when.at >= limit - SLACK:
                continue
            end = match.end() + when.end
            if match is opening and not _AGENCY.match(first, end):
                continue
            if not _RETOLD.search(_sentence_around(first, match.start(), end)):
                return f"Самият текст казва „{first[match.start() : end].strip(' ,(')}“."
    return None


def _date_at(text: str, place: int, zone: tzinfo) -> When | None:
    when = next(iter(find_dates(text[place : place + 40], zone)), None)
    return when if when is not None and when.start == 0 else None


def _sentence_around(text: str, start: int, end: int) -> str:
    """From the sentence's beginning to its end, by its stops alone; a day's own dots are inside."""
    begin = max((m.end() for m in re.finditer(r"[.!?]\s+(?=[А-Я])|\n", text[:start])), default=0)
    close = re.compile(r"[.!?]\s+(?=[А-Я„])|\n").search(text, end)
    return text[begin : close.start() if close else len(text)]


def _own_words(
    article: Article, now: datetime, limit: datetime, zone: tzinfo, hints: Sequence[datetime]
) -> str | None:
    """What the text speaks of as present or to come, though it is long over."""
    text = f"{article.title}.\n\n{article.lead or ''}\n\n{article.text}"
    anchor = written_before(text, now, zone, hints)
    if anchor is None or anchor.until >= limit - SLACK:
        return None
    return (
        f"Текстът говори за „{anchor.phrase}“ като за настояще или бъдеще; "
        f"писан е най-късно до {_day(anchor.until, zone)}."
    )


def _day(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {_MONTH_NAMES[local.month]} {local.year} г."
