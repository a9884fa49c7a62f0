"""Who a story is about: the names that its headline carries, or that several articles share.

„Министърът Иван Петров“, „Иван Петров“ and „Петров“ are one actor; „Иван Петров“ and „Мария
Петрова“, or two Petrovs of one run, are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digest.rank.material import Material

_RUN = re.compile(r"[А-ЯЍA-Z][\w’]+(?:-\w+)*(?: [А-ЯЍA-Z][\w’]+(?:-\w+)*)*")
_PLACED = re.compile(r"(?:^|\s)(?:в|във|край|из|до|над|през|на юг от|на север от)\s$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<=\w{5})(?:ът|ят|та|то|те)$")
_EVERYWHERE = frozenset({"българия", "българи", "българските", "ес", "европа"})
"""Names that half of all stories carry say nothing of whom a story is about."""

LONGEST = 4
"""Words of a name; a longer run is a headline in capitals."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody a story is about: `key` is the same in all their stories, `name` as printed."""

    key: str
    name: str


def actors_of(told: Sequence[Material]) -> list[tuple[Actor, ...]]:
    """The actors of each story, in its own order, joined over the whole run."""
    named = [_named(one) for one in told]
    full: dict[str, set[str]] = defaultdict(set)
    for names in named:
        for name in names:
            if " " in name:
                full[_surname(name)].add(name)
    return [tuple(dict.fromkeys([_joined(name, full) for name in names])) for names in named]


def _joined(name: str, full: dict[str, set[str]]) -> Actor:
    """A lone surname is the one person of that name in the run, if there is just one."""
    surname = _surname(name)
    known = full.get(surname, ())
    whole = min(known, key=len) if len(_people(known)) == 1 else name
    return Actor(whole.casefold() if len(_people(known)) > 1 else surname, whole)


def _people(names: set[str] | tuple[()]) -> set[str]:
    """Different first names (or initials) among people of one surname."""
    return {name.split()[-2].casefold() for name in names}


def _named(told: Material) -> tuple[str, ...]:
    """Names of the headline, and full names of the opening that other articles carry too."""
    inside = frozenset(word for name in told.names for word in name.split())
    found = [name for name in _of_title(told.title, inside) if _counts(name)]
    others = [a for a in told.story.articles if a.id != told.lead.id]
    for name in told.names:
        last = name.rpartition(" ")[2]
        if " " in name and _counts(name) and name not in found:
            shared = any(last in a.title or last in a.text[:600] for a in others)
            headed = last in told.title
            if (shared or headed) and not _placed(told.opening, name):
                found = [one for one in found if _surname(one) != _surname(name)]
                found.append(name)
    return tuple(dict.fromkeys(found))


def _of_title(title: str, inside: frozenset[str]) -> list[str]:
    """Runs of capitals in a headline; its first word only when the text has it as a name."""
    if title.isupper():
        return []
    found = []
    for match in _RUN.finditer(title):
        words = match.group().split()
        if match.start() == _first(title) and words[0] not in inside:
            words = words[1:]
        if words and not _PLACED.search(title[: match.start()][-16:]):
            found.append(" ".join(words))
    return found


def _first(title: str) -> int:
    match = re.search(r"\w", title)
    return match.start() if match else 0


def _placed(text: str, name: str) -> bool:
    at = text.find(name)
    return at > 0 and bool(_PLACED.search(text[max(0, at - 16) : at]))


def _counts(name: str) -> bool:
    return len(name.split()) <= LONGEST and _surname(name) not in _EVERYWHERE


def _surname(name: str) -> str:
    """The last word, lower case, without its article when it stands alone."""
    last = name.rpartition(" ")[2].casefold()
    return last if " " in name else _ARTICLE.sub("", last)
