"""Where a local story happens: the town, village or district that its headline or opening names.

The capital is a place only where the city itself is spoken of: national institutions sit there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.cluster.material import Material
from digest.cluster.places import ADJECTIVES, CAPITAL, LONG_TOWNS, MUNICIPALITIES, TOWNS

OPENING = 260
"""Characters of the text in which a local story has named its place: its first two sentences."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place and whether the title names it."""

    name: str
    titled: bool


_CAPITALISED = re.compile(r"(?<![\w„])[А-Я][а-я]{2,}(?!\w)")
_ADJECTIVES = {beginning + end: town for beginning, town in ADJECTIVES.items() for end in "ио"}
"""„Пловдивски“ as a lemma, „Пловдивско“ for the land around."""
_LAND = "бряг|дол|рид|баня|поле|река|извор|връх|могила|махала|кладенец|чифлик|мост|пристан|брод|лом"
_NAME = rf"(?P<name>[А-Я][а-я]{{2,}}(?:\s(?:[А-Я][а-я]{{2,}}|{_LAND})(?!\w))?)"
"""One or two words of a name: „Каменица“, „Горно Поле“, „Червен бряг“."""

_INTRODUCED = re.compile(
    r"(?<!\w)(?i:сел(?:о|ото)|с\.|гр\.|град|общин(?:а|ата)(?:\s+в)?|кмет(?:ът|а|ицата)?\s+на"
    r"|жители(?:те)?\s+на(?:\s+(?:село|град))?|съветници(?:те)?\s+в"
    rf"|общинският\s+съвет\s+(?:в|на))\s+„?{_NAME}"
)
_CUES = frozenset(("село", "град", "община", "общински", "кмет", "жител", "съветник", "съветница"))
"""Lemmas of the words above: without one of them the pattern need not be tried."""
_MUNICIPAL = frozenset(("село", "община", "общински", "кмет", "кметство", "вик", "квартал"))
_DISTRICT = re.compile(rf"(?<!\w)(?i:квартал(?:а|ът)?|кв\.)\s+„?{_NAME}")
_SITED = re.compile(rf"(?<!\w)(?i:в|във|край|над|под|около|на входа на)\s{_NAME}")
_CITY = re.compile(
    r"(?<!\w)(?i:столичн\w+\s+(?:община|район\w*|квартал\w*|кмет\w*|общински|булевард\w*|градски)"
    r"|софийск\w+\s+(?:метро|район\w*|квартал\w*|булевард\w*|улиц\w+|кмет\w*)"
    r"|столичанин|столичани|кметът\s+на\s+софия|район\s+„|район\s+[А-Я]|бул\.|градския\s+транспорт)"
)


def municipal(material: Material) -> bool:
    """Whether a municipality is spoken of, though it may not be named."""
    return not _MUNICIPAL.isdisjoint(material.terms)


def place_of(material: Material, foreign: Callable[[str], bool]) -> Place | None:
    """The place of a local story; None when none is named. `foreign` knows a word as abroad."""
    title = material.article.title
    # The opening begins with the title; what follows is the lead or the text.
    text = material.beginning[len(title) : len(title) + OPENING]
    adjectives = [
        (term, material.terms[term]) for term in _ADJECTIVES.keys() & material.terms.keys()
    ]
    introduced = not _CUES.isdisjoint(material.terms) or "с. " in text or "гр. " in text
    for part, titled in ((title, True), (text, False)):
        name = _named(part, adjectives)
        name = name or (_after(_INTRODUCED, part, foreign) if introduced else None)
        if name:
            return Place(name, titled)
    if CAPITAL in title or CAPITAL in text or "толичн" in title or "толичн" in text:
        city = _CITY.search(title) or _CITY.search(text)
        return Place(CAPITAL, bool(_CITY.search(title))) if city else None
    if "квартал" not in material.terms and "кв." not in title and "кв." not in text:
        return None
    name = _after(_DISTRICT, title, foreign) or _after(_DISTRICT, text, foreign)
    town = sited(material, foreign) if name else None
    return town or (Place(name, titled=name in title) if name else None)


def sited(material: Material, foreign: Callable[[str], bool]) -> Place | None:
    """A name behind a preposition of place in the title: „мечка в Каменосел“.

    It may be no settlement at all, so it is asked for where a story is known to be local.
    """
    name = _after(_SITED, material.article.title, foreign)
    return Place(name, titled=True) if name else None


def _named(text: str, adjectives: Sequence[tuple[str, str]]) -> str | None:
    """The first listed town of a text, or the one that an adjective is made from."""
    found = [(text.find(name), name) for name in LONG_TOWNS if name in text]
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if word != CAPITAL and (word in TOWNS or word in MUNICIPALITIES):
            found.append((match.start(), word))
            break
    found += ((text.find(said), _ADJECTIVES[term]) for term, said in adjectives if said in text)
    return min(found)[1] if found else None


def _after(pattern: re.Pattern[str], text: str, foreign: Callable[[str], bool]) -> str | None:
    """„село Горно Поле“, „кметът на …“: a place that no list has."""
    for match in pattern.finditer(text):
        name = match["name"]
        if name not in _NO_PLACE and not any(foreign(part) for part in name.split()):
            return name
    return None


_NO_PLACE = frozenset(
    {CAPITAL, "България", "Европа", "Балканите", "Родопите", "Коледа", "Великден"}
)
