"""The gate on quotations: verbatim, quoted in the source too, and by the same speaker."""

from __future__ import annotations

from digest.bulgarian.quotation import Quotation, quotations
from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, Witness
from digest.summarise.lines import fold


def quotes_of(said: Reading, found: Support, witnesses: list[Witness]) -> list[Problem]:
    """Quotations that are not verbatim, were never quoted, or belong to another speaker."""
    problems = []
    for quotation in quotations(said.text, least_words=2):
        if len(quotation.text.split()) == 2 and quotation.text[:1].isupper():
            continue  # the name of a film, a firm or a party
        problems += _quote_fault(quotation, found, witnesses)
    return problems


def _quote_fault(quotation: Quotation, found: Support, witnesses: list[Witness]) -> list[Problem]:
    wanted = _spoken(quotation.text)
    for witness in witnesses:
        for there in quotations(witness.article.text, least_words=1):
            if _quoted(wanted, _spoken(there.text)):
                return _speaker_fault(quotation, there, witness)
    spoken = [q.text for q in quotations(found.window.text, least_words=2)]
    return [Problem("quote", quotation.text, "; ".join(spoken))]


def _quoted(wanted: str, there: str) -> bool:
    """Whether the words stand there as whole words, and not behind a «не» that is left out."""
    before, found, _ = f" {there} ".partition(f" {wanted} ")
    return bool(found) and before.split()[-1:] not in (["не"], ["няма"], ["без"], ["нито"])


def _spoken(text: str) -> str:
    return " ".join(words(fold(text)))


def _speaker_fault(quotation: Quotation, there: Quotation, witness: Witness) -> list[Problem]:
    if not quotation.speaker:
        return []
    wanted = words(quotation.speaker)[-1]
    text = witness.article.text
    around = there.speaker or text[max(0, there.start - 400) : there.end + 200]
    if any(w.startswith(wanted[: max(4, len(wanted) - 1)]) for w in words(around)):
        return []
    return [Problem("quote", f"{quotation.speaker}: {quotation.text}", there.speaker or "")]
