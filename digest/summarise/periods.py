"""The gate on spans of time: «миналата година» for «тази», «следобед» for an hour of the morning.

They name no day of the calendar, so `dated.py` does not see them. A span is wrong when the
articles speak of another one of its kind and never of this, and no date of theirs comes to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digest.model import Problem
from digest.summarise.evidence import Reading, Witness

_WHICH = {
    -1: r"минал\w+|предишн\w+|предходн\w+|изминал\w+|миналогодиш\w+",
    0: r"таз(?:и|годишн\w+)|този|това|настоящ\w+|текущ\w+",
    1: r"следващ\w+|идн\w+|предстоящ\w+|друг(?:ата|ия)",
}
_UNITS = {
    "година": r"година(?:та)?|г\.",
    "месец": r"месец(?:а|ът)?",
    "седмица": r"седмица(?:та)?",
    "сезон": r"сезон(?:а|ът)?",
    "пролет": r"пролет(?:та)?",
    "лято": r"лято(?:то)?",
    "есен": r"есен(?:та)?",
    "зима": r"зима(?:та)?",
}
"""Units of a span, and how they are written."""
_ALONE = {
    r"лани|миналогодиш\w+": ("година", -1),
    r"догодина": ("година", 1),
    r"тазгодиш\w+": ("година", 0),
}
_SPAN = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<w{n + 1}>{which})' for n, which in _WHICH.items())})\s+"
    rf"(?:{'|'.join(f'(?P<u{n}>{unit})' for n, unit in enumerate(_UNITS.values()))})(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<a{n}>{word})' for n, word in enumerate(_ALONE))})(?!\w)",
    re.IGNORECASE,
)
_PARTS = {
    "сутрин": (r"сутрин(?:та)?|сутреш\w+|призори|на разсъмване", range(4, 12)),
    "обед": (r"(?:на|около|по|към) (?:обяд|обед)", range(11, 15)),
    "следобед": (r"следобед(?:а|ът|н\w+)?|следобяд", range(12, 19)),
    "вечер": (r"вечер(?:та)?|вечерн\w+|снощи|довечера", range(17, 24)),
    "нощ": (r"нощ(?:та)?|нощес|среднощ\w*|полунощ", (*range(6), 21, 22, 23)),
}
_PART = {
    name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for name, (words, _) in _PARTS.items()
}
_HOUR = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])(?:[:.,][0-5]\d)?\s*(?:ч\.|часа?(?!\w))"
    r"|(?<!\w)(?:в|до|към|след|около|между)\s+(?P<bare>[01]?\d|2[0-4])(?![\d.,%]|\s*[а-я])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """«Миналата година»: the unit, and how many of it from the article's own (-1, 0 or 1)."""

    unit: str
    away: int
    start: int
    end: int


def periods_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """Years, months, seasons and parts of the day that the articles do not speak of."""
    return [*_spans_of(said, witnesses), *_parts_of(said, witnesses)]


def spans(text: str) -> Iterator[Span]:
    """Spans of time that a text names by their distance, in order of form."""
    for found in _SPAN.finditer(text):
        away = next(n for n in _WHICH if found.group(f"w{n + 1}"))
        unit = next(u for n, u in enumerate(_UNITS) if found.group(f"u{n}"))
        yield Span(unit, away, *found.span())
    for found in _WORD.finditer(text):
        unit, away = next(v for n, v in enumerate(_ALONE.values()) if found.group(f"a{n}"))
        yield Span(unit, away, *found.span())


def _spans_of(said: Reading, witnesses: Sequence[Witness]) -> Iterator[Problem]:
    there = {(s.unit, s.away) for w in witnesses for s in spans(w.whole.text)}
    for span in spans(said.text):
        others = [away for unit, away in there if unit == span.unit and away != span.away]
        known = (span.unit, span.away) in there or any(_dated(span, w) for w in witnesses)
        if span.away and others and not known:
            yield Problem("date", said.text[span.start : span.end], _near(span, witnesses))


def _near(span: Span, witnesses: Sequence[Witness]) -> str:
    return ", ".join(
        dict.fromkeys(
            w.whole.text[s.start : s.end]
            for w in witnesses
            for s in spans(w.whole.text)
            if s.unit == span.unit
        )
    )


def _dated(span: Span, witness: Witness) -> bool:
    """Whether a date of the article comes to the span: «през 2025 г.» is last year in 2026."""
    published = witness.article.published_at
    if published is None:
        return True
    own = published.date()
    years = {d.year for d in witness.whole.days if d.year}
    years |= {int(n.value) for n in witness.whole.numbers if n.unit == "г."}
    if span.unit == "година":
        return own.year + span.away in years or (span.away == 0 and not years)
    if span.unit == "месец":
        return _month(own, span.away) in {d.month for d in witness.whole.days if d.month}
    return False


def _month(own: date, away: int) -> int:
    first = own.replace(day=1)
    return {-1: first - timedelta(days=1), 0: first, 1: first + timedelta(days=32)}[away].month


def _parts_of(said: Reading, witnesses: Sequence[Witness]) -> Iterator[Problem]:
    """«Следобед» where the articles have another part of the day, and no hour of this one."""
    text = " ".join(w.whole.text for w in witnesses)
    there = {name for name, words in _PART.items() if words.search(text)}
    hours = {int(found.group("hour") or found.group("bare")) for found in _HOUR.finditer(text)}
    for name, words in _PART.items():
        found = words.search(said.text)
        if found is None or name in there or not hours.isdisjoint(_PARTS[name][1]):
            continue
        if there or hours:
            yield Problem("date", found.group(), ", ".join(sorted(there)))
