"""How the people of an article are told: «Иван Петров», «Петров», «той» and «кметът» are one.

They are joined by the family name, by the role that stands beside the name, by the last person of
that sex. Who says a sentence is told by name, by role, or by going on from the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from digest.bulgarian.quotation import quotations
from digest.bulgarian.speakers import Speaker, reporter_of, speaker_of
from digest.bulgarian.words import lemma
from digest.summarise.cast import Cast, Person, Scene, having
from digest.summarise.described import described
from digest.summarise.evidence import Span, Witness
from digest.summarise.mentioned import Named, again, named, person_of, plain_titles

LOOK_BACK = 3
"""Sentences before a pronoun in which its person is looked for."""
LEAST_ROLE = 5
"""Letters of a role with its article."""
AHEAD = 60
"""Characters behind a role within which a name says whose it is."""
_WORD = re.compile(r"[\w-]+")
_HE = re.compile(r"(?<!\w)(?:той|него|му|негов\w*)(?!\w)", re.IGNORECASE)
_SHE = re.compile(r"(?<!\w)(?:тя|нея|ѝ|неин\w*|нейн\w*)(?!\w)", re.IGNORECASE)
_LED = re.compile(r"(?<!\w)(?:на|от|с|със|срещу|за|до|към|при|пред|над|между|без)\s+$")
_BY_SAME = re.compile(
    r"(?<!\w)по\s+(?:негови(?:те)?|нейни(?:те)?|собствени(?:те)?)\s+\w+"
    r"|(?<!\w)по\s+\w+(?:та|те|то|ът)\s+(?:му|ѝ)(?!\w)",
    re.IGNORECASE,
)
"""„По нейни изчисления“: who spoke before goes on."""
_GOES_ON = re.compile(r"(?<!\w)(?:добави|допълни|уточни|продължи|обобщи|заключи)(?!\w)")
_OF = re.compile(r"\s+на\s+[„“]?(\w+)")
_ARTICLE = re.compile(r"(?:ът|ят|та|то|те|а|я)$")


@dataclass(frozen=True, slots=True)
class _At:
    """Somebody at a place of the text; `named` where his name stands there."""

    start: int
    who: int
    named: bool = True


def cast_of(witness: Witness) -> Cast:
    """The article's people and scenes; the same article is read once."""
    return _cast(plain_titles(witness.article.text), tuple(witness.spans))


@lru_cache(maxsize=256)
def _cast(text: str, spans: tuple[Span, ...]) -> Cast:
    people, found = _people(text)
    people = [
        _described(text, spans, [one for one, who in found if who == n], person)
        for n, person in enumerate(people)
    ]
    at = [_At(one.start, who) for one, who in found]
    at = _in_order((*at, *_by_role(text, at, people)))
    at = _in_order((*at, *_by_pronoun(text, spans, at, people)))
    return Cast(tuple(people), tuple(_scenes(text, spans, at, Cast(tuple(people)))))


def _in_order(found: Sequence[_At]) -> list[_At]:
    return sorted(found, key=lambda one: one.start)


def _people(text: str) -> tuple[list[Person], list[tuple[Named, int]]]:
    """The people by their fullest names, and every mention by name with whose it is."""
    people: list[Person] = []
    found: list[tuple[Named, int]] = []
    for one in named(text):
        who = person_of(people, one.name)
        if who is None:
            who = len(people)
            people.append(Person(one.name))
        elif len(one.name) > len(people[who].name):
            people[who] = replace(people[who], name=one.name)
        found.append((one, who))
    cast = Cast(tuple(people))
    for one in again(text, [one for one, _ in found], cast):
        who = cast.find(one.name)
        if who is not None:
            found.append((one, who))
    return people, sorted(found, key=lambda row: row[0].start)


def _described(
    text: str, spans: Sequence[Span], mentions: Sequence[Named], person: Person
) -> Person:
    """The person with what is said beside his name at each mention."""
    found = []
    for one in mentions:
        low, high = next((s for s in spans if s[0] <= one.start < s[1]), (one.start, one.end))
        found.append(described(text[low:high], one.start - low, one.end - low))
    return replace(
        person,
        roles=frozenset().union(*(one.roles for one in found)),
        now=frozenset().union(*(one.roles - one.over for one in found)),
        told=" ; ".join(one.text for one in found if one.text),
    )


def _by_role(text: str, at: Sequence[_At], people: Sequence[Person]) -> Iterator[_At]:
    """«Кметът», «шампионката»: a role with its article, which one person alone has."""
    holders: dict[str, list[int]] = {}
    starts = {one.start for one in at}
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < LEAST_ROLE or not _ARTICLE.search(word):
            continue
        if word not in holders:
            holders[word] = having(word, people)
        mine = [n for n in holders[word] if _of_same(text, match.end(), people[n])]
        if len(mine) == 1 and starts.isdisjoint(range(match.end(), match.end() + AHEAD)):
            yield _At(match.start(), mine[0], named=False)


def _of_same(text: str, end: int, person: Person) -> bool:
    """Whether «шофьорът на колата» may be whom the article calls «шофьорът на автобуса»."""
    mine, theirs = _OF.match(text, end), _OF.search(person.told)
    return mine is None or theirs is None or lemma(mine.group(1)) == lemma(theirs.group(1))


def _by_pronoun(
    text: str, spans: Sequence[Span], at: Sequence[_At], people: Sequence[Person]
) -> Iterator[_At]:
    """«Той», «ѝ»: the last person of that sex, in this sentence or those just before."""
    for n, (start, end) in enumerate(spans):
        low = spans[max(0, n - LOOK_BACK)][0]
        near = [one for one in at if low <= one.start < end]
        for woman, mark in ((False, _HE), (True, _SHE)):
            fitting = [one for one in near if people[one.who].woman in (None, woman)]
            for match in mark.finditer(text, start, end):
                before = [one.who for one in fitting if one.start < match.start()]
                if before:
                    yield _At(match.start(), before[-1], named=False)


def _scenes(text: str, spans: Sequence[Span], at: Sequence[_At], cast: Cast) -> Iterator[Scene]:
    last: int | None = None
    by_span = _sorted_in(spans, at)
    for span in spans:
        here = by_span[span]
        last = _holder(text, span, here, cast, last)
        front = {
            one.who for one in here if not _LED.search(text[max(0, one.start - 12) : one.start])
        }
        people = frozenset(one.who for one in here)
        by_name = frozenset(one.who for one in here if one.named)
        yield Scene(people, by_name, people - front, last)


def _sorted_in(spans: Sequence[Span], at: Sequence[_At]) -> Mapping[Span, list[_At]]:
    """The mentions of each sentence."""
    found: dict[Span, list[_At]] = {span: [] for span in spans}
    rest = list(reversed(at))
    for span in spans:
        while rest and rest[-1].start < span[1]:
            one = rest.pop()
            if one.start >= span[0]:
                found[span].append(one)
    return found


def _holder(text: str, span: Span, here: Sequence[_At], cast: Cast, last: int | None) -> int | None:
    """Who says the sentence; a «той» that is not there names nobody."""
    start, end = span
    pronoun = _HE.search(text, start, end) or _SHE.search(text, start, end)
    for one in _speakers(text, span):
        who = None if one.pronoun and not pronoun else _speaker(one, cast)
        if who is not None:
            return who
    goes_on = (not here and _GOES_ON.search(text, start, end)) or _BY_SAME.search(text, start, end)
    return last if goes_on else None


def _speakers(text: str, span: Span) -> Iterator[Speaker]:
    start, end = span
    for one in quotations(text[start:end], least_words=3):
        yield speaker_of(text, start + one.start - 1, start + one.end + 1)
    yield reporter_of(text, start, end)


def _speaker(one: Speaker, cast: Cast) -> int | None:
    if one.name:
        return cast.find(one.name)
    mine = having(one.role, cast.people) if one.role else []
    return mine[0] if len(mine) == 1 else None
