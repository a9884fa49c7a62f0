"""The gate on institutions: which court, ministry or commission it is, by the word that tells.

«Министерството на туризма» for «Министерството на културата» is caught where the articles do not
know of it, and where what is told of it is told there of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.bulgarian.institutions import current
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import STOPWORDS
from digest.model import Problem
from digest.summarise.called import present
from digest.summarise.evidence import Reading, Witness
from digest.summarise.slots import around, best_fits

GAP = 0.3
"""By so much another's clause fits better than any of its own, where it is told of the other."""
_STEM = 5
"""Letters by which two institutions are of one sort."""
_BODY = re.compile(
    r"(?P<head>(?:[Кк]омиси|[Аа]генци|[Мм]инистерств|[Ии]нститут|[Сс]ъюз(?!ни)|[Дд]ирекци|[Фф]онд|[Кк]амар"
    r"|[Аа]социаци|[Сс]ъвет(?!ни)|[Сс]лужб|[Ии]нспекци|[Сс]дружени|[Фф]едераци|[Цц]ент[ър]+|[Пп]алат"
    r"|[Ии]нституци)\w*)\s+(?:за|на|по)\s+(?P<tail>\w+)"
    r"|(?P<first>[А-Я]\w+(?:ият|ия|ата|ото|ски|ска|ско))\s+(?P<middle>[а-я]+)\s+(?P<noun>(?:съд"
    r"|прокуратур|институт|агенци|комиси|инспекци|университет|болниц|дирекци|камар|фонд|банк"
    r"|министерств|гимнази|театър|музе|академи|федераци|съюз(?!ни)|съвет(?!ни)|щаб|флот)\w*)"
)
"""„Комисията за защита на потребителите“, „Софийският градски съд“."""


@dataclass(frozen=True, slots=True)
class Body:
    """An institution at `[start:end]` of a text: its sort, and the word that tells which it is."""

    sort: str
    telling: str
    start: int
    end: int


def bodies(text: str) -> Iterator[Body]:
    """The institutions that a text spells out, in reading order, then those that it cuts short."""
    yield from _spelled(text)
    for row in current().rows:
        whole = next(_spelled(row.long), None) if row.short in text else None
        if whole is not None:
            for found in re.finditer(rf"(?<!\w){re.escape(row.short)}(?!\w)", text):
                yield replace(whole, start=found.start(), end=found.end())


def _spelled(text: str) -> Iterator[Body]:
    for found in _BODY.finditer(text):
        tail, middle = found.group("tail"), found.group("middle")
        telling, noun = tail or middle, found.group("head") or found.group("noun")
        if telling not in STOPWORDS and (tail or not verbish(middle)):
            yield Body(noun.lower()[:_STEM], telling.lower(), *found.span())


def bodies_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """Another commission, court or ministry than the articles have, or tell this of."""
    problems = []
    for one in bodies(said.text):
        unknown = not any(present(one.telling, w.whole) for w in witnesses)
        others = (
            _others(one, witnesses) if unknown or _told_of_another(one, said, witnesses) else []
        )
        if others:
            name = said.text[one.start : one.end]
            problems.append(Problem("name", name, ", ".join(dict.fromkeys(others))))
    return problems


def _told_of_another(one: Body, said: Reading, witnesses: Sequence[Witness]) -> bool:
    """Whether a clause of another of its sort fits far better than any of its own."""
    own, other = best_fits(
        around(said, one.start, one.end),
        witnesses,
        lambda place: present(one.telling, place),
        lambda place: any(_rival(one, body) for body in bodies(place.text)),
    )
    return other - own > GAP


def _others(one: Body, witnesses: Sequence[Witness]) -> list[str]:
    """Those of its sort that the articles have: spelled out, else the bare word."""
    spelled = [
        witness.whole.text[body.start : body.end]
        for witness in witnesses
        for body in bodies(witness.whole.text)
        if _rival(one, body)
    ]
    return spelled or [n for w in witnesses for n in w.whole.words if n.startswith(one.sort)]


def _rival(one: Body, other: Body) -> bool:
    return one.sort == other.sort and one.telling != other.telling
