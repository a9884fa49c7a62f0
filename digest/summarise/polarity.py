"""The gate on negation: «не», denials and opposites."""

from __future__ import annotations

import re

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, clauses, targets

Fault = tuple[str, str]

_DENIAL = word_set(
    """отрека отричам опровергавам опровергая отхвърля отхвърлям отказвам откажа забраня забранявам
    отменя отменям"""
)
# Beginnings of words that turn a sentence round when one stands for the other.
_OPPOSITES = tuple(
    (re.compile(rf"(?<!\w)(?:{left})"), re.compile(rf"(?<!\w)(?:{right})"))
    for left, right in (
        (
            "увелич|нарас|ръст|повиш|поскъп|вдиг|скоч|ускор|по-висок|подобр",
            "намал|спад|пониж|поевтин|срин|сви(?!р)|свал|забав|по-нис|влош",
        ),
        ("прие[хл]?(?!м)|одобр|подкреп", "отхвърл"),
        ("спечел|побед|надигра", "загуб|губи"),
        ("разреш|позвол", "забран"),
        ("остави|остава|задържа", "пусна|освобод"),
        ("отвори|отваря|започ|пусна|пуска", "затвори|затваря|приключ|прекрат|спря|спира"),
        ("оправда", "осъд|осъж"),
        ("купи|купува|закуп", "прода"),
        ("внос|внася", "износ|изнес|изнася"),
        ("влез|влиз", "излез|излиз|напус"),
        ("потвърд|призна", "отреч|отрич|опроверг"),
        ("повече", "по-малко"),
        ("назнач", "уволн|освобод"),
        ("обвин", "оправда"),
    )
)
_NOT = re.compile(
    r"(?<!\w)(?:не|няма\s+да|няма|нямаше(?:\s+да)?|нямат|без(?:\s+да)?|нито|никога\s+не|недей)\s+"
    r"(?P<tail>[^.,;:!?]{1,60})",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:не|ни|няма\w*|без|нито|липс\w+|против|отказ\w+|никак\w*|никой)(?!\w)", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"не (?:само|просто|повече|по-\w+)|нищо друго", re.IGNORECASE)


def negation_of(said: Reading, found: Support) -> list[Problem]:
    """A «не» that was dropped or added, a denial turned round, a word for its opposite."""
    rules = (_added, _dropped, _denial_lost, _denial_added, _opposite)
    for place in found.places:
        for rule in rules:
            fault = rule(said, place, found)
            if fault:
                return [Problem("negation", *fault)]
    return []


def _added(said: Reading, place: Reading, found: Support) -> Fault | None:
    """«Не» on a word that the source has without it, or where the source denies nothing."""
    mine, theirs = _negated(said.text), _negated(place.text)
    for target in sorted(mine & place.terms - theirs):
        return f"не {target}", target
    if mine and not _denies(found.window):
        return "не " + ", ".join(sorted(mine)), place.text
    return None


def _dropped(said: Reading, place: Reading, _: Support) -> Fault | None:
    """A word that the source has only with «не», or a negated clause said without one."""
    mine, theirs = _negated(said.text), _negated(place.text)
    for target in sorted(theirs & _asserted(said.text) - mine):
        return target, f"не {target}"
    hidden = _unsaid(said, place) if not mine else ""
    return (said.text, hidden) if hidden else None


def _denial_lost(said: Reading, place: Reading, found: Support) -> Fault | None:
    turned = _denials(place)
    if not turned or _denials(said) or _NEGATIVE.search(said.text) or found.near < 0.6:
        return None
    return None if _opposite(said, place, found) else (said.text, ", ".join(sorted(turned)))


def _denial_added(said: Reading, place: Reading, found: Support) -> Fault | None:
    mine = _denials(said)
    if not mine or _denies(found.window) or found.near < 0.5:
        return None
    return ", ".join(sorted(mine)), place.text


def _unsaid(said: Reading, place: Reading) -> str:
    """A negated clause of the source that `said` repeats without any negation."""
    if _NEGATIVE.search(said.text) or _denials(said):
        return ""
    for clause in (Reading(p) for c in clauses(place.text) for p in re.split(r"\sи\s", c.text)):
        if not _NOT.search(clause.text + " .") or _NOT_ONLY.search(clause.text):
            continue
        shared = clause.terms & said.terms
        if len(shared) >= 2 and 2 * len(shared) >= max(len(clause.terms), len(said.terms)):
            return clause.text
    return ""


def _negated(text: str) -> set[str]:
    return {t for m in _NOT.finditer(text) for t in targets(m.group("tail"))[:1]}


def _asserted(text: str) -> set[str]:
    return {lemma(w) for w in words(_NOT.sub(" ", text)) if w not in STOPWORDS}


def _denials(where: Reading) -> set[str]:
    return set(where.terms & _DENIAL)


def _denies(where: Reading) -> bool:
    return bool(_NOT.search(where.text + " .")) or bool(_denials(where)) or "липса" in where.terms


def _opposite(said: Reading, place: Reading, _: Support) -> Fault | None:
    """A pair (said, source) of opposite words between a clause and its nearest in the source."""
    for mine in clauses(said.text):
        theirs = max(clauses(place.text), key=lambda c: len(mine.terms & c.terms), default=None)
        if theirs is None or not mine.terms & theirs.terms:
            continue
        for left, right in _OPPOSITES:
            for one, two in ((left, right), (right, left)):
                has, should = one.search(mine.text.lower()), two.search(theirs.text.lower())
                if has and should and not _has(two, mine) and not _has(one, theirs):
                    return _word_at(mine, has), _word_at(theirs, should)
    return None


def _has(pattern: re.Pattern[str], where: Reading) -> bool:
    return pattern.search(where.text.lower()) is not None


def _word_at(where: Reading, found: re.Match[str]) -> str:
    word = re.match(r"[\w-]+", where.text[found.start() :])
    return word.group() if word else found.group()
