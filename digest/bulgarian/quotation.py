"""Quotations: the words, where they stand, and who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.bulgarian.marks import Span, inside_open, protected, spans
from digest.bulgarian.speakers import speaker_of

__all__ = ["Quotation", "Span", "inside_open", "protected", "quotations", "spans"]

_DIALOGUE = re.compile(
    r"^[ \t]*[–—-][ \t]+(?P<said>[^\n„“”«»\"]+?)[ \t]+[–—-][ \t]+(?=[а-яѝ])", re.MULTILINE
)
"""A line of a dialogue: «– Ще дойда – каза Петров.»"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that are said: `text` without marks, the span with them.

    `speaker` is a name as the text has it, also where only „той“ stands beside the quotation;
    `role` the office in which he speaks, as a man holds it. What is not known is empty.
    """

    text: str
    start: int
    end: int
    speaker: str = ""
    role: str = ""


def quotations(text: str, least_words: int = 3) -> list[Quotation]:
    """Closed quotations and lines of dialogue of at least `least_words` words, in reading order.

    Shorter ones are names («Лукойл») rather than speech.
    """
    marked = [(a + 1, b - 1, a, b) for a, b, closed in spans(text) if closed]
    dashed = [(*m.span("said"), *m.span("said")) for m in _DIALOGUE.finditer(text)]
    found = []
    for begin, stop, start, end in sorted(marked + dashed, key=lambda one: one[2]):
        if len(text[begin:stop].split()) >= least_words:
            who = speaker_of(text, start, end)
            found.append(Quotation(text[begin:stop], start, end, who.name, who.role))
    return found
