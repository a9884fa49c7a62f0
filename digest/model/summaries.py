"""What the digest says of a story, each sentence with its place, and what the gate found."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model.base import ArticleId, Rights

FREE_EXTRACT = 100
"""Characters of a body that may be quoted freely beside the title.

ЗАПСП, ДВ 100/2023: the press publishers' right leaves free the title and up to the first 100
consecutive characters.
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary: `text[start:end]` of the article less the `cuts`, folded.

    In a text of a language model the stretch is what the sentence rests on, in other words.
    """

    text: str
    article_id: ArticleId
    start: int
    end: int
    cuts: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError("a sentence's span runs forward")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault found by the gate; `kind` is one of the contract's eight."""

    kind: str
    text: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence after the gate, with the place that supports it if there is one."""

    text: str
    supported: bool
    article_id: ArticleId | None = None
    start: int | None = None
    end: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the digest says of a story. `method`: extractive, model, editor or none.

    `note` says in Bulgarian why there is less than a summary, when there is. `original_title` is
    the outlet's own when a sentence of the article stands for it, else None. `making` says to the
    desk why a language model's text was asked for and does not stand, or what the model was not
    shown; empty when there is nothing to say. `matters` is the
    sentence of an article that says what follows from the news, if one does.
    """

    id: str
    title: str
    text: str
    one_line: str
    sentences: tuple[Sentence, ...] = ()
    method: str = "extractive"
    rights: Rights = Rights.LICENSED
    checks: tuple[CheckedSentence, ...] = ()
    note: str = ""
    original_title: str | None = None
    making: str = ""
    matters: Sentence | None = None

    def __post_init__(self) -> None:
        if self.method not in {"extractive", "model", "editor", "none"}:
            raise ValueError(f"no such method: {self.method!r}")
        if self.rights is Rights.EXCLUDED and self.text:
            raise ValueError("an excluded source is not quoted")
        if self.rights is Rights.EXTRACT and len(self.text) > FREE_EXTRACT:
            raise ValueError(f"a free extract holds at most {FREE_EXTRACT} characters")
