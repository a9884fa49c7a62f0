"""Who a story is about: the names that its headline carries, or that several articles share.

„Министърът Иван Петров“, „Иван Петров“ and „Петров“ are one actor; „Иван Петров“ and „Мария
Петрова“, or two Petrovs of one run, are two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from digest.bulgarian.lexicon import word_set
from digest.rank.material import OPENING, Material

_RUN = re.compile(r"[А-ЯЍA-Z][\w’]+(?:-\w+)*(?: [А-ЯЍA-Z][\w’]+(?:-\w+)*)*")
_PLACED = word_set("в във край из до над през към")
"""Prepositions after which a name is where, not who."""
_ARTICLE = re.compile(r"(?<=\w{5})(?:ът|ят|та|то|те)$")
_EVERYWHERE = word_set("българия българи ес европа")
"""Names that half of all stories carry say nothing of whom a story is about."""

_ADJECTIVES = ("ският", "ския", "ската", "ското", "ските")
"""A lone „Европейският“ is half a name."""

_OPENERS = ':.!?…–—-„“«"'

OTHERS = 20
"""Articles beside the lead that are asked who a story is about; a live blog has thousands."""

LONGEST = 4
"""Words of a name; a longer run is a headline in capitals."""


class Actor(NamedTuple):
    """Somebody a story is about: `key` is the same in all their stories, `name` as printed."""

    key: str
    name: str


def actors_of(told: Sequence[Material]) -> list[tuple[Actor, ...]]:
    """The actors of each story, in its own order, joined over the whole run.

    The word that opens a headline is a name when its own text, or a full name of the run, says so.
    """
    named = [_named(one) for one in told]
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in chain.from_iterable(named):
        forms[_surname(name)][name] += 1
    full = {surname for surname, names in forms.items() if any(" " in name for name in names)}
    joined = {name: _joined(name, forms[_surname(name)]) for name in set(chain(*named))}
    return [
        tuple(dict.fromkeys([*_opener(one.title, full, forms), *[joined[name] for name in names]]))
        for one, names in zip(told, named, strict=True)
    ]


def _opener(title: str, full: set[str], forms: Mapping[str, Counter[str]]) -> tuple[Actor, ...]:
    """The headline's first word when it is the surname of somebody in the run."""
    word = title[: title.find(" ")].strip("„“«»\"':,") if " " in title else ""
    surname = word.casefold()
    return (_joined(word, forms[surname]),) if surname in full else ()


def _joined(name: str, forms: Counter[str]) -> Actor:
    """A lone surname is the one person of that name in the run, if there is just one.

    The full name is printed unless it is rare beside the lone one: then it is a chance pair.
    """
    surname = _surname(name)
    whole = [form for form in forms if " " in form]
    if len({form.partition(" ")[0].casefold() for form in whole}) != 1:
        return Actor(name.casefold() if " " in name else surname, name)
    best = min(whole, key=lambda form: (-forms[form], form))
    lone = sum(forms.values()) - sum(forms[form] for form in whole)
    return Actor(surname, best if 3 * forms[best] >= lone else best.rpartition(" ")[2])


def _named(told: Material) -> tuple[str, ...]:
    """Names of the headline, and full names of the opening that other articles carry too."""
    inside = frozenset(word for name in told.names for word in name.split())
    found = [_short(name) for name in _of_title(told.title, inside) if _counts(name)]
    whole = [name for name in told.names if " " in name]
    elsewhere = _elsewhere(told) if whole else ""
    for name in whole:
        last = name.rpartition(" ")[2]
        if last not in elsewhere or name in found or not _counts(name):
            continue
        if not _placed(told.opening, told.opening.find(name)):
            found = [one for one in found if _surname(one) != last.casefold()]
            found.append(_short(name))
    return tuple(dict.fromkeys(found))


def _short(name: str) -> str:
    """The last two words: before a full name mostly another stands („на ЕС Ана Петрова“)."""
    return " ".join(name.split(" ")[-2:])


def _elsewhere(told: Material) -> str:
    """The headline, and headlines and openings of the other articles (the first twenty)."""
    others = [a for a in told.story.articles[: OTHERS + 1] if a.id != told.lead.id][:OTHERS]
    return "\n".join([told.title, *[f"{a.title}\n{a.text[:OPENING]}" for a in others]])


def _of_title(title: str, inside: frozenset[str]) -> list[str]:
    """Runs of capitals in a headline; a word that opens one only when the text has it inside."""
    if title.isupper():
        return []
    found = []
    for match in _RUN.finditer(title):
        words = match.group().split()
        if words[0] not in inside and _opens(title, match.start()):
            words = words[1:]
        if words and not _placed(title, match.start()):
            found.append(" ".join(words))
    return found


def _opens(title: str, at: int) -> bool:
    """Whether a headline, a sentence after a colon or a quotation begins there."""
    before = title[:at].rstrip()
    return not before or before[-1] in _OPENERS or not before.strip("„“«»\"'(")


def _placed(text: str, at: int) -> bool:
    """Whether the word before that place makes the name a place."""
    return at > 0 and text[max(0, at - 12) : at].rstrip().rpartition(" ")[2].lower() in _PLACED


def _counts(name: str) -> bool:
    if name.count(" ") >= LONGEST or _surname(name) in _EVERYWHERE:
        return False
    return " " in name or not name.endswith(_ADJECTIVES)


def _surname(name: str) -> str:
    """The last word, lower case, without its article when it stands alone."""
    last = name.rpartition(" ")[2].casefold()
    return last if " " in name else _ARTICLE.sub("", last)
