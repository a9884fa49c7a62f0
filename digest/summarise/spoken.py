"""What somebody says without quotation marks: dashed lines, answers of an interview, „аз съм“.

Taken alone such a sentence is printed as the newsroom's own claim, so it stands in no summary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.quotation import spans
from digest.bulgarian.words import known

Span = tuple[int, int]

_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"\S(?:.*\S)?")
_DASHED = re.compile(r"[-–—]\s")
_LONGEST_QUESTION = 300
_LEAST_QUESTIONS = 2
_ASKED = re.compile(
    r"(?<!\w)(?:ви|вас|вие|ваш\w*|сте|Ви|Вас|Вие|Ваш\w*|(?:г-н|г-жа|д-р|доц\.|проф\.|господин|госпожо)"
    r" [А-Я]\w+,|\w{2,}(?:ате|яте))(?!\w)"
)
_TALK = re.compile(r"(?<!\w)(?:разговаря\w+|интервю\w*|питаме|попитахме|разговор(?:ът)? с)(?!\w)")
# «ни» and «наш» stand for the country too («у нас», «нашите национали»); these only for a speaker.
_I = word_set("аз ми ме мен мой моя моят моята моето моите мои съм бях щях")


@lru_cache(maxsize=16)
def spoken(text: str) -> tuple[Span, ...]:
    """Paragraphs that somebody speaks, in order: dashed ones, those of an interview."""
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text)]
    asked = [p for p in paragraphs if _question(text, *p)]
    first = asked[0][0] if _talk(text, asked) else len(text)
    return tuple(p for p in paragraphs if p[0] >= first or _DASHED.match(text, p[0]))


@lru_cache(maxsize=16)
def interview(text: str) -> bool:
    """Whether the text is a talk: questions to somebody and what they answer."""
    return _talk(text, [m.span() for m in _PARAGRAPH.finditer(text) if _question(text, *m.span())])


def is_spoken(text: str, start: int) -> bool:
    """Whether the sentence at `start` stands in a paragraph that somebody speaks."""
    return any(a <= start < b for a, b in spoken(text))


def in_first_person(sentence: str, words: Sequence[str]) -> bool:
    """Whether the sentence says „аз“ outside quotation marks; `words` are its words, lower case."""
    return any(map(_of_mine, words)) and any(map(_of_mine, told(sentence)))


@lru_cache(maxsize=50_000)
def _of_mine(word: str) -> bool:
    """„Аз“, „ми“ or a verb in the first person: «гледам», that has «гледат» («храм» has none)."""
    if word in _I:
        return True
    return len(word) > 3 and word.endswith(("ам", "ям")) and known(f"{word[:-1]}т")


def told(sentence: str) -> list[str]:
    """The words outside quotation marks, in lower case."""
    at, outside = 0, []
    for start, end, _ in spans(sentence):
        outside.append(sentence[at:start])
        at = end
    return _WORD.findall(" ".join((*outside, sentence[at:])).lower())


def _question(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_QUESTION and text[end - 1] == "?"


def _talk(text: str, asked: Sequence[Span]) -> bool:
    """Whether the questions speak to somebody: those of a service piece do not."""
    if len(asked) < _LEAST_QUESTIONS:
        return False
    if any(_DASHED.match(text, start) or _ASKED.search(text, start, end) for start, end in asked):
        return True
    return bool(_TALK.search(text, 0, asked[0][0]))
