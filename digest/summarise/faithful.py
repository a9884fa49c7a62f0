"""The gate, which asks of every sentence whether an article of the story says it.

Every sentence of a summary, whoever wrote it, is laid beside the sentence of the articles that
supports it best, and checked for numbers, days, names, quotations, negation, certainty, roles and
rights. A whole sentence of an article passes as it stands. What the gate cannot see is written in
docs/faithfulness.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma, lemmas, words
from digest.model import FREE_EXTRACT, Article, CheckedSentence, Problem, Rights
from digest.summarise.called import names_of
from digest.summarise.certainty import modality_of
from digest.summarise.dated import days_of
from digest.summarise.evidence import Reading, Support, Witness, best_support
from digest.summarise.figures import numbers_of
from digest.summarise.polarity import negation_of
from digest.summarise.rights import meter, stricter
from digest.summarise.speech import quotes_of

_AGAINST = re.compile(
    r"(?<!\w)((?:обвин|разкритик|критик|победи|надви|нападн|уволн|назнач|похвал|наслед|замен|осъди"
    r"|съди|удари|уби(?!й)|подкреп|изпревар|призова|заплаш|покани|посрещн|прие(?!м))\w*)",
    re.IGNORECASE,
)
_SAYING = word_set(
    """съобщя съобщавам кажа казвам заявя заявявам обявя обявявам посоча коментирам добавя обясня
    уверя подчертая отбележа пиша твърдя смятам"""
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:бе|беше|бяха|е|са|бъде)\s+\w+[нт][аои]?\s+от(?!\w)", re.IGNORECASE
)

LEAST_FAR = (0.45, 0.38, 0.28)
"""Least share of a sentence's content in its article, without a name or figure that both have, with
one, and with more: a paraphrase keeps those, and little else."""


def check(
    summary_text: str, articles: Sequence[Article], *, rights: Rights = Rights.LICENSED
) -> tuple[CheckedSentence, ...]:
    """Each sentence of the text with the place that supports it and what is wrong with it.

    `supported` is true without problems. Kinds: number, name, date, quote, negation, modality,
    unsupported, overlap. An empty text gives no sentences; without any article text every
    sentence is unsupported. Never raises for odd text.
    """
    witnesses = [Witness(article) for article in articles]
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
    problems = tuple(_problems(said, found, witnesses))
    start, end = found.span
    return CheckedSentence(text, not problems, found.witness.article.id, start, end, problems)


def _problems(said: Reading, found: Support, witnesses: list[Witness]) -> list[Problem]:
    problems = [
        *numbers_of(said, found, witnesses),
        *days_of(said, found, witnesses),
        *names_of(said, found, witnesses),
        *quotes_of(said, found, witnesses),
    ]
    if found.far < LEAST_FAR[min(_anchors(said, found), 2)]:
        return [*problems, Problem("unsupported", said.text, found.sentence.text)]
    return [
        *problems,
        *negation_of(said, witnesses),
        *modality_of(said, witnesses),
        *_roles(said, found),
    ]


def _anchors(said: Reading, found: Support) -> int:
    """Names, figures and days of the sentence that its article has too."""
    whole = found.witness.whole
    there = {n.value for n in whole.numbers}
    figures = sum(n.value in there for n in said.numbers)
    return figures + sum(any(w in whole.words for w in words(name)) for name in said.names)


def _roles(said: Reading, found: Support) -> list[Problem]:
    """Who did it to whom: two names around the same verb may not change places."""
    if _PASSIVE.search(said.text) or _PASSIVE.search(found.sentence.text):
        return []
    if _turned(said.text, found.sentence.text):
        return [Problem("unsupported", said.text, found.sentence.text)]
    shared = [n for n in dict.fromkeys(_last(n) for n in said.names) if n]
    mine, theirs = _order(said.text), _order(found.sentence.text)
    for i, one in enumerate(shared):
        for two in shared[i + 1 :]:
            between = _between(mine, one, two) & _between(theirs, two, one)
            if between:
                return [Problem("unsupported", said.text, found.sentence.text)]
    return []


def _turned(said: str, source: str) -> bool:
    """Whether the two sides of a verb like «обвини» have changed places."""
    mine, theirs = _AGAINST.search(said), _AGAINST.search(source)
    if mine is None or theirs is None or mine.group(1)[:4].lower() != theirs.group(1)[:4].lower():
        return False
    did, suffered = _sides(said, mine)
    source_did, source_suffered = _sides(source, theirs)
    return bool(did & source_suffered - source_did and suffered & source_did - source_suffered)


def _sides(text: str, verb: re.Match[str]) -> tuple[set[str], set[str]]:
    """Content lemmas before and after the verb, inside its clause."""
    before = re.split(r"[,;:–]\s", text[: verb.start()])[-1]
    after = re.split(r"[,;:–]\s", text[verb.end() :])[0]
    return set(lemmas(before)), set(lemmas(after))


def _last(name: str) -> str:
    parts = words(name)
    return lemma(parts[-1]) if parts else ""


def _order(text: str) -> list[str]:
    return [lemma(w) for w in words(text)]


def _between(order: list[str], one: str, two: str) -> set[str]:
    """The lemmas between the first `one` and the `two` after it; empty in another order."""
    if one not in order or two not in order[order.index(one) + 1 :]:
        return set()
    start = order.index(one) + 1
    between = order[start : order.index(two, start)]
    return {w for w in between if len(w) > 3 and w not in _SAYING}


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
