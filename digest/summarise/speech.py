"""The gate on quotations: verbatim, quoted in the source too, and by the same speaker."""

from __future__ import annotations

from collections.abc import Sequence

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.names import names
from digest.bulgarian.people import same_name
from digest.bulgarian.quotation import Quotation, quotations
from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.called import present
from digest.summarise.evidence import Reading, Support, Witness
from digest.summarise.lines import fold

LOOK_BACK = 3
"""Sentences before a quotation in which „той“ is looked for."""

_WHERE = word_set("в във на за от до пред към при след през със с по")


def quotes_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """Quotations that are not verbatim, were never quoted, or belong to another speaker."""
    problems = []
    for quotation in quotations(said.text, least_words=2):
        if len(quotation.text.split()) == 2 and quotation.text[:1].isupper():
            continue  # the name of a film, a firm or a party
        problems += _quote_fault(quotation, said, found, witnesses)
    return problems


def _quote_fault(
    quotation: Quotation, said: Reading, found: Support, witnesses: Sequence[Witness]
) -> list[Problem]:
    wanted = _spoken(quotation.text)
    for witness in witnesses:
        for there in quotations(witness.article.text, least_words=1):
            if _quoted(wanted, _spoken(there.text)):
                return _speaker_fault(quotation, there, said, witness)
    spoken = [q.text for q in quotations(found.window.text, least_words=2)]
    return [Problem("quote", quotation.text, "; ".join(spoken))]


def _quoted(wanted: str, there: str) -> bool:
    """Whether the words stand there as whole words, and not behind a «не» that is left out."""
    before, found, _ = f" {there} ".partition(f" {wanted} ")
    return bool(found) and before.split()[-1:] not in (["не"], ["няма"], ["без"], ["нито"])


def _spoken(text: str) -> str:
    return " ".join(words(fold(text)))


def _speaker_fault(
    quotation: Quotation, there: Quotation, said: Reading, witness: Witness
) -> list[Problem]:
    """A name or an office beside the quotation that the source does not have beside it."""
    if quotation.role and not quotation.speaker:
        held = _offices(there, witness)
        wrong = bool(held) and quotation.role not in held
        return [_fault(quotation, quotation.role, ", ".join(sorted(held)))] if wrong else []
    speakers = [quotation.speaker] if quotation.speaker else _beside(said.text, quotation)
    zone = _zone(witness, there)
    if not speakers or any(_speaks(name, there, witness) for name in speakers):
        return []
    if any(present(words(name)[-1], zone) for name in speakers if words(name)) and not (
        quotation.speaker and _two_people(quotation.speaker, there.speaker, witness)
    ):
        return []
    return [_fault(quotation, speakers[0], there.speaker or ", ".join(zone.names))]


def _speaks(name: str, there: Quotation, witness: Witness) -> bool:
    """Whether the person is the source's speaker, by name or by the office that speaks there."""
    if there.speaker or not there.role:
        return same_name(name, there.speaker)
    return any(one.held == there.role and same_name(one.name, name) for one in witness.people)


def _fault(quotation: Quotation, who: str, expected: str) -> Problem:
    return Problem("quote", f"{who}: {quotation.text}", expected)


def _offices(there: Quotation, witness: Witness) -> set[str]:
    """What the source calls the speaker of its quotation, anywhere in the article."""
    held = {one.held for one in witness.people if same_name(one.name, there.speaker)}
    return (held | {there.role}) - {""}


def _two_people(one: str, other: str, witness: Witness) -> bool:
    """Whether the article has both as people, and they are not one."""
    people = [m.name for m in witness.people]
    return all(any(same_name(name, m) for m in people) for name in (one, other))


def _beside(text: str, quotation: Quotation) -> list[str]:
    """Names outside the quotation that no preposition makes a place or an outlet."""
    outside = text[: quotation.start] + " – " + text[quotation.end :]
    return [
        name
        for name, start, _ in names(outside)
        if outside[:start].split()[-1:] and outside[:start].split()[-1].lower() not in _WHERE
    ]


def _zone(witness: Witness, there: Quotation) -> Reading:
    """What stands beside the quotation in the source, further back where that is a pronoun."""
    text = witness.article.text
    at = next((n for n, (a, b) in enumerate(witness.spans) if a <= there.start < b), 0)
    start, end = witness.spans[at]
    beside = text[start : there.start] + " – " + text[there.end : end]
    back = at
    while back and at - back < LOOK_BACK and not Reading(beside).names:
        back -= 1
        beside = text[slice(*witness.spans[back])] + " " + beside
    return Reading(beside)
