"""Where a text names people: by full name, by «Дамян С.», by the family or the given name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.bulgarian.countries import countries
from digest.bulgarian.names import names
from digest.bulgarian.people import Mention, mentions
from digest.summarise.cast import Cast, Person

CAPITAL = re.compile(r"(?<![\w-])[А-ЯA-Z][\w-]{2,}")
_QUOTES = frozenset('„«“"')
_WHERE = re.compile(
    r"(?<!\w)(?:в|във|край|до|към|през|над|под|из|около|извън|от)\s+$", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?<!\w)(?:(?:доц|проф|инж|арх|адв|акад|ген|полк)\.|д-р|г-н|г-жа)(?!\w)", re.IGNORECASE
)
_DEPUTY = re.compile(r"(?<!\w)зам\.(?:\s?-|(?=\s?[а-я]))", re.IGNORECASE)
_SHORT = re.compile(r"(?<= )\([А-Я]{2,6}\)(?= )")
_INITIAL = re.compile(r"[А-Я][а-я]+ [А-Я]")
"""„Дамян С.“, whose family name is kept back."""
_FULL = re.compile(r"(?:[А-ЯA-Z][a-zа-я]{2,}[ -]?\b){2,3}")
_CALLED = re.compile(r"\w+(?:ът|ят|ката|ият)\s")
"""What opens a sentence before a name: „Бразилецът Диего Рамао“."""
_PLACE = re.compile(
    r"(?<!\w)(?i:сел[оа]|град|общин|област|район|квартал|махал|язовир|рек[аи]|връх|върх|проход|остров"
    r"|курорт|местност|гара|улиц|булевард|площад)\w*\s+(?:[А-Я][\w-]+\s)?([А-Я][\w-]+)"
    r"(?:,\s([А-Я][\w-]+))*(?:\s+и\s+([А-Я][\w-]+))?"
)
"""„Селата Букова и Дренова“ look like two women."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at `[start:end]` of a text, as it is without endings of possession."""

    name: str
    start: int
    end: int


def plain_titles(text: str) -> str:
    """The text, as long as it was, without what parts a name from its office.

    That is «доц.» and «д-р», and the letters of «Агенцията (БАХ)»; «зам.-» becomes „вице-“.
    """
    text = _DEPUTY.sub(lambda found: "вице-"[: len(found.group())], text)
    for mark in (_SHORT, _TITLE):
        text = mark.sub(lambda found: " " * len(found.group()), text)
    return text


def named(text: str) -> list[Named]:
    """Names of people in reading order: what `mentions` tells, and other names of two words."""
    places = {name for row in _PLACE.findall(text) for name in row if name}
    people = [one for one in mentions(text) if _surely(one) and one.name not in places]
    found = [Named(one.name, one.start, one.end) for one in people]
    for run, start, end in names(text):
        if not run.isupper() and not any(o.start < end and start < o.end for o in people):
            found += _full(text, *_without_country(run, start), end)
    return sorted(found, key=lambda one: one.start)


def _full(text: str, name: str, start: int, end: int) -> Iterator[Named]:
    if text[start - 1 : start] in _QUOTES or _WHERE.search(text[max(0, start - 8) : start]):
        return
    if _INITIAL.fullmatch(name):
        yield Named(name.split(maxsplit=1)[0], start, end)
    elif _FULL.fullmatch(name):
        called = _CALLED.match(name) if name.count(" ") > 1 else None
        first = start + (called.end() if called else 0)
        yield Named(text[first:end], first, end)


def _without_country(name: str, start: int) -> tuple[str, int]:
    """«Молдова Виктор Стан» less the country."""
    first, _, rest = name.partition(" ")
    country = " " in rest and bool(countries(first.lower()))  # «Руска Пелева» is a woman
    return (rest, start + len(first) + 1) if country else (name, start)


def _surely(one: Mention) -> bool:
    """Whether it is a person's name: a word alone with no office may be a village («Букова»)."""
    return " " in one.name or (bool(one.office) and not countries(one.name.lower()))


def person_of(people: Sequence[Person], name: str) -> int | None:
    """The person that a name is another mention of; given names may not contradict each other."""
    *given, family = name.split()
    kin = [n for n, one in enumerate(people) if one.family == family]
    if not given:
        return kin[-1] if kin else None
    return next((n for n in kin if _agree(given, people[n].name.split()[:-1])), None)


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Equal, or one the other's initial; nothing contradicts everything."""
    if not other:
        return True
    return any(p == g or (p[0] == g[0] and "." in p + g) for p in one for g in other)


def again(text: str, found: Sequence[Named], cast: Cast) -> list[Named]:
    """Further mentions, by the family name or the given name alone."""
    taken = {m.start() for one in found for m in CAPITAL.finditer(text, one.start, one.end)}
    return [
        Named(match.group(), *match.span())
        for match in CAPITAL.finditer(text)
        if match.start() not in taken
        and text[match.start() - 1 : match.start()] not in _QUOTES
        and cast.find(match.group()) is not None
    ]
