"""The gate, which asks of every sentence whether an article of the story says it.

Every sentence of a summary, whoever wrote it, is laid beside the sentence of the articles that
supports it best, and checked for numbers, days, names, quotations, negation, certainty, roles and
rights. A whole sentence of an article passes as it stands. What the gate cannot see is written in
docs/faithfulness.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.bulgarian.institutions import Institutions, known_as
from digest.bulgarian.sentences import split
from digest.bulgarian.words import words
from digest.model import FREE_EXTRACT, Article, CheckedSentence, Problem, Rights
from digest.newsroom import packaged_institutions
from digest.summarise.called import names_of
from digest.summarise.certainty import modality_of
from digest.summarise.changed import changed
from digest.summarise.contradicted import contradicted
from digest.summarise.dated import days_of
from digest.summarise.evidence import Reading, Support, Witness, best_support
from digest.summarise.figures import numbers_of
from digest.summarise.following import only_shortened
from digest.summarise.offices import offices_of
from digest.summarise.periods import periods_of
from digest.summarise.persons import persons_of, reporter_turned
from digest.summarise.polarity import negation_of
from digest.summarise.rights import meter, stricter
from digest.summarise.roles import roles_of
from digest.summarise.speech import quotes_of

LEAST_FAR = (0.40, 0.33, 0.24)
"""Least share of a sentence's content in its article, without a name or figure that both have, with
one, and with more: a paraphrase keeps those, and little else."""


def check(
    summary_text: str,
    articles: Sequence[Article],
    *,
    rights: Rights = Rights.LICENSED,
    institutions: Institutions | None = None,
) -> tuple[CheckedSentence, ...]:
    """Each sentence of the text with the place that supports it and what is wrong with it.

    `institutions` tell which short and long names are one (default: the packaged list).

    `supported` is true without problems. Kinds: number, name, date, quote, negation, modality,
    unsupported, overlap. An empty text gives no sentences; without any article text every
    sentence is unsupported. Never raises for odd text.
    """
    witnesses = [Witness(article) for article in articles]
    with known_as(packaged_institutions() if institutions is None else institutions):
        checked = [_sentence(summary_text[a:b], witnesses) for a, b in split(summary_text)]
    faults = _overlaps(summary_text, articles, rights)
    return tuple(_with_overlap(one, faults) for one in checked)


def passes(checks: Sequence[CheckedSentence]) -> bool:
    """Whether every sentence is supported; a text without sentences passes nothing."""
    return bool(checks) and all(one.supported for one in checks)


def _sentence(text: str, witnesses: list[Witness]) -> CheckedSentence:
    for witness in witnesses:
        place = witness.verbatim(text)
        if place is not None:
            start, end = place
            return CheckedSentence(text, True, witness.article.id, start, end)  # noqa: FBT003
    said = Reading(text)
    found = best_support(said, witnesses)
    if found is None:
        return CheckedSentence(text, supported=False, problems=(Problem("unsupported", text),))
    problems = _told_once(_problems(said, found, witnesses))
    start, end = found.span
    return CheckedSentence(text, not problems, found.witness.article.id, start, end, problems)


def _told_once(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Two looks may find one fault: the first is kept."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in found:
        first.setdefault((problem.kind, problem.text), problem)
    return tuple(first.values())


def _problems(said: Reading, found: Support, witnesses: list[Witness]) -> list[Problem]:
    if only_shortened(said, witnesses):
        # All its words are the source's, in order: only a «не», «според» or «бивш» may be lost.
        return [
            *offices_of(said, found, witnesses),
            *quotes_of(said, found, witnesses),
            *changed(said, witnesses),
            *negation_of(said, witnesses),
            *modality_of(said, witnesses),
        ]
    problems = [
        *numbers_of(said, found, witnesses),
        *days_of(said, found, witnesses),
        *periods_of(said, witnesses),
        *names_of(said, found, witnesses),
        *offices_of(said, found, witnesses),
        *persons_of(said, witnesses),
        *reporter_turned(said, found),
        *quotes_of(said, found, witnesses),
        *changed(said, witnesses),
    ]
    if found.far < LEAST_FAR[min(_anchors(said, found), 2)]:
        return [*problems, Problem("unsupported", said.text, found.sentence.text)]
    return [
        *problems,
        *negation_of(said, witnesses),
        *contradicted(said, witnesses),
        *modality_of(said, witnesses),
        *roles_of(said, found, witnesses),
    ]


def _anchors(said: Reading, found: Support) -> int:
    """Names, figures and days of the sentence that its article has too."""
    whole = found.witness.whole
    there = {n.value for n in whole.numbers}
    figures = sum(n.value in there for n in said.numbers)
    return figures + sum(any(w in whole.words for w in words(name)) for name in said.names)


def _overlaps(text: str, articles: Sequence[Article], rights: Rights) -> list[tuple[str, Problem]]:
    """For each article quoted beyond its rights: the repeated run, folded, and the problem."""
    found = []
    for article in articles:
        mode = stricter(rights, article.rights)
        if mode is Rights.LICENSED:
            continue
        run = meter(text, article)
        allowed = 0 if mode is Rights.EXCLUDED else FREE_EXTRACT
        # What is free is the beginning; a long run from further in is not.
        further = run.start + run.longest > allowed and run.longest > FREE_EXTRACT // 2
        if run.longest > allowed + 20 or further:
            folded = " ".join(article.text.split()).lower()
            repeated = folded[run.start : run.start + run.longest]
            expected = f"най-много {allowed} знака от началото"
            found.append((repeated, Problem("overlap", repeated, expected)))
    return found


def _with_overlap(one: CheckedSentence, faults: Sequence[tuple[str, Problem]]) -> CheckedSentence:
    own = " ".join(one.text.split()).lower()
    mine = tuple(problem for run, problem in faults if own in run or run in own)
    if not mine:
        return one
    return replace(one, supported=False, problems=(*one.problems, *mine))
