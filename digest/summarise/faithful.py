"""The gate, which asks of every sentence whether an article of the story says it.

Every sentence of a summary, whoever wrote it, is laid beside the sentence of the articles that
supports it best, and checked for numbers, days, names, quotations, negation, certainty, roles and
rights. A whole sentence of an article passes as it stands. What the gate cannot see is written in
docs/faithfulness.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from digest.bulgarian.institutions import Institutions, known_as
from digest.bulgarian.sentences import split
from digest.model import FREE_EXTRACT, Article, CheckedSentence, Problem, Rights
from digest.newsroom import packaged_institutions
from digest.summarise.bodies import bodies_of
from digest.summarise.called import names_of
from digest.summarise.certainty import modality_of
from digest.summarise.changed import changed
from digest.summarise.contradicted import contradicted
from digest.summarise.dated import days_of
from digest.summarise.evidence import Reading, Support, Witness, anchors, best_support
from digest.summarise.figures import numbers_of
from digest.summarise.kin import kin_of
from digest.summarise.offices import offices_of
from digest.summarise.periods import periods_of
from digest.summarise.persons import persons_of, reporter_turned
from digest.summarise.polarity import negation_of
from digest.summarise.rights import meter, stricter
from digest.summarise.roles import roles_of
from digest.summarise.sense import current
from digest.summarise.signals import Case, signals
from digest.summarise.speech import quotes_of
from digest.summarise.weighing import DOUBTFUL, weigh
from digest.summarise.whose import whose_of

LEAST_FAR = (0.40, 0.33, 0.24)
"""Least share of a sentence's content in its article, without a name or figure that both have, with
one, and with more: a paraphrase keeps those, and little else."""

LONGEST = 3_000
"""Characters of a sentence; what is longer is none, and is nobody's if it is not verbatim."""


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
    found = best_support(said, witnesses) if len(text) <= LONGEST else None
    if found is None:
        return CheckedSentence(text, supported=False, problems=(Problem("unsupported", text),))
    problems = _problems(said, found, witnesses)
    start, end = found.span
    return CheckedSentence(text, not problems, found.witness.article.id, start, end, problems)


def _problems(said: Reading, found: Support, witnesses: Sequence[Witness]) -> tuple[Problem, ...]:
    """What the rules have against the sentence, where all that can be seen makes it likely.

    Where it is likely and no rule says why: the kind of fault that the signals speak of.
    """
    case = beside(said, found, witnesses)
    doubt = weigh(signals(case, current()))
    if doubt.likelihood < DOUBTFUL:
        return _told_once([one for name in _CERTAIN for one in case.faults[name]])
    return _told_once(case.told or [Problem(doubt.kind, said.text, found.sentence.text)])


Rule = Callable[[Reading, Support, Sequence[Witness]], Sequence[Problem]]


def _far(said: Reading, found: Support, _: Sequence[Witness]) -> list[Problem]:
    """A sentence of which too little stands in the articles."""
    if found.far >= LEAST_FAR[min(anchors(said, found), 2)]:
        return []
    return [Problem("unsupported", said.text, found.sentence.text)]


RULES: Mapping[str, Rule] = {
    "numbers": numbers_of,
    "days": days_of,
    "periods": lambda said, _, witnesses: periods_of(said, witnesses),
    "names": lambda said, found, witnesses: [
        *names_of(said, found, witnesses),
        *bodies_of(said, witnesses),
    ],
    "offices": offices_of,
    "persons": lambda said, _, witnesses: persons_of(said, witnesses),
    "reporter": lambda said, found, _: reporter_turned(said, found),
    "whose": lambda said, _, witnesses: whose_of(said, witnesses),
    "kin": lambda said, _, witnesses: kin_of(said, witnesses),
    "quotes": quotes_of,
    "changed": lambda said, _, witnesses: changed(said, witnesses),
    "far": _far,
    "negation": lambda said, _, witnesses: negation_of(said, witnesses),
    "contradicted": lambda said, _, witnesses: contradicted(said, witnesses),
    "modality": lambda said, _, witnesses: modality_of(said, witnesses),
    "roles": roles_of,
}
"""What is asked of a sentence, in the order in which its faults are told."""

_BESIDE = frozenset({"negation", "contradicted", "modality", "roles"})
"""Rules that lay it beside what the source says of the same; what is far has nothing beside it."""
_CERTAIN = frozenset({"quotes"})
"""Rules that leave no doubt: quoted words stand in the source, or they do not."""


def beside(said: Reading, found: Support, witnesses: Sequence[Witness]) -> Case:
    """The sentence with what each rule has against it; nothing, where asking makes no sense."""
    faults: dict[str, Sequence[Problem]] = {}
    for name, rule in RULES.items():
        far = name in _BESIDE and faults["far"]
        faults[name] = () if far else rule(said, found, witnesses)
    return Case(said, found, witnesses, faults)


def _told_once(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Two looks may find one fault: the first is kept."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in found:
        first.setdefault((problem.kind, problem.text), problem)
    return tuple(first.values())


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
