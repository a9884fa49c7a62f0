"""The gate on one word for another in a sentence that is otherwise the source's own.

Opposites and things of which one is not the other, bounds and measures, nationals, a lost «не» or
«може»: words, where `changed.py` looks at figures, days and names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from digest.bulgarian.countries import countries
from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import NUMBER_WORDS
from digest.bulgarian.thesaurus import excluded, opposed
from digest.bulgarian.verbs import finite, past, verbish
from digest.bulgarian.words import STOPWORDS, lemma
from digest.model import Problem
from digest.summarise.evidence import Reading
from digest.summarise.following import Exchange, Following, Token, keys_of, like
from digest.summarise.frames import CHANGE
from digest.summarise.meaning import meant

LOOK_ON = 4
"""Words after «ще» within which its verb stands."""
CLOSELY = 0.72
"""Share from which any word that is exchanged for another of the same form is looked at."""
_DEFINITE_NAME = re.compile(r"[А-Я]\w+(?:ият|ия|ата|ото)")
"""The first word of an institution's name: «Националният …»."""
WORD_FOR_WORD = 0.78
"""Share from which a phrase that is exchanged for one of other things is a fault."""
ENDING = 3
"""Letters in common at the end of two words of one form: «чехкинята», «словакинята»."""
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
_PEOPLE = re.compile(
    r"(?:к(?:иня|ини)(?:та|те)?|[ц]и(?:те)?|ец(?:ът|а)?|ск(?:ата|ото|ия|ият|ите|а|о|и)|ка(?:та)?)$"
)
"""Endings of nationals and of adjectives of places."""


def small_words(said: Reading, one: Following) -> Problem | None:
    """A «не» or a «може» that is lost or put in, where nothing but small words differs."""
    if one.share < CLOSELY:
        return None
    for exchange in one.exchanges:
        if not all(t.kind == "small" or t.key in HEDGES for t in (*exchange.own, *exchange.theirs)):
            continue
        own, theirs = keys_of(exchange.own), keys_of(exchange.theirs)
        text = (
            _with_next(exchange.own, said) or said.text,
            _with_next(exchange.theirs, one.place) or one.place.text,
        )
        if bool(own & _NOT) != bool(theirs & _NOT) and not _only(said, one.place):
            return Problem("negation", *text)
        if theirs & HEDGES and not own & HEDGES and HEDGES.isdisjoint(said.words):
            return Problem("modality", *text)
        lost = "ще" in theirs and not own and "ще" not in said.words
        if lost and _tells_of_past(exchange, one, said):
            return Problem("modality", *text)
    return None


def _with_next(tokens: Sequence[Token], where: Reading) -> str:
    """The small words with the one after them: «не очаква»; empty for none."""
    if not tokens:
        return ""
    after = re.match(r"\s*[\w-]+", where.text[tokens[-1].end :])
    return where.text[tokens[0].start : tokens[-1].end + (after.end() if after else 0)]


def _tells_of_past(exchange: Exchange, one: Following, said: Reading) -> bool:
    """Whether the verb after a lost «ще» is one of the past: «подаде» for «ще подаде».

    «Започва през май» for «ще започне» tells of the future too: it has not that verb.
    """
    after = one.place.text[exchange.theirs[-1].end :].split()[:LOOK_ON]
    verb = next((w.strip(",.") for w in after if finite(w.lower().strip(",."))), "")
    return verb.lower() in said.words and past(verb.lower())


def _only(said: Reading, place: Reading) -> bool:
    """«Не само», «няма как да не»: a «не» that denies nothing."""
    return bool(_NOT_ONLY.search(said.text) or _NOT_ONLY.search(place.text))


def word_fault(exchange: Exchange, said: Reading, one: Following) -> str | None:
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
    own, theirs = keys_of(exchange.own), keys_of(exchange.theirs)
    return ("не" in own) != ("не" in theirs)


def _phrase(
    own: Sequence[str], theirs: Sequence[str], exchange: Exchange, said: Reading, one: Following
) -> str | None:
    """Another thing altogether in a sentence that is word for word the source's elsewhere."""
    if one.share < WORD_FOR_WORD or not own or not theirs or _denied(exchange):
        return None
    if is_verb(exchange.own, said) or is_verb(exchange.theirs, one.place):
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


def is_verb(tokens: Sequence[Token], where: Reading) -> bool:
    """Whether one of the tokens is a verb."""
    found = (where.text[t.start : t.end].lower() for t in tokens if t.kind == "word")
    return any(finite(w) or verbish(w) for w in found)
