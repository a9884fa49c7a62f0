"""Whether a text can be summarised at all, and if not, why: a sentence in Bulgarian for the editor.

Told by letters, lines and marks alone, from the beginning of a text, so that the longest one costs
no more than a short one.
"""

from __future__ import annotations

import re

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.typography import count
from digest.summarise.spoken import interview

_HEAD = 600
_BEGINNING = 6000
_LEAST_LETTERS = 40
"""Letters from which a text's language is judged by their shares; a shorter one by any of them."""
_LEAST_OWN = 0.25
"""Share of the letters in Bulgarian paragraphs from which a text of two languages is used."""

_STRANGE = re.compile(r"[ыэёіїєґѓќѕђћјљњџЫЭЁІЇЄҐЃЌЅЂЋЈЉЊЏ]|ь(?!о)")
_RUSSIAN = re.compile(
    r"(?<!\w)(?:что|его|для|будет|будут|был|были|чтобы|также|тоже|уже|через)(?!\w)"
    r"|(?:тся|ает|яет|ают|яют|уют)(?!\w)"
)
# A text without any of these is Bulgarian, and most are: the rest is not asked.
_DOUBTFUL = re.compile(r"[a-zA-ZыэёіїєґѓќѕђћјљњџЫЭЁІЇЄҐЃЌЅЂЋЈЉЊЏ]")
_CYRILLIC = re.compile(r"[а-яѝА-ЯЍ]+")
_LETTER = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.!…?]")
_TABLE_LINE = re.compile(r"[^\n]*(?:\t|\|)[^\n]*")
_LIST_LINE = re.compile(r"\s*(?:[-–—•*·▪>#]|\d{1,3}[.)]|[а-я]\))\s")
_SHORT_LINE = 40
_LEAST_LINES = 3

NO_TEXT = "Статията няма текст."
NOT_BULGARIAN = "Статията няма текст на български."
TABLE = "Текстът е таблица."


def unfit(text: str) -> str:
    """Why nothing of the text may be quoted, a sentence in Bulgarian; empty when something may."""
    head = text[:_BEGINNING]
    if not _LETTER.search(head):
        return NO_TEXT
    if foreign(head):
        return NOT_BULGARIAN
    tabular = "\t" in head or "|" in head
    return TABLE if tabular and _mostly(_TABLE_LINE, head) else ""


def foreign(text: str) -> bool:
    """Whether the text is not Bulgarian by its letters (half Latin, or ы, э, і, ј).

    A text of two languages is not foreign when a quarter of its beginning is Bulgarian.
    """
    if not _alien(text[:_HEAD]):
        return False
    paragraphs = [p for p in text[:_BEGINNING].split("\n") if _letters(p) >= _LEAST_LETTERS]
    own = sum(_letters(p) for p in paragraphs if not _alien(p))
    return own < _LEAST_OWN * max(1, sum(map(_letters, paragraphs)))


def why_none(text: str, longest: int) -> str:
    """Why no sentence of a text that is fit may stand in a summary of `longest` characters."""
    head = text[:_BEGINNING]
    if interview(text):
        return "Статията е разговор: репликите не се печатат без говорещия."
    if _listed(head):
        return "Текстът е само списък."
    if not _STOP.search(head):
        return "Текстът няма точка: не личи къде свършват изреченията."
    if inside_open(head) and len(text) <= _BEGINNING:
        return "В текста има незатворен цитат: не личи къде свършва чуждата дума."
    if len(text) > longest and not _STOP.search(text, 0, longest):
        return f"Първото изречение е по-дълго от мястото за резюме ({count(longest, 'знак')})."
    return "В текста няма изречение, което може да стои само."


def _alien(text: str) -> bool:
    if not _DOUBTFUL.search(text) and "ь" not in text.replace("ьо", ""):
        return False
    letters, own = _letters(text), sum(map(len, _CYRILLIC.findall(text)))
    strange = len(_STRANGE.findall(text)) + len(_RUSSIAN.findall(text))
    if letters < _LEAST_LETTERS:
        return bool(letters) and (strange > 0 or own < letters / 2)
    return strange > max(1, letters / 100) or own < letters / 2


def _letters(text: str) -> int:
    return sum(map(len, _LETTER.findall(text)))


def _mostly(kind: re.Pattern[str], text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= _LEAST_LINES and 2 * sum(map(bool, map(kind.match, lines))) > len(lines)


def _listed(text: str) -> bool:
    """Whether most lines are marked, or short and without a stop."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    bare = sum(len(line) <= _SHORT_LINE and not _STOP.search(line) for line in lines)
    return _mostly(_LIST_LINE, text) or (len(lines) >= _LEAST_LINES and 2 * bare > len(lines))
