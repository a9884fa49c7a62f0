"""What outlets hang on their titles: the site's name, labels, media marks, emoji, cries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.bulgarian.verbs import finite

_BAR = re.compile(r"\s+(?:[|»•/]|::|[-–—]{1,2})\s+")
_SITE = re.compile(
    r"(?:www\.)?[\w-]{2,}(?:\.[\w-]{2,})?"
    r"\.(?:bg|com|net|org|eu|info|news|media|online|test|example|бг)"
    r"|(?:Последни |Актуални |Всички )?Новини(?:те)?(?: .{0,25})?|News(?: .{0,25})?",
)
_BARRED_SITE = re.compile(
    r"Начало|Общество|България|Свят|Спорт|Икономика|Политика|Култура|Регион(?:и)?|Крими|Бизнес"
    r"|(?:Вестник|Телевизия|Радио|Агенция|Сайт|Портал|В-к) .{2,30}"
)
_MEDIA_NAME = re.compile(
    r"(?i)(?<!\w)(?:вести|новини|инфо|нюз|прес|преса|медия|медиа|онлайн|глас|хроника|дневник|вестник"
    r"|труд|дума|стандарт|телеграф|куриер|репортер|тв|радио|портал|днес|info|news|press|media|online"
    r"|times|post|daily|tv|24)(?!\w)"
)
_LONGEST_NAME = 4
"""Words that the name of a site has at most."""
_KIND = re.compile(r"^(?:вестник|в-к|сайт|портал|радио|телевизия|тв|агенция|списание)\s+")
_LEAST_TITLE = 10
_MEDIUM = (
    r"(?:снимк[аи]|видео|галерия|фотогалерия|обзор|аудио|инфографик[аи]|обновен[ао]?|обновява се"
    r"|допълнен[ао]?|на живо|подкаст|photos?|video|live|update[d]?)"
)
_MEDIA = rf"\+?\s*{_MEDIUM}(?:\s*[+,/и&]?\s*{_MEDIUM})*"
_BRACKETED = re.compile(
    rf"\s*(?:\(\s*{_MEDIA}\s*\)|\[\s*{_MEDIA}\s*\]|(?<=\s)/\s*{_MEDIA}\s*/|^/\s*{_MEDIA}\s*/)\s*",
    re.IGNORECASE,
)
_HUNG_ON = re.compile(rf"\s+(?:[-–—|+/]\s*)(?=[А-ЯA-Z])(?i:{_MEDIA})\s*$")
_LOUD_MEDIUM = re.compile(
    r"\s+\+?(?:СНИМК[АИ]|ВИДЕО|ГАЛЕРИЯ|НА ЖИВО|ОБНОВЕНА)"
    r"(?:\s*[+,/И&]?\s*(?:СНИМК[АИ]|ВИДЕО|ГАЛЕРИЯ))*$"
)
_ONLY_MEDIA = re.compile(_MEDIA, re.IGNORECASE)
_ALARM = re.compile(
    r"^(?i:извънредно|горещо|скандал(?:но)?|шок(?:иращо|ова новина)?|сензаци(?:я|онно)|ексклузивно"
    r"|спешно|важно|трагедия|драма|кошмар|абсурд|безумие|потрес(?:аващо)?|черна хроника"
    r"|крими|тревога"
    r"|бомба|ужас|последно|на живо|внимание|новина(?: на деня)?|breaking(?: news)?|live|видео"
    r"|снимки|галерия"
    r"|обновена|обновено|само при нас|първо при нас)"
    r"\s*(?:[:!|…]+|\s[–-])\s*(?=[„\"«“(]?[А-ЯЍA-Z\d])"
)
_ONLY_HERE = re.compile(
    r"^(?:само|първо|единствено) (?:в|във|по|при|за) (?P<where>[^:!|]{2,40})\s*[:!|]+\s*",
    re.IGNORECASE,
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\ufe0e]+"
)
_DOUBLED = re.compile("[\u203c\u2049]\ufe0f?")
_MARKS = re.compile(r"\s*(?:!{2,}|\?[!?]+|![!?]*\?[!?]*)")


def bare(title: str, *outlet: str) -> str:
    """The title without its outlet's names, labels, media marks, emoji and repeated marks.

    `outlet` are the names of the outlet. Empty when the title is nothing else.
    """
    own = {_plain(name) for name in outlet if name}
    text = " ".join(_EMOJI.sub(" ", _DOUBLED.sub("!! ", title)).split()).lstrip("!? ")
    for clean in (_without_site, _without_labels, _without_media):
        text = clean(text, own)
    return "" if _ONLY_MEDIA.fullmatch(text) else _MARKS.sub(_one_mark, text)


def _without_site(title: str, own: Iterable[str]) -> str:
    """The names of the site behind the title, or before it and a bar."""
    for _ in range(3):
        bars = list(_BAR.finditer(title))
        if not bars:
            break
        first, last = bars[0], bars[-1]
        barred = not set("|»•/:").isdisjoint(last.group())
        if last.start() >= _LEAST_TITLE and _names_site(title[last.end() :], own, barred=barred):
            title = title[: last.start()]
        elif _plain(title[: first.start()]) in own:
            title = title[first.end() :]
        else:
            break
    return title


def _names_site(name: str, own: Iterable[str], *, barred: bool) -> bool:
    if _plain(name) in own or _SITE.fullmatch(name):
        return True
    return barred and (bool(_BARRED_SITE.fullmatch(name)) or _like_media(name))


def _like_media(name: str) -> bool:
    """Whether a few words may be a site's name: „Вести Липник“, „Глас на Липник“; no sentence."""
    said = name.split()
    if not 2 <= len(said) <= _LONGEST_NAME or any(finite(word.lower()) for word in said):
        return False
    return bool(_MEDIA_NAME.search(name)) and said[0][:1].isupper()


def _plain(name: str) -> str:
    return re.sub(r"\.(?:bg|com|net|eu|info|бг)$|\W", "", _KIND.sub("", name.casefold()))


def _without_labels(title: str, own: Iterable[str]) -> str:
    title = _BRACKETED.sub(" ", title).strip()
    for _ in range(2):
        only = _ONLY_HERE.match(title)
        if only and (_plain(only.group("where")) in own or only.group().isupper()):
            title = title[only.end() :]
        title = _ALARM.sub("", title)
    return title


def _without_media(title: str, _own: Iterable[str]) -> str:
    title = _HUNG_ON.sub("", title)
    # In a title that shouts throughout the word may be part of the news.
    return title if title.isupper() else _LOUD_MEDIUM.sub("", title)


def _one_mark(marks: re.Match[str]) -> str:
    return "?" if "?" in marks.group() else "!"
