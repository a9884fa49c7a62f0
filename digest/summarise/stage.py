"""The lines of `digest summarise` and `digest check-summary`: CONTRACT's keys, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import CheckedSentence, Sentence, Summary
from digest.summarise.faithful import passes

Json = dict[str, object]


def summary_dict(summary: Summary) -> Json:
    """`id, title, text, one_line, sentences, method, rights, checks`, `note` and `making` if any.

    `original_title` when a sentence of the article stands for the outlet's bait title.

    `sentences` are `{text, article_id, start, end, cuts: [[start, end], …]}`. `note` and `matters`
    (a sentence too) stand there only when there is one.
    """
    line: Json = {
        "id": summary.id,
        "title": summary.title,
        "text": summary.text,
        "one_line": summary.one_line,
        "sentences": [_placed(one) for one in summary.sentences],
        "method": summary.method,
        "rights": summary.rights.value,
        "checks": [_checked(one) for one in summary.checks],
    }
    if summary.matters:
        line["matters"] = _placed(summary.matters)
    said = {"note": summary.note, "making": summary.making}
    if summary.original_title is not None:
        line["original_title"] = summary.original_title
    return line | {key: text for key, text in said.items() if text}


def _placed(one: Sentence) -> Json:
    return {
        "text": one.text,
        "article_id": one.article_id,
        "start": one.start,
        "end": one.end,
        "cuts": [list(cut) for cut in one.cuts],
    }


def check_dict(id: str, checks: Sequence[CheckedSentence]) -> Json:  # noqa: A002
    """`id, passes, sentences: [{text, supported, article_id, start, end, problems}]`."""
    return {"id": id, "passes": passes(checks), "sentences": [_checked(one) for one in checks]}


def _checked(one: CheckedSentence) -> Json:
    return {
        "text": one.text,
        "supported": one.supported,
        "article_id": one.article_id,
        "start": one.start,
        "end": one.end,
        "problems": [
            {"kind": p.kind, "text": p.text, "expected": p.expected} for p in one.problems
        ],
    }
