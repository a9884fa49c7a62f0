"""Predicates: a verb with all that stands around it, «няма да бъде открит» as one group.

Takes a sentence, gives its predicates in order: which word carries the meaning, when it happens,
whether it is denied, and in which mood. Told by forms alone, without a parse; a nominal predicate
(«е положителна») is carried by the word after the «е».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.verbs import either, finite, l_participle, l_shaped, n_participle, past
from digest.bulgarian.words import lemma


class Tense(Enum):
    """When it happens, as far as the form tells."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Mood(Enum):
    """How the speaker stands to it."""

    PLAIN = "plain"
    RENARRATED = "renarrated"
    """«Бил видял», «имало»: from somebody else's mouth."""
    MODAL = "modal"
    """«Може да»."""
    CONDITIONAL = "conditional"
    """«Би», «щеше да», «щял да»."""
    DEPENDENT = "dependent"
    """After «да»: what becomes of it, the verb before it says."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A group of a sentence, `start` to `end`; `head` is its word of meaning, in lower case.

    `negated` is the group's own «не», «няма да» or «без да»; `before` the word before it, if any.
    """

    start: int
    end: int
    head: str
    tense: Tense
    mood: Mood
    negated: bool
    before: str

    @property
    def existence(self) -> bool:
        """Whether it tells that something is there or not: «има», «няма»."""
        return self.head in HAVE

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a predicate of no width: {self.start}…{self.end}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case with its span."""

    word: str
    start: int
    end: int


_WORD = re.compile(r"\w+(?:-\w+)*")
_WILL = word_set("ще щеше щях щяха щяхме")
_WOULD = word_set("щял щяла щяло щели щеше щях щяха щяхме")
_IF = word_set("би биха бих бихме бихте")
_NOT = word_set("не")
_HAVE_NOT = word_set("няма нямаше нямам нямаме нямат нямаха нямал нямало")
HAVE = word_set("има имаше имат имаме имам имаха") | _HAVE_NOT
_BE = word_set("е са съм сме сте беше бяха бе бях бяхме бъде бъдат бъда бъдем")
_BEEN = word_set("бил била било били")
_WAS = word_set("беше бяха бе бях бяхме имаше имаха нямаше нямаха")
_MODAL = word_set("може могат можеше можеха можем мога могъл могла могло могли можело можел")
_CLITICS = word_set("се си ме те го я му ѝ й им ни ви ги ми ти вече още пак ли")
_GROUP = _WILL | _WOULD | _IF | _NOT | HAVE | _BE | _BEEN | _MODAL | {"да"}
_SMALL = word_set("в във на за от до с със по при към и а но че като най след преди много твърде")
_BEFORE_NOUN = word_set(
    "в във на за от до с със по при към след преди без между над под срещу всички две три четири"
)
_LONGEST = 12
"""Words that a group may have; more are a loop of particles."""


def tokens(text: str) -> list[Token]:
    """Words of a text in lower case with their spans, hyphenated ones whole."""
    return [Token(m.group().lower(), *m.span()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def predicates(text: str) -> tuple[Predicate, ...]:
    """The predicates of a sentence in order, none over another. Never raises; maybe none."""
    row = tokens(text)
    found: list[Predicate] = []
    at = 0
    while at < len(row):
        stop = _group(text, row, at)
        if stop > at and not _bare_not(row, at, stop):
            found.append(_read(text, row, at, stop))
        at = max(stop, at + 1)
    return tuple(found)


def is_verb_at(text: str, row: Sequence[Token], at: int) -> bool:
    """Whether the word is a verb where it stands: «победи» is none after «две»."""
    word = row[at].word
    if _called(text, row[at].start):
        return False
    if finite(word) or (l_participle(word) and not word.endswith(("ият", "ите", "ата", "ото"))):
        return at == 0 or row[at - 1].word not in _BEFORE_NOUN or not word.endswith("и")
    if not either(word):
        return False
    before = row[at - 1].word if at else ""
    called = bool(before) and text[row[at - 1].start].isupper()
    return bool(before) and before not in _BEFORE_NOUN and (called or not before.endswith("и"))


def _called(text: str, at: int) -> bool:
    """Whether a word is written as a name: a capital that opens nothing."""
    return text[at].isupper() and at > 1 and text[at - 1].isspace() and text[at - 2] not in ".!?:–"


def _group(text: str, row: Sequence[Token], at: int) -> int:
    """Where the group that begins at a word ends (after its last word); `at` when none begins."""
    stop = at
    leads = at
    while leads < len(row) and row[leads].word in _CLITICS and _joined(text, row, leads):
        leads += 1
    if leads > at and not (leads < len(row) and _begins(text, row, leads)):
        return at
    stop = leads
    while stop < min(len(row), at + _LONGEST):
        word = row[stop].word
        if stop > at and not _joined(text, row, stop - 1):
            break
        if word in _GROUP or (stop > leads and word in _CLITICS):
            stop += 1
        elif is_verb_at(text, row, stop) or (stop > leads and _participle(row, leads, stop)):
            return stop + 1
        elif stop > leads and _adverb_within(text, row, stop):
            stop += 1
        else:
            break
    return stop if stop > leads and _begins(text, row, leads) else at


def _participle(row: Sequence[Token], leads: int, at: int) -> bool:
    """Whether a word behind particles is a participle; after «е» anything of the form is."""
    word = row[at].word
    be = any(token.word in _BE for token in row[leads:at])
    return n_participle(word) or (be and l_shaped(word))


def _begins(text: str, row: Sequence[Token], at: int) -> bool:
    return row[at].word in _GROUP or is_verb_at(text, row, at)


def _bare_not(row: Sequence[Token], at: int, stop: int) -> bool:
    """«Не сушата, а течовете»: a «не» that denies no verb."""
    if stop - at > 1 or row[at].word != "не":
        return False
    if stop == len(row):
        return True
    after = row[stop].word
    return not either(after) and lemma(after) == after


def _adverb_within(text: str, row: Sequence[Token], at: int) -> bool:
    """«Официално» between «е» and «обявен»."""
    word = row[at].word
    after = row[at + 1].word if at + 1 < len(row) and _joined(text, row, at) else ""
    return (word.endswith(("о", "ъв")) or word == "все") and (
        n_participle(after) or l_participle(after) or after in _BE
    )


def _joined(text: str, row: Sequence[Token], at: int) -> bool:
    """Whether only a space stands between a word and the next."""
    return at + 1 < len(row) and text[row[at].end : row[at + 1].start].isspace()


def _read(text: str, row: Sequence[Token], at: int, stop: int) -> Predicate:
    group = [token.word for token in row[at:stop]]
    head = _head(text, row, stop)
    return Predicate(
        row[at].start,
        row[stop - 1].end,
        head,
        _tense(group, head),
        _mood(group),
        _negated(text, row, at, group),
        _before(text, row, at),
    )


def _head(text: str, row: Sequence[Token], stop: int) -> str:
    """The last word of the group when it has a meaning of its own, else the complement after it."""
    last = row[stop - 1].word
    if last not in _GROUP and last not in _CLITICS:
        return last
    for n in range(stop, min(len(row), stop + 4)):
        gap = text[row[n - 1].end : row[n].start]
        if gap.strip(' „"“'):
            break
        if row[n].word not in _SMALL and not row[n].word.isdigit():
            return row[n].word
    return last


def _tense(group: Sequence[str], head: str) -> Tense:
    have = set(group)
    if have & _WILL or have & _WOULD or (have & _HAVE_NOT and "да" in have):
        return Tense.FUTURE
    if have & (_WAS | _BEEN) or l_participle(group[-1]) or (have & _BE and l_shaped(head)):
        return Tense.PAST
    if have & _BE:
        return Tense.PAST if n_participle(head) else Tense.PRESENT
    if have & (HAVE | _MODAL | _BE) or "да" in have:
        return Tense.PRESENT
    return Tense.PAST if past(head) else Tense.PRESENT


def _mood(group: Sequence[str]) -> Mood:
    have = set(group)
    if have & (_IF | _WOULD):
        return Mood.CONDITIONAL
    if have & _MODAL:
        return Mood.MODAL
    told = bool(have & _BEEN) or l_participle(group[-1])
    if told and not have & (_BE | _WAS | _IF) and ("да" not in have or have & _BEEN):
        return Mood.RENARRATED
    return Mood.DEPENDENT if "да" in have and not have & (_WILL | _HAVE_NOT) else Mood.PLAIN


def _negated(text: str, row: Sequence[Token], at: int, group: Sequence[str]) -> bool:
    have = set(group)
    before = _before(text, row, at)
    count = group.count("не") + bool(have & _HAVE_NOT) + (before == "без" and group[0] == "да")
    # «Не може да не дойде» says that he comes.
    return count % 2 == 1


def _before(text: str, row: Sequence[Token], at: int) -> str:
    return row[at - 1].word if at and _joined(text, row, at - 1) else ""
