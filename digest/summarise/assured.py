"""A summary none of whose sentences fails the gate: the next candidate, else the title alone.

What may be sent without a person is made here. The gate is asked of the summary as it was made;
what fails is left out and the summary is made again, so that the next worthy sentence takes its
place. Why is said in the summary's note and in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from digest.model import Article, ArticleId, CheckedSentence, Rights, Story, Summary
from digest.settings import Summarise
from digest.summarise.extractive import summarise, title_alone
from digest.summarise.recheck import recheck
from digest.summarise.rights import quotable
from digest.summarise.told import kind_in_words

log = logging.getLogger(__name__)

Gate = Callable[[Summary, Sequence[Article]], Sequence[CheckedSentence]]
"""What the gate says of each sentence of a summary, in their order."""

MOST_TRIES = 6
"""Summaries that are made of one story: a text in which so many fail is not to be trusted."""

NONE_PASSES = "Нито едно изречение не мина проверката за вярност; остават заглавието и връзката."


def own_gate(summary: Summary, articles: Sequence[Article]) -> Sequence[CheckedSentence]:
    """The gate of the house."""
    return recheck(summary.text, summary.sentences, articles, rights=summary.rights)


def assured(
    story: Story,
    *,
    rights: Rights | None = None,
    options: Summarise | None = None,
    gate: Gate = own_gate,
) -> Summary:
    """The extractive summary of a story, every sentence of it past the gate.

    `checks` hold what the gate said. When no sentence is left the text is empty, the method is
    `none` and the `note` says why.
    """
    failed: dict[ArticleId, list[int]] = {}
    last = ""
    for _ in range(MOST_TRIES):
        made = summarise(story, rights=rights, options=options, without=failed)
        if not made.sentences:
            break
        checks = tuple(gate(made, story.articles))
        wrong = [at for at, one in enumerate(checks) if not one.supported]
        if not wrong:
            return _noted(made, checks, last)
        for at in wrong:
            sentence, last = made.sentences[at], reason(checks[at])
            failed.setdefault(sentence.article_id, []).append(sentence.start)
            log.warning("story %s: a sentence failed the gate: %s", story.id, last)
    return _title(story, rights, last, made)


def reason(one: CheckedSentence) -> str:
    """What is wrong with a sentence, in Bulgarian: the sentence and the kinds of problem."""
    kinds = dict.fromkeys(kind_in_words(problem.kind) for problem in one.problems)
    return f"„{one.text}“ – {', '.join(kinds) or 'не е потвърдено'}"


def _noted(made: Summary, checks: tuple[CheckedSentence, ...], why: str) -> Summary:
    """The summary with its checks, and a note when another sentence had stood there."""
    note = f"Заменено е изречение, което не мина проверката: {why}." if why else made.note
    return replace(made, checks=checks, note=note)


def _title(story: Story, rights: Rights | None, why: str, made: Summary) -> Summary:
    if not why:
        return made
    log.warning("story %s falls back to title and link", story.id)
    mode, _ = quotable(story.articles, Rights.LICENSED if rights is None else rights)
    return title_alone(story, mode, f"{NONE_PASSES} Последното беше {why}.")
