"""Asks a writer for the text of a story: twice at most, within a budget, never for the same again.

    material ─ key ─ (kept text) ─ ask ─ read ─ judge ─ Summary

Whatever goes wrong, the extractive summary stands, with the reason in its `making`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from digest.clock import monotonic
from digest.model import CheckedSentence, Rights, Sentence, Story, Summary
from digest.setting_model import LanguageModel
from digest.summarise.lines import one_line
from digest.summarise.model.judging import judged
from digest.summarise.model.material import Material, material
from digest.summarise.model.port import SERVERS, Answer, Fault, Trouble, Writer
from digest.summarise.model.prompt import ask, key_of
from digest.summarise.model.reply import read

log = logging.getLogger(__name__)

ATTEMPTS = 2
STORIES_IN_VAIN = 3
"""After so many stories in a row for which the server gave nothing, it is left alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of an earlier question: the answer's text, or why none was taken."""

    text: str = ""
    refused: str = ""


class Memory(Protocol):
    """Answers by what was asked. A refused one is forgotten in hours, a taken one in weeks."""

    def recall(self, key: str) -> Kept | None: ...

    def keep(self, key: str, kept: Kept) -> None: ...


class Forgetful:
    """No memory: for a command that keeps no state."""

    def recall(self, key: str) -> Kept | None:  # noqa: ARG002 - the port's signature
        return None

    def keep(self, key: str, kept: Kept) -> None:
        """Keeps nothing."""


class Allowance:
    """What may still be spent on an edition: requests, characters, seconds, patience."""

    def __init__(self, options: LanguageModel, *, seconds: Callable[[], float] = monotonic) -> None:
        self._requests = options.requests
        self._characters = options.characters
        self._seconds = seconds
        self._ends = seconds() + options.overall_s
        self._in_vain = 0
        self._last = ""

    def left(self) -> float:
        """Seconds until the time for the edition is over."""
        return self._ends - self._seconds()

    def spent(self, size: int) -> Fault | None:
        """Why a request of `size` characters may not be made; None: it may."""
        if self._in_vain >= STORIES_IN_VAIN:
            return Fault(Trouble.BUDGET, f"{self._last} Повече не е питан за този брой.")
        if self.left() <= 0:
            return Fault(Trouble.BUDGET, "Времето за езиковия модел в този брой изтече.")
        if self._requests <= 0:
            return Fault(Trouble.BUDGET, "Запитванията към модела за този брой са изчерпани.")
        if size > self._characters:
            return Fault(Trouble.BUDGET, "Знаците към модела за този брой са изчерпани.")
        return None

    def take(self, size: int) -> None:
        """One request of so many characters leaves."""
        self._requests -= 1
        self._characters -= size

    def received(self, size: int) -> None:
        """So many characters came back."""
        self._characters -= size

    def ended(self, fault: Fault | None) -> None:
        """A story is done with; without `fault`, or with one of the text, the server is well."""
        in_vain = fault is not None and fault.kind in SERVERS
        self._in_vain = self._in_vain + 1 if in_vain else 0
        self._last = fault.why if fault is not None else ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that a question needs, for one edition.

    `fence` gives a word that nobody can guess, a new one for each request.
    """

    writer: Writer
    options: LanguageModel
    most_chars: int
    allowance: Allowance
    memory: Memory
    fence: Callable[[], str] = lambda: f"=={secrets.token_hex(12)}=="


def write_summary(story: Story, own: Summary, asking: Asking, *, rights: Rights) -> Summary:
    """The model's text of a story if it stands, else `own` with the reason in `making`.

    `own` is the extractive summary, which gives the title too; `rights` is the most that is
    asked for. Never raises for what a writer answers.
    """
    shown = material(story, rights=rights, most_chars=asking.options.shown_chars)
    if not shown.sentences:
        return replace(own, making=shown.why)
    found = _kept_or_asked(shown, asking)
    if isinstance(found, Fault):
        log.info("story %s keeps its extractive summary: %s", story.id, found.kind)
        return replace(own, making=" ".join((*shown.kept_back, found.said)))
    return _summary(own, found, shown)


def _summary(own: Summary, checked: tuple[CheckedSentence, ...], shown: Material) -> Summary:
    sentences = []
    for one in checked:
        assert one.article_id is not None
        assert one.start is not None
        assert one.end is not None
        sentences.append(Sentence(one.text, one.article_id, one.start, one.end))
    text = " ".join(one.text for one in checked)
    return Summary(
        id=own.id,
        title=own.title,
        text=text,
        one_line=one_line(text),
        sentences=tuple(sentences),
        method="model",
        rights=shown.rights,
        checks=checked,
        making=" ".join(shown.kept_back),
    )


def _kept_or_asked(shown: Material, asking: Asking) -> tuple[CheckedSentence, ...] | Fault:
    most = asking.options.max_sentences
    key = key_of(asking.writer.name, shown, most_sentences=most, most_chars=asking.most_chars)
    kept = asking.memory.recall(key)
    if kept is not None and kept.refused:
        return Fault(Trouble.GATE, kept.refused)
    if kept is not None:
        again = _taken(kept.text, shown, asking)
        if not isinstance(again, Fault):
            return again
        log.info("a kept text does not pass the gate of this version: %s", again.kind)
    return _asked(shown, asking, key)


def _asked(shown: Material, asking: Asking, key: str) -> tuple[CheckedSentence, ...] | Fault:
    """Two attempts; the second is told what was wrong with the first."""
    fault: Fault | None = None
    for _ in range(ATTEMPTS):
        answer = _attempt(shown, asking, fault)
        if isinstance(answer, Answer):
            found = _taken(answer.text, shown, asking)
            if not isinstance(found, Fault):
                asking.allowance.ended(None)
                asking.memory.keep(key, Kept(text=answer.text))
                return found
            fault = found
        elif answer.kind is Trouble.BUDGET:
            # The first attempt's own fault says more than that there was nothing left for a second.
            return fault or answer
        else:
            fault = answer
    assert fault is not None
    asking.allowance.ended(fault)
    if fault.kind not in SERVERS:
        asking.memory.keep(key, Kept(refused=fault.said))
    return fault


def _attempt(shown: Material, asking: Asking, before: Fault | None) -> Answer | Fault:
    told = before is not None and before.kind not in SERVERS
    request = ask(
        shown,
        fence=asking.fence(),
        most_sentences=asking.options.max_sentences,
        most_chars=asking.most_chars,
        timeout=max(0.001, min(asking.options.timeout_s, asking.allowance.left())),
        refused=before if told else None,
    )
    if (stop := asking.allowance.spent(request.size)) is not None:
        return stop
    asking.allowance.take(request.size)
    answer = asking.writer.write(request)
    if isinstance(answer, Answer):
        asking.allowance.received(len(answer.text))
    return answer


def _taken(raw: str, shown: Material, asking: Asking) -> tuple[CheckedSentence, ...] | Fault:
    told = read(
        raw,
        most_sentences=asking.options.max_sentences,
        most_chars=asking.most_chars,
        known=range(1, len(shown.sentences) + 1),
    )
    return told if isinstance(told, Fault) else judged(told, shown)
