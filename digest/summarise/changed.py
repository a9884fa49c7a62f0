"""The gate on what is exchanged in a sentence that is otherwise the source's own.

A hasty hand writes «над» for «под», «месец» for «година», another figure, the other club's name.
Where a sentence follows one of the source closely (`following.py`), what differs is looked at piece
by piece; in a free paraphrase nothing is, since there everything differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, takewhile

from digest.bulgarian.countries import countries
from digest.bulgarian.days import Day
from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import NUMBER_WORDS, Number
from digest.bulgarian.thesaurus import excluded, opposed
from digest.bulgarian.verbs import finite, verbish
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.called import PREPOSITIONS, only_opens, present
from digest.summarise.dated import base_of, means
from digest.summarise.evidence import Reading, Witness
from digest.summarise.figures import by_counting, rounded, same
from digest.summarise.following import Exchange, Following, Token, followed, laid, like
from digest.summarise.frames import CHANGE
from digest.summarise.identity import one_institution, one_person, spoken_of
from digest.summarise.meaning import meant

CLOSELY = 0.72
"""Share from which any word that is exchanged for another of the same form is looked at."""
_DEFINITE_NAME = re.compile(r"[А-Я]\w+(?:ият|ия|ата|ото)")
WORD_FOR_WORD = 0.78
"""Share from which a phrase that is exchanged for one of other things is a fault."""
ENDING = 3
"""Letters in common at the end of two words of one form: «чехкинята», «словакинята»."""
LONGEST_NAME = 7
"""Words of an institution's long name."""
APART = 4
"""Characters between two of a list: «А и Б» may be said «Б и А»."""
BESIDE = 2
"""Tokens on each side of a figure that tell whose it is."""

_BOUNDS = (
    word_set("над повече поне минимум"),
    word_set("под по-малко най-много максимум"),
)
_DISTANCES = (
    word_set("тази този това тазгодишния тазгодишната"),
    word_set("миналата миналия минал предишната предишния предходната предходния миналогодишния"),
    word_set("следващата следващия идната идния"),
)
_BY_OR_TO = (word_set("с със"), word_set("до на"))
_EDGES = (word_set("от след"), word_set("до преди"))
_MEASURES = word_set(
    """минута час ден денонощие седмица месец година век метър километър сантиметър милиметър
    декар хектар грам килограм тон литър цент стотинка лев евро долар процент пункт милион милиард
    хиляда семестър тримесечие полугодие десетилетие киловат мегават киловатчас мегаватчас барел
    унция кубик"""
)
_NOT = word_set("не няма нямаше без нито никога")
_NOT_ONLY = re.compile(r"(?<!\w)(?:не само|не просто|не друг|да не|не че)(?!\w)", re.IGNORECASE)
HEDGES = word_set(
    """може могат можеше можело вероятно евентуално предполагаемо навярно възможно би биха изглежда
    уж според твърди твърдят"""
)
_HOURS = word_set("сутрин сутринта обед обяд следобед вечер вечерта нощ нощта")
_FIRST = frozenset({"един", "една", "едно"})
_PEOPLE = re.compile(
    r"(?:к(?:иня|ини)(?:та|те)?|[ц]и(?:те)?|ец(?:ът|а)?|ск(?:ата|ото|ия|ият|ите|а|о|и)|ка(?:та)?)$"
)
"""Endings of nationals and of adjectives of places."""


def changed(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """The first thing exchanged in a sentence of the source that this one follows.

    Nothing when it follows one of them with nothing exchanged.
    """
    found: list[Problem] = []
    for one in followed(said, witnesses):
        problem = _first(said, one)
        if problem is None:
            return []
        found.append(problem)
    return found[:1]


def _first(said: Reading, one: Following) -> Problem | None:
    if lost := _small_words(said, one):
        return lost
    if crossing := _crossed(one):
        return Problem("unsupported", _text(crossing.own, said), _text(crossing.theirs, one.place))
    for exchange in one.exchanges:
        if not exchange.own:
            continue
        kind = (
            _score(exchange)
            or _figure(exchange, said, one)
            or _day(exchange, said, one)
            or _name(exchange, said, one)
            or _word(exchange, said, one)
        )
        if kind:
            own, theirs = _text(exchange.own, said), _text(exchange.theirs, one.place)
            return Problem(kind, own, theirs or one.place.text)
    return None


def _small_words(said: Reading, one: Following) -> Problem | None:
    """A «не» or a «може» that is lost or put in, where nothing but small words differs."""
    if one.share < CLOSELY:
        return None
    for exchange in one.exchanges:
        if not all(t.kind == "small" or t.key in HEDGES for t in (*exchange.own, *exchange.theirs)):
            continue
        own, theirs = _said(exchange.own), _said(exchange.theirs)
        text = _text(exchange.own, said) or said.text, _text(exchange.theirs, one.place)
        if bool(own & _NOT) != bool(theirs & _NOT) and not _only(said, one.place):
            return Problem("negation", *text)
        if theirs & HEDGES and not own & HEDGES and HEDGES.isdisjoint(said.words):
            return Problem("modality", *text)
    return None


def _only(said: Reading, place: Reading) -> bool:
    """«Не само», «няма как да не»: a «не» that denies nothing."""
    return bool(_NOT_ONLY.search(said.text) or _NOT_ONLY.search(place.text))


def _crossed(one: Following) -> Exchange | None:
    """Two words that have changed places: «критики от А и одобрение от Б»."""
    for n, first in enumerate(one.exchanges):
        for second in one.exchanges[n + 1 :]:
            there, back = _shared(first.own, second.theirs), _shared(second.own, first.theirs)
            if (
                first.own
                and second.own
                and there
                and back
                and there != back
                and second.own[0].start - first.own[-1].end > APART
            ):
                return first
    return None


def _shared(own: Sequence[Token], theirs: Sequence[Token]) -> frozenset[str]:
    words_of = (
        frozenset(t.key for t in side if t.kind in ("word", "name")) for side in (own, theirs)
    )
    mine, other = words_of
    return mine & other


def _text(tokens: Sequence[Token], where: Reading) -> str:
    return where.text[tokens[0].start : tokens[-1].end] if tokens else ""


def _figure(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Another figure where the source has one; «една» for «три» is a figure too."""
    mine, theirs = _numbers(exchange.own, said), _numbers(exchange.theirs, one.place)
    for number in mine:
        rivals = [n for n in theirs if not (n.unit and number.unit) or n.unit == number.unit]
        if not rivals or any(_equal(said, number, other) for other in theirs):
            continue
        if by_counting(number, said, one.witness.whole.numbers):
            continue
        known = any(_equal(said, number, n) for n in one.witness.whole.numbers)
        if (
            known
            and one.share < CLOSELY
            and not any(_equal(said, number, n) for n in one.place.numbers)
        ):
            continue  # a figure of another sentence, which says the same in its way
        if any(_equal(said, number, n) for n in one.place.numbers) and not _moved(
            number, theirs, said, one.place
        ):
            continue
        return "date" if number.unit == "г." else "number"
    own, others = _said(exchange.own), _said(exchange.theirs)
    counts = (own & (NUMBER_WORDS | _FIRST), others & (NUMBER_WORDS | _FIRST))
    one_for_more = bool(mine or counts[0]) and bool(theirs or counts[1])
    if one_for_more and (counts[0] | counts[1]) & _FIRST and not (mine and theirs):
        return None if counts[0] & counts[1] else "number"
    return None


def _score(exchange: Exchange) -> str | None:
    """Another result of a match where the source has one."""
    mine, theirs = (
        [t.key for t in side if ":" in t.key] for side in (exchange.own, exchange.theirs)
    )
    if not mine or not theirs:
        return None
    return "number" if {_turned(k) for k in mine} - {_turned(k) for k in theirs} else None


def _turned(score: str) -> tuple[str, ...]:
    return tuple(sorted(score.lstrip("#").split(":")))


def _numbers(tokens: Sequence[Token], where: Reading) -> list[Number]:
    starts = {token.start for token in tokens if token.kind == "number"}
    return [n for n in where.numbers if n.start in starts]


def _equal(said: Reading, number: Number, other: Number) -> bool:
    return same(number, other) or rounded(said.text, number, other)


def _moved(number: Number, theirs: Sequence[Number], said: Reading, place: Reading) -> bool:
    """Whether a figure of the sentence stands where the source has another of its figures."""
    mine = _neighbours(number, said)
    own = max(
        (len(mine & _neighbours(n, place)) for n in place.numbers if same(number, n)), default=0
    )
    return max(len(mine & _neighbours(n, place)) for n in theirs) > own


def _neighbours(number: Number, where: Reading) -> set[tuple[int, str]]:
    """What stands on either side, each with its side."""
    row = laid(where)
    at = next((n for n, token in enumerate(row) if token.start == number.start), 0)
    left = {(-1, t.key) for t in row[max(0, at - BESIDE) : at]}
    return left | {(1, t.key) for t in row[at + 1 : at + 1 + BESIDE]}


def _said(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens)


def _day(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Another day where the source has one."""
    mine, theirs = _days(exchange.own, said), _days(exchange.theirs, one.place)
    base = base_of(one.witness)
    for day in mine:
        if any(means(day, other, one.place.text, base) for other in one.place.days):
            continue
        if theirs:
            return "date"
    return None


def _days(tokens: Sequence[Token], where: Reading) -> list[Day]:
    starts = {token.start for token in tokens if token.kind == "day"}
    return [d for d in where.days if d.start in starts]


def _name(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """Somebody else's name; a name for «той» or «кметът» when that is somebody else."""
    mine = [
        token
        for token in exchange.own
        if token.kind == "name"
        and not only_opens(said.text[token.start : token.end], said, [one.witness])
    ]
    if not mine:
        return None
    theirs = [token for token in exchange.theirs if token.kind == "name"]
    called = [said.text[t.start : t.end] for t in mine]
    own = _stretch(said, exchange.own[0].start)
    if one_institution(
        own, _stretch(one.place, exchange.theirs[0].start if exchange.theirs else None)
    ):
        return None
    if theirs and not _same_part(mine[0], theirs[0], said, one.place):
        return None
    if all(present(word, one.place) for name in called for word in words(name)):
        return None  # both are there: who does what is asked in `roles.py`
    if theirs:
        others = [one.place.text[t.start : t.end] for t in theirs]
        return None if one_person(called, others, one.witness) else "name"
    if not exchange.theirs or _verb(exchange.own, said) or _verb(exchange.theirs, one.place):
        return None
    role = _text(exchange.theirs, one.place)
    return None if spoken_of(called, role, one.witness, one.at) else "name"


def _same_part(own: Token, theirs: Token, said: Reading, place: Reading) -> bool:
    """Whether two names stand after the same preposition, or both after none."""
    before = [
        (words(where.text[: token.start]) or [""])[-1]
        for token, where in ((own, said), (theirs, place))
    ]
    led = [word if word in PREPOSITIONS else "" for word in before]
    return led[0] == led[1]


def _stretch(where: Reading, start: int | None) -> str:
    """The words from there as far as a name may go: to a comma, or the next verb."""
    if start is None:
        return ""
    row = re.split(r"[,.;:!?“”\"()–]", where.text[start:])[0].split()
    return " ".join(takewhile(lambda word: not finite(word.lower()), row[:LONGEST_NAME]))


def _verb(tokens: Sequence[Token], where: Reading) -> bool:
    found = (where.text[t.start : t.end].lower() for t in tokens if t.kind == "word")
    return any(finite(w) or verbish(w) for w in found)


def _word(exchange: Exchange, said: Reading, one: Following) -> str | None:
    """A bound, an edge, a measure, an hour of the day or a word of the same form."""
    own = [said.text[t.start : t.end].lower() for t in exchange.own]
    theirs = [one.place.text[t.start : t.end].lower() for t in exchange.theirs]
    if _opposed(own, theirs, _BOUNDS) or _measured(own, theirs):
        return "number"
    if _opposed(own, theirs, _BY_OR_TO) and CHANGE.search(said.text) and said.numbers:
        return "number"
    if len(own) == len(theirs) == 1 and _opposed(own, theirs, _EDGES):
        return "date" if said.days else "unsupported"
    if any(_opposed(own, theirs, pair) for pair in combinations(_DISTANCES, 2)):
        return "date"
    if set(own) & _HOURS and not _same_hour(own, one):
        return "date"
    if one.share < CLOSELY or not all(t.kind in ("word", "small") for t in exchange.own):
        return None
    plain = [w for w in own if _plain(w)], [w for w in theirs if _plain(w)]
    if [len(side) for side in plain] != [1, 1]:
        return _phrase(*plain, exchange, said, one)
    return _instead(plain[0][0], plain[1][0], exchange, said, one)


def _same_hour(own: Sequence[str], one: Following) -> bool:
    """Whether the time of day is said near by in the source."""
    near = one.witness.window(one.at)
    stems = {w[:4] for w in near.words}
    return all(w[:4] in stems for w in own if w in _HOURS)


def _instead(
    mine: str, theirs: str, exchange: Exchange, said: Reading, one: Following
) -> str | None:
    """What kind of fault one word for another is, when the two are of one form."""
    if like(meant(mine), meant(theirs)) or lemma(mine)[:4] == lemma(theirs)[:4]:
        return None
    if theirs in said.words:
        return None
    if _denied(exchange) or _before_name(exchange.own, said):
        return None  # offices and given names are looked at in `offices.py` and `persons.py`
    if _before_name(exchange.theirs, one.place):
        return None
    if opposed(mine, theirs):
        return "negation"
    if excluded(mine, theirs):
        return "unsupported"
    one_country, other = countries(mine), countries(theirs)
    if _within_name(exchange, said) or (one_country and other and one_country.isdisjoint(other)):
        return "name"
    if mine[-ENDING:] == theirs[-ENDING:] and _PEOPLE.search(mine) and _PEOPLE.search(theirs):
        return "name"
    apart = any({mine, theirs} <= set(s.words) for s in one.witness.sentences)
    return "unsupported" if apart else None


def _before_name(tokens: Sequence[Token], where: Reading) -> bool:
    return bool(re.match(r"\s[А-Я]", where.text[tokens[-1].end :]))


def _denied(exchange: Exchange) -> bool:
    """Whether one side of an exchange has a «не»: «не прие» for «отхвърли»."""
    own, theirs = _said(exchange.own), _said(exchange.theirs)
    return ("не" in own) != ("не" in theirs)


def _phrase(
    own: Sequence[str], theirs: Sequence[str], exchange: Exchange, said: Reading, one: Following
) -> str | None:
    """Another thing altogether in a sentence that is word for word the source's elsewhere."""
    if one.share < WORD_FOR_WORD or not own or not theirs or _denied(exchange):
        return None
    if _verb(exchange.own, said) or _verb(exchange.theirs, one.place):
        return None
    new = [a for a in own if meant(a) not in one.place.ideas and not _alike(a, theirs)]
    gone = [b for b in theirs if meant(b) not in said.ideas and not _alike(b, own)]
    return "unsupported" if new and gone else None


def _alike(word: str, others: Sequence[str]) -> bool:
    return any(like(meant(word), meant(other)) for other in others)


def _within_name(exchange: Exchange, said: Reading) -> bool:
    """«Националният статистически институт»: a word between the first of a name and its noun."""
    before = said.text[: exchange.own[0].start].rstrip().rsplit(None, 1)[-1:]
    return bool(before) and len(exchange.own) == 1 and bool(_DEFINITE_NAME.fullmatch(before[0]))


def _plain(word: str) -> bool:
    return word not in STOPWORDS and word not in NUMBER_WORDS and not word[0].isdigit()


def _opposed(
    own: Sequence[str], theirs: Sequence[str], sides: tuple[frozenset[str], frozenset[str]]
) -> bool:
    left, right = sides
    mine, other = set(own), set(theirs)
    return bool((mine & left and other & right) or (mine & right and other & left))


def _measured(own: Sequence[str], theirs: Sequence[str]) -> bool:
    """Two measures that are not one another's: «метър» for «километър»."""
    mine = {lemma(w) for w in own if lemma(w) in _MEASURES}
    other = {lemma(w) for w in theirs if lemma(w) in _MEASURES}
    return bool(mine and other) and mine.isdisjoint(other)
