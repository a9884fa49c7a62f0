"""Pages that are no news article by what they say of themselves: forecasts, lists, tables, walls.

Every rule wants two signs, a headline and a body of its kind, because news is written about all
of these: a storm, an astrologer, a death, a bank's rates. Precision first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.collect.ownwords import PROSE, own_sentences, prose, unquoted
from digest.collect.regular import is_horoscope, is_live, is_obituaries, is_weather


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule looks at: headline, body, address, schema types (lower case), number of links."""

    title: str
    text: str
    url: str
    schema: frozenset[str]
    links: int


SHORT = 600
"""Characters of a form or a notice with all its buttons."""
STUB = 200
"""Characters of whole sentences under which a body tells no news of its own."""
FULL = 400
"""Characters of whole sentences from which a body is an article, whatever its headline."""

_TIMES = re.compile(r"(?m)(?:^|\n\n?|[\s;,])(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
_TV = re.compile(
    r"(?i)\b(?:тв|телевизионна(?:та)?) програма\b|^програма(?:та)? (?:на|за) .{2,40}\d"
)
_DATED = (
    r"(?:\d|днес|утре|деня|седмицата|месеца|уикенда|понеделник|вторник|сряда|четвъртък|петък|събота"
    r"|неделя|януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември)"
)
"""What follows in the headline of something that comes out every day."""
_RATES = re.compile(
    r"(?i)^(?:валутни(?:те)? курсове|курс(?:ът|ове(?:те)?)? на (?:еврото|долара|валутите|лева)"
    r"|цени(?:те)? на горивата|фиксинг|котировки)\b"
)
_GALLERY = re.compile(
    r"(?i)^(?:фото)?галерия\s*(?:$|[:|–-])|\bснимки(?:те)? на деня\b|\bденят в снимки\b"
)
_QUIZ = re.compile(
    r"(?i)^(?:анкета|викторина|куиз|quiz)\b\s*[:|–-]?|(?:направете|решете) теста"
    r"|^тест\s*:\s*(?:познавате|колко знаете|какъв|кой сте)|проверете знанията си"
)
_VOTE = re.compile(r"(?i)\b(?:гласувай(?:те)?|отговорете|изберете|вашият (?:отговор|резултат))\b")
_GONE = r"(?:не е намерена|не беше намерена|не съществува|липсва)"
_PAGE_GONE = (
    rf"(?:(?:(?:търсената|исканата|тази) )?(?:от вас )?страница(?:та)? {_GONE}|няма такава страница"
    r"|(?:page|seite|página) (?:not found|nicht gefunden|no encontrada)|page non trouvée"
    r"|страница не найдена|not found)"
)
_ERROR = re.compile(
    rf"(?i)^\W*(?:(?:опа|упс|грешка|error|http|съжаляваме)\W+)*"
    rf"(?:404(?:\W+(?:грешка|error))?|(?:404\W+)?{_PAGE_GONE}(?:\W+(?:404|грешка|error))*)\W*"
    r"(?:\s[|–-]\s\S+(?: \S+)?)?$"
)
_SAYS_ERROR = re.compile(
    rf"(?i)^\W*(?:(?:опа|упс|грешка|съжаляваме|404)\W+)*{_PAGE_GONE}(?:\s*[,.!]|\s+или\b|\s*$)"
)
_SIGN_IN = re.compile(r"(?i)^(?:вход|влезте|влизане|регистрация|log ?in|sign in)\s*(?:$|[|–-])")
_FORGOT = re.compile(
    r"(?i)(?:забравена? (?:си )?парола|забравихте (?:си )?парола(?:та)?(?: си)?"
    r"|forgot (?:your )?password|запомни ме)"
)
_TAG = re.compile(
    r"(?i)^(?:(?:всички )?(?:статии|новини|публикации) (?:с|по) (?:етикет|таг|тема)"
    r"|етикет|таг|tag|рубрика|категория|архив|резултати (?:от|за) търсене"
    r"|search results)\s*(?:за\b|for\b|[:–|„\"-])"
)
_TAG_URL = re.compile(r"(?i)/(?:tags?|etiket|taxonomy|author|avtor|search)/")


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
    """A headline that says nothing else, or a short text that begins so."""
    if _ERROR.search(seen.title):
        return True
    return len(seen.text) < SHORT and bool(_SAYS_ERROR.search(unquoted(seen.text[:200])))


def _is_sign_in(seen: Seen) -> bool:
    if len(seen.text) >= SHORT:
        return False
    asks = any(_FORGOT.fullmatch(one) for one in own_sentences(seen.text))
    form = len(seen.text) < PROSE or "парол" in seen.text.lower()
    return asks or (form and bool(_SIGN_IN.search(seen.title)))


def _is_gallery(seen: Seen) -> bool:
    named = bool(_GALLERY.search(seen.title)) or bool(
        seen.schema & {"imagegallery", "mediagallery"}
    )
    return named and prose(seen.text) < STUB


def _is_quiz(seen: Seen) -> bool:
    """A question with an answer to give; a poll's results are news in whole paragraphs."""
    if not _QUIZ.search(seen.title) or prose(seen.text) >= FULL:
        return False
    asks = seen.title.rstrip().endswith("?") and not prose(seen.text)
    return asks or bool(_VOTE.search(unquoted(seen.text)))


def _is_tv(seen: Seen) -> bool:
    return bool(_TV.search(seen.title)) and len(_TIMES.findall(seen.text)) >= 6


def _is_rates(seen: Seen) -> bool:
    named = _RATES.match(seen.title)
    if named is None:
        return False
    figures = sum(ch.isdigit() for ch in seen.text)
    dated = re.match(rf"(?i)\s*(?:$|\W*(?:за|на|от)?\s*{_DATED})", seen.title[named.end() :])
    return figures > 0.12 * max(len(seen.text), 1) or (dated is not None and len(seen.text) < 100)


def _is_tag(seen: Seen) -> bool:
    if prose(seen.text) >= STUB:
        return False
    if _TAG.search(seen.title):
        return seen.links >= 3 or len(seen.text) < PROSE
    return bool(_TAG_URL.search(seen.url)) and seen.links >= 8


_RULES: tuple[tuple[str, Callable[[Seen], bool], str], ...] = (
    ("error-page", _is_error, "Страница за грешка вместо статия."),
    ("sign-in", _is_sign_in, "Страница за вход вместо статия."),
    (
        "live-blog",
        lambda s: is_live(s.title, s.text, s.schema),
        "Предаване на живо минута по минута, а не завършена статия.",
    ),
    ("weather", lambda s: is_weather(s.title, s.text), "Редовна прогноза за времето, а не новина."),
    ("horoscope", lambda s: is_horoscope(s.title, s.text), "Хороскоп, а не новина."),
    ("obituaries", lambda s: is_obituaries(s.title, s.text), "Списък с възпоменания, а не новина."),
    ("gallery", _is_gallery, "Само снимки, без текст на статия."),
    ("quiz", _is_quiz, "Анкета или викторина, а не новина."),
    ("tv-programme", _is_tv, "Телевизионна програма, а не новина."),
    ("rates", _is_rates, "Таблица с курсове или цени, а не новина."),
    ("listing", _is_tag, "Страницата събира статии по етикет или рубрика."),
)
