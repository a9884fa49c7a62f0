"""Pages that are no news article by what they say of themselves: forecasts, lists, tables, walls.

Every rule wants two signs, a headline and a body of its kind, because news is written about all
of these: a storm, an astrologer, a death, a bank's rates. Precision first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule looks at: headline, body, address, schema types (lower case), number of links."""

    title: str
    text: str
    url: str
    schema: frozenset[str]
    links: int


SHORT = 600
"""Characters under which a body is no article of its own."""

_TIMES = re.compile(r"(?m)(?:^|\n\n?|[\s;,])(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
_STAMPED = re.compile(r"(?m)^(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
_ZODIAC = re.compile(
    r"(?i)\b(?:овен|телец|близнаци|рак|лъв|дева|везни|скорпион|стрелец|козирог|водолей|риби)\b"
)
_LIVE = re.compile(r"(?i)минута по минута|\blive ?blog|\bна живо\b|^live\s*[:|]|текстово предаване")
_WEATHER = re.compile(
    r"(?i)^(?:прогноза(?:та)? за времето|(?:метеорологична|синоптична) прогноза"
    r"|времето (?:днес|утре|за|в (?:понеделник|вторник|сряда|четвъртък|петък|събота|неделя))\b"
    r"|времето\s*[:–|-]|какво (?:ще е|ще бъде) времето)"
)
_HOROSCOPE = re.compile(r"(?i)^(?:(?:дневен|седмичен|месечен|вашият) )?хороскоп(?:ът|и|ите)?\b")
_OBITUARIES = re.compile(
    r"(?i)^(?:възпоменани[ея]|(?:тъжни|скръбни) вести|траурни (?:обяви|съобщения|вести)"
    r"|некролози|in memoriam)\s*(?:$|[|:–-]|(?:от|за)\s+\d)"
)
_GALLERY = re.compile(r"(?i)\b(?:фото)?галерия\b|\bснимки(?:те)? на деня\b|\bденят в снимки\b")
_QUIZ = re.compile(
    r"(?i)^(?:анкета|викторина|куиз|quiz)\b\s*[:|–-]?|(?:направете|решете) теста"
    r"|^тест\s*:\s*(?:познавате|колко знаете|какъв|кой сте)|проверете знанията си"
)
_VOTE = re.compile(r"(?i)\b(?:гласувай(?:те)?|отговорете|изберете|вашият (?:отговор|резултат))\b")
_ERROR = re.compile(
    r"(?i)\b404\b.{0,30}(?:$|грешка|страниц|not found)|страницата (?:не е намерена|не съществува)"
    r"|page not found|(?:търсената|исканата) (?:от вас )?страница|няма такава страница"
)
_SIGN_IN = re.compile(r"(?i)^(?:вход|влезте|влизане|регистрация|log ?in|sign in)\s*(?:$|[|–-])")
_FORGOT = re.compile(r"(?i)забравен[аи]? парол|forgot (?:your )?password|запомни ме")
_TV = re.compile(
    r"(?i)\b(?:тв|телевизионна(?:та)?) програма\b|^програма(?:та)? (?:на|за) .{2,40}\d"
)
_RATES = re.compile(
    r"(?i)^(?:валутни(?:те)? курсове|курс(?:ът|ове(?:те)?)? на (?:еврото|долара|валутите|лева)"
    r"|цени(?:те)? на горивата|фиксинг|котировки)\b"
)
_TAG = re.compile(
    r"(?i)^(?:(?:всички )?(?:статии|новини|публикации) (?:с|по) (?:етикет|таг|тема)"
    r"|етикет|таг|tag|рубрика|категория|архив|резултати (?:от|за) търсене"
    r"|search results)\s*(?:за\b|for\b|[:–|„\"-])"
)
_TAG_URL = re.compile(r"(?i)/(?:tags?|etiket|taxonomy|category|kategoria|author|avtor|search)/")


def kind_of_page(seen: Seen) -> tuple[str, str] | None:
    """(code, Bulgarian reason) of a page that is no article, or None."""
    for code, rule, reason in _RULES:
        if rule(seen):
            return code, reason
    return None


def of_labels(labels: Sequence[str]) -> frozenset[str]:
    """Schema types among a page's labels, lower case."""
    return frozenset(label.lower() for label in labels)


def _is_error(seen: Seen) -> bool:
    short = len(seen.text) < SHORT
    return short and bool(_ERROR.search(seen.title) or _ERROR.search(seen.text[:200]))


def _is_sign_in(seen: Seen) -> bool:
    short = len(seen.text) < SHORT
    return short and bool(_SIGN_IN.search(seen.title) or _FORGOT.search(seen.text))


def _is_live(seen: Seen) -> bool:
    """A stream of stamped messages, or a page that the outlet itself types so."""
    if "liveblogposting" in seen.schema:
        return True
    return bool(_LIVE.search(seen.title)) and len(_STAMPED.findall(seen.text)) >= 3


def _is_weather(seen: Seen) -> bool:
    if not _WEATHER.search(seen.title):
        return False
    return len(seen.text) < SHORT or bool(re.search(r"\d\s*(?:°|градус)|градуса", seen.text))


def _is_horoscope(seen: Seen) -> bool:
    signs = {match.group().lower() for match in _ZODIAC.finditer(seen.text)}
    named = bool(_HOROSCOPE.search(seen.title))
    return len(signs) >= 9 or (named and (len(signs) >= 4 or len(seen.text) < SHORT))


def _is_obituaries(seen: Seen) -> bool:
    return bool(_OBITUARIES.search(seen.title))


def _is_gallery(seen: Seen) -> bool:
    named = bool(_GALLERY.search(seen.title)) or bool(
        seen.schema & {"imagegallery", "mediagallery"}
    )
    return named and len(seen.text) < 300


def _is_quiz(seen: Seen) -> bool:
    if not _QUIZ.search(seen.title) or len(seen.text) >= 2 * SHORT:
        return False
    asks = seen.title.rstrip().endswith("?") or bool(_VOTE.search(seen.text))
    return asks or len(seen.text) < SHORT / 2


def _is_tv(seen: Seen) -> bool:
    return bool(_TV.search(seen.title)) and len(_TIMES.findall(seen.text)) >= 6


def _is_rates(seen: Seen) -> bool:
    if not _RATES.search(seen.title):
        return False
    figures = sum(ch.isdigit() for ch in seen.text)
    return len(seen.text) < 300 or figures > 0.12 * len(seen.text)


def _is_tag(seen: Seen) -> bool:
    if _TAG.search(seen.title):
        return seen.links >= 3 or len(seen.text) < SHORT
    return bool(_TAG_URL.search(seen.url)) and seen.links >= 8 and len(seen.text) < 4 * SHORT


_RULES: tuple[tuple[str, Callable[[Seen], bool], str], ...] = (
    ("error-page", _is_error, "Страница за грешка вместо статия."),
    ("sign-in", _is_sign_in, "Страница за вход вместо статия."),
    ("live-blog", _is_live, "Предаване на живо минута по минута, а не завършена статия."),
    ("weather", _is_weather, "Редовна прогноза за времето, а не новина."),
    ("horoscope", _is_horoscope, "Хороскоп, а не новина."),
    ("obituaries", _is_obituaries, "Списък с възпоменания, а не новина."),
    ("gallery", _is_gallery, "Само снимки, без текст на статия."),
    ("quiz", _is_quiz, "Анкета или викторина, а не новина."),
    ("tv-programme", _is_tv, "Телевизионна програма, а не новина."),
    ("rates", _is_rates, "Таблица с курсове или цени, а не новина."),
    ("listing", _is_tag, "Страницата събира статии по етикет или рубрика."),
)
