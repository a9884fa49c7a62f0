"""Quotation marks: where quotations open and close.

Newspapers mix „…“, “…”, «…» and "…", and close „ with any of them; a straight mark opens when a
space stands before it and a letter after it.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_MARKS = re.compile(r"[„“”\"«»]")
_PAREN = re.compile(r"\([^()\n]{0,300}\)")


def spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, bool]]:
    """Outer quotations as (start, end, closed); an open one runs to `end`."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int, bool]] = []
    stack: list[int] = []
    for mark in _MARKS.finditer(text, start, stop):
        if _opens(text, mark.start(), bool(stack)):
            stack.append(mark.start())
        elif stack:
            begin = stack.pop()
            if not stack:
                found.append((begin, mark.end(), True))
    if stack:
        found.append((stack[0], stop, False))
    return found


def _opens(text: str, at: int, inside: bool) -> bool:  # noqa: FBT001
    mark = text[at]
    if mark in "„«":
        return True
    if mark == "»":
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opening = (before.isspace() or before in "(–—-[/") and not after.isspace()
    return opening and (mark == '"' or not inside)


def protected(text: str, start: int, end: int) -> list[Span]:
    """Spans that no sentence may end in: quotations, open ones to the end, and parentheses."""
    quoted = [(a, b + 1 if not closed else b) for a, b, closed in spans(text, start, end)]
    if "(" not in text[start:end]:
        return quoted
    return _merged(sorted(quoted + [m.span() for m in _PAREN.finditer(text, start, end)]))


def _merged(found: list[Span]) -> list[Span]:
    """Sorted spans with the overlapping ones joined, so that a place is found by bisection."""
    out: list[Span] = []
    for start, end in found:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def inside_open(text: str) -> bool:
    """Whether `text` ends inside a quotation that it opened, or closes one it did not open."""
    depth = 0
    for mark in _MARKS.finditer(text):
        if _opens(text, mark.start(), depth > 0):
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return True
    return depth != 0
