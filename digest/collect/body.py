"""Paragraphs cleaned the same way for pages and dumps: furniture, captions, credits, by-lines out.

Takes paragraphs in reading order and a draft; what is cut goes to the draft's `removed`, teasers
to `related`, credited agencies to `agencies`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.collect.agencies import credited_in, cut_credit
from digest.collect.byline import person
from digest.collect.draft import Draft
from digest.collect.lines import byline_name, cut_photo_credit, inline_title, kind_of
from digest.collect.plain import one_line
from digest.model import Agency

END_OF_SENTENCE = ".!?…"
_CLOSERS = "\"'“”„»«’)]"


def same_line(one: str, other: str) -> bool:
    """True when two lines say the same, spacing, case and quotation marks aside."""
    return flat(one) == flat(other) != ""


_UNSPOKEN = re.compile(r"\W+")


def flat(text: str) -> str:
    """Letters and digits of a line, lower case: what is left when typography differs."""
    return _UNSPOKEN.sub("", text.casefold())


def ends_sentence(text: str) -> bool:
    """True when a line ends with a stop, closing quotation marks aside."""
    return text.rstrip().rstrip(_CLOSERS)[-1:] in set(END_OF_SENTENCE) or (
        text.rstrip()[-1:] in set(END_OF_SENTENCE)
    )


def ends_with_stop(text: str) -> bool:
    """True when a line ends with a full stop, closing quotation marks aside."""
    bare = text.rstrip()
    return bare.rstrip(_CLOSERS)[-1:] == "." or bare[-1:] == "."


def looks_like_lead(text: str) -> bool:
    """True for a sub-headline: one line without a full stop, too long for a cross-heading."""
    bare = text.rstrip()
    return 30 <= len(bare) <= 320 and bare.rstrip(_CLOSERS)[-1:] not in {".", "…", ":", ";", ","}


def file_furniture(line: str, draft: Draft, kind: str | None = None) -> bool:
    """Files a line of furniture in the draft; False when the line is text.

    `kind` is what a caller found the line to be; without it the line decides.
    """
    kind = kind or kind_of(line)
    if kind is None:
        return False
    if kind == "inline-related":
        draft.tease(inline_title(line))
        draft.remove("teaser", line)
        return True
    if kind == "byline":
        name = person(byline_name(line))
        if name and draft.author is None:
            draft.author = name
    draft.remove(kind, line)
    return True


def file_source(line: str, draft: Draft, agencies: Sequence[Agency]) -> None:
    """Credits the agencies that a line of furniture names („Източник: …“, „Автор: БТА“)."""
    if kind_of(line) in {"source", "byline"}:
        draft.credit(credited_in(line, agencies))


_GLUED_TAIL = re.compile(
    r"\s+Сподели:$|\s+Сподели\s+(?:Приятел|Tweet|Facebook|Фейсбук|във?|Viber)\b.*$"
    r"|(?:(?<=[.!?…\"“”»)])|(?<=\d))\s*(?:Следете|Последвайте|Следвайте|Харесайте) ни\b"
    r"[^.!?]{0,160}(?:приложение|страница|Facebook|Фейсбук|Google|Viber|Telegram|Instagram)\b.*$"
)
"""A bar or an invitation that a scraper glued to the end of the last sentences."""


def cut_glued_tail(text: str) -> tuple[str, str]:
    """A paragraph less what was glued behind its last sentence, and that tail."""
    match = _GLUED_TAIL.search(text)
    if match is None or match.start() < 40:
        return text, ""
    return text[: match.start()].rstrip(), match.group().strip()


def strip_credits(draft: Draft, agencies: Sequence[Agency], *, places: bool = False) -> None:
    """Cuts agency and photo credits off the paragraphs of a draft, in place.

    With `places` a dateline goes whole („София, 12 ноември /БТА/ –“), not its credit alone.
    """
    kept: list[str] = []
    total = len(draft.paragraphs)
    for place, paragraph in enumerate(draft.paragraphs):
        text, photo = cut_photo_credit(paragraph)
        if photo:
            draft.remove("caption", photo)
        if place >= total - 2:
            text, tail = cut_glued_tail(text)
            draft.remove("share", tail)
        found = cut_credit(text, agencies, last=place == total - 1, places=places)
        if found.cut:
            draft.credit(found.agencies)
            draft.remove("credit", found.cut)
        if found.text.strip():
            kept.append(one_line(found.text))
    draft.paragraphs = kept
