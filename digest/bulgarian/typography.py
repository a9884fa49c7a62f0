"""Typography of printed text, and nouns after a number."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.bulgarian.dates import MONTHS

NBSP = "\u00a0"

_SPACES = re.compile("[\u202f\u2007\u2009\u200a]")
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_DASH = re.compile(r"(?<=\S)[ \u00a0]+(?:--?|[—–−])[ \u00a0]+(?=\S)")
_TIGHT_DASH = re.compile(r"(?<=[^\W\d])—(?=[^\W\d])")
_UNIT = re.compile(r"(?<=\d)[ \u00a0]?(?=(?:г\.|ч\.|лв\.|млн\.|млрд\.|хил\.|€)(?!\w))")
_LOOSE_UNIT = re.compile(r"(?<=\d) (?=[%$‰°])|(?<=\.) (?=(?:лв\.|€))")
_NUMERO = re.compile(r"№[ \u00a0]*(?=\w)")
_INITIAL = re.compile(
    r"(?<![\w.])([А-ЯA-Z]\.)"
    r"(?:[ \u00a0]?(?=[А-ЯA-Z][а-яa-z])|[ \u00a0](?=[А-ЯA-Z]\. ?[А-ЯA-Z][а-яa-z]))"
)
_DAY = re.compile(rf" (?:(?<=\d )|(?<=\d-[втм][иа] ))(?=(?:{'|'.join(MONTHS)})(?!\w))")
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
"""„38 000“: the parts of one number."""
_BEFORE_STOP = re.compile(
    r"(?<=[\w“”»\")%€])[ \u00a0]+(?=[,;!?](?:\s|$)|\.(?:\s|$))|[ \u00a0]+(?=\))"
)
_AFTER_BRACKET = re.compile(r"(?<=\()[ \u00a0]+")
_GLUED = re.compile(r"(?<=[а-я]),(?=[А-Яа-я])|(?<=[а-я]{3})[.!?](?=[А-Я][а-я])")
"""„мляко,сирене“, „Решиха.Следва“: a stop with no space after it, in Cyrillic alone, so that no
address is parted."""
_MARK = re.compile(r"[„“”«»\"]")


def tidy(text: str) -> str:
    """House typography; applying it twice changes nothing.

    Quotes become „…“ with ‚…‘ inside, a spaced hyphen or em dash an en dash, three stops an
    ellipsis; a no-break space stands before г., ч., лв., €, after №, after initials, between
    day and month and within a number, and replaces a space before %. No space stands before a
    stop or inside brackets, one stands after it. U+202F and invisible characters never come out.
    """
    text = _INVISIBLE.sub("", _SPACES.sub(NBSP, text))
    text = re.sub(r"\.{3,}", "…", text)
    text = _AFTER_BRACKET.sub("", _BEFORE_STOP.sub("", text))
    text = _GLUED.sub(lambda found: f"{found.group()} ", text)
    text = _DASH.sub(" – ", text)
    text = _TIGHT_DASH.sub(" – ", text)
    text = _UNIT.sub(NBSP, text)
    text = _LOOSE_UNIT.sub(NBSP, text)
    text = _NUMERO.sub("№" + NBSP, text)
    text = _INITIAL.sub(rf"\1{NBSP}", text)
    text = _DAY.sub(NBSP, text)
    text = _GROUPS.sub(lambda found: found.group().replace(" ", NBSP), text)
    return _quotes(text)


def _quotes(text: str) -> str:
    out: list[str] = []
    last, depth = 0, 0
    for match in _MARK.finditer(text):
        at = match.start()
        opening = _is_opening(text, at, depth)
        depth = depth if opening else max(0, depth - 1)
        out += [text[last:at], ("„" if depth == 0 else "‚") if opening else _closing(depth)]
        depth += opening
        last = match.end()
    return "".join(out) + text[last:]


def _closing(depth: int) -> str:
    return "“" if depth == 0 else "‘"


def _is_opening(text: str, at: int, depth: int) -> bool:
    mark = text[at]
    if mark in "„«":
        return True
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    outer = (before.isspace() or before in "([–—-/„‚") and not after.isspace()
    return outer and (depth == 0 or mark == '"')


# one, counted form after a number, plural after «много»
_NOUNS: dict[str, tuple[str, str]] = {
    "източник": ("източника", "източници"),
    "брой": ("броя", "броеве"),
    "издание": ("издания", "издания"),
    "новина": ("новини", "новини"),
    "тема": ("теми", "теми"),
    "минута": ("минути", "минути"),
    "секунда": ("секунди", "секунди"),
    "час": ("часа", "часове"),
    "ден": ("дни", "дни"),
    "седмица": ("седмици", "седмици"),
    "месец": ("месеца", "месеци"),
    "година": ("години", "години"),
    "абонат": ("абонати", "абонати"),
    "читател": ("читатели", "читатели"),
    "редактор": ("редактори", "редактори"),
    "получател": ("получатели", "получатели"),
    "човек": ("души", "хора"),
    "писмо": ("писма", "писма"),
    "статия": ("статии", "статии"),
    "адрес": ("адреса", "адреси"),
    "ред": ("реда", "редове"),
    "знак": ("знака", "знаци"),
    "байт": ("байта", "байтове"),
    "опит": ("опита", "опити"),
    "материал": ("материала", "материали"),
    "файл": ("файла", "файлове"),
    "рубрика": ("рубрики", "рубрики"),
    "доставка": ("доставки", "доставки"),
    "грешка": ("грешки", "грешки"),
    "предупреждение": ("предупреждения", "предупреждения"),
    "анонс": ("анонса", "анонси"),
    "глас": ("гласа", "гласове"),
    "отказ": ("отказа", "откази"),
    "отговор": ("отговора", "отговори"),
    "вариант": ("варианта", "варианти"),
    "ключ": ("ключа", "ключове"),
    "дума": ("думи", "думи"),
    "изречение": ("изречения", "изречения"),
    "агенция": ("агенции", "агенции"),
    "копие": ("копия", "копия"),
    "връзка": ("връзки", "връзки"),
    "промяна": ("промени", "промени"),
    "проблем": ("проблема", "проблеми"),
}


def count(n: int, noun: str) -> str:
    """„1 източник“, „2 източника“, „21 източника“: the counted form after every number but 1.

    Masculine nouns for people take the plural («5 абонати»), „човек“ becomes „души“.
    """
    form = noun if abs(n) == 1 else _forms(noun)[0]
    return f"{n} {form}"


def many(noun: str) -> str:
    """The plural after „много“, „няколко“ or alone: „източници“."""
    return _forms(noun)[1]


_ENDINGS = (
    ("ие", "ия", "ия"),
    ("а", "и", "и"),
    ("я", "и", "и"),
    ("о", "а", "а"),
    ("е", "ета", "ета"),
    ("й", "я", "и"),
    ("", "а", "и"),
)


@lru_cache(maxsize=512)
def _forms(noun: str) -> tuple[str, str]:
    """From the table, else by the ending: a guess that is right for regular nouns."""
    if noun in _NOUNS:
        return _NOUNS[noun]
    ending, counted, plural = next(row for row in _ENDINGS if noun.endswith(row[0]))
    stem = noun[: len(noun) - len(ending)]
    return stem + counted, stem + plural
