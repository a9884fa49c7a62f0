"""Lines that are furniture, not text: share bars, comment counters, captions, teasers' headings.

Every rule matches a whole line. A rule that matches a part or a beginning also cuts sentences:
„Споделяме едни и същи възгледи“ begins like a share bar and is none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from digest.collect import vocabulary as words

_Kinds: TypeAlias = tuple[tuple[str, re.Pattern[str]], ...]


def _compiled(*kinds: tuple[str, str]) -> _Kinds:
    return tuple((kind, re.compile(rf"(?i)(?:{pattern})")) for kind, pattern in kinds)


KINDS = _compiled(
    ("share", words.SHARE),
    ("comments", words.TALK),
    ("related-heading", rf"(?:{words.HEADING})\s*[:>»!]?"),
    ("read-more", words.READ_MORE),
    ("tags", words.TAGS),
    ("newsletter", words.NEWSLETTER),
    ("follow", words.FOLLOW),
    ("footer", words.RIGHTS),
    ("widget", words.WIDGET),
    ("caption", words.CAPTION),
    ("inline-related", words.INLINE.pattern.removeprefix("(?i)")),
    ("byline", words.BYLINE.pattern.removeprefix("(?i)")),
    ("source", words.EDITOR.pattern.removeprefix("(?i)")),
    ("breadcrumb", words.BREADCRUMB.pattern.removeprefix("(?i)")),
    ("stray", r"[\W_]*[^\W\d_]{1,2}[\W_]*|[\W_]+"),
)
"""Kind and whole-line pattern, tried in order; lengths keep a rule from swallowing a paragraph."""

DUMPED = _compiled(
    ("form", words.FORM),
    ("consent", words.CONSENT),
    ("time", words.TIME),
    ("widget", words.BARE_NUMBER),
    ("footer", words.FOOTER),
    ("navigation", words.SKIP),
    ("address", words.ADDRESS),
    ("script", words.SCRIPT),
)
"""What only a dump still holds: an extractor of pages has taken it out by its place."""

LONGEST = 500
"""Characters of the longest line that can be furniture."""

END_KINDS = frozenset({"share", "comments", "related-heading", "tags"})
"""Kinds after which, once the body has begun, teasers and comments may follow."""

_OPEN = frozenset({"newsletter", "follow", "tags", "caption", "byline", "source", "inline-related"})
"""Kinds whose pattern ends openly, so that a sentence may begin like them."""
_PLAIN_CREDIT = re.compile(
    r"(?i)архив|лич(?:ен|н)|илюстратив|авторът|интернет|скрийншот|стопкадър|екип|[\w-]+\.[a-z]{2,}\b"
)
_ANSWER = re.compile(
    r"(?i)[–—-]\s*\w{0,1}[аеиоуъюяaeiouy]\w{0,1}\W*|\w{0,1}[аеиоуъюя]\w{0,1}[.!?…]+"
)


def kind_of(line: str) -> str | None:
    """What furniture a whole line is, or None for text.

    Kinds: those of `KINDS`. A sentence that only begins like furniture is text, and so is an
    answer of one word („Не.“, „– Да“).
    """
    return None if len(line) > LONGEST else _kind_of(" ".join(line.split()))


@lru_cache(maxsize=512)
def _kind_of(line: str) -> str | None:
    """A page asks up to four times for each of its lines."""
    for kind, pattern in KINDS:
        match = pattern.fullmatch(line)
        if match is None:
            continue
        if kind in _OPEN and _is_sentence(kind, line, match):
            return None
        if kind == "stray" and _ANSWER.fullmatch(line):
            return None
        return kind
    return None


def kind_in_dump(line: str) -> str | None:
    """As `kind_of`, with what stands in dumps only: consent, forms, hours, contacts, scripts."""
    kind = kind_of(line)
    if kind is not None or len(line) > LONGEST or words.SPEECH.search(line):
        return kind
    return next((name for name, pattern in DUMPED if pattern.fullmatch(line)), None)


def _is_sentence(kind: str, line: str, match: re.Match[str]) -> bool:
    """True when a line that begins like furniture goes on like a sentence."""
    if words.SPEECH.search(line):
        return True
    stop = line.endswith(".") and not re.search(r"(?i)\b(?:г|ч|мин|ООД|АД|ЕООД)\.$", line)
    if kind in {"newsletter", "follow"}:
        return stop and not words.OURS.search(line)
    tail = next((part for part in reversed(match.groups()) if part), "")
    if kind in {"tags", "inline-related"}:
        return stop and len(tail.split()) > 3
    if _PLAIN_CREDIT.match(tail):
        return False
    # Names, agencies and ministries are capitalised.
    return tail[:1].islower() and (stop or len(tail.split()) > 2)


def may_head_a_part(line: str) -> bool:
    """True for a word of bars and lists that also stands above a part of a text („Акценти“)."""
    return words.SUBHEADING.fullmatch(line) is not None


def is_footer(line: str) -> bool:
    """True for a line that belongs to a page's foot: rights, contacts, terms, an address."""
    if len(line) > 200:
        return False
    return words.POSTAL.fullmatch(line) is not None or kind_in_dump(line) in {
        "footer", "consent", "follow", "newsletter", "navigation",
    }  # fmt: skip


def counted(line: str) -> int | None:
    """The number of a comment counter („Коментари (3)“); None when it gives none."""
    number = re.search(r"\d+", line)
    return int(number.group()) if number else None


_LIST_MARK = re.compile(
    r"^(?:(?:[•*·▪●»>–-]|\d{1,2}[.)])\s+|(?:[01]?\d|2[0-3]):[0-5]\d\s*(?:[|–-]\s*)?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}\s+)+"
)


def bare_headline(line: str) -> str:
    """A headline less its list mark, hour and counter: „• 14:35 Мостът е отворен (45)“."""
    return re.sub(r"\s*\(\d{1,5}\)$", "", _LIST_MARK.sub("", line)).strip()


def inline_title(line: str) -> str:
    """The title that a „Вижте също: …“ line points to; empty for another line."""
    match = words.INLINE.fullmatch(" ".join(line.split()))
    return match.group("title").strip() if match else ""


def byline_name(line: str) -> str:
    """The name of an „Автор: …“ line; empty for another line."""
    match = words.BYLINE.fullmatch(" ".join(line.split()))
    name = match and (match.group("name") or match.group("bare") or match.group("whose"))
    return name.strip() if name else ""


_LEADING_PHOTO = re.compile(
    r"^(?:СНИМК[АИ]|Снимк[аи]|Фото)\s*[:–/]\s*(?:\w+ ?[/,] ?)*"
    r"(?:архив|Архив|АРХИВ|[А-Я]{2,12}|[A-Z]{2,10})\s+(?=[А-Я„“\"\d])"
)
_TRAILING_PHOTO = re.compile(r"\s+(?:СНИМК[АИ]|Снимк[аи]|Фото)\s*:\s*[\w /,]{2,40}$")


def cut_photo_credit(text: str) -> tuple[str, str]:
    """A text less the photo credit glued to its start or end, and that credit."""
    for pattern in (_LEADING_PHOTO, _TRAILING_PHOTO):
        match = pattern.search(text)
        if match:
            return (text[: match.start()] + text[match.end() :]).strip(), match.group().strip()
    return text, ""
