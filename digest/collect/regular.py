"""What an outlet prints every day and is no news: forecasts, horoscopes, notices of deaths, live.

News is written about each of these, so that a headline proves nothing: the body must be of the
kind, sentence by sentence or paragraph by paragraph.
"""

from __future__ import annotations

import re

from digest.bulgarian.sentences import split
from digest.collect.ownwords import blocks, trimmed

BRIEF = 400
"""Characters of a body that may be only the beginning of the thing."""

_MONTHS = r"(?:януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември)"
_DAYS = r"(?:понеделник|вторник|сряда|четвъртък|петък|събота|неделя|уикенда|почивните дни)"

# ---- weather

_WEATHER = re.compile(
    rf"(?i)^(?:прогноза(?:та)? за времето|(?:метеорологична|синоптична) прогноза"
    rf"|времето (?:днес|утре|за|през|в(?:ъв)? {_DAYS})\b|времето\s*[:–|-]"
    r"|какво (?:ще е|ще бъде) времето|какво време ни очаква)"
)
_SKY = re.compile(
    r"(?i)облач|слънчев|\bвал(?:и|еж)|дъжд|\bсняг|\bснег|снеговал|вятър|ветровит|мъгл|темпера"
    r"|градус|°|атмосферн|захлажд|затопл|застуд|гръм|гръмотев|вълнение|поледиц|жълт код"
)
_TO_COME = re.compile(r"(?i)(?<!\w)(?:ще|очаква\w?|предстои|възможн[оаи]|вероятност\w*)(?!\w)")
_MEASURED = re.compile(
    r"(?i)(?<!\w)(?:беше|бяха|бе|измери\w*|измерен\w*|отчет\w+|достигна\w*|падна\w*|нанесе\w*"
    r"|спадна\w*|понижи\w*|повиши\w*|остана\w*|регистрира\w*|пострада\w*|отнес\w+|загина\w*)(?!\w)"
)
_DEGREES = re.compile(
    r"(?i)(?<![\d,])(?:(?<!с )(?<!със ))(?:минус |[-–+]\s?)?\d{1,2}(?:[,.]\d)?"
    r"(?:\s?(?:°|градус\w*)|(?=\s?°?\s?(?:и|до|[–-])\s?(?:минус )?\d{1,2}\s?(?:°|градус)))"
)
"""A temperature; „с 14 градуса“ is by how much it changed."""


def is_weather(title: str, text: str) -> bool:
    """A forecast: two temperatures, and most sentences say how the weather will be."""
    if not _WEATHER.search(title):
        return False
    sentences = [text[start:end] for start, end in split(text)]
    coming = sum(1 for one in sentences if _forecasts(one))
    return len(_DEGREES.findall(text)) >= 2 and 2 * coming > len(sentences)


def _forecasts(sentence: str) -> bool:
    """A verb of the future, or none at all: „Минимални температури от 1 до 6 градуса“."""
    if not _SKY.search(sentence):
        return False
    return bool(_TO_COME.search(sentence)) or not _MEASURED.search(sentence)


# ---- horoscopes

_SIGNS = (
    "овен", "телец", "близнаци", "рак", "лъв", "дева", "везни", "скорпион", "стрелец", "козирог",
    "водолей", "риби",
)  # fmt: skip
_SIGN = rf"(?:{'|'.join(_SIGNS)})"
_BEGINS_SIGN = re.compile(rf"(?im)(?:^|[.!?…]\s+)[^\w\n]*({_SIGN})(?:те|ът)?\s*(?=$|[:–—(,.|-])")
_SIGN_HEADING = re.compile(rf"(?i){_SIGN}(?:\s*\(.{{0,40}}\))?|{_SIGN}\s*[:–—-].*")
_HOROSCOPE = re.compile(
    rf"(?i)^(?:(?:дневен|седмичен|месечен|годишен|любовен|вашият) )?хороскоп(?:ът)?"
    rf"(?: за)?\s*(?:$|\||[:–-]?\s*\d|днес|утре|деня|седмицата|{_DAYS}|{_MONTHS})"
)
_STARS = re.compile(r"(?i)\b(?:хороскоп\w*|зоди\w+|астролог\w*|звездите)\b")


def is_horoscope(title: str, text: str) -> bool:
    """Signs of the zodiac head its parts: nearly all, or some under a headline of the kind."""
    low = text.lower()
    if sum(one in low for one in _SIGNS) < 3 and not _HOROSCOPE.search(title):
        return False
    begun = {match.group(1).lower() for match in _BEGINS_SIGN.finditer(text)}
    if len(begun) >= 9:
        return True
    headed = sum(1 for one in blocks(text) if _SIGN_HEADING.fullmatch(trimmed(one)))
    if _STARS.search(title) and (headed >= 3 or len(begun) >= 4):
        return True
    return bool(_HOROSCOPE.search(title)) and len(text) < BRIEF


# ---- notices of deaths

_OBITUARIES = re.compile(
    r"(?i)^(?:възпоменани[ея]|(?:тъжни|скръбни) вести|траурни (?:обяви|съобщения|вести)"
    r"|некролози|in memoriam)(?!\w)"
)
_DATE_WORD = re.compile(
    rf"(?i)\d+|г|ч|от|за|на|в|днес|деня|седмицата|{_MONTHS}|{_DAYS}|общин\w+|област\w*"
)
_NOTICES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)\bпочина(?:л[аи]?)?\b(?!.{0,30}\b(?:преди|през)\b)"
        r"|\bнапусна ни\b|\bни напусна\b|\bсе раздели с живота\b",
        r"(?i)\bпоклонение|\bопело(?:то)?\b|\bпогребение",
        r"(?i)\b(?:дни|месец\w?|годин[аи]) (?:без|от (?:смъртта|кончината))\b|\bпомен\b"
        r"|\bвечно тъгуващ|\bот семейството\b",
    )
)


def is_obituaries(title: str, text: str) -> bool:
    """Notices of several deaths. One person's obituary is an article."""
    named = _OBITUARIES.match(title)
    words = re.findall(r"\w+", title[named.end() :]) if named else []
    if named is None or not all(_DATE_WORD.fullmatch(one) for one in words):
        return False
    paragraphs = blocks(text)
    several = any(sum(bool(one.search(p)) for p in paragraphs) >= 2 for one in _NOTICES)
    return several or not paragraphs


# ---- live

_LIVE = re.compile(r"(?i)минута по минута|\blive ?blog|\bна живо\b|^live\s*[:|]|текстово предаване")
_STAMP = re.compile(
    r"(?i)^\W*(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?![.\d])(?:\s*ч(?:\.|аса)?)?"
    r"|\d{1,3}(?:\s?\+\s?\d{1,2})?\s?(?:['’′]|-?(?:[а-я]{1,2} )?мин(?:ута|\.)))"
)


def is_live(title: str, text: str, schema: frozenset[str]) -> bool:
    """A stream of messages with a time before most of them, or what its outlet types so."""
    if "liveblogposting" in schema:
        return True
    if not _LIVE.search(title):
        return False
    paragraphs = blocks(text)
    stamps = [match.end() for one in paragraphs if (match := _STAMP.match(one))]
    bare = sum(1 for one in paragraphs if (m := _STAMP.match(one)) and not trimmed(one[m.end() :]))
    return len(stamps) >= 3 and 2 * len(stamps) > len(paragraphs) - bare
