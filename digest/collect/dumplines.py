"""From the raw text of a dump to its lines: breaks, entities, markup, hard wraps, labels.

A scraper's text comes with HTML left in it, as Markdown from a reader service, wrapped at a column
or with its breaks escaped. What comes out are folded lines that are not blank, each with what
furniture it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.collect.body import ends_sentence, ends_with_stop, same_line
from digest.collect.lines import kind_in_dump
from digest.collect.plain import one_line

PARAGRAPH = 180
"""A line of this many characters that ends a sentence is text, not a headline or a teaser."""
SENTENCE = 60
"""A line of this many characters that ends with a stop is text among other text."""
MAX_LINES = 3000
"""Lines of a dump that are read; a page has a few hundred."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, folded; whether a blank one stands before it; what furniture."""

    text: str
    gap: bool
    kind: str | None


def lines_of(text: str) -> list[Line]:
    """The lines of a dump, at most `MAX_LINES`."""
    raw = _plain(text).split("\n")
    if _is_markdown(raw):
        raw = [_without_markdown(line) for line in raw]
    folded = _joined_labels(_unwrapped([one_line(line) for line in raw]))
    found: list[Line] = []
    gap = False
    for line in folded:
        if line:
            found.append(Line(line, gap, kind_in_dump(line)))
        gap = not line
        if len(found) >= MAX_LINES:
            break
    return found


# ---- what a line is among others


def is_text(line: str) -> bool:
    """True for a paragraph; a headline is short and does not end with a full stop."""
    if len(line) >= PARAGRAPH:
        return ends_sentence(line)
    return len(line) >= 80 and ends_with_stop(line)


def is_sentence(line: Line) -> bool:
    """True for a line of text that is too short to be a paragraph by itself."""
    return line.kind is None and len(line.text) >= SENTENCE and ends_sentence(line.text)


def is_long(text: str) -> bool:
    """True for what can be a headline; shorter lines are names, menus and badges."""
    return len(text) >= 25 or len(text.split()) >= 4


def is_headline(line: Line) -> bool:
    """True for a line that looks like the headline of an article."""
    return line.kind is None and is_long(line.text) and not ends_with_stop(line.text)


def is_stamped(line: Line) -> bool:
    """True for an entry of a list by the hour: „14:35 Мостът е отворен“; a programme differs."""
    stamp = re.match(r"(?:[01]?\d|2[0-3]):[0-5]\d\s+[A-ZА-Я„\"\d]", line.text)
    return stamp is not None and not ends_with_stop(line.text)


def is_pair(lines: Sequence[Line], place: int) -> bool:
    """True when the line is said again by the next one."""
    return place + 1 < len(lines) and same_line(lines[place].text, lines[place + 1].text)


# ---- breaks, entities and tags

_BREAKS = re.compile(r"\r\n|[\r\u2028\u0085\x0b\x0c]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,10}\d{0,2});")
_SCRIPT = re.compile(
    r"(?i)<(script|style)\b[^<>]*>[^<]*(?:<(?!/?(?:script|style)\b)[^<]*)*</(?:script|style)\s*>"
)
_PART_TAG = re.compile(
    r"(?i)</?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|section|article|figure)\b[^<>]{0,500}>"
)
_OTHER_TAG = re.compile(
    r"(?i)</?(?:a|abbr|b|big|center|cite|em|figcaption|font|i|iframe|img|ins|mark|picture|q|s|small"
    r"|source|span|strong|sub|sup|tbody|td|th|thead|u|video|hr|script|style)\b[^<>]{0,2000}>"
)


def _plain(text: str) -> str:
    """The text with entities read, every kind of break a newline, and the tags we know gone."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    escaped = text.count("\\n")
    if escaped > max(2, text.count("\n")):
        text = text.replace("\\r", "").replace("\\n", "\n")
    if "<" in text:
        text = _SCRIPT.sub("\n", text)
        text = re.sub(r"(?i)<br\b[^<>]{0,100}>", "\n", text)
        text = _OTHER_TAG.sub("", _PART_TAG.sub("\n\n", text))
    return text


# ---- Markdown and the labels of reader services

_SIGNS = re.compile(
    r"#{1,6} \S|\*\*\S.{0,400}\*\*$|!?\[[^\[\]]{0,300}\]\([^()\s]{1,500}\)"
    r"|(?:Title|URL Source|Markdown Content|Заглавие|Текст):"
)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1")
_FIELD = re.compile(r"(?:Title|Заглавие|Текст|Markdown Content):\s*|URL Source:.*")


def _is_markdown(raw: Sequence[str]) -> bool:
    """True when two lines or more are marked as a reader service marks them."""
    signs = 0
    for line in raw[:MAX_LINES]:
        signs += _SIGNS.match(line.strip()) is not None
        if signs >= 2:
            return True
    return False


def _without_markdown(line: str) -> str:
    bare = _LINK.sub(r"\1", _IMAGE.sub("", line))
    bare = _STRONG.sub(r"\2", re.sub(r"^\s*(?:#{1,6}|>+|[*+])\s+", "", bare))
    match = _FIELD.match(bare)
    # „Текст: Име Фамилия“ is a by-line; the label of a field stands alone or above a headline.
    if match and not (bare.startswith("Текст:") and 0 < len(bare[match.end() :].strip()) < 60):
        bare = bare[match.end() :]
    return bare


# ---- lines broken at a column


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that were broken at one column put together; others as they are.

    A line is full when the first word of the next would not have fitted: a list, a poem or a menu
    is not full line after line, a wrapped paragraph is.
    """
    width = max((len(line) for line in lines if " " in line), default=0)
    if not 50 <= width <= 110:
        return lines
    inner = [(one, two) for one, two in pairwise(lines) if one and two]
    full = sum(1 for one, two in inner if _is_full(one, two, width))
    blocks = "" in lines[1:-1]
    # Of a short text there is little to go by: every break must be full, and none after a stop.
    few = full < 4
    if few and not (blocks and full == len(inner) >= 2):
        return lines
    if few and any(ends_sentence(one) for one, _ in inner):
        return lines
    if full < len(inner) * (0.8 if blocks else 0.5):
        return lines
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and line and joined[-1] and _is_full(last, line, width):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


# ---- labels whose value stands on the next line

_BARE_LABEL = re.compile(
    r"(?i)(?:публикуван[аои]?|обновен[аои]?|актуализиран[аои]?|последна промяна|дата|published"
    r"|updated|posted|автор(?:и|ка)?|източник|снимк[аи]|фото)\s*(?:(?:на|от|on|by)?\s*:|на|от|on|by)"
)


def _joined_labels(lines: list[str]) -> list[str]:
    """„Публикувано на“ and the day under it made one line."""
    joined: list[str] = []
    waiting = ""
    for line in lines:
        if waiting and line:
            joined.extend([f"{waiting} {line}"] if len(line) <= SENTENCE else [waiting, line])
            waiting = ""
        elif line and len(line) <= 40 and _BARE_LABEL.fullmatch(line):
            waiting = line
        elif line or not waiting:
            joined.append(line)
    return [*joined, waiting] if waiting else joined
