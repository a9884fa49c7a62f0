"""Names: runs of capitalised words, without a model.

Capitalised words that do not open a sentence are names with a precision of about .8. A word that
opens a sentence counts when another capitalised word follows it, when it is an abbreviation, when
it stands capitalised elsewhere inside a sentence, when the dictionary does not know it, or when it
has the form of a family name and a verb behind it.
"""

from __future__ import annotations

import re

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.sentences import split
from digest.bulgarian.verbs import finite, verbish
from digest.bulgarian.words import STOPWORDS, known, lemma

Name = tuple[str, int, int]

_CAPITAL = re.compile(r"(?<![\w-])[А-ЯЍA-Z][\w’]*(?:-[\wА-Яа-я]+)*")
_JOIN = re.compile(r"\.?\s+(?:(?:фон|дер|ван|ден|де|ла|дел|бин|ибн|аш)\s+)*|\.")
_INNER = re.compile(r"(?<=[\w,;)“»–-] )[„«\"(]?([А-ЯЍA-Z][\w’]+)")
_LETTERS = frozenset("ВСАИОКУ")
"""Words of one letter that may open a sentence."""
_FAMILY = re.compile(r"(\w{3,}[ое]в)а?")
_NEXT = re.compile(r"\s(\w+)")
_PARTICLES = word_set("се си не ще му ѝ им го я ги")
"""Words that stand before a verb."""
_TITLES = word_set(
    "г-н г-жа д-р проф доц инж арх акад ген понеделник вторник сряда четвъртък петък събота неделя"
)


def names(text: str) -> list[Name]:
    """Names as (text, start, end) in reading order; runs («Си Дзинпин») are one name."""
    starts = {_first_letter(text, start, end) for start, end in split(text)}
    tokens = [
        m
        for m in _CAPITAL.finditer(text)
        if m.group().lower() not in _TITLES and not _preposition(text, m)
    ]
    inner = {m.group() for m in tokens if not _opening(text, m.start(), starts)}
    runs = _runs(text, tokens, starts)
    return [name for run in runs for name in _checked(text, run, starts, inner)]


def subjects(text: str) -> list[str]:
    """Names, and what opens a sentence with an article and is in no dictionary: „Регулаторът“.

    Two texts that both speak of „Регулаторът“ speak of one thing, though that is no name.
    """
    starts = [match for start, end in split(text) if (match := _CAPITAL.search(text, start, end))]
    opening = [m.group() for m in starts if _ARTICLED.fullmatch(m.group().lower())]
    strange = [
        word for word in opening if not known(word.lower()) and not known(lemma(word.lower()))
    ]
    return [name for name, _, _ in names(text)] + strange


def capitalised(text: str) -> set[str]:
    """Words that stand with a capital inside a sentence, and an unknown first word of the text.

    A quick look for what two texts have in common: twenty times as fast as `names`, which tells
    where names begin and end.
    """
    found = set(_INNER.findall(text))
    first = _CAPITAL.search(text)
    if first and first.start() < 2 and _is_name(first.group(), found):
        found.add(first.group())
    return {word for word in found if word.lower() not in _TITLES}


def _first_letter(text: str, start: int, end: int) -> int:
    match = re.search(r"\w", text[start:end])
    return start + match.start() if match else start


def _opening(text: str, at: int, starts: set[int]) -> bool:
    """Whether the word at `at` opens a sentence, a quotation or a line after a colon."""
    if at in starts:
        return True
    before = text[max(0, at - 4) : at].rstrip(" ")
    return before.endswith((":", "!", "?")) or bool(re.search(r"(?:^|[.:,]\s?)[„“\"«]$", before))


def _preposition(text: str, token: re.Match[str]) -> bool:
    """«В „Паисий“»: a letter that opens a sentence, and no initial for want of a stop."""
    return token.group() in _LETTERS and text[token.end() : token.end() + 1].isspace()


def _runs(text: str, tokens: list[re.Match[str]], starts: set[int]) -> list[list[re.Match[str]]]:
    runs: list[list[re.Match[str]]] = []
    for token in tokens:
        gap = text[runs[-1][-1].end() : token.start()] if runs else ""
        previous = runs[-1][-1].group() if runs else ""
        joined = bool(runs) and token.start() not in starts and _joins(previous, gap)
        if joined:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _joins(previous: str, gap: str) -> bool:
    if "." in gap:
        return len(previous) <= 2 and bool(_JOIN.fullmatch(gap))
    return "\n" not in gap and bool(_JOIN.fullmatch(gap))


def _checked(text: str, run: list[re.Match[str]], starts: set[int], inner: set[str]) -> list[Name]:
    """The run as a name, less an ordinary word that only opens the sentence."""
    first = run[0]
    opens = _opening(text, first.start(), starts) and not _is_name(first.group(), inner)
    if opens and not _family_name(text, first):
        run = run[1:] if _ordinary(first.group()) or len(run) == 1 else run
    if not run:
        return []
    start, end = run[0].start(), run[-1].end()
    return [(text[start:end], start, end)]


def _family_name(text: str, first: re.Match[str]) -> bool:
    """«Петров каза», «Каналиев не дойде»: of that form, with what a person does behind it.

    Dictionaries have many family names, or take them for another word's form; «Газов котел», an
    adjective of the same form, has a noun behind it, and most have an articled form («готовият»).
    """
    found, behind = _FAMILY.fullmatch(first.group().lower()), _NEXT.match(text, first.end())
    if found is None or behind is None or not _of_a_verb(behind.group(1)):
        return False
    articled = ("ият", "ото", "ата") if first.group().endswith("а") else ("ият", "ото", "ът")
    return not any(known(found.group(1) + end) for end in articled)


def _of_a_verb(word: str) -> bool:
    return word in _PARTICLES or finite(word) or verbish(word)


def _is_name(word: str, inner: set[str]) -> bool:
    if word in inner or (len(word) > 1 and word.isupper()):
        return word.lower() not in STOPWORDS
    return not _ordinary(word)


_ARTICLED = re.compile(
    r"\w{3,}(?:ите|ците|ката|ната|ията|(?:ец|ик|ин|[ьиео]р|ст|ан)ът|(?<![ое]ви)(?<=[аеиоя])ят|(?:ел|ар)ят"
    r"|[аяе]нето|ното|ското|ството|нието|остта)"
)
"""Forms with the article, which no name has: «синоптичката», «бразилецът»."""


def _ordinary(word: str) -> bool:
    low = word.lower()
    if low == "си" or len(low) == 1:  # «Си Дзинпин», an initial: the pronoun never opens
        return False
    if low in STOPWORDS or known(low) or known(lemma(low)) or _ARTICLED.fullmatch(low):
        return True
    parts = low.split("-")
    return len(parts) > 1 and all(map(_ordinary, parts))
