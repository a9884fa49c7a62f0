"""The gate on negation: «не», denials and opposites, statement by statement.

A clause of the summary is laid beside the clauses of the articles that speak of the same. A
paraphrase may say «отказа» for «не прие»: it is a fault only when the one denies just what the
other asserts, and no clause as near says what the summary does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.bulgarian.certainty import Certainty
from digest.bulgarian.negation import negative
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.aligned import SAID, Statement, key, likeness, names_of_all, statements, told
from digest.summarise.evidence import Reading, Witness
from digest.summarise.opposites import CONVERSE

ALIKE = 0.3
"""Least likeness of a clause of the source that what is denied is held against."""
CLOSE = 0.12
"""A clause this near to the most alike may bear the statement out as well."""
SAME = 0.75
"""Rank from which two clauses speak of the same though only the verb is in both."""
BESIDE = 3
"""Words around one of two opposites that tell what it is said of."""

WIDER = 0.2
"""What the sentences have in common is worth beside the clauses."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Beside:
    """A clause of the source, how alike it is (0…1), and a pair of opposites: said, source."""

    share: float
    theirs: Statement
    pair: tuple[str, str] | None
    rank: float


def negation_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A «не» that was dropped or added, a denial turned round, a word for its opposite."""
    named = names_of_all(witnesses)
    for mine in statements(said.text):
        if mine.clause.lead in {"дали", "преди да"} or (mine.aside and not mine.clause.reports):
            continue
        near = _near(mine, witnesses, named)
        faults = [_fault(mine, one) for one in near]
        if any(_borne_out(mine, one) for one, fault in zip(near, faults, strict=True) if not fault):
            continue
        for fault in faults:
            if fault:
                return [Problem("negation", *fault)]
    return []


def _near(mine: Statement, witnesses: Sequence[Witness], named: frozenset[str]) -> list[Beside]:
    found = [_beside(mine, theirs, named) for theirs in told(witnesses)]
    found = [one for one in found if one.share >= ALIKE]
    best = max((one.rank for one in found), default=0.0)
    return sorted((one for one in found if one.rank >= best - CLOSE), key=lambda one: -one.rank)


def _beside(mine: Statement, theirs: Statement, named: frozenset[str]) -> Beside:
    """Opposites count as neither there nor missing: the rest tells whether it is the same."""
    pair = _pair(mine, theirs)
    but = (_NOTHING, _NOTHING)
    if pair:
        but = (frozenset({key(lemma(pair[0]))}), frozenset({key(lemma(pair[1]))}))
    share = likeness(mine, theirs, named, but=but, whole=True)
    if share < ALIKE:
        return Beside(share, theirs, pair, share)
    wider = len(mine.around & (theirs.around | theirs.prior)) / max(1, len(mine.around))
    return Beside(share, theirs, pair, share + WIDER * wider)


_HELD = re.compile(
    r"(?<!\w)(?:прие|приема|приеха|приемат|приел[аи]?)(?:\s+за\s+\S+)?\s*(?:,\s*)?(?:че|$)"
)
"""«Съдът прие, че»: he holds it true, and approves of nothing."""
_VOTE = re.compile(
    r"(?<!\w)за[“\"]?\s*(?:,|и|–).*(?<!\w)против|глас\w*\s+[„\"]?(?:против|за)(?!\w)", re.IGNORECASE
)
"""A count of votes has both sides."""


def _pair(mine: Statement, theirs: Statement) -> tuple[str, str] | None:
    """Two words that exclude one another, neither of which stands on both sides."""
    if _VOTE.search(mine.text) or _holds(mine) or _holds(theirs):
        return None
    for (number, left), word in mine.turns.items():
        other = theirs.turns.get((number, not left))
        if (
            other
            and (number, not left) not in mine.sides
            and not (number in CONVERSE and _sides_changed(mine, theirs, word, other))
        ):
            return word, other
    for (number, left), word in mine.sides.items():
        other = theirs.sides.get((number, not left))
        if other is None or (number, left) in theirs.sides or (number, not left) in mine.sides:
            continue
        if number in CONVERSE and _sides_changed(mine, theirs, word, other):
            continue
        return word, other
    found = _prefixed(mine, theirs)
    return None if found and bool(mine.denied) != bool(theirs.denied) else found


def _holds(one: Statement) -> bool:
    """Whether it tells what somebody holds true: «прие, че»."""
    found = _HELD.search(one.text)
    after = one.whole[one.clause.end :].lstrip(" ,")
    return found is not None and (found.group().endswith("че") or after.startswith("че "))


def _prefixed(mine: Statement, theirs: Statement) -> tuple[str, str] | None:
    """«Успешен» and «неуспешен»."""
    own, there = words(mine.text), words(theirs.text)
    for one, other, turned in ((own, there, False), (there, own, True)):
        for word in one:
            if len(word) > 4 and f"не{word}" in other and f"не{word}" not in one:
                return (f"не{word}", word) if turned else (word, f"не{word}")
    return None


def _sides_changed(mine: Statement, theirs: Statement, word: str, other: str) -> bool:
    """«А победи Б» for «Б загуби от А»: who stands before the one stands not before the other."""
    own, there = _before(mine.text, word), _before(theirs.text, other)
    return bool(own and there) and own.isdisjoint(there)


def _before(text: str, word: str) -> frozenset[str]:
    found = words(text)
    return frozenset(key(lemma(w)) for w in found[: found.index(word)] if w not in STOPWORDS)


def _borne_out(mine: Statement, one: Beside) -> bool:
    """Whether the source says it as the summary does: its verb, denied or not on both sides."""
    if one.pair:
        return True
    there = one.theirs
    if bool(there.denied & there.heads) != bool(mine.denied & mine.heads):
        return False
    return any((k in mine.denied) == (k in there.denied) for k in mine.heads & there.all)


def _fault(mine: Statement, one: Beside) -> tuple[str, str] | None:
    """What is said and what the source has, when they turn one another round."""
    theirs = one.theirs
    if one.pair:
        return _turned(mine, theirs, one.pair)
    both = mine.all & theirs.all
    if (
        mine.clause.reports
        or both <= SAID
        or both & mine.denied & theirs.denied
        or _first_time(mine, theirs)
    ):
        return None
    if _willing_for_refused(mine, theirs, both) or _all_denied(mine, one, both):
        return mine.text, theirs.text
    turned = both & (mine.denied ^ theirs.denied)
    if both == turned and not (mine.all <= turned or theirs.all <= turned or one.rank >= SAME):
        return None  # nothing but the verb is the same
    dropped = both & (theirs.denied - mine.denied - mine.wished)
    added = both & (mine.denied - theirs.denied - theirs.wished)
    dropped = _of_the_same(dropped, theirs, mine)
    added = _of_the_same(added, mine, theirs)
    if dropped and not (_otherwise(mine, both) or _limited(theirs, mine) or _not_yet(theirs, mine)):
        return mine.text, theirs.text
    if theirs.clause.certainty is Certainty.POSSIBLE:
        return None  # «няма да напусне» for «слухове, че напуска»
    if added and not _otherwise(theirs, both) and not _not_yet(mine, theirs):
        return mine.text, theirs.text
    return None


_WILLING = re.compile(
    r"(?<!\w)(?:склон|готов|съглас|обмисл|възнамер|планир|допуск|допусн|подкреп|одобр|обещ|иска(?!не)|ще\s)\w*",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?<!\w)(?:отхвърл|отказ(?!а\s+да\s+се)|изключ|отрич|отреч)\w*", re.IGNORECASE
)


def _willing_for_refused(mine: Statement, theirs: Statement, both: frozenset[str]) -> bool:
    """«Склонен е да го слее» for «отхвърли възможността да го слее»."""
    wished = both & mine.wished & (theirs.denied - mine.denied)
    return bool(
        wished
        and _WILLING.search(mine.text)
        and not negative(mine.text)
        and not mine.denied
        and _REFUSED.search(theirs.text)
    )


ALL_DENIED = 0.5
"""Least likeness of a statement that is denied whole to one that is asserted."""


def _all_denied(mine: Statement, one: Beside, both: frozenset[str]) -> bool:
    """«Призна, че ще пътуват» for «отрече, че ще се извозват»: other verbs, the same statement."""
    theirs = one.theirs.clause
    return bool(
        theirs.denied
        and theirs.lead
        and not mine.clause.denied
        and one.share >= ALL_DENIED
        and len(both) > 2
        and not mine.denied
        and not negative(mine.text)
        and mine.clause.certainty < Certainty.CLAIMED
    )


def _of_the_same(keys: frozenset[str], denying: Statement, plain: Statement) -> frozenset[str]:
    """Of the words that one denies those that the other asserts: as its verb, or by the same verb.

    «Остана без покрив» is no denial of «бурята отнесе покрива».
    """
    if not plain.heads or (denying.exists and plain.exists):
        return keys
    same = bool(denying.heads & plain.heads)
    return frozenset(k for k in keys if k in plain.verbs or (same and k not in denying.heads))


_LIMITS = re.compile(
    r"(?<!\w)(?:по-\w+|повече|друг\w*|само|всичк\w*|всеки|всяка|освен|преди|толкова|веднага|изцяло"
    r"|напълно|съвсем|единствен\w*)(?!\w)",
    re.IGNORECASE,
)


def _limited(denying: Statement, plain: Statement) -> bool:
    """Whether only a part is denied, of which the other says nothing: «не може по-рано»."""
    own = {m.lower() for m in _LIMITS.findall(denying.text)}
    return bool(own) and not any(m.lower() in own for m in _LIMITS.findall(plain.text))


_FIRST = re.compile(
    r"(?<!\w)(?:за (?:пръв|първи) път|първият път|дебют\w*|едва сега|чак сега)", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?<!\w)(?:никога|досега|дотогава|преди|до (?:момента|този момент|днес|вчера))(?!\w)",
    re.IGNORECASE,
)


def _first_time(one: Statement, other: Statement) -> bool:
    """«За пръв път стигна» beside «никога преди не е стигала», whichever says which."""
    return any(
        _FIRST.search(a.text) and b.denied and not a.denied and _BEFORE.search(b.text)
        for a, b in ((one, other), (other, one))
    )


_YET = re.compile(r"(?<!\w)(?:още|засега|досега|тепърва)(?!\w)", re.IGNORECASE)


def _not_yet(denying: Statement, plain: Statement) -> bool:
    """«Още не е решила» beside «ще реши»."""
    return bool(plain.clause.future or plain.wished) and _YET.search(denying.text) is not None


def _otherwise(where: Statement, both: frozenset[str]) -> bool:
    """Whether it is negative in words of its own, which may stand for the «не» of the other."""
    if where.denied & where.heads - both:
        return True
    return any(key(lemma(word)) not in both for word in negative(where.text))


def _turned(mine: Statement, theirs: Statement, pair: tuple[str, str]) -> tuple[str, str] | None:
    """Opposites said of the same thing; «не падна» for «остана» is turned twice."""
    own, there = (key(lemma(word)) for word in pair)
    if _loss_of(mine, pair[0]) or _loss_of(theirs, pair[1]) or _compared(mine, theirs, pair):
        return None
    if (own in mine.denied) != (there in theirs.denied):
        return None
    if pair[0] in mine.carriers and pair[1] in theirs.carriers:
        return pair if _around(mine, pair[0]) & theirs.around else None
    return pair if _around(mine, pair[0]) & _around(theirs, pair[1]) else None


_LOSS = re.compile(r"липс|кражб|изчезв|недостиг|отсъств|загуб")
_FINDS = re.compile(r"откри|откра|намер|намир|забеляз|устано|разкри|съобщ")


def _loss_of(where: Statement, word: str) -> bool:
    """Whether what is found is that something is gone: «липсата на иконите е открита»."""
    return bool(_FINDS.match(word)) and any(_LOSS.match(w) for w in words(where.text))


_DEGREE = re.compile(r"по-\w+$|повече$")
_ONE_OF_TWO = re.compile(r"по-\w+(?:та|то|те|ят|ия|ите)$")
_THAN = re.compile(
    r"(?<![\w-])(?:от|отколкото|спрямо|пред|над|в сравнение с|на фона на)\s+(.+)$", re.IGNORECASE
)
_PAST = re.compile(
    r"(?<!\w)(?:миналогод\w*|минал\w*|лан\w*|предишн\w*|предход\w*|досегашн\w*|досега|дотога\w*"
    r"|преди|тогава\w*|(?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)


_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)")


def _compared(mine: Statement, theirs: Statement, pair: tuple[str, str]) -> bool:
    """«Лани беше с 4 по-ниска» for «с 4 повече от лани»: the two that are compared change places.

    «По-малката сестра» is told by her age, not by what the other is.
    """
    if not all(_DEGREE.match(word) for word in pair):
        return any(_ONE_OF_TWO.match(word) for word in pair)
    if any(_ONE_OF_TWO.match(word) for word in pair):
        return True
    (own, than), (there, standard) = (
        _sides_of(s.text, w) for s, w in zip((mine, theirs), pair, strict=True)
    )
    mine_is = not _PAST.search(than) and _same_side(own, standard)
    return mine_is or (not _PAST.search(standard) and _same_side(there, than))


def _sides_of(text: str, word: str) -> tuple[str, str]:
    """What stands before a comparative, and what it is measured by, after it."""
    before, _, after = text.lower().partition(word)
    found = _THAN.search(after)
    return before, found.group(1) if found else ""


def _same_side(subject: str, standard: str) -> bool:
    """Whether what is told of in the one is the measure of the other, by a name or as the past."""
    if not subject or not standard:
        return False
    past = _PAST.search(standard)
    if past:
        years = frozenset(_YEAR.findall(standard))
        return bool(years & frozenset(_YEAR.findall(subject)) if years else _PAST.search(subject))
    keys = [
        frozenset(key(lemma(w)) for w in words(side) if w not in STOPWORDS and not w[0].isdigit())
        for side in (subject, standard)
    ]
    return bool(keys[0] & keys[1])


def _around(mine: Statement, word: str) -> frozenset[str]:
    """Roots of the words nearest to a word of the clause."""
    found = [w for w in words(mine.text) if w not in STOPWORDS or w == word]
    at = found.index(word)
    beside = found[max(0, at - BESIDE) : at] + found[at + 1 : at + 1 + BESIDE]
    return frozenset(key(lemma(w)) for w in beside)
