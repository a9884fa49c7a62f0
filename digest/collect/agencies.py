"""Wire agencies: credits found at the seams of a text, named by their printed name, and cut.

A credit stands between slashes or brackets, after „Източник:“, alone on a line, or in a dateline
(„София, 12 ноември /БТА/ –“). An agency quoted in a sentence („съобщава Ройтерс“) is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Agency


@dataclass(frozen=True, slots=True)
class Credited:
    """A paragraph less its credit, the agencies credited (printed names), and what was cut."""

    text: str
    agencies: tuple[str, ...] = ()
    cut: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    names: dict[str, str]
    end: re.Pattern[str]
    start: re.Pattern[str]
    alone: re.Pattern[str]
    one: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(agencies: tuple[Agency, ...]) -> _Patterns | None:
    names = {spelling.casefold(): a.name for a in agencies for spelling in (*a.credits, a.name)}
    if not names:
        return None
    spellings = sorted({s for a in agencies for s in (*a.credits, a.name)}, key=len, reverse=True)
    one = r"(?<!\w)(?:" + "|".join(re.escape(s) for s in spellings) + r")(?!\w)"
    glue = r"(?:\s*(?:[,/;&+–-]|\bи\b)\s*)"
    many = rf"{one}(?:{glue}{one})*"
    return _Patterns(
        names,
        re.compile(rf"(?:\s*[/(\[|]+\s*(?:по )?{many}\s*[/)\]|]*|\s*[–—-]\s*{many})\s*[.;]?\s*$"),
        re.compile(rf"^(?P<before>[^.!?]{{0,70}}?)\s*[/(\[]\s*{many}\s*[/)\]]\s*"),
        re.compile(
            rf"(?i)(?:източници?|по материали? на|по|от)?\s*:?\s*[/(\[]?\s*{many}"
            rf"(?:{glue}[\w .]{{2,30}})?\s*[/)\]]?[.]?"
        ),
        re.compile(one),
    )


def cut_credit(paragraph: str, agencies: Sequence[Agency], *, last: bool = False) -> Credited:
    """A paragraph without the credits at its seams.

    A dash as the only mark („… – БТА“) is taken for a credit in the `last` paragraph only.
    """
    patterns = _patterns(tuple(agencies))
    if patterns is None:
        return Credited(paragraph)
    if len(paragraph) < 80 and patterns.alone.fullmatch(paragraph):
        return Credited("", _named(paragraph, patterns), paragraph)
    # A credit is short: a bounded look keeps a paragraph of brackets from costing minutes.
    end = patterns.end.search(paragraph, max(0, len(paragraph) - 160))
    if end and (last or end.group().lstrip()[:1] not in "–—-"):
        kept = paragraph[: end.start()].rstrip()
        return Credited(kept, _named(end.group(), patterns), end.group().strip())
    start = patterns.start.match(paragraph)
    if start:
        before = start.group("before").rstrip()
        cut = start.group()[len(start.group("before")) :].strip()
        kept = f"{before} {paragraph[start.end() :]}".strip()
        return Credited(kept.lstrip("–—- ") if not before else kept, _named(cut, patterns), cut)
    return Credited(paragraph)


def credited_in(text: str, agencies: Sequence[Agency]) -> tuple[str, ...]:
    """The agencies named in a credit line („Източник: БГНЕС, Twitter“), printed names in order."""
    patterns = _patterns(tuple(agencies))
    return _named(text, patterns) if patterns else ()


def _named(text: str, patterns: _Patterns) -> tuple[str, ...]:
    found = (patterns.names[m.group().casefold()] for m in patterns.one.finditer(text))
    return tuple(dict.fromkeys(found))
