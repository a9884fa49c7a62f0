"""What the inbox shows before the mail is opened: the subject and the line after it.

Subject at most 50 characters, preheader 40 to 90: what phones show without cutting.
"""

from __future__ import annotations

from collections.abc import Sequence

SUBJECT_LIMIT = 50
PREHEADER_LEAST = 40
PREHEADER_LIMIT = 90
_HANGING = frozenset(
    {"и", "а", "но", "да", "в", "във", "с", "със", "на", "за", "по", "от", "до", "при", "или"}
    | {"че", "не", "ще", "се", "си", "към", "без"}
)


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut after a word and closed with „…“.

    A word that is longer than the limit is cut inside; a preposition or conjunction is not left
    hanging before the dots.
    """
    text = " ".join(text.split(" "))
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    # The character after the cut says whether the last word came through whole.
    if not text[limit - 1].isspace() and any(c.isspace() for c in head):
        head = head[: max(i for i, c in enumerate(head) if c.isspace())]
    words = head.rstrip(" ,;:–-(„\u00a0").split(" ")
    while len(words) > 1 and words[-1].casefold() in _HANGING:
        words.pop()
    return " ".join(words).rstrip(" ,;:–-(„\u00a0") + "…" + _closing(" ".join(words))


def _closing(text: str) -> str:
    """The mark that closes a quotation in which the cut falls."""
    return "“" if text.count("„") > text.count("“") and not text.endswith("„") else ""


def subject(lead: str, others: int) -> str:
    """The lead's title; „ и още N новини“ is added only where it fits."""
    if len(lead) > SUBJECT_LIMIT:
        return _fit(lead, SUBJECT_LIMIT)
    news = "новина" if others == 1 else "новини"
    longer = f"{lead} и още {others}\u00a0{news}"
    return longer if others and len(longer) <= SUBJECT_LIMIT else lead


def preheader(titles: Sequence[str], spare: Sequence[str]) -> str:
    """The next titles joined by „ · “; `spare` texts fill up to 40 characters if they must."""
    line = ""
    for part in (*titles, *spare):
        if not part.strip():
            continue
        longer = f"{line} · {part}" if line else part
        if len(longer) <= PREHEADER_LIMIT:
            line = longer
        elif len(line) < PREHEADER_LEAST:
            line = _fit(longer, PREHEADER_LIMIT)
        if part in spare and len(line) >= PREHEADER_LEAST:
            break
    return line


def _fit(text: str, limit: int) -> str:
    """`cut`, shorter by as much as the closing quotation mark took."""
    short = cut(text, limit)
    return short if len(short) <= limit else cut(text, limit - 1)
