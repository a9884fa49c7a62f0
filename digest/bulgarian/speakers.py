"""Who says it: the speaker of a quotation, by name, office or pronoun.

«„…“, каза Иван Петров», «Петров: „…“», «по думите на Петров», «„…“, добави кметът», «каза тя».
Looked for in the sentence of the quotation: behind it, then before it; a pronoun means the person
who was named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.names import names
from digest.bulgarian.people import mentions, office
from digest.bulgarian.titles import without_stops

_SAID = (
    r"(?:каза|заяви|съобщи|обяви|посочи|обясни|коментира|добави|подчерта|отбеляза|допълни|написа"
    r"|уточни|предупреди|призова|увери|отговори|попита|твърди|казва|заявява|изтъкна|сподели"
    r"|разказа|припомни|настоя|обеща|смята|заключи|изрази|пише|реагира|разкри"
    r"|рече|отсече|възрази|похвали се|оплака се"
    r"|закани се|пошегува се|обобщи|разясни|информира|апелира|възкликна|недоволства|прогнозира"
    r"|допусна|сигурен е|категоричен е|твърдеше|казваше|признава|признаха|съветва|допълва|обяснява"
    r"|коментираха|казаха|заявиха|призна|описа|определи|окачестви|нарече|отвърна|съветваше|подхвърли)"
)
_SAYS = re.compile(rf"(?<!\w){_SAID}(?!\w)")
_BY = r"(?:според|по (?:думите|думи|мнението|данни) на|цитиран[аио]?\s+от)\s+"
_ACCORDING = re.compile(rf"(?<!\w){_BY}", re.IGNORECASE)
_AFTER = re.compile(rf"\s*[,–—-]*\s*(?:(?:(?:това|така)\s+)?{_SAID}(?!\w)|{_BY})")
_END = re.compile(r"[.!?…]+(?:\s|$)|[;:\n]|,?\s(?:а|но|като|който|която|което|които|докато)\s")
_SENTENCE = re.compile(r"[.!?…]+\s+(?=[А-Я„])|\n")
_PRONOUN = re.compile(r"(?<!\w)(?:той|тя|те)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_COLON = re.compile(r":\s*$")
_BACK = 200
"""Characters before and behind a quotation in which its speaker stands."""
_REGION = 120
"""Characters behind „каза“ in which the name stands."""
_WHERE = word_set("в във на за от пред към при след през със с по до край")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: a `name` as the text has it, and the `role` in which he speaks.

    `role` is an office as a man holds it („кмет“ for „кметицата“). `pronoun` says that the text has
    „той“ or „тя“ here and the name stands further up. What is not known is empty.
    """

    name: str = ""
    role: str = ""
    pronoun: bool = False


def speaker_of(text: str, start: int, end: int) -> Speaker:
    """The speaker of the quotation at `text[start:end]`; empty when the text names none."""
    behind = _AFTER.match(text, end)
    if behind is not None:
        begin, stop = behind.end(), min(len(text), behind.end() + _REGION)
        cut = _END.search(without_stops(text), begin, stop)
        found = _first(text, begin, cut.start() if cut else stop)
        # «„…“, добави още.»: who spoke before goes on.
        return found or _ahead(text, start) or Speaker(_named_last(text, start), pronoun=True)
    return _ahead(text, start) or Speaker()


def reporter_of(text: str, start: int, end: int) -> Speaker:
    """Who says what the sentence `text[start:end]` tells in other words; empty when nobody does.

    «Според Петров …», «Петров каза, че …», «…, смята Петров».
    """
    by, plain = _ACCORDING.search(text, start, end), without_stops(text)
    if by:
        cut = _END.search(plain, by.end(), end)
        return _first(text, by.end(), cut.start() if cut else end) or Speaker()
    said = _SAYS.search(text, start, end)
    if said is None:
        return Speaker()
    cut = _END.search(plain, said.end(), end)
    after = _first(text, said.end(), cut.start() if cut else end)
    inverted = text[start : said.start()].rstrip(' “"').endswith((",", "–"))
    before = None if inverted else _last(text, start, said.start())
    return before or after or Speaker()


def _ahead(text: str, start: int) -> Speaker | None:
    """Who stands in the part of the sentence before the quotation, where a saying does."""
    low = max(0, start - _BACK)
    ends = [m.end() for m in _SENTENCE.finditer(text, low, start)]
    lead = ends[-1] if ends else low
    by = _ACCORDING.search(text, lead, start)
    if by:
        return _first(text, by.end(), start)
    said = _SAYS.search(text, lead, start)
    if said is None:
        return _last(text, lead, start) if _COLON.search(text, lead, start) else None
    return _last(text, lead, said.start()) or _first(text, said.end(), start)


def _first(text: str, start: int, end: int) -> Speaker | None:
    return next(_candidates(text, start, end), None)


def _last(text: str, start: int, end: int) -> Speaker | None:
    found = list(_candidates(text, start, end))
    return found[-1] if found else None


def _candidates(text: str, start: int, end: int) -> Iterator[Speaker]:
    """Who may speak there, in reading order: people, else offices, else „той“, else other names."""
    people = [
        one
        for one in mentions(text)
        if start <= one.start < end and (one.office or not _led(text[start : one.start]))
    ]
    plain = without_stops(text)
    roles = [held for word in _WORD.finditer(plain, start, end) if (held := office(word.group()))]
    pronouns = list(_PRONOUN.finditer(text, start, end))
    if people:
        yield from (Speaker(text[one.start : one.end], one.held) for one in people)
    elif roles:
        yield from (Speaker(role=held) for held in roles)
    elif pronouns:
        woman = pronouns[0].group().lower() == "тя"
        name = _named_last(text, start, woman=woman)
        yield Speaker(name, pronoun=True)
    else:
        yield from (
            Speaker(name)
            for name, at, _ in names(text[start:end])
            if not _led(text[start : start + at])
        )


def _led(before: str) -> bool:
    """Whether a preposition ends there: what follows is spoken of, or is a place."""
    return not _WHERE.isdisjoint(before.lower().rstrip(' „"').split()[-1:])


def _named_last(text: str, before: int, *, woman: bool | None = None) -> str:
    """The person whom the text named last before a place; of that sex where it is told."""
    for one in reversed(mentions(text)):
        if one.start < before and (woman is None or one.woman == woman):
            return text[one.start : one.end]
    return ""
